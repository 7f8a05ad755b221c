//! Knowing that nothing has changed, so that a second start takes seconds.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// A file that remembers from which content something was made.
pub(crate) struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The stamp kept in `file`, for what is made from the files under `sources` (files or folders, of
    /// which entries named in `leave_out` are not looked into) and with a tool of that version.
    pub(crate) fn new(
        file: PathBuf,
        sources: &[PathBuf],
        leave_out: &[&str],
        tool: &str,
    ) -> Result<Self, Problem> {
        let mut hasher = DefaultHasher::new();
        tool.hash(&mut hasher);
        for source in sources {
            digest(source, leave_out, &mut hasher)?;
        }
        Ok(Self { file, digest: format!("{:016x}", hasher.finish()) })
    }

    /// Whether the content is still that of the last [`Stamp::press`].
    pub(crate) fn holds(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|kept| kept.trim() == self.digest)
    }

    /// Forgets, before the making starts: what is interrupted must not pass for made.
    pub(crate) fn lift(&self) -> Result<(), Problem> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Problem::file(&self.file)(error))
            }
            _ => Ok(()),
        }
    }

    /// Remembers, after the making has succeeded.
    pub(crate) fn press(&self) -> Result<(), Problem> {
        // npm makes no folder when there is nothing to install.
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).map_err(Problem::file(folder))?;
        }
        fs::write(&self.file, &self.digest).map_err(Problem::file(&self.file))
    }
}

/// Adds names and contents, folders in the order of their names, so that the same tree gives the same digest.
fn digest(path: &Path, leave_out: &[&str], hasher: &mut DefaultHasher) -> Result<(), Problem> {
    path.file_name().hash(hasher);
    if !path.is_dir() {
        fs::read(path).map_err(Problem::file(path))?.hash(hasher);
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).map_err(Problem::file(path))? {
        entries.push(entry.map_err(Problem::file(path))?.path());
    }
    entries.retain(|entry| !leave_out.iter().any(|name| entry.ends_with(name)));
    entries.sort();
    entries.len().hash(hasher);
    entries.iter().try_for_each(|entry| digest(entry, leave_out, hasher))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Stamp;

    #[test]
    fn a_stamp_holds_until_a_source_changes() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("src");
        fs::create_dir_all(source.join("dist")).unwrap();
        fs::write(source.join("a.ts"), "one").unwrap();
        let stamp = |tool: &str| {
            Stamp::new(folder.path().join("stamp"), std::slice::from_ref(&source), &["dist"], tool).unwrap()
        };
        assert!(!stamp("v20").holds(), "nothing was made yet");
        stamp("v20").press().unwrap();
        assert!(stamp("v20").holds());
        assert!(!stamp("v22").holds(), "made with another tool");
        fs::write(source.join("dist/a.js"), "made").unwrap();
        assert!(stamp("v20").holds(), "what is left out does not count");
        fs::write(source.join("b.ts"), "").unwrap();
        assert!(!stamp("v20").holds(), "a new file, even an empty one");
        stamp("v20").press().unwrap();
        fs::write(source.join("a.ts"), "two").unwrap();
        assert!(!stamp("v20").holds(), "another content");
        stamp("v20").press().unwrap();
        stamp("v20").lift().unwrap();
        stamp("v20").lift().unwrap();
        assert!(!stamp("v20").holds(), "forgotten");
    }
}
