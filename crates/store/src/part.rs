//! Files that get their name when they are whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::StoreError;

/// A path beside a file: its name with something behind it.
pub(crate) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A file in the making, gone when it does not get its name.
pub(crate) struct Part {
    pub(crate) path: PathBuf,
}

impl Part {
    /// One for a file of this name.
    /// # Errors
    /// [`StoreError::MissingFolder`].
    pub(crate) fn beside(file: &Path) -> Result<Self, StoreError> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(StoreError::MissingFolder { path: folder.to_owned() });
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(Self { path: beside(file, &format!(".{}.part", now.as_nanos())) })
    }

    pub(crate) fn failed(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> StoreError + use<> {
        let path = path.to_owned();
        move |source| StoreError::File { doing, path: path.clone(), source }
    }

    /// Gives it the owner and the rights of the file whose place it will take: a server that runs as somebody else must
    /// be able to write to it afterwards. Where there is no file any more, the folder's owner, as far as the system
    /// lets us.
    pub(crate) fn belong_where(&self, to: &Path) -> Result<(), StoreError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, chown};
            let failed = Self::failed("cannot keep the owner of", to);
            let own = fs::metadata(&self.path).map_err(&failed)?;
            let is_own = |other: &fs::Metadata| own.uid() == other.uid() && own.gid() == other.gid();
            if let Ok(before) = fs::metadata(to) {
                if !is_own(&before) {
                    chown(&self.path, Some(before.uid()), Some(before.gid())).map_err(&failed)?;
                }
                return fs::set_permissions(&self.path, before.permissions()).map_err(failed);
            }
            let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
            if let Ok(folder) = fs::metadata(folder.unwrap_or(Path::new("."))) {
                chown(&self.path, Some(folder.uid()), Some(folder.gid())).ok();
            }
        }
        #[cfg(not(unix))]
        let _ = to;
        Ok(())
    }

    /// Makes it last; gives its size.
    fn settle(&self) -> io::Result<u64> {
        let file = File::open(&self.path)?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }

    /// Gives it a name that nobody has.
    pub(crate) fn publish(self, to: &Path) -> Result<u64, StoreError> {
        let failed = Self::failed("cannot write", to);
        let bytes = self.settle().map_err(&failed)?;
        match fs::hard_link(&self.path, to) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists { path: to.to_owned() });
            }
            Err(_no_links) => fs::rename(&self.path, to).map_err(&failed)?,
            Ok(()) => {}
        }
        sync_folder(to);
        Ok(bytes)
    }

    /// Gives it a name whoever had it: nobody sees a moment without a file.
    pub(crate) fn replace(self, to: &Path) -> Result<u64, StoreError> {
        let failed = Self::failed("cannot write", to);
        let bytes = self.settle().map_err(&failed)?;
        fs::rename(&self.path, to).map_err(&failed)?;
        sync_folder(to);
        Ok(bytes)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        fs::remove_file(&self.path).ok();
    }
}

/// A name lasts when its folder does; where folders cannot be opened it lasts anyway.
fn sync_folder(file: &Path) {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).ok();
}
