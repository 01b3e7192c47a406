//! Names of tables, columns and indexes, and the one function that quotes them.
//!
//! Identifiers come from pack ids only. Values never pass through here.

use crate::digest::{Canonical, hex};

/// Columns that every ledger table has before its fields.
pub(crate) const FIXED: [&str; 4] = ["_id", "_place", "_parent", "_rev"];

/// Columns that a history table has after the columns of its ledger.
pub(crate) const FINAL: [&str; 2] = ["_until_rev", "_withdrawn"];

/// Id of the built-in ledger of places.
pub(crate) const PLACE: &str = "place";

/// Name under which closings appear in the audit chain.
pub(crate) const CLOSING: &str = "zz_closing";

/// An identifier in SQL form. Double quotes inside it are doubled, so that no
/// name can end the identifier.
pub(crate) fn quote(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 2);
    push_quoted(&mut quoted, name);
    quoted
}

fn push_quoted(sql: &mut String, name: &str) {
    sql.push('"');
    // Nearly all names have none, and there are many in a statement.
    match name.contains('"') {
        true => sql.push_str(&name.replace('"', "\"\"")),
        false => sql.push_str(name),
    }
    sql.push('"');
}

/// Bytes that a name mostly takes no more of, with its quotes and the comma behind it.
const USUAL: usize = 16;

/// Identifiers in SQL form, joined by commas.
pub(crate) fn quote_all<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let names = names.into_iter();
    let mut quoted = String::with_capacity(USUAL * names.size_hint().0);
    for name in names {
        if !quoted.is_empty() {
            quoted.push_str(", ");
        }
        push_quoted(&mut quoted, name.as_ref());
    }
    quoted
}

/// Name of an index of a table over columns. PostgreSQL cuts names at 63 bytes, so that a long
/// one ends in the hash of the whole.
pub(crate) fn index(table: &str, kind: &str, columns: &[&str]) -> String {
    let name = format!("{table}__{kind}({})", columns.join(","));
    if name.len() <= 63 {
        return name;
    }
    let hash = hex(&Canonical::default().text(&name).hash()[..6]);
    let kept: String = name
        .chars()
        .scan(0, |size, c| {
            *size += c.len_utf8();
            (*size <= 50).then_some(c)
        })
        .collect();
    format!("{kept}~{hash}")
}

/// Name of the history table of a ledger.
pub(crate) fn history(ledger: &str) -> String {
    format!("{ledger}__history")
}

/// Name of the table of dated values of a ledger.
pub(crate) fn dated(ledger: &str) -> String {
    format!("{ledger}__dated")
}

/// Bytes that a name may have: PostgreSQL cuts names at 63, and the names of tables and columns
/// beside those of a definition are longer than its own.
const LONGEST: usize = 50;

/// What is said of a longer one.
const TOO_LONG: &str = "名称太长,最多 50 个字节";

/// Why a name cannot be a ledger: it would meet a table of the store or of an engine.
pub(crate) fn ledger_conflict(id: &str) -> Option<&'static str> {
    let lower = id.to_ascii_lowercase();
    if lower.is_empty() || id.contains('\0') {
        Some("名称不能为空")
    } else if id.len() > LONGEST {
        Some(TOO_LONG)
    } else if ["zz_", "sqlite_", "pg_"].iter().any(|taken| lower.starts_with(taken)) {
        Some("名称不能以 zz_、sqlite_ 或 pg_ 开头")
    } else if lower.contains("__") {
        Some("名称不能含有两个相连的下划线")
    } else {
        None
    }
}

/// Why a name cannot be a field: it would meet a column of the store.
pub(crate) fn field_conflict(id: &str) -> Option<&'static str> {
    if id.is_empty() || id.contains('\0') {
        Some("名称不能为空")
    } else if id.len() > LONGEST {
        Some(TOO_LONG)
    } else if id.starts_with('_') {
        Some("名称不能以下划线开头")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quote("until"), "\"until\"");
        assert_eq!(quote("a\"; drop table b; --"), "\"a\"\"; drop table b; --\"");
        assert_eq!(quote_all(["a", "b"]), "\"a\", \"b\"");
    }

    #[test]
    fn names_of_indexes_fit_every_engine() {
        assert_eq!(index("a", "by", &["_place"]), "a__by(_place)");
        let long = |last: &str| index(&"x".repeat(40), "once", &["first_field", last]);
        assert_eq!(long("second_field").len(), 63);
        assert_ne!(long("second_field"), long("second_fielt"));
    }

    #[test]
    fn names_of_the_store_are_kept_free() {
        let check = |id: &str, free: bool| assert_eq!(ledger_conflict(id).is_none(), free, "{id}");
        check("household", true);
        check("party/branch", true);
        check("zz_meta", false);
        check("ZZ_meta", false);
        check("sqlite_schema", false);
        check("household__history", false);
        check("", false);
        assert!(field_conflict("_id").is_some() && field_conflict("until").is_none());
    }
}
