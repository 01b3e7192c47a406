//! The store as its users see it: writes, closings, schema changes, the audit chain.

mod audit;
mod closing;
mod concurrent;
mod fixture;
mod histories;
mod query;
mod refusals;
mod schema;
mod writing;
