//! Suites over the whole product.
