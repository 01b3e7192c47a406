//! Typed conditions and values, ready to be printed for an engine or evaluated.

use figure::Unit;

/// A stored value. Dates are ISO text; decimals are scaled integers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scalar {
    /// Integer, scaled decimal, boolean (0, 1) or record number.
    Integer(i64),
    /// Text, date, code, choice, place.
    Text(String),
}

/// A checked expression over one ledger's records. Literals are already in the
/// stored form of what they meet: `amount > 500.5` on money holds 50050.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A column, perhaps through to-one joins.
    Column(Column),
    /// A literal.
    Literal(Scalar),
    /// An end of the window asked for, as ISO date text.
    Window(WindowEnd),
    /// A parameter, read at the window's end and place, scaled by `scale`.
    Parameter {
        /// Id of the parameter.
        id: String,
        /// Scale that its value is multiplied out to.
        scale: u32,
    },
    /// Both.
    And(Box<Expr>, Box<Expr>),
    /// Either.
    Or(Box<Expr>, Box<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Comparison; false and unknown as in SQL.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Missing or not.
    IsNull {
        /// What is tested.
        expr: Box<Expr>,
        /// `is not null`.
        negated: bool,
    },
    /// Member of a list of literals (code groups are spelled out).
    In {
        /// What is tested.
        expr: Box<Expr>,
        /// The members.
        list: Vec<Scalar>,
        /// `not in`.
        negated: bool,
    },
    /// Integer arithmetic on values of one scale.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// Multiplied by ten to the power given, to bring a value to a wider scale.
    Rescale(Box<Expr>, u32),
    /// The first value, or the second where the first is missing.
    Coalesce(Box<Expr>, Box<Expr>),
    /// There is a record of another ledger that points here and meets the condition.
    Exists {
        /// The ledger searched.
        ledger: String,
        /// Its column that holds this record's number: a record field, or the parent link.
        link: ColumnRef,
        /// Condition on it, over its own columns.
        filter: Option<Box<Expr>>,
    },
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// Arithmetic on scaled integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`, where one side has scale 0
    Multiply,
}

/// An end of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowEnd {
    /// `:from`
    From,
    /// `:to`
    To,
}

/// A column reached from the ledger at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// To-one joins to follow, in order.
    pub joins: Vec<Join>,
    /// The column of the last ledger.
    pub column: ColumnRef,
    /// Its type.
    pub ty: Type,
}

/// A to-one step to another ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Column of the ledger left that holds the other record's number or place code.
    pub by: ColumnRef,
    /// Ledger reached. Joining by [`ColumnRef::Place`] reaches the built-in `place` by its code.
    pub to: String,
}

/// A column of a ledger's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnRef {
    /// A field, by id.
    Field(String),
    /// The place the record belongs to.
    Place,
    /// The number of the parent record.
    Parent,
    /// The record's own number.
    Id,
}

/// The type of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Condition or yes/no field.
    Boolean,
    /// Number with a scale and perhaps a unit.
    Number {
        /// Digits after the point of the scaled integer.
        scale: u32,
        /// Unit of the number.
        unit: Option<Unit>,
    },
    /// Date.
    Date,
    /// Text, also names, phones, periods, files.
    Text,
    /// A choice of a field: the ids that it may have.
    Choice {
        /// Ids of the values.
        ids: Vec<String>,
    },
    /// A code of a list.
    Code {
        /// Id of the list.
        list: String,
    },
    /// Code of a place.
    Place,
    /// Id of an organisation.
    Org,
    /// Number of a record.
    Record {
        /// Id of its ledger.
        ledger: String,
    },
}
