//! What a server for the public shows: a source that lets through what everybody may see and nothing else. What
//! never goes in cannot come out of a list, a tile, a total or a finding; so the check that it shows is not the
//! store's, which saw everything, but one of its own over public data.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use planning::Collection;
use project::{CheckRequest, CheckRun, Derived, Version};
use spatial::Layer;

use crate::source::{Content, Source, SourceError};

/// A source seen by the public. It keeps nothing but its own check, in memory.
pub struct Public {
    inner: Arc<dyn Source>,
    /// Codes of land that is left out.
    internal_codes: Vec<String>,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    /// What was made of the collections that were read last, so that what has not changed is shared.
    collections: Vec<Seen>,
    /// Which store that is: another may have taken its place.
    file: u64,
    /// The check of public data.
    check: Option<Arc<CheckRun>>,
    /// Number of the newest check.
    last: u64,
}

struct Seen {
    whole: Arc<Layer>,
    revision: u64,
    public: Option<Collection>,
}

impl Public {
    /// What the public may see of a source.
    /// # Errors
    /// [`SourceError::Failed`] when the rule packs that are compiled in cannot be read.
    pub fn over(inner: Arc<dyn Source>) -> Result<Self, SourceError> {
        // Addresses of tiles have the number of the check, and caches outlive the server: no number may come twice.
        let held = Held { last: Timestamp::now().as_second().unsigned_abs(), ..Held::default() };
        Ok(Self { inner, internal_codes: project::internal_codes()?, held: Mutex::new(held) })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn judged(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        let content = self.read()?;
        let outcome = project::judge(&content.check_input(), request)?;
        Ok(project::unkept(outcome, content.revision))
    }
}

impl Source for Public {
    fn version(&self) -> Result<Version, SourceError> {
        let Version { revision, file, .. } = self.inner.version()?;
        let check = self.held().of(file, revision).map_or(0, |run| run.id);
        Ok(Version { revision, check, event: 0, file })
    }

    fn read(&self) -> Result<Content, SourceError> {
        let content = self.inner.read()?;
        let mut held = self.held();
        let seen = content.collections.iter();
        let seen: Vec<Seen> =
            seen.map(|(one, revision)| held.seen(one, *revision, &self.internal_codes)).collect();
        held.collections = seen;
        let collections = held.collections.iter();
        Ok(Content {
            collections: collections.filter_map(|seen| Some((seen.public.clone()?, seen.revision))).collect(),
            check: held.of(content.file, content.revision),
            // Who decided what on which paper is the staff's.
            standings: Arc::default(),
            ..content
        })
    }

    /// Judges public data; what comes of it is never kept.
    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        self.judged(request)
    }

    fn keeps(&self) -> bool {
        false
    }

    fn derived(&self) -> Option<Arc<Derived>> {
        self.inner.derived()
    }

    fn renew(&self, cancelled: &(dyn Fn() -> bool + Sync)) -> Result<bool, SourceError> {
        let Version { check, file, .. } = self.version()?;
        if check > 0 {
            return Ok(false);
        }
        let run = self.judged(&CheckRequest { cancelled: Some(cancelled), ..CheckRequest::default() })?;
        let mut held = self.held();
        (held.last, held.file) = (held.last + 1, file);
        held.check = Some(Arc::new(CheckRun { id: held.last, ..run }));
        Ok(true)
    }
}

impl Held {
    /// The check, if it is of that revision of that store. An older one is not shown: what it saw may have become internal since.
    fn of(&self, file: u64, revision: u64) -> Option<Arc<CheckRun>> {
        self.check.as_ref().filter(|run| (self.file, run.revision) == (file, revision)).cloned()
    }

    fn seen(&self, one: &Collection, revision: u64, internal_codes: &[String]) -> Seen {
        let whole = Arc::clone(&one.layer);
        let known = self.collections.iter();
        let mut known = known.filter(|seen| seen.revision == revision && Arc::ptr_eq(&seen.whole, &whole));
        let public = match known.next() {
            Some(seen) => seen.public.clone(),
            None => one.public(internal_codes),
        };
        Seen { whole, revision, public }
    }
}
