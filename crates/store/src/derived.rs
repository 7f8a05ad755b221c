//! What was computed from a store and is kept beside it, so that it need not be computed at every start.
//!
//! In the folder `STORE.tiles` lies one file for each name and key. The key is a hash of everything that the content
//! was computed from; the program that computed it is hashed into it here, so that what another build has left is
//! never taken for one's own. Nothing depends on these files: what is missing, foreign or damaged is computed anew.
//! A backup does not contain them, and they are no part of what is restored.
//!
//! A file: magic and key; its parts one after another; for each part its length and checksum; the number of parts; a
//! checksum of all but the parts. Numbers are little-endian, checksums xxh3-128. Whoever opens a file looks at all but
//! the parts, whoever reads a part looks at that one.

use std::cmp::Reverse;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::StoreError;
use crate::part::{Part, beside};

const MAGIC: [u8; 8] = *b"RANHDRV1";
/// Magic and key.
const HEAD_BYTES: u64 = 8 + 16;
/// Length and checksum of a part.
const ENTRY_BYTES: u64 = 8 + 16;
/// Number of parts and checksum.
const TAIL_BYTES: u64 = 4 + 16;
const MOST_PARTS: u32 = 4096;
/// Files of one name that are kept, those used last: two servers may see a store differently.
const MOST_VERSIONS: usize = 2;
/// Ending of the files.
const ENDING: &str = "derived";
/// After so long a file in the making is one that nobody makes any more.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The folder beside a store.
#[derive(Debug)]
pub struct Derived {
    folder: PathBuf,
}

/// An open file. It stays readable when its name is taken by another.
#[derive(Debug)]
pub struct DerivedFile {
    path: PathBuf,
    file: Mutex<File>,
    parts: Vec<Place>,
}

/// Where a part lies, and the checksum of its bytes.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u64,
    bytes: u64,
    sum: u128,
}

/// A file in the folder.
struct Kept {
    name: String,
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

impl Derived {
    /// What is kept beside a store; the folder is made when something is.
    pub fn beside(store: &Path) -> Self {
        Self { folder: beside(store, ".tiles") }
    }

    /// Opens what was kept under a name and a key; `None` where nothing was.
    /// # Errors
    /// [`StoreError::File`] for a file that cannot be read or is damaged, and where nothing can be told of the program.
    pub fn open(&self, name: &str, key: u128) -> Result<Option<DerivedFile>, StoreError> {
        let (path, key) = self.place(name, key)?;
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Part::failed("cannot open", &path)(error)),
        };
        let parts = places(&file, key).map_err(Part::failed("cannot use", &path))?;
        // What was used last is kept longest. Where that cannot be noted, it is only kept less long.
        file.set_modified(SystemTime::now()).ok();
        Ok(Some(DerivedFile { path, file: Mutex::new(file), parts }))
    }

    /// Keeps parts under a name and a key; then takes away what is there too often, or too much: of each name more than
    /// two files, and of all files the least used, until they have at most so many bytes. Gives the bytes written.
    /// # Errors
    /// [`StoreError::File`] when they cannot be written or are more bytes than that; nothing is left of them then.
    pub fn keep(
        &self,
        name: &str,
        key: u128,
        parts: impl Iterator<Item = Vec<u8>>,
        most_bytes: u64,
    ) -> Result<u64, StoreError> {
        let (path, key) = self.place(name, key)?;
        fs::create_dir_all(&self.folder).map_err(Part::failed("cannot create", &self.folder))?;
        let part = Part::beside(&path)?;
        write(&part.path, key, parts, most_bytes).map_err(Part::failed("cannot write", &path))?;
        let bytes = part.replace(&path)?;
        self.tidy(&path, most_bytes);
        Ok(bytes)
    }

    /// Where a key's file is, and the key with the program in it.
    fn place(&self, name: &str, key: u128) -> Result<(PathBuf, u128), StoreError> {
        let failed = Part::failed("cannot keep", &self.folder);
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, "that is no name for a file")));
        }
        let program = program().ok_or_else(|| failed(io::Error::other("the program cannot be read")))?;
        let mut hash = Xxh3::new();
        hash.update(&program.to_le_bytes());
        hash.update(&key.to_le_bytes());
        let key = hash.digest128();
        Ok((self.folder.join(format!("{name}.{key:032x}.{ENDING}")), key))
    }

    /// Takes away what need not be kept beside the newest. What cannot be taken away is somebody else's, or will be the
    /// next time.
    fn tidy(&self, newest: &Path, most_bytes: u64) {
        let mut files = self.files();
        files.sort_by_key(|file| Reverse((file.path == newest, file.used)));
        let mut kept: Vec<&str> = Vec::new();
        let mut sum = 0_u64;
        for file in &files {
            let versions = kept.iter().filter(|name| **name == file.name).count();
            if versions == MOST_VERSIONS || sum.saturating_add(file.bytes) > most_bytes {
                fs::remove_file(&file.path).ok();
            } else {
                sum += file.bytes;
                kept.push(&file.name);
            }
        }
    }

    /// The files of the folder that are ours; those abandoned in the making are taken away.
    fn files(&self) -> Vec<Kept> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let kept = entries.filter_map(|entry| {
            let (path, about) = (entry.path(), entry.metadata().ok()?);
            let used = about.modified().ok()?;
            let file_name = path.file_name()?.to_str()?;
            let mut words = file_name.split('.');
            let (name, _key, ending) = (words.next()?.to_owned(), words.next()?, words.next()?);
            if ending != ENDING {
                return None;
            }
            if file_name.ends_with(".part") && used.elapsed().is_ok_and(|since| since > ABANDONED) {
                fs::remove_file(&path).ok();
            }
            let is_whole = words.next().is_none();
            is_whole.then_some(Kept { name, path, bytes: about.len(), used })
        });
        kept.collect()
    }
}

impl DerivedFile {
    /// How many parts it has.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The bytes of a part, as they were given.
    /// # Errors
    /// [`StoreError::File`] when there is no such part, or it cannot be read or is damaged.
    pub fn read(&self, part: usize) -> Result<Vec<u8>, StoreError> {
        self.bytes_of(part).map_err(Part::failed("cannot use", &self.path))
    }

    fn bytes_of(&self, part: usize) -> io::Result<Vec<u8>> {
        let place = self.parts.get(part).ok_or_else(damaged)?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.start))?;
        let bytes = read(&mut *file, place.bytes)?;
        if xxh3_128(&bytes) == place.sum { Ok(bytes) } else { Err(damaged()) }
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is damaged, or was not written by this program")
}

/// Writes a whole file.
fn write(path: &Path, key: u128, parts: impl Iterator<Item = Vec<u8>>, most_bytes: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create_new(path)?);
    let head = [&MAGIC[..], &key.to_le_bytes()].concat();
    out.write_all(&head)?;
    let (mut entries, mut all, mut count) = (Vec::new(), HEAD_BYTES + TAIL_BYTES, 0_u32);
    for part in parts {
        all += part.len() as u64 + ENTRY_BYTES;
        if all > most_bytes || count == MOST_PARTS {
            return Err(io::Error::other(format!("it would be larger than {most_bytes} bytes")));
        }
        out.write_all(&part)?;
        entries.extend((part.len() as u64).to_le_bytes());
        entries.extend(xxh3_128(&part).to_le_bytes());
        count += 1;
    }
    out.write_all(&entries)?;
    out.write_all(&count.to_le_bytes())?;
    out.write_all(&sum(&head, &entries, count).to_le_bytes())?;
    out.flush()
}

/// The checksum of all but the parts.
fn sum(head: &[u8], entries: &[u8], count: u32) -> u128 {
    let mut hash = Xxh3::new();
    [head, entries, &count.to_le_bytes()].iter().for_each(|bytes| hash.update(bytes));
    hash.digest128()
}

/// Where the parts of a file lie, once everything else in it is looked at.
fn places(file: &File, key: u128) -> io::Result<Vec<Place>> {
    let length = file.metadata()?.len();
    let mut file = BufReader::new(file);
    let mut at = |start: Option<u64>, bytes: u64| {
        file.seek(SeekFrom::Start(start.ok_or_else(damaged)?))?;
        read(&mut file, bytes)
    };
    let tail = at(length.checked_sub(TAIL_BYTES), TAIL_BYTES)?;
    let (count, expected) = tail.split_at(4);
    let count = u32::from_le_bytes(count.try_into().map_err(|_| damaged())?);
    if count > MOST_PARTS {
        return Err(damaged());
    }
    let entries_bytes = u64::from(count) * ENTRY_BYTES;
    let end = length.checked_sub(TAIL_BYTES + entries_bytes);
    let (head, entries) = (at(Some(0), HEAD_BYTES)?, at(end, entries_bytes)?);
    let is_ours = head == [&MAGIC[..], &key.to_le_bytes()].concat();
    if !is_ours || sum(&head, &entries, count).to_le_bytes() != expected {
        return Err(damaged());
    }
    let mut start = HEAD_BYTES;
    let mut parts = Vec::with_capacity(count as usize);
    for entry in entries.chunks_exact(ENTRY_BYTES as usize) {
        let (bytes, sum) = entry.split_at(8);
        let bytes = u64::from_le_bytes(bytes.try_into().map_err(|_| damaged())?);
        let sum = u128::from_le_bytes(sum.try_into().map_err(|_| damaged())?);
        parts.push(Place { start, bytes, sum });
        start = start.checked_add(bytes).ok_or_else(damaged)?;
    }
    if Some(start) == end { Ok(parts) } else { Err(damaged()) }
}

/// So many bytes, no fewer.
fn read(file: &mut impl Read, bytes: u64) -> io::Result<Vec<u8>> {
    let mut read = Vec::with_capacity(usize::try_from(bytes).map_err(|_| damaged())?);
    file.take(bytes).read_to_end(&mut read)?;
    if read.len() as u64 == bytes { Ok(read) } else { Err(damaged()) }
}

/// A hash of the program that runs: whatever of it is changed, what it computes may be another thing. `None` where its
/// file cannot be read, as when another has taken its place.
fn program() -> Option<u128> {
    static PROGRAM: OnceLock<Option<u128>> = OnceLock::new();
    *PROGRAM.get_or_init(|| {
        let mut file = File::open(std::env::current_exe().ok()?).ok()?;
        let (mut hash, mut room) = (Xxh3::new(), vec![0; 1 << 20]);
        loop {
            match file.read(&mut room).ok()? {
                0 => return Some(hash.digest128()),
                read => hash.update(&room[..read]),
            }
        }
    })
}
