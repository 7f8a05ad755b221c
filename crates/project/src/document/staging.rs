//! A folder with one source and nothing else, for the worker to read. What GDAL would decode on the way, and not whole, it is
//! kept from seeing: MapInfo's charset is taken out of the copy and told apart.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use formats::{Foreign, ForeignSource};
use tempfile::TempDir;

use super::sources::extension;

/// Where the heads of texts are looked at, bytes.
const HEAD: usize = 64 << 10;
/// Charsets of MapInfo that GDAL decodes, and loses letters of (3.6).
const CHARSETS: [&str; 2] = ["WindowsVietnamese", "WindowsLatin1"];
/// AutoCAD writes UTF-8 from this version on, whatever the code page says.
const UTF8_SINCE: &str = "AC1021";

/// The folder; it goes with this.
pub(crate) struct Staged {
    folder: TempDir,
    name: OsString,
    declared: Option<String>,
    /// Bytes of all that belongs to it.
    pub(crate) bytes: u64,
}

/// Copies a source with all that belongs to it, as far as that has no more bytes than `most`.
pub(crate) fn stage(path: &Path, format: Foreign, most: u64) -> io::Result<Staged> {
    let folder = tempfile::tempdir()?;
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    let parts = parts(path, format)?;
    let bytes =
        parts.iter().try_fold(0_u64, |sum, part| Ok::<_, io::Error>(sum + fs::metadata(part)?.len()))?;
    if bytes > most {
        return Err(io::Error::other(format!("it has {bytes} bytes, and {most} at most are read")));
    }
    let into =
        if format == Foreign::FileGeodatabase { folder.path().join(&name) } else { folder.path().to_owned() };
    fs::create_dir_all(&into)?;
    for part in &parts {
        fs::copy(part, into.join(part.file_name().unwrap_or_default()))?;
    }
    let copy = folder.path().join(&name);
    let declared = match format {
        Foreign::MapInfoTab | Foreign::MapInfoMif => neutralised(&copy)?,
        Foreign::Dxf => code_page(&copy)?,
        _ => None,
    };
    Ok(Staged { folder, name, declared, bytes })
}

/// The files of a source. A geodatabase is a folder of files; what else stands in it is left.
fn parts(path: &Path, format: Foreign) -> io::Result<Vec<PathBuf>> {
    let folder =
        if format == Foreign::FileGeodatabase { path } else { path.parent().unwrap_or(Path::new(".")) };
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let log = path.with_file_name(suffixed(path.file_name().unwrap_or_default(), "-wal"));
    if format == Foreign::GeoPackage && fs::metadata(log).is_ok_and(|facts| facts.len() > 0) {
        return Err(io::Error::other(
            "another program has it open and has not written it whole: close that first",
        ));
    }
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let (entry, other) = entry.map(|entry| (entry.path(), entry))?;
        let belongs = match format {
            Foreign::FileGeodatabase => other.file_type()?.is_file(),
            _ if entry.file_name() == path.file_name() => true,
            _ => {
                entry.file_stem() == path.file_stem()
                    && format.companions().contains(&extension(&entry).as_str())
                    && entry.is_file()
            }
        };
        if belongs {
            parts.push(entry);
        }
    }
    Ok(parts)
}

fn suffixed(name: &OsStr, end: &str) -> OsString {
    let mut name = name.to_owned();
    name.push(end);
    name
}

/// The first bytes of a file.
fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Takes the charset out of the head of a copy and returns it. The word put in its place is as long as it, so that nothing moves.
fn neutralised(copy: &Path) -> io::Result<Option<String>> {
    let mut file = File::options().read(true).write(true).open(copy)?;
    let mut bytes = head(&mut file)?;
    let mut declared = None;
    for charset in CHARSETS {
        let wanted = charset.to_ascii_lowercase();
        while let Some(at) =
            bytes.windows(charset.len()).position(|word| word.to_ascii_lowercase() == wanted.as_bytes())
        {
            let place = bytes.get_mut(at..at + charset.len()).unwrap_or_default();
            place.fill(b' ');
            // In quotes or at the end of a line: `Neutral` with its blanks behind the closing quote.
            place.iter_mut().zip(b"Neutral").for_each(|(to, from)| *to = *from);
            if let Some(quote) = bytes.get_mut(at + charset.len()).filter(|byte| **byte == b'"') {
                *quote = b' ';
                if let Some(end) = bytes.get_mut(at + "Neutral".len()) {
                    *end = b'"';
                }
            }
            declared = Some(charset.to_owned());
        }
    }
    if declared.is_some() {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&bytes)?;
    }
    Ok(declared)
}

/// The code page of a DXF drawing.
fn code_page(copy: &Path) -> io::Result<Option<String>> {
    let bytes = head(&mut File::open(copy)?)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let variable = |name: &str| {
        let at = lines.iter().position(|line| *line == name)?;
        lines.get(at + 2).map(|value| (*value).to_owned())
    };
    let modern = variable("$ACADVER").is_some_and(|version| version.as_str() >= UTF8_SINCE);
    Ok(if modern { Some("UTF-8".to_owned()) } else { variable("$DWGCODEPAGE") })
}

impl Staged {
    /// The source as the worker is asked for it.
    pub(crate) fn source(&self, format: Foreign, layer: Option<&str>) -> ForeignSource {
        let bytes = |text: &OsStr| text.as_encoded_bytes().to_vec();
        ForeignSource {
            format,
            folder: bytes(self.folder.path().as_os_str()),
            name: bytes(&self.name),
            layer: layer.map(str::to_owned),
            encoding: self.declared.clone(),
            given: None,
        }
    }
}
