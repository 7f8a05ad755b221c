//! Deciding on findings, and what became of them.

use planning::{Decision, Event};
use store::{DecisionRequest, RunChanges};

use crate::today::today;
use crate::{Project, ProjectError};

impl Project {
    /// Keeps a decision on findings; all of them or none get it. `seen` is the newest event that whoever decides had
    /// seen of them.
    /// # Errors
    /// [`ProjectError::NothingDecided`] without findings; the store's [`UnknownFinding`](store::StoreError::UnknownFinding),
    /// [`Decision`](store::StoreError::Decision) and [`Outdated`](store::StoreError::Outdated), or its own.
    pub fn decide(
        &self,
        findings: &[String],
        decision: Decision,
        seen: Option<u64>,
    ) -> Result<Vec<Event>, ProjectError> {
        if findings.is_empty() {
            return Err(ProjectError::NothingDecided);
        }
        let decision = decision.trimmed();
        let request = DecisionRequest { findings, decision: &decision, seen, today: today() };
        Ok(self.store().decide(&request)?)
    }

    /// What happened to a finding, the oldest first.
    /// # Errors
    /// The store's [`UnknownFinding`](store::StoreError::UnknownFinding), or its own.
    pub fn finding_history(&self, finding: &str) -> Result<Vec<Event>, ProjectError> {
        let history = self.store().finding_history(finding)?;
        if history.is_empty() {
            return Err(store::StoreError::UnknownFinding { id: finding.to_owned() }.into());
        }
        Ok(history)
    }

    /// What a check run changed against those before it; without a number the newest.
    /// # Errors
    /// The store's own.
    pub fn run_changes(&self, run: Option<u64>) -> Result<RunChanges, ProjectError> {
        let store = self.store();
        let run = run.map_or_else(|| store.newest_check(), Ok)?;
        Ok(store.run_changes(run)?)
    }
}
