//! Indicators and relations over a PostgreSQL server: the suite of `main.rs`, answer by answer.

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

pub(crate) const ENGINE: store::Engine = store::Engine::Postgres;
