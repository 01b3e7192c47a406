//! The store as its users see it, in a SQLite file: writes, closings, schema changes, the
//! audit chain. `postgres.rs` is the same suite on PostgreSQL.

mod among;
mod audit;
mod base;
mod bulk;
mod clocks;
mod closing;
mod concurrent;
mod file;
mod fixture;
mod forgetting;
mod histories;
mod in_force;
mod query;
mod queue;
mod refusals;
mod same;
mod schema;
mod values;
mod verify;
mod writing;

pub(crate) const ENGINE: store::Engine = store::Engine::Sqlite;
