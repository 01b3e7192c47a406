//! Ledgers that serve the program itself, with the fields that it reads.

/// Where the written reasons stand for relations that do not hold and need not.
#[derive(Debug)]
pub struct Explanations {
    /// Id of the ledger.
    pub ledger: String,
    /// Its text field with the id or the label of the relation.
    pub relation: String,
    /// Its field with the period that the reason is about.
    pub period: String,
    /// Its text field with the reason.
    pub reason: String,
}

/// Where signed figures stand of times before the ledgers were kept.
#[derive(Debug)]
pub struct Vouchers {
    /// Id of the ledger.
    pub ledger: String,
    /// Its text field with the id or the label of the indicator.
    pub indicator: String,
    /// Its field with the period that the figure is about.
    pub period: String,
    /// Its decimal field with the figure.
    pub value: String,
    /// Its text field with the unit of the figure.
    pub unit: String,
    /// Its field with the signed document, without which the figure proves nothing.
    pub document: String,
}
