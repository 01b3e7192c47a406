//! What a figure or a relation reads: ledgers, their fields, parameters.

use std::collections::BTreeSet;

use pack::{Column, ColumnRef, Expr, Measure, Pack, Relation, RelationKind};

/// What one definition reads itself, apart from the indicators that it is computed from.
#[derive(Debug, Default)]
pub(crate) struct Uses<'p> {
    /// Ledgers whose records count or are looked for.
    pub(crate) ledgers: BTreeSet<&'p str>,
    /// Ledgers that are read through a record that counts: by a reference, as its parent, or
    /// because a record of theirs points to it.
    pub(crate) reached: BTreeSet<&'p str>,
    /// Ledger and field.
    pub(crate) fields: BTreeSet<(&'p str, &'p str)>,
    /// Ids of parameters.
    pub(crate) parameters: BTreeSet<&'p str>,
    /// How each ledger of [`Uses::reached`] is come to from a record that counts.
    pub(crate) paths: Vec<(&'p str, Vec<Hop<'p>>)>,
}

/// A step from records of one ledger to those of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hop<'p> {
    /// To the record that a column holds the number of.
    To { by: &'p ColumnRef, ledger: &'p str },
    /// To the records that hold this one's number in a column.
    From { link: &'p ColumnRef, ledger: &'p str },
}

impl<'p> Uses<'p> {
    /// What a measure reads; nothing for ratios and formulas, which read by their parts.
    pub(crate) fn of(measure: &'p Measure) -> Uses<'p> {
        let mut uses = Uses::default();
        let Some(source) = measure.source() else { return uses };
        uses.ledgers.insert(&source.ledger);
        for expr in [&source.filter, &source.undecided].into_iter().flatten().chain(value(measure))
        {
            uses.expr(&source.ledger, &[], expr);
        }
        let document = match measure {
            Measure::Stated { document, .. } => Some(document),
            _ => None,
        };
        for column in [&source.on, &source.until].into_iter().flatten().chain(document) {
            uses.column(&source.ledger, &[], column);
        }
        uses
    }

    /// What a relation that forbids records reads; nothing for others, which read by their
    /// indicators.
    pub(crate) fn of_relation(relation: &'p Relation) -> Uses<'p> {
        let mut uses = Uses::default();
        if let RelationKind::Forbids { ledger, filter } = &relation.kind {
            uses.ledgers.insert(ledger);
            uses.expr(ledger, &[], filter);
        }
        uses
    }

    /// What a column of a ledger reads.
    pub(crate) fn of_column(ledger: &'p str, column: &'p Column) -> Uses<'p> {
        let mut uses = Uses::default();
        uses.column(ledger, &[], column);
        uses
    }

    /// Adds what another definition reads.
    pub(crate) fn add(&mut self, other: Uses<'p>) {
        self.ledgers.extend(other.ledgers);
        self.reached.extend(other.reached);
        self.fields.extend(other.fields);
        self.parameters.extend(other.parameters);
        for path in other.paths {
            self.path(path.0, path.1);
        }
    }

    fn path(&mut self, to: &'p str, path: Vec<Hop<'p>>) {
        let path = (to, path);
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    fn column(&mut self, ledger: &'p str, above: &[Hop<'p>], column: &'p Column) {
        let mut at = ledger;
        let mut path = above.to_vec();
        for join in &column.joins {
            self.reference(at, &join.by);
            self.reached.insert(&join.to);
            path.push(Hop::To { by: &join.by, ledger: &join.to });
            self.path(&join.to, path.clone());
            at = &join.to;
        }
        self.reference(at, &column.column);
    }

    fn reference(&mut self, ledger: &'p str, column: &'p ColumnRef) {
        if let ColumnRef::Field(id) = column {
            self.fields.insert((ledger, id));
        }
    }

    fn expr(&mut self, ledger: &'p str, above: &[Hop<'p>], expr: &'p Expr) {
        match expr {
            Expr::Column(column) => self.column(ledger, above, column),
            Expr::Parameter { id, .. } => {
                self.parameters.insert(id);
            }
            Expr::And(a, b)
            | Expr::Or(a, b)
            | Expr::Coalesce(a, b)
            | Expr::Compare(_, a, b)
            | Expr::Arithmetic(_, a, b) => {
                self.expr(ledger, above, a);
                self.expr(ledger, above, b);
            }
            Expr::Not(a) | Expr::Rescale(a, _) => self.expr(ledger, above, a),
            Expr::IsNull { expr, .. } | Expr::In { expr, .. } => self.expr(ledger, above, expr),
            Expr::Exists { ledger: below, link, filter } => {
                self.ledgers.insert(below);
                self.reached.insert(below);
                self.reference(below, link);
                let mut path = above.to_vec();
                path.push(Hop::From { link, ledger: below });
                self.path(below, path.clone());
                if let Some(filter) = filter {
                    self.expr(below, &path, filter);
                }
            }
            Expr::Literal(_) | Expr::Window(_) => {}
        }
    }
}

/// The indicators that one is computed from down to those that read a ledger; itself if it does.
pub(crate) fn leaves<'p>(pack: &'p Pack, indicator: &str) -> Vec<&'p pack::Indicator> {
    let mut found: Vec<&pack::Indicator> = Vec::new();
    let (mut open, mut seen) = (vec![indicator], BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(indicator) = pack.indicators.get(id).filter(|i| seen.insert(i.id.as_str())) else {
            continue;
        };
        match indicator.measure.source() {
            Some(_) => found.push(indicator),
            None => open.extend(indicator.measure.parts()),
        }
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The value that a measure takes of each record.
pub(crate) fn value(measure: &Measure) -> Option<&Expr> {
    match measure {
        Measure::Sum(_, value)
        | Measure::Distinct(_, value)
        | Measure::Min(_, value)
        | Measure::Max(_, value)
        | Measure::Stated { value, .. } => Some(value),
        Measure::Count(_) | Measure::Ratio { .. } | Measure::Formula(_) => None,
    }
}
