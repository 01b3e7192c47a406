//! What helps people write definitions: skeletons, schemas, the reference page, comparisons.

mod diff;
mod renew;
mod schema;
mod skeleton;
