//! Files that were made in a folder of their own, and how they get to where they are wanted: whole or not at all.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Files of one source, in a folder that goes with this.
#[derive(Debug)]
pub struct Made {
    folder: TempDir,
    /// Ends of names that belong to such a source: what has them and is not made anew would not fit.
    companions: &'static [&'static str],
    /// Whether what is made is one file, whatever its name.
    single: bool,
}

impl Made {
    /// A folder for files: inside another, so that nothing has to be copied later, or where temporary files are.
    pub(crate) fn new(
        inside: Option<&Path>,
        companions: &'static [&'static str],
        single: bool,
    ) -> io::Result<Self> {
        let builder = || {
            let mut builder = tempfile::Builder::new();
            builder.prefix(".ranh-");
            builder
        };
        let folder = match inside {
            Some(inside) => builder().tempdir_in(inside),
            None => builder().tempdir(),
        };
        Ok(Self { folder: folder?, companions, single })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The files, or the one folder of them, in the order of their names.
    /// # Errors
    /// What the system says.
    pub fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.folder())?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        Ok(files)
    }

    /// The only file, where there is one.
    /// # Errors
    /// What the system says.
    pub fn only(&self) -> io::Result<Option<PathBuf>> {
        let files = self.files()?;
        Ok(match files.as_slice() {
            [only] if only.is_file() => Some(only.clone()),
            _ => None,
        })
    }

    /// Writes the only file, or a ZIP archive of several.
    /// # Errors
    /// What the system says.
    pub fn stream(&self, out: &mut impl Write) -> io::Result<()> {
        let mut file = match self.only()? {
            Some(only) => File::open(only)?,
            None => {
                // An archive goes back and forth; what it is streamed to may not.
                let mut archive = tempfile::tempfile()?;
                self.zip(&mut archive)?;
                archive.rewind()?;
                archive
            }
        };
        io::copy(&mut file, out).map(drop)
    }

    /// Writes a ZIP archive of all files.
    /// # Errors
    /// What the system says.
    pub fn zip(&self, out: impl Write + Seek) -> io::Result<()> {
        let mut zip = ZipWriter::new(out);
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o644);
        for entry in WalkDir::new(self.folder()).sort_by_file_name() {
            let entry = entry.map_err(io::Error::other)?;
            let inside = entry.path().strip_prefix(self.folder()).map_err(io::Error::other)?;
            if entry.file_type().is_file() {
                zip.start_file_from_path(inside, options).map_err(io::Error::other)?;
                io::copy(&mut File::open(entry.path())?, &mut zip)?;
            }
        }
        zip.finish().map_err(io::Error::other).map(drop)
    }

    /// Moves the files beside `out`, the only one to `out` itself; what was there stays if one cannot be moved. The
    /// places where they are now.
    /// # Errors
    /// What the system says; then all is as it was.
    pub fn place(self, out: &Path) -> io::Result<Vec<PathBuf>> {
        let parent = parent(out);
        let files = self.files()?;
        let named = |file: &PathBuf| match self.single {
            true => out.to_owned(),
            false => parent.join(file.file_name().unwrap_or_default()),
        };
        let places: Vec<PathBuf> = files.iter().map(named).collect();
        let mut moves = Moves::beside(parent)?;
        let done = self
            .stale(parent, &places)?
            .iter()
            .try_for_each(|stale| moves.aside(stale))
            .and_then(|()| files.iter().zip(&places).try_for_each(|(from, to)| moves.place(from, to)));
        match done {
            Ok(()) => Ok(places),
            Err(error) => {
                moves.undo();
                Err(error)
            }
        }
    }

    /// What is to be replaced, and parts of a source that stood here before: an old index would not fit new shapes.
    fn stale(&self, parent: &Path, places: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
        let mut stale: Vec<PathBuf> = places.iter().filter(|place| place.exists()).cloned().collect();
        if self.single {
            return Ok(stale);
        }
        let stems: Vec<&OsStr> = places.iter().filter_map(|place| place.file_stem()).collect();
        for entry in fs::read_dir(parent)? {
            let path = entry?.path();
            let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
            let belongs = ending.is_some_and(|ending| self.companions.contains(&ending.as_str()));
            let same = path.file_stem().is_some_and(|stem| stems.contains(&stem));
            if belongs && same && !stale.contains(&path) && path.is_file() {
                stale.push(path);
            }
        }
        Ok(stale)
    }
}

/// The folder of a path.
pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

/// What was moved so far, so that it can be moved back.
struct Moves {
    /// Where what was there waits; it goes with this.
    waiting: TempDir,
    aside: Vec<(PathBuf, PathBuf)>,
    placed: Vec<PathBuf>,
}

impl Moves {
    fn beside(parent: &Path) -> io::Result<Self> {
        let waiting = tempfile::Builder::new().prefix(".ranh-").tempdir_in(parent)?;
        Ok(Self { waiting, aside: Vec::new(), placed: Vec::new() })
    }

    fn aside(&mut self, path: &Path) -> io::Result<()> {
        let aside = self.waiting.path().join(path.file_name().unwrap_or_default());
        fs::rename(path, &aside)?;
        self.aside.push((path.to_owned(), aside));
        Ok(())
    }

    fn place(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        self.placed.push(to.to_owned());
        Ok(())
    }

    /// Moves everything back. What cannot be moved back is kept where it waits.
    fn undo(self) {
        for placed in self.placed {
            let removed =
                if placed.is_dir() { fs::remove_dir_all(&placed) } else { fs::remove_file(&placed) };
            // The error that led here is the one to tell.
            let _ = removed;
        }
        let back = self.aside.into_iter().map(|(path, aside)| fs::rename(aside, path));
        if back.filter(Result::is_err).count() > 0 {
            let _ = self.waiting.keep();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(inside: &Path, files: &[(&str, &str)]) -> Made {
        let made = Made::new(Some(inside), &["shp", "dbf", "qix"], false).unwrap();
        for (name, text) in files {
            fs::write(made.folder().join(name), text).unwrap();
        }
        made
    }

    fn text(folder: &Path, name: &str) -> Option<String> {
        fs::read_to_string(folder.join(name)).ok()
    }

    #[test]
    fn a_group_takes_the_place_of_all_that_was_there() {
        let folder = tempfile::tempdir().unwrap();
        for (name, old) in [("a.shp", "old"), ("a.qix", "old"), ("a.txt", "mine"), ("b.qix", "mine")] {
            fs::write(folder.path().join(name), old).unwrap();
        }
        let placed = made(folder.path(), &[("a.shp", "new"), ("a.dbf", "new")]);
        placed.place(&folder.path().join("a.shp")).unwrap();
        let now = |name| text(folder.path(), name);
        assert_eq!((now("a.shp").as_deref(), now("a.dbf").as_deref()), (Some("new"), Some("new")));
        assert_eq!(
            (now("a.qix"), now("a.txt").as_deref(), now("b.qix").as_deref()),
            (None, Some("mine"), Some("mine"))
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing is left over");
    }

    #[test]
    fn where_one_cannot_be_moved_all_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.dbf"), "old").unwrap();
        let broken = made(folder.path(), &[("a.dbf", "new"), ("a.shp", "new")]);
        let files = broken.files().unwrap();
        let mut moves = Moves::beside(folder.path()).unwrap();
        moves.aside(&folder.path().join("a.dbf")).unwrap();
        moves.place(&files[0], &folder.path().join("a.dbf")).unwrap();
        // The place of the second is in a folder that is not there.
        assert!(moves.place(&files[1], &folder.path().join("none/a.shp")).is_err());
        moves.undo();
        assert_eq!(text(folder.path(), "a.dbf").as_deref(), Some("old"));
        drop(broken);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn several_files_are_streamed_as_an_archive_and_one_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        made(folder.path(), &[("a.gpkg", "one")]).stream(&mut bytes).unwrap();
        assert_eq!(bytes, b"one");
        let mut bytes = Vec::new();
        made(folder.path(), &[("a.shp", "1"), ("a.dbf", "2")]).stream(&mut bytes).unwrap();
        let archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["a.dbf", "a.shp"]);
    }
}
