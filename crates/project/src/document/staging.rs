//! A folder with one source and nothing else, for the worker to read. What GDAL would decode on the way, and not whole, it is
//! kept from seeing: MapInfo's charset is taken out of the copy and told apart.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use formats::{Foreign, ForeignSource};
use tempfile::TempDir;

use super::sources::extension;
use super::{SourceLimits, kml};

/// Where the heads of texts are looked at, bytes.
const HEAD: usize = 64 << 10;
/// Charsets of MapInfo that GDAL decodes, and loses letters of (3.6).
const CHARSETS: [&str; 2] = ["WindowsVietnamese", "WindowsLatin1"];
/// The table of the tables of a geodatabase.
const CATALOG: &str = "a00000001.gdbtable";
/// AutoCAD writes UTF-8 from this version on, whatever the code page says.
const UTF8_SINCE: &str = "AC1021";

/// The folder; it goes with this.
pub(crate) struct Staged {
    folder: TempDir,
    name: OsString,
    declared: Option<String>,
    /// What a person should know of what GDAL will not read.
    remark: Option<&'static str>,
    /// Bytes of all that belongs to it.
    pub(crate) bytes: u64,
}

/// Why a source was not put into a folder of its own. Each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// It is too large.
    #[error("it has {bytes} bytes, and {most} at most are read: divide it, or raise the limit")]
    TooLarge {
        /// Its size, with all that belongs to it.
        bytes: u64,
        /// The most.
        most: u64,
    },
    /// It unpacks to too much.
    #[error("the archive unpacks to more than {most} bytes: give only what is needed of it")]
    Unpacked {
        /// The most.
        most: u64,
    },
    /// A part that it cannot do without is not there.
    #[error("the part {part} is missing: a {format} is {parts}: give all of it, in one archive{but}")]
    Missing {
        /// Its name.
        part: String,
        /// The format.
        format: Foreign,
        /// What it is made of.
        parts: &'static str,
        /// What else may be the matter, with a semicolon before; or nothing.
        but: &'static str,
    },
    /// It declares entities.
    #[error(
        "it declares entities of XML (<!ENTITY), which are not read, because such may lead to other files or multiply: export \
         it anew without them"
    )]
    Entities,
    /// Changes of it wait beside it.
    #[error("another program has it open and has not written it whole: close that first")]
    InUse,
    /// The system.
    #[error("cannot be opened: {0}")]
    Io(#[from] io::Error),
}

/// Copies a source with all that belongs to it, as far as that has no more bytes than `most`, and unpacked no more than the limits
/// say.
pub(crate) fn stage(
    path: &Path,
    format: Foreign,
    most: u64,
    limits: &SourceLimits,
) -> Result<Staged, StagingError> {
    let folder = tempfile::tempdir()?;
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?.to_owned();
    let parts = parts(path, format)?;
    whole(path, format, &parts)?;
    let bytes =
        parts.iter().try_fold(0_u64, |sum, part| Ok::<_, io::Error>(sum + fs::metadata(part)?.len()))?;
    if bytes > most {
        return Err(StagingError::TooLarge { bytes, most });
    }
    if let Foreign::Kml | Foreign::Kmz = format
        && let Some((name, copied)) = document(path, format, folder.path(), limits)?
    {
        let remark = copied.is_mixed().then_some(kml::MIXED);
        return Ok(Staged { folder, name, declared: None, remark, bytes: copied.bytes });
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
    Ok(Staged { folder, name, declared, remark: None, bytes })
}

/// Whether the part is there without which GDAL has words only for those who know it.
fn whole(path: &Path, format: Foreign, parts: &[PathBuf]) -> Result<(), StagingError> {
    let (needed, all, but) = match format {
        Foreign::Shapefile => ("shx", "several files of one name (.shp, .shx, .dbf, .prj, .cpg)", ""),
        Foreign::MapInfoTab => (
            "dat",
            "several files of one name (.tab, .dat, .map, .id)",
            "; views, pictures and tables of a database are not read",
        ),
        Foreign::FileGeodatabase if !parts.iter().any(|part| part.ends_with(CATALOG)) => {
            let (part, parts) = (CATALOG.to_owned(), "a folder with all that is in it");
            return Err(StagingError::Missing { part, format, parts, but: "" });
        }
        _ => return Ok(()),
    };
    if parts.iter().any(|part| extension(part) == needed) {
        return Ok(());
    }
    let part = path.with_extension(needed).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Err(StagingError::Missing { part, format, parts: all, but })
}

/// Copies a document of KML, unpacked, under its name; nothing where GDAL has to unpack it.
fn document(
    path: &Path,
    format: Foreign,
    folder: &Path,
    limits: &SourceLimits,
) -> Result<Option<(OsString, kml::Copied)>, StagingError> {
    let name = match format {
        Foreign::Kmz => path.with_extension(Foreign::Kml.ending()),
        _ => path.to_owned(),
    };
    let name = name.file_name().unwrap_or_default().to_owned();
    let place = folder.join(&name);
    let copied = match format {
        Foreign::Kmz => kml::of_archive(path, &place, limits.unpacked_bytes)?,
        _ => Some(kml::copy(File::open(path)?, &place)?),
    };
    if copied.as_ref().is_some_and(|copied| copied.entities) {
        return Err(StagingError::Entities);
    }
    if copied.is_none() && place.exists() {
        // What is broken in the middle lies there in part.
        fs::remove_file(place)?;
    }
    Ok(copied.map(|copied| (name, copied)))
}

/// The files of a source. A geodatabase is a folder of files; what else stands in it is left.
fn parts(path: &Path, format: Foreign) -> Result<Vec<PathBuf>, StagingError> {
    let folder =
        if format == Foreign::FileGeodatabase { path } else { path.parent().unwrap_or(Path::new(".")) };
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let log = path.with_file_name(suffixed(path.file_name().unwrap_or_default(), "-wal"));
    if format == Foreign::GeoPackage && fs::metadata(log).is_ok_and(|facts| facts.len() > 0) {
        return Err(StagingError::InUse);
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
            remark: self.remark,
        }
    }
}
