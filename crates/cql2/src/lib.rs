//! OGC CQL2 (21-065): filters over features, in text and in JSON. No I/O; bad input is an error with its place, never
//! a panic, and what one filter may cost is limited: by depth here, by its length where it is read.
//!
//! Reading order: [`parse_text`] and [`parse_json`] make the same tree of [`Node`]s, which only knows grammar;
//! [`Filter::new`] holds it against the [`Queryables`] of a collection and gives every part its type; [`Filter::holds`]
//! evaluates it on one [`Record`] after another, with the three values of SQL. [`Filter::window`] says where features
//! must lie that can pass, for an index.
//!
//! Absent on purpose: array functions, and functions that the standard does not name.

mod ast;
mod error;
mod evaluate;
mod filter;
mod json;
mod lower;
mod pattern;
mod plan;
mod queryables;
mod record;
mod shape;
mod text;
mod time;
mod value;

pub use ast::{Arithmetic, Comparison, Kind, Node, Place, Temporal};
pub use error::Cql2Error;
pub use filter::Filter;
pub use json::parse_json;
pub use queryables::{Queryables, Type};
pub use record::Record;
pub use shape::Space;
pub use text::parse_text;

/// How deep expressions may be nested.
pub const MAX_DEPTH: usize = 64;
