//! What one engine writes in another way than the other.
//!
//! SQLite takes 0 and 1 for conditions and values of any type anywhere; PostgreSQL has a type
//! for each expression, which is stated wherever it could be guessed wrongly. Its sums have no
//! limit, so that they are brought back to 64 bits, where an overflow is an error in both.

use pack::Scalar;
use store::Engine;

/// What no row meets, such as membership in an empty list, which PostgreSQL does not write.
pub(super) const NEVER: &str = "(1 = 0)";

/// What every row meets.
pub(super) const ALWAYS: &str = "(1 = 1)";

/// The spelling of an engine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling(pub(super) Engine);

/// The type of a column that may have no value at all.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Integer,
    Text,
}

impl Spelling {
    /// The placeholder of a value bound.
    pub(super) fn bound(self, number: usize, value: &Scalar) -> String {
        let kind = match value {
            Scalar::Integer(_) => Kind::Integer,
            Scalar::Text(_) => Kind::Text,
        };
        self.cast(&format!("?{number}"), kind)
    }

    /// A small number written out.
    pub(super) fn number(self, number: u8) -> String {
        self.cast(&number.to_string(), Kind::Integer)
    }

    /// A column without values.
    pub(super) fn null(self, kind: Kind) -> String {
        self.cast("null", kind)
    }

    /// A sum, with its filter.
    pub(super) fn sum(self, of: &str, filter: &str) -> String {
        self.cast(&format!("sum({of}){filter}"), Kind::Integer)
    }

    /// A condition as a number: 1 if it is true, 0 if it is false or unknown.
    pub(super) fn flag(self, condition: &str) -> String {
        self.cast(&format!("case when {condition} then 1 else 0 end"), Kind::Integer)
    }

    /// A stored yes or no as a condition.
    pub(super) fn truth(self, value: &str) -> String {
        match self.0 {
            Engine::Sqlite => value.to_owned(),
            Engine::Postgres => format!("({value} <> 0)"),
        }
    }

    /// Whether a column of ids joined by `|` holds the id bound as `|id|`.
    pub(super) fn contains(self, column: &str, id: &str) -> String {
        let find = match self.0 {
            Engine::Sqlite => "instr",
            Engine::Postgres => "strpos",
        };
        format!("({find}('|' || {column} || '|', {id}) > 0)")
    }

    /// The members of a JSON list of texts, as a query.
    pub(super) fn members(self, list: &str) -> String {
        match self.0 {
            Engine::Sqlite => format!("select value from json_each({list})"),
            Engine::Postgres => format!("select json_array_elements_text(cast({list} as json))"),
        }
    }

    /// After a table, keeps the engine from searching it through an index. PostgreSQL has
    /// statistics and judges for itself.
    pub(super) fn scan(self) -> &'static str {
        match self.0 {
            Engine::Sqlite => " not indexed",
            Engine::Postgres => "",
        }
    }

    /// Before a column, keeps the engine from searching by it: of place and date, the
    /// date narrows more, and without statistics SQLite guesses otherwise.
    pub(super) fn no_index(self) -> &'static str {
        match self.0 {
            Engine::Sqlite => "+",
            Engine::Postgres => "",
        }
    }

    fn cast(self, text: &str, kind: Kind) -> String {
        match (self.0, kind) {
            (Engine::Sqlite, _) => text.to_owned(),
            (Engine::Postgres, Kind::Integer) => format!("cast({text} as bigint)"),
            (Engine::Postgres, Kind::Text) => format!("cast({text} as text)"),
        }
    }
}
