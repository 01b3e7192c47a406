//! Indicators and relations over a real store: records go in through the store,
//! and every expected value was worked out by hand. `postgres.rs` is the same suite on a
//! server.

mod complete;
mod dated;
mod evidence;
mod failures;
mod fold;
mod known;
mod oracle;
mod places;
mod relations;
mod several;
mod stated;
mod town;
mod vouchers;

pub(crate) const ENGINE: store::Engine = store::Engine::Sqlite;
