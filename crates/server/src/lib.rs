//! The server of an office: it backs the ledgers up every day without being asked, looks after
//! their health, and shows both on a page that it answers to this computer alone.
//!
//! Whatever touches the ledgers or the disk runs on two threads of its own, the keeper and the
//! watcher; a request is answered from memory. So no request waits for the disk, and work of
//! minutes holds nobody up.

mod address;
mod clock;
mod error;
mod health;
mod keeper;
mod pace;
mod page;
mod serve;
mod shared;
mod watcher;
mod web;

pub use address::DEFAULT_ADDRESS;
pub use clock::Clock;
pub use error::ServeError;
pub use serve::{Backups, Event, ServeOptions, serve};
