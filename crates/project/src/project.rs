//! A store with what can be done to it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use planning::CheckMemory;
use store::{CheckRun, Copied, Derived, Snapshot, Store, StoreError};

use crate::ProjectError;

/// Names what is in a store: it changes whenever an answer could.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Number of the newest revision; 0 for an empty store.
    pub revision: u64,
    /// Number of the newest check run; 0 before the first.
    pub check: u64,
    /// Number of the newest event in a finding's life; 0 before the first.
    pub event: u64,
    /// How often another file was put in the store's place since it was opened: a backup was restored.
    pub file: u64,
}

/// An open store, shared between threads. Snapshots are read once per version and shared.
#[derive(Debug)]
pub struct Project {
    path: PathBuf,
    store: Mutex<Store>,
    newest: Mutex<Arc<Snapshot>>,
    /// How often another file was put in the store's place.
    files: AtomicU64,
    /// What checks prepared of collections that the next one may meet again.
    memory: CheckMemory,
}

impl Project {
    /// Opens a store that exists.
    /// # Errors
    /// [`ProjectError::Store`] when it is missing, not a store, or of a newer version.
    pub fn open(path: &Path) -> Result<Self, ProjectError> {
        Ok(Self::with(Store::open(path)?))
    }

    /// Opens a store, or creates an empty one where there is no file.
    /// # Errors
    /// As [`Project::open`].
    pub fn open_or_create(path: &Path) -> Result<Self, ProjectError> {
        Ok(Self::with(Store::open_or_create(path)?))
    }

    fn with(store: Store) -> Self {
        Self {
            path: store.path().to_owned(),
            store: Mutex::new(store),
            newest: Mutex::default(),
            files: AtomicU64::new(0),
            memory: CheckMemory::default(),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is kept beside the store because it was computed from it.
    pub fn derived(&self) -> Arc<Derived> {
        Arc::new(Derived::beside(&self.path))
    }

    /// What is there now; cheap enough to ask every second. Other processes may change the store.
    /// # Errors
    /// [`ProjectError::Store`] when the file cannot be read.
    pub fn version(&self) -> Result<Version, ProjectError> {
        let store = self.store();
        if store.is_replaced() {
            return Err(StoreError::Missing { path: self.path.clone() }.into());
        }
        Ok(Version {
            file: self.files.load(Ordering::Relaxed),
            revision: store.revision()?,
            check: store.newest_check()?,
            event: store.newest_event()?,
        })
    }

    /// Everything in the store. What did not change since the last snapshot is shared with it.
    /// # Errors
    /// [`ProjectError::Store`] when the file cannot be read.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, ProjectError> {
        let store = self.store();
        let older = Arc::clone(&self.newest());
        let snapshot = Arc::new(store.snapshot_after(&older)?);
        *self.newest() = Arc::clone(&snapshot);
        Ok(snapshot)
    }

    /// Holds a run that was just saved, so that the next snapshot need not read it.
    pub(crate) fn remember(&self, run: &CheckRun) {
        self.take_in(|newest| {
            Some(Snapshot { check: Some(Arc::new(run.clone())), ..Snapshot::clone(newest) })
        });
    }

    /// Puts into the newest snapshot what was just written, so that the next one need not read it.
    pub(crate) fn take_in(&self, change: impl FnOnce(&Snapshot) -> Option<Snapshot>) {
        let mut newest = self.newest();
        if let Some(snapshot) = change(&newest) {
            *newest = Arc::new(snapshot);
        }
    }

    pub(crate) fn memory(&self) -> &CheckMemory {
        &self.memory
    }

    /// The store, for one short piece of work. A panic elsewhere cannot leave it half changed: changes are
    /// transactions. Where another file has taken the store's place, that one; nothing of the old one is in it.
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if store.is_replaced()
            && let Ok(restored) = Store::open(&self.path)
        {
            *store = restored;
            *self.newest() = Arc::default();
            self.files.fetch_add(1, Ordering::Relaxed);
        }
        store
    }

    /// Copies the store to a new file while it is in use.
    /// # Errors
    /// [`ProjectError::Store`], as [`Store::backup`].
    pub fn backup(&self, to: &Path) -> Result<Copied, ProjectError> {
        Ok(self.store().backup(to)?)
    }

    fn newest(&self) -> MutexGuard<'_, Arc<Snapshot>> {
        self.newest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
