//! A kind of file that is made to harm, and what a person has to be told of it.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What a person is to do where GDAL can make nothing of a file.
pub(crate) const PARTS: &str = "check that it is whole, and that the parts beside it are there";
/// The same where it stopped in the middle.
pub(crate) const DAMAGED: &str = "the file is damaged there: export it anew";
/// The same where an archive, or a file that is read here, ends or breaks where it should not.
pub(crate) const WHOLE: &str = "check that it was saved or downloaded whole";

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing of it is taken, and a person is told why.
    Refused,
    /// It, or what is left of it, is imported, and what was odd is told.
    Taken,
    /// The one or the other: it is broken at random.
    Either,
}

/// A file that is made to harm, no two of one kind.
pub(crate) struct Kind {
    /// What is wrong with it.
    pub(crate) what: String,
    /// Its name.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
    /// Words that must be in what is told.
    pub(crate) words: &'static str,
    /// If it is refused, some of these must be.
    pub(crate) some: &'static [&'static str],
}

/// A file that is refused with these words.
pub(crate) fn refused(what: &str, name: &str, bytes: impl Into<Vec<u8>>, words: &'static str) -> Kind {
    Kind {
        what: what.to_owned(),
        name: name.to_owned(),
        bytes: bytes.into(),
        end: End::Refused,
        words,
        some: &[],
    }
}

/// A file that is harmless as it is taken, with these words in the report.
pub(crate) fn taken(what: &str, name: &str, bytes: impl Into<Vec<u8>>, words: &'static str) -> Kind {
    Kind { end: End::Taken, ..refused(what, name, bytes, words) }
}

/// A file that may end in both ways; if it is refused, then with some of these words.
pub(crate) fn either(
    what: &str,
    name: &str,
    bytes: impl Into<Vec<u8>>,
    some: &'static [&'static str],
) -> Kind {
    Kind { end: End::Either, some, ..refused(what, name, bytes, "") }
}

/// An archive of files.
pub(crate) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Bytes without sense that are the same each time.
pub(crate) fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..count).map(|_| next()).collect()
}

/// The same bytes with others in the place of the first such ones; they must be there.
pub(crate) fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).expect("what is to be patched");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}
