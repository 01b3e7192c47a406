//! The suite of `main.rs` on PostgreSQL, with what is a server's own in place of what is a
//! file's. Where no server is installed it says so and passes.

mod among;
mod audit;
mod base;
mod bulk;
mod clocks;
mod closing;
mod concurrent;
mod fixture;
mod forgetting;
mod histories;
mod in_force;
mod query;
mod queue;
mod refusals;
mod same;
mod schema;
mod server;
mod values;
mod writing;

pub(crate) const ENGINE: store::Engine = store::Engine::Postgres;
