//! Where the server's data come from. The server knows no files: [`crate::serve()`] gives it a project, tests give
//! it collections in memory.

use std::sync::Arc;

use planning::{Collection, PartialDate, Register};
use project::{CheckRun, Project, ProjectError, StoreError, Version};

use crate::wire::CheckRequest;

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
}

/// Why a source cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The request makes no sense to it; the words are for the person who asked.
    #[error("{0}")]
    Request(String),
    /// It was stopped, or something else is being written; the words are for the person who asked.
    #[error("{0}")]
    Busy(String),
    /// It failed; the words are for the log.
    #[error("{0}")]
    Failed(String),
}

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
}

impl From<ProjectError> for SourceError {
    fn from(error: ProjectError) -> Self {
        match error {
            ProjectError::UnknownPlan { .. }
            | ProjectError::UnknownPack { .. }
            | ProjectError::UnknownRule { .. } => Self::Request(error.to_string()),
            ProjectError::Cancelled => Self::Busy("The check took too long and was stopped.".into()),
            ProjectError::Store(StoreError::Busy { .. }) => {
                Self::Busy("The store is being written to by another program; ask again.".into())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}
