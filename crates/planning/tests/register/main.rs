//! The register: reading and writing it, what is wrong with it, what the five public reports say, and the rules that
//! judge it.

#![expect(clippy::unwrap_used, reason = "tests")]

mod book;
mod figures;
mod lists;
mod projects;
mod reading;
mod sources;
mod units;
