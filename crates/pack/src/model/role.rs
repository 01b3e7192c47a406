//! Roles: in which capacity people work with the ledgers.

/// A role (岗位), such as the village clerk or the deputy in charge.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// Id: the file's path below `role/`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// What people in it do.
    pub meaning: String,
}

/// Who enters, checks, approves and reads the records of a ledger, by ids of roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Enters them.
    pub enter: Vec<String>,
    /// Checks them.
    pub check: Vec<String>,
    /// Approves them.
    pub approve: Vec<String>,
    /// Reads them, besides those above.
    pub read: Vec<String>,
}

/// How long records are kept (保管期限).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retention {
    /// For ever (永久).
    Permanent,
    /// For a number of years after the year they are about (定期).
    Years(u32),
}
