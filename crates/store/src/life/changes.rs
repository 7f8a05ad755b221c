//! What a run changed.

use planning::{Change, Finding, Reopening};

use super::events;
use crate::{Store, StoreError, checks};

/// What a check run changed against those before it.
#[derive(Clone, Debug, Default)]
pub struct RunChanges {
    /// The run.
    pub run: u64,
    /// Ids of findings that no run had before.
    pub found: Vec<String>,
    /// Ids of findings whose decision it undid, or that had been closed, and why.
    pub reopened: Vec<(String, Reopening)>,
    /// Findings that it no longer found, as the newest run before it had them.
    pub closed: Vec<Finding>,
}

impl Store {
    /// What a run changed; nothing for a run that there is not.
    /// # Errors
    /// The database's own.
    pub fn run_changes(&self, run: u64) -> Result<RunChanges, StoreError> {
        let read = || {
            let mut changes = RunChanges { run, ..RunChanges::default() };
            for event in events::of_run(&self.connection, run)? {
                match event.change {
                    Change::Found(_) => changes.found.push(event.finding),
                    Change::Reopened(reopening) => changes.reopened.push((event.finding, reopening)),
                    Change::Closed => {
                        changes.closed.extend(checks::finding_before(&self.connection, &event.finding, run)?);
                    }
                    Change::Decided(_) => {}
                }
            }
            Ok(changes)
        };
        read().map_err(self.failed("cannot read"))
    }
}
