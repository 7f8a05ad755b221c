//! Files on their way into the store: received piece by piece into a bounded folder beside it, unpacked, looked into, and kept
//! there until they are imported, given up, too old, or until the server ends. What an earlier server left is swept away.
//!
//! Reading order: [`Uploads`] holds them all; [`Receiving`] takes one in; `inspect` says what is in it; `import` takes a source of it
//! into the store.

mod drawn;
mod error;
mod import;
mod inspect;
mod preview;
mod receive;
mod room;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{Limits, SourceLimits};
pub use error::UploadError;
pub use inspect::{DrawnLevel, FoundLayer, FoundSource};
pub use preview::Preview;
pub use receive::Receiving;
use room::{Room, Share};

/// Ending of the folder beside a store.
const FOLDER: &str = ".uploads";
/// File in a server's own folder, locked for as long as that server runs.
const LOCK: &str = "lock";
/// After so long a folder without a lock is one that nobody is making any more.
const ABANDONED: Duration = Duration::from_secs(60);

/// What uploads may take.
#[derive(Clone, Debug)]
pub struct UploadLimits {
    /// Bytes of one.
    pub bytes: u64,
    /// How many are received or kept at a time.
    pub kept: usize,
    /// Bytes of all that are received or kept, unpacked.
    pub kept_bytes: u64,
    /// How long one is kept.
    pub age: Duration,
    /// How long looking into one may take.
    pub look: Duration,
    /// Limits of archives and of the GDAL worker, for looking in and for importing.
    pub sources: SourceLimits,
    /// Limits of reading.
    pub reading: Limits,
}

/// A file that was received, with what is in it.
#[derive(Debug)]
pub struct Upload {
    /// Its identifier.
    pub id: String,
    /// Its name, as it was given.
    pub name: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// What is in it, in the order of the names.
    pub sources: Vec<FoundSource>,
    /// When it goes.
    ends: Instant,
    /// The folder with the files, unpacked; it goes with this.
    folder: TempDir,
    /// What was imported: sources, with the layer of those that have several.
    imported: Mutex<BTreeSet<(String, Option<String>)>>,
    _room: Share,
}

impl Upload {
    /// How long it is still kept.
    pub fn left(&self) -> Duration {
        self.ends.saturating_duration_since(Instant::now())
    }
}

/// All uploads of a server.
#[derive(Debug)]
pub struct Uploads {
    /// The folder that servers of this store share.
    folder: PathBuf,
    limits: UploadLimits,
    room: Arc<Room>,
    kept: Mutex<BTreeMap<String, Arc<Upload>>>,
    /// This server's own folder with its lock, made when it is needed.
    own: Mutex<Option<(TempDir, File)>>,
    /// One is unpacked and looked into at a time.
    looking: Mutex<()>,
}

impl Uploads {
    /// Those of a server of a store. What servers that have ended left is taken away.
    pub fn beside(store: &Path, limits: UploadLimits) -> Self {
        let mut folder = store.as_os_str().to_owned();
        folder.push(FOLDER);
        let folder = PathBuf::from(folder);
        sweep(&folder);
        let room = Arc::new(Room::new(limits.kept, limits.kept_bytes));
        let (kept, own, looking) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { folder, limits, room, kept, own, looking }
    }

    /// Its limits.
    pub fn limits(&self) -> &UploadLimits {
        &self.limits
    }

    /// One that is kept.
    pub fn find(&self, id: &str) -> Option<Arc<Upload>> {
        self.expire();
        self.kept().get(id).cloned()
    }

    /// Gives one up; `false` where there is none. What is being imported stays until that has its end.
    pub fn remove(&self, id: &str) -> bool {
        self.kept().remove(id).is_some()
    }

    /// Gives up those that are too old.
    pub fn expire(&self) {
        self.kept().retain(|_, upload| !upload.left().is_zero());
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Upload>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new folder for one upload.
    fn place(&self) -> std::io::Result<TempDir> {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.as_ref().is_none_or(|(folder, _)| !folder.path().exists()) {
            fs::create_dir_all(&self.folder)?;
            let folder = TempDir::new_in(&self.folder)?;
            let lock = File::create(folder.path().join(LOCK))?;
            lock.try_lock()?;
            *own = Some((folder, lock));
        }
        match own.as_ref() {
            Some((folder, _)) => TempDir::new_in(folder.path()),
            None => Err(std::io::ErrorKind::NotFound.into()),
        }
    }
}

/// Takes away folders whose server has ended.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let ended = match File::open(path.join(LOCK)) {
            Ok(lock) => lock.try_lock().is_ok(),
            Err(_) => {
                let made = entry.metadata().and_then(|facts| facts.modified());
                made.is_ok_and(|made| made.elapsed().is_ok_and(|age| age > ABANDONED))
            }
        };
        if ended {
            // What cannot be taken away now is tried again at the next start.
            let _ = fs::remove_dir_all(&path);
        }
    }
    let _ = fs::remove_dir(folder);
}
