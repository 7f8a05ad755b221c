//! Check runs: what a check said, at which revision and when.

mod hash;
mod load;
mod outcome;
mod record;
mod rows;
mod save;

use std::sync::Arc;

use planning::CheckOutcome;

pub(crate) use load::{finding_before, finding_of, load, newest, newest_run_of, row_of};
pub(crate) use rows::Row;
pub(crate) use save::{Saved, json};

/// A check run as it is kept.
#[derive(Clone, Debug)]
pub struct CheckRun {
    /// Its number in the store.
    pub id: u64,
    /// The revision that was checked.
    pub revision: u64,
    /// When it was saved (RFC 3339, UTC).
    pub at: String,
    /// Hash of everything that it said, 32 hexadecimal digits: equal for equal outcomes. Empty for runs of older stores.
    pub hash: String,
    /// What it said, equal to what was saved.
    pub outcome: Arc<CheckOutcome>,
}
