//! The answer key: every finding that the rules give on the province, counted from sets of atoms.

pub(crate) mod answers;
mod judge;
pub(crate) mod law;
mod parts;
mod summary;

pub(crate) use judge::{Declared, judge};
pub(crate) use parts::Survey;
pub(crate) use summary::summaries;
