//! Indicators and relations over a real store: records go in through the store,
//! and every expected value was worked out by hand.

mod oracle;
mod town;
