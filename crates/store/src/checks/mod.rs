//! Check runs: what a check said, at which revision and when.

mod load;
mod outcome;
mod record;
mod save;

use std::sync::Arc;

use planning::CheckOutcome;

pub(crate) use load::{load, newest};

/// A check run as it is kept.
#[derive(Clone, Debug)]
pub struct CheckRun {
    /// Its number in the store.
    pub id: u64,
    /// The revision that was checked.
    pub revision: u64,
    /// When it was saved (RFC 3339, UTC).
    pub at: String,
    /// What it said, equal to what was saved.
    pub outcome: Arc<CheckOutcome>,
}
