//! Databases copied while they are in use, restored, and taken back to earlier revisions.

mod fixture;
mod forgotten;
mod health;
mod rewinding;
mod snapshot;
