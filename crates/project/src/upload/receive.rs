//! Taking an upload in, piece by piece.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tempfile::TempDir;

use super::{Share, Upload, UploadError, Uploads, inspect};
use crate::document::{sources, unpack};
use crate::{ProjectError, SourceLimits};

/// Longest name of a file, bytes.
const MOST_NAME: usize = 200;
/// Bytes that tell an archive.
const BEGINNING: u64 = 8;
/// Folder for what an archive holds.
const UNPACKED: &str = "unpacked";

/// An upload that is not whole yet. Dropped, it is gone.
#[derive(Debug)]
pub struct Receiving {
    uploads: Arc<Uploads>,
    name: String,
    folder: TempDir,
    path: PathBuf,
    file: File,
    bytes: u64,
    room: Share,
}

impl Uploads {
    /// Begins to take one in under its name.
    /// # Errors
    /// [`UploadError::Name`], [`UploadError::Full`], [`UploadError::Place`].
    pub fn begin(self: &Arc<Self>, name: &str) -> Result<Receiving, UploadError> {
        if !is_plain(name) {
            return Err(UploadError::Name { name: name.chars().take(80).collect() });
        }
        self.expire();
        let room = self.room.share().ok_or(UploadError::Full)?;
        let folder = self.place()?;
        let path = folder.path().join(name);
        let file = File::create_new(&path)?;
        let (uploads, name) = (Arc::clone(self), name.to_owned());
        Ok(Receiving { uploads, name, folder, path, file, bytes: 0, room })
    }
}

/// Whether a name is one of a plain file that shows.
fn is_plain(name: &str) -> bool {
    let parts: Vec<_> = Path::new(name).components().collect();
    let one = matches!(parts.as_slice(), [Component::Normal(part)] if **part == *name);
    one && name.len() <= MOST_NAME
        && !name.starts_with('.')
        && !name.chars().any(|c| c.is_control() || c == '\\')
}

impl Receiving {
    /// Takes a piece.
    /// # Errors
    /// [`UploadError::TooLarge`], [`UploadError::Full`], [`UploadError::Place`].
    pub fn write(&mut self, piece: &[u8]) -> Result<(), UploadError> {
        let bytes = piece.len() as u64;
        self.bytes = self.bytes.saturating_add(bytes);
        let most = self.uploads.limits.bytes;
        if self.bytes > most {
            return Err(UploadError::TooLarge { most });
        }
        if !self.room.grow(bytes) {
            return Err(UploadError::Full);
        }
        Ok(self.file.write_all(piece)?)
    }

    /// Unpacks what came, looks into it, and keeps it under an identifier. `left` says whether whoever sent it has left.
    /// # Errors
    /// [`UploadError`]; nothing is kept then.
    pub fn finish(mut self, id: String, left: &dyn Fn() -> bool) -> Result<Arc<Upload>, UploadError> {
        if self.bytes == 0 {
            return Err(UploadError::Empty);
        }
        let uploads = Arc::clone(&self.uploads);
        let _one = uploads.looking.lock().unwrap_or_else(PoisonError::into_inner);
        if left() {
            return Err(UploadError::Left);
        }
        if self.is_archive()? {
            self.unpack()?;
        }
        let until = Instant::now() + uploads.limits.look;
        let sources = inspect::look_into(self.folder.path(), &uploads.limits, until, left);
        if let Some(reason) = inspect::hopeless(&self.name, &sources) {
            return Err(UploadError::Unreadable(reason));
        }
        if left() {
            return Err(UploadError::Left);
        }
        let ends = Instant::now() + uploads.limits.age;
        let (Self { name, folder, bytes, room, .. }, imported) = (self, Mutex::default());
        let upload =
            Arc::new(Upload { id: id.clone(), name, bytes, sources, ends, folder, imported, _room: room });
        uploads.kept().insert(id, Arc::clone(&upload));
        Ok(upload)
    }

    fn is_archive(&self) -> Result<bool, UploadError> {
        let mut beginning = Vec::new();
        File::open(&self.path)?.take(BEGINNING).read_to_end(&mut beginning)?;
        let format = sources::told(&self.path)?.0;
        Ok(format.is_none() && sources::is_archive(&self.path, &beginning))
    }

    /// Puts what the archive holds in its place.
    fn unpack(&mut self) -> Result<(), UploadError> {
        let refused = |reason| ProjectError::Archive { path: PathBuf::from(&self.name), reason };
        let limits = self.uploads.limits.sources;
        let room = self.uploads.room.left();
        let limits = SourceLimits { unpacked_bytes: limits.unpacked_bytes.min(room), ..limits };
        let folder = self.folder.path().join(UNPACKED);
        fs::create_dir(&folder)?;
        let bytes = unpack::unpack(&self.path, &folder, &limits).map_err(refused)?;
        if !self.room.grow(bytes) {
            return Err(UploadError::Full);
        }
        fs::remove_file(&self.path)?;
        self.room.shrink(self.bytes);
        // Paths in the archive are paths from the upload's folder on.
        let unpacked = TempDir::new_in(self.folder.path().parent().unwrap_or(Path::new(".")))?;
        fs::rename(&folder, unpacked.path())?;
        self.folder = unpacked;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn only_plain_names_are_taken() {
        for name in ["a.zip", "Hồ sơ KCN (2).zip", "plan.v2.geojson"] {
            assert!(is_plain(name), "{name}");
        }
        let long = "a".repeat(201);
        for name in
            ["", ".", "..", "a/b", "/a", "a/", "./a", ".hidden", "a\\b", "a\nb", "a\0b", long.as_str()]
        {
            assert!(!is_plain(name), "{name}");
        }
    }
}
