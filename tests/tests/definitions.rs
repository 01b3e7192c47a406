//! What helps people write definitions: skeletons, schemas, the reference page, comparisons.

mod schema;
mod skeleton;
