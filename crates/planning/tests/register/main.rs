//! The register: reading and writing it, what is wrong with it, what the five public reports say, and the rules that
//! judge it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stderr, reason = "a test without its data says so")]
#![allow(clippy::wildcard_imports, reason = "every file judges with the same few words")]

mod any;
mod book;
mod figures;
mod lists;
mod projects;
mod reading;
mod sources;
mod statistics;
mod tables;
mod units;
