//! The register: reading and writing it, what is wrong with it, and what the five public reports say.

#![expect(clippy::unwrap_used, reason = "tests")]

mod reading;
mod sources;
