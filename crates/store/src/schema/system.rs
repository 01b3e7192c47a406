//! The tables that every database has, whatever its ledgers are.

use super::{FORMAT, options};
use crate::engine::{Engine, Storage};

/// The hash before the first entry of a chain, in hexadecimal.
const ZERO: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The system tables and the built-in ledger of places.
pub(crate) fn system(engine: Engine) -> String {
    let (int, text, bytes) =
        (Storage::Integer.sql(engine), Storage::Text.sql(engine), Storage::Bytes.sql(engine));
    let (strict, keyed) = options(engine);
    // A file says its format in its header, where the chain need not vouch for it.
    let format = match engine {
        Engine::Sqlite => String::new(),
        Engine::Postgres => format!(",\n    ('format', '{FORMAT}')"),
    };
    let revisions = revisions(engine);
    format!(
        r#"
create table zz_meta (key {text} primary key, value {text} not null) {keyed};
insert into zz_meta (key, value) values
    ('access_entries', '0'),
    ('access_head', '{ZERO}'){format};
{revisions}
create table zz_audit (
    seq {int} primary key,
    rev {int} not null,
    verb {text} not null,
    ledger {text} not null,
    record {int} not null,
    count {int} not null,
    stamp {bytes} not null,
    leaves {bytes} not null,
    prev {bytes} not null,
    hash {bytes} not null
) {strict};
create table zz_closing (
    id {int} primary key,
    ledger {text} not null, place {text} not null,
    period_from {text} not null, period_to {text} not null,
    nil {int} not null, signer {text} not null, signed_on {text} not null,
    rev {int} not null, reopened_rev {int}
) {strict};
create index zz_closing_by_ledger on zz_closing (ledger, place, period_from);
create table zz_idempotency (
    key {text} primary key,
    content {bytes} not null,
    rev {int} not null, first_id {int} not null, count {int} not null
) {keyed};
create table zz_definition (
    id {int} primary key,
    hash {text} not null, ledger {text} not null, text {text} not null, first_rev {int} not null
) {strict};
create table zz_key (
    id {int} primary key,
    key_id {text} not null, index_key {bytes} not null, at {text} not null
) {strict};
create table zz_subject (
    id {int} primary key,
    person {text} unique, data_key {bytes},
    rev {int} not null, destroyed_rev {int}
) {strict};
create table zz_access (
    seq {int} primary key,
    at {text} not null, who {text} not null, role {text} not null,
    kind {text} not null, ledger {text} not null, records {int} not null, detail {text} not null,
    prev {bytes} not null, hash {bytes} not null
) {strict};
create table zz_file (
    digest {text} primary key,
    kind {text} not null, size {int} not null, thumbnail {int} not null,
    name {bytes}, data_key {bytes}, rev {int} not null
) {strict};
create table zz_evidence (
    id {int} primary key,
    ledger {text} not null, record {int} not null, file {text} not null,
    rev {int} not null, removed_rev {int}
) {strict};
create index zz_evidence_by_record on zz_evidence (ledger, record);
create index zz_evidence_by_file on zz_evidence (file);
create table zz_seal (
    id {int} primary key,
    title {text} not null, digest {text} not null unique, state {text} not null,
    body {text} not null, pack {text} not null, rev {int} not null
) {strict};
create table zz_pack (
    pack {text} not null, path {text} not null, file {text} not null, primary key (pack, path)
) {keyed};
create table zz_pack_file (hash {text} primary key, text {text} not null) {keyed};
create table "place" (
    _id {int} primary key, _place {text}, _parent {int}, _rev {int} not null,
    code {text} not null unique, label {text} not null, kind {text} not null, parent {text},
    "from" {text}, "until" {text}
) {strict};
create index "place__by(parent)" on "place" (parent);
"#
    )
}

/// The table of revisions. `entries` and `head` say where the chain ended after the write: the
/// number and the hash of its last entry. It stands apart for the step of `migrate` that makes
/// it anew.
pub(crate) fn revisions(engine: Engine) -> String {
    let (int, text, bytes) =
        (Storage::Integer.sql(engine), Storage::Text.sql(engine), Storage::Bytes.sql(engine));
    let (strict, _) = options(engine);
    format!(
        "create table zz_revision (
    rev {int} primary key,
    at {text} not null, who {text} not null, role {text} not null,
    what {text} not null, why {text} not null, source {text} not null,
    key {text},
    entries {int} not null, head {bytes} not null
) {strict};"
    )
}
