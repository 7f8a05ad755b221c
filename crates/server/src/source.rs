//! Where the server's data come from. The server knows no files: [`crate::serve()`] gives it a project, tests give
//! it collections in memory.

use std::sync::Arc;

use planning::{Collection, Event, PartialDate, Register, Standings};
use project::{CheckRun, Project, ProjectError, RunChanges, StoreError, Version};

use crate::wire::{CheckRequest, DecisionRequest};

/// Everything to serve, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Revision of the store.
    pub revision: u64,
    /// The collections with the revision that brought each.
    pub collections: Vec<(Collection, u64)>,
    /// The newest version of every register.
    pub registers: Vec<Arc<Register>>,
    /// The newest check.
    pub check: Option<Arc<CheckRun>>,
    /// Where findings stand.
    pub standings: Arc<Standings>,
}

/// Why a source cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The request makes no sense to it; the words are for the person who asked.
    #[error("{0}")]
    Request(String),
    /// There is no such thing; the words are for the person who asked.
    #[error("{0}")]
    Missing(String),
    /// Somebody else was faster; the words are for the person who asked.
    #[error("{0}")]
    Conflict(String),
    /// It was stopped, or something else is being written; the words are for the person who asked.
    #[error("{0}")]
    Busy(String),
    /// It failed; the words are for the log.
    #[error("{0}")]
    Failed(String),
}

/// What a source says that only lends its data.
const NO_DECISIONS: &str = "These data are not kept in a store, so no decision can be kept with them.";

/// A place where collections and checks are kept. Methods may block.
pub trait Source: Send + Sync + 'static {
    /// What is there now; asked every few seconds.
    /// # Errors
    /// [`SourceError`] when it cannot be reached.
    fn version(&self) -> Result<Version, SourceError>;

    /// Reads everything. What has not changed should be shared with what was read before.
    /// # Errors
    /// [`SourceError`] when it cannot be read.
    fn read(&self) -> Result<Content, SourceError>;

    /// Runs a check and keeps it.
    /// # Errors
    /// [`SourceError::Request`] for a plan or rule that does not exist.
    fn check(&self, request: &CheckRequest, cancelled: &(dyn Fn() -> bool + Sync))
    -> Result<(), SourceError>;

    /// Keeps a decision on findings.
    /// # Errors
    /// [`SourceError::Missing`] for a finding that there is not, [`SourceError::Request`] for a decision that cannot
    /// be taken, [`SourceError::Conflict`] when it was taken on something that has changed since.
    fn decide(&self, request: &DecisionRequest) -> Result<(), SourceError> {
        let _ = request;
        Err(SourceError::Request(NO_DECISIONS.into()))
    }

    /// What happened to a finding, the oldest first.
    /// # Errors
    /// [`SourceError::Missing`] for a finding that there is not.
    fn history(&self, finding: &str) -> Result<Vec<Event>, SourceError> {
        let _ = finding;
        Err(SourceError::Missing(NO_DECISIONS.into()))
    }

    /// What a check run changed; without a number the newest.
    /// # Errors
    /// [`SourceError`] when it cannot be read.
    fn run_changes(&self, run: Option<u64>) -> Result<RunChanges, SourceError> {
        Ok(RunChanges { run: run.unwrap_or(0), ..RunChanges::default() })
    }
}

impl Source for Project {
    fn version(&self) -> Result<Version, SourceError> {
        Ok(Self::version(self)?)
    }

    fn read(&self) -> Result<Content, SourceError> {
        let snapshot = self.snapshot()?;
        let stored = snapshot.collections.iter();
        Ok(Content {
            revision: snapshot.revision,
            collections: stored.map(|stored| (stored.collection.clone(), stored.revision)).collect(),
            registers: snapshot.registers.iter().map(|stored| Arc::clone(&stored.register)).collect(),
            check: snapshot.check.clone(),
            standings: Arc::clone(&snapshot.standings),
        })
    }

    fn check(
        &self,
        request: &CheckRequest,
        cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), SourceError> {
        let day = |date: &String| {
            date.parse::<PartialDate>().map_err(|e| SourceError::Request(format!("date: {e}")))
        };
        let asked = project::CheckRequest {
            pack: None,
            rules: request.rules.clone(),
            plan: request.plan.clone(),
            date: request.date.as_ref().map(day).transpose()?,
            progress: None,
            cancelled: Some(cancelled),
        };
        Self::check(self, &asked)?;
        Ok(())
    }

    fn decide(&self, request: &DecisionRequest) -> Result<(), SourceError> {
        let decision = request.decision().map_err(SourceError::Request)?;
        Self::decide(self, &request.findings, decision, request.seen)?;
        Ok(())
    }

    fn history(&self, finding: &str) -> Result<Vec<Event>, SourceError> {
        Ok(self.finding_history(finding)?)
    }

    fn run_changes(&self, run: Option<u64>) -> Result<RunChanges, SourceError> {
        Ok(Self::run_changes(self, run)?)
    }
}

impl From<ProjectError> for SourceError {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::UnknownPlan { .. }
            | ProjectError::UnknownPack { .. }
            | ProjectError::UnknownRule { .. }
            | ProjectError::NothingDecided
            | ProjectError::Store(StoreError::Decision { .. }) => Self::Request(error.to_string()),
            ProjectError::Store(StoreError::UnknownFinding { .. }) => Self::Missing(error.to_string()),
            ProjectError::Store(StoreError::Outdated { .. }) => Self::Conflict(error.to_string()),
            ProjectError::Cancelled => Self::Busy("The check took too long and was stopped.".into()),
            ProjectError::Store(StoreError::Busy { .. }) => {
                Self::Busy("The store is being written to by another program; ask again.".into())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}
