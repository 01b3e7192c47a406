//! Every value that the audit chain binds, changed one by one.

use store::{Access, AccessKind, Engine, NewSeal};

use crate::ENGINE;
use crate::audit::busy;
use crate::base::Stranger;
use crate::fixture::*;

/// Names of the columns of a table, each with an expression for another value.
fn changed_columns(raw: &Stranger, table: &str) -> Vec<(String, String)> {
    let (sql, one_byte) = match ENGINE {
        Engine::Sqlite => (
            format!("select name || ' ' || lower(type) from pragma_table_info('{table}')"),
            "x'00'",
        ),
        Engine::Postgres => (
            format!(
                "select attname || ' ' || format_type(atttypid, null) from pg_attribute
                 where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped"
            ),
            "decode('00', 'hex')",
        ),
    };
    let changed = |column: String| {
        let (name, ty) = column.split_once(' ').unwrap();
        let name = format!("\"{name}\"");
        let other = match ty {
            "integer" | "bigint" => format!("coalesce({name} + 1000, 1)"),
            "blob" | "bytea" if ENGINE == Engine::Sqlite => {
                format!("cast({name} || {one_byte} as blob)")
            }
            "bytea" => format!("{name} || {one_byte}"),
            _ => format!("coalesce({name} || 'x', 'x')"),
        };
        (name, other)
    };
    // What follows from an encrypted field is bound by that field alone.
    let is_bound =
        |column: &String| !["_h_", "_t_", "_subject"].iter().any(|s| column.starts_with(s));
    raw.texts(&sql).into_iter().filter(is_bound).map(changed).collect()
}

#[test]
fn every_value_that_is_bound_is_noticed_when_it_changes() {
    let base = busy();
    // The row of the format is a server's own, and is checked at opening; that of the tables'
    // standing spares a look at them, and anything else in it has them looked at.
    let tables = [
        ("household", "_id"),
        ("household__history", "_id, _rev"),
        ("household__dated", "_id, field, from_on, _rev"),
        ("member", "_id"),
        ("zz_revision", "rev"),
        ("zz_audit", "seq"),
        ("zz_closing", "id"),
        ("zz_idempotency", "key"),
        ("zz_seal", "id"),
        ("zz_access", "seq"),
        ("zz_meta", "key"),
    ];
    let store = base.open(&pack());
    let sources = [("base/pack.toml".to_owned(), "label = \"甲\"".to_owned())];
    let seal = NewSeal {
        title: "月报",
        digest: "ab",
        state: "final",
        body: "{}",
        pack: "p",
        sources: &sources,
    };
    store.keep_seal(&seal, &stamp()).unwrap();
    let access = Access { kind: AccessKind::Read, ledger: "member", records: 1, detail: "查看" };
    store.note_access(stamp().who, "2024-01-05T09:00:00", &access).unwrap();
    let raw = base.stranger();
    let mut tried = 0;
    for (table, key) in tables {
        raw.batch(&format!("create table kept as select * from {table}"));
        let bound = if table == "zz_meta" { "where key not in ('format', 'in_line')" } else { "" };
        let rows = raw.texts(&format!("select 'row' from {table} {bound}")).len();
        for (name, other) in changed_columns(&raw, table) {
            for row in 0..rows {
                let sql = format!(
                    "update {table} set {name} = {other} where ({key}) in
                         (select {key} from {table} {bound} order by {key} limit 1 offset {row})"
                );
                assert_eq!(raw.execute(&sql), 1, "{table}.{name} {row}");
                let report = store.audit_verify().unwrap();
                assert!(!report.is_sound(), "{table}.{name} in row {row} changed unnoticed");
                raw.batch(&format!("delete from {table}; insert into {table} select * from kept"));
                tried += 1;
            }
        }
        raw.batch("drop table kept");
    }
    assert!(tried > 300, "{tried}");
    assert_sound(&store);
}
