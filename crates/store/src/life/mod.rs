//! What happened to findings: events that are only ever added, from checks and from people. Where a finding stands
//! follows from them (`planning::Standings`); the shape that a decision was taken on stays with the run that held it.

mod changes;
mod decide;
mod events;
mod settle;

pub use changes::RunChanges;
pub use decide::DecisionRequest;
pub(crate) use events::{history, newest, standings_after};
pub(crate) use settle::settle;

use planning::Event;

use crate::{Store, StoreError};

impl Store {
    /// The number of the newest event, 0 before the first: it tells whether standings are the newest.
    /// # Errors
    /// The database's own.
    pub fn newest_event(&self) -> Result<u64, StoreError> {
        newest(&self.connection).map_err(self.failed("cannot read"))
    }

    /// What happened to a finding, the oldest first; nothing for one that no check has found.
    /// # Errors
    /// The database's own.
    pub fn finding_history(&self, finding: &str) -> Result<Vec<Event>, StoreError> {
        history(&self.connection, finding).map_err(self.failed("cannot read"))
    }
}
