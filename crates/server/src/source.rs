//! Where the server's data come from. The server knows no files: [`crate::serve()`] gives it a project, tests give
//! it collections in memory.

use std::sync::Arc;

use planning::{CheckInput, Collection, Event, Register, Standings, UnitHistory};
use project::{
    CheckRequest, CheckRun, Derived, EditRequest, Edited, FeatureHistory, FiguresReport, FiguresRequest,
    ImportReport, ImportRequest, Project, ProjectError, RunChanges, StoreError, StoredRegister, TrialReport,
    TrialRequest, Upload, UploadLimits, Uploads, Version,
};

use crate::wire::DecisionRequest;

/// Everything to serve, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Revision of the store.
    pub revision: u64,
    /// How often another store has taken the place of the one that was there: see [`Version`].
    pub file: u64,
    /// The collections with the revision that brought each.
    pub collections: Vec<(Collection, u64)>,
    /// The newest version of every register.
    pub registers: Vec<Arc<Register>>,
    /// What became of former administrative units, where the user brought it.
    pub units: Option<Arc<UnitHistory>>,
    /// The newest check.
    pub check: Option<Arc<CheckRun>>,
    /// Where findings stand.
    pub standings: Arc<Standings>,
}

impl Content {
    /// Everything that a check takes.
    pub fn check_input(&self) -> CheckInput {
        CheckInput {
            collections: self.collections.iter().map(|(collection, _)| collection.clone()).collect(),
            registers: self.registers.clone(),
            units: self.units.clone(),
        }
    }
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
    /// What was brought cannot be used; the words are for the person who brought it.
    #[error("{}", .0.en)]
    Unusable(planning::Text),
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

    /// Runs a check, and keeps it where [`CheckRequest::is_kept`] says so.
    /// # Errors
    /// [`SourceError::Request`] for a plan, zone, pack or rule that does not exist.
    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError>;

    /// Judges zones as they would be, and keeps nothing.
    /// # Errors
    /// [`SourceError::Request`] for a collection, zone, plan or pack that does not exist.
    fn try_out(&self, request: &TrialRequest<'_>) -> Result<TrialReport, SourceError> {
        Ok(project::try_out(&self.read()?.check_input(), request)?)
    }

    /// Whether it keeps what is asked of it.
    fn keeps(&self) -> bool {
        true
    }

    /// Brings up to date what it computes by itself; `true` when something changed. Asked every few seconds.
    /// # Errors
    /// [`SourceError`] when it cannot, or when it was cancelled.
    fn renew(&self, _cancelled: &(dyn Fn() -> bool + Sync)) -> Result<bool, SourceError> {
        Ok(false)
    }

    /// Where what is computed from the data is kept for the next start; `None` where nothing is.
    fn derived(&self) -> Option<Arc<Derived>> {
        None
    }

    /// Keeps a decision on findings.
    /// # Errors
    /// [`SourceError::Missing`] for a finding that there is not, [`SourceError::Request`] for a decision that cannot
    /// be taken, [`SourceError::Conflict`] when it was taken on something that has changed since.
    fn decide(&self, request: &DecisionRequest) -> Result<(), SourceError> {
        let _ = request;
        Err(SourceError::Request(NO_DECISIONS.into()))
    }

    /// Changes features of a collection.
    /// # Errors
    /// [`SourceError::Request`] for what cannot be taken, [`SourceError::Conflict`] when somebody else was faster.
    fn edit(&self, request: &EditRequest<'_>) -> Result<Edited, SourceError> {
        let _ = request;
        Err(SourceError::Request("These data are not kept in a store, so they cannot be changed.".into()))
    }

    /// Adds figures to a register; `is_read` tells whether a register is the one that whoever enters them has read.
    /// # Errors
    /// [`SourceError::Request`] for figures that make no sense, [`SourceError::Conflict`] when somebody else was faster.
    fn enter_figures(
        &self,
        request: &FiguresRequest<'_>,
        is_read: &dyn Fn(&Register) -> bool,
    ) -> Result<FiguresReport, SourceError> {
        let _ = (request, is_read);
        Err(SourceError::Request("These data are not kept in a store, so nothing can be entered.".into()))
    }

    /// All versions of a register, the newest first.
    /// # Errors
    /// [`SourceError`] when they cannot be read.
    fn register_versions(&self, register: &str) -> Result<Vec<StoredRegister>, SourceError> {
        let _ = register;
        Ok(Vec::new())
    }

    /// What the feature at a position of a collection was since that was imported.
    /// # Errors
    /// [`SourceError`] when it cannot be read.
    fn feature_history(&self, collection: &str, position: u64) -> Result<FeatureHistory, SourceError> {
        let _ = (collection, position);
        Ok(FeatureHistory::default())
    }

    /// Files on their way in; `None` where none are taken.
    fn uploads(&self, _limits: UploadLimits) -> Option<Uploads> {
        None
    }

    /// Makes a source of an upload a collection.
    /// # Errors
    /// [`SourceError::Unusable`] for what cannot be read as it was said, [`SourceError::Request`] for what cannot be done.
    fn import(
        &self,
        uploads: &Uploads,
        upload: &Upload,
        source: &str,
        request: &ImportRequest<'_>,
    ) -> Result<ImportReport, SourceError> {
        let _ = (uploads, upload, source, request);
        Err(SourceError::Request("These data are not kept in a store, so nothing can be imported.".into()))
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
        let (file, snapshot) = (Self::version(self)?.file, self.snapshot()?);
        let stored = snapshot.collections.iter();
        Ok(Content {
            revision: snapshot.revision,
            file,
            collections: stored.map(|stored| (stored.collection.clone(), stored.revision)).collect(),
            registers: snapshot.registers.iter().map(|stored| Arc::clone(&stored.register)).collect(),
            units: snapshot.units.as_ref().map(|(_, units)| Arc::clone(units)),
            check: snapshot.check.clone(),
            standings: Arc::clone(&snapshot.standings),
        })
    }

    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        Ok(Self::check(self, request)?)
    }

    fn try_out(&self, request: &TrialRequest<'_>) -> Result<TrialReport, SourceError> {
        Ok(Self::try_out(self, request)?)
    }

    fn derived(&self) -> Option<Arc<Derived>> {
        Some(Self::derived(self))
    }

    fn decide(&self, request: &DecisionRequest) -> Result<(), SourceError> {
        let decision = request.decision().map_err(SourceError::Request)?;
        Self::decide(self, &request.findings, decision, request.seen)?;
        Ok(())
    }

    fn edit(&self, request: &EditRequest<'_>) -> Result<Edited, SourceError> {
        Ok(Self::edit(self, request)?)
    }

    fn enter_figures(
        &self,
        request: &FiguresRequest<'_>,
        is_read: &dyn Fn(&Register) -> bool,
    ) -> Result<FiguresReport, SourceError> {
        Ok(Self::enter_figures(self, request, is_read)?)
    }

    fn register_versions(&self, register: &str) -> Result<Vec<StoredRegister>, SourceError> {
        Ok(Self::register_versions(self, register)?)
    }

    fn feature_history(&self, collection: &str, position: u64) -> Result<FeatureHistory, SourceError> {
        Ok(Self::feature_history(self, collection, position)?)
    }

    fn uploads(&self, limits: UploadLimits) -> Option<Uploads> {
        Some(Uploads::beside(self.path(), limits))
    }

    fn import(
        &self,
        uploads: &Uploads,
        upload: &Upload,
        source: &str,
        request: &ImportRequest<'_>,
    ) -> Result<ImportReport, SourceError> {
        Ok(self.import_upload(uploads, upload, source, request)?)
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
            | ProjectError::UnknownZone { .. }
            | ProjectError::SamePlan { .. }
            | ProjectError::Growth(_)
            | ProjectError::WhatIf(_)
            | ProjectError::Trial(_)
            | ProjectError::Redraw(_)
            | ProjectError::UnknownCollection { .. }
            | ProjectError::Crs(_)
            | ProjectError::KindWithoutZones
            | ProjectError::NothingDecided
            | ProjectError::WithoutReason
            | ProjectError::NothingEntered
            | ProjectError::Register(_)
            | ProjectError::NothingToEdit
            | ProjectError::EditText(_)
            | ProjectError::EditCoordinates { .. }
            | ProjectError::UnknownSource { .. }
            | ProjectError::Store(StoreError::CollectionId { .. } | StoreError::Decision { .. }) => {
                Self::Request(error.to_string())
            }
            ProjectError::Open { .. }
            | ProjectError::Staging { .. }
            | ProjectError::Archive { .. }
            | ProjectError::Read { .. }
            | ProjectError::Sheet { .. }
            | ProjectError::TooLarge { .. }
            | ProjectError::Coordinates { .. }
            | ProjectError::Role { .. }
            | ProjectError::SelfDescription { .. }
            | ProjectError::CollectionName { .. } => Self::Unusable(error.text()),
            ProjectError::UnknownRegister { .. }
            | ProjectError::Store(StoreError::UnknownFinding { .. } | StoreError::UnknownCollection { .. }) => {
                Self::Missing(error.to_string())
            }
            ProjectError::RegisterRead { .. }
            | ProjectError::Store(
                StoreError::Outdated { .. } | StoreError::Changed { .. } | StoreError::RegisterChanged { .. },
            ) => Self::Conflict(error.to_string()),
            ProjectError::Cancelled => Self::Busy("The work took too long and was stopped.".into()),
            ProjectError::Store(StoreError::Busy { .. }) => {
                Self::Busy("The store is being written to by another program; ask again.".into())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}
