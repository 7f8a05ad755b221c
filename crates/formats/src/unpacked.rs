//! What an archive unpacks to, counted before anything is made of it: a file of a few hundred kilobytes may unpack to
//! gigabytes, and what it says of its own sizes need not be true.

use std::io::{self, Read, Seek};

use zip::ZipArchive;

/// Whether all entries together unpack to at most `most` bytes. They are inflated and thrown away; an archive that
/// cannot be opened, or an entry that cannot be inflated, is counted as far as it goes: whoever reads it meets the same
/// end and says so.
pub(crate) fn fits(reader: impl Read + Seek, most: u64) -> bool {
    let Ok(mut archive) = ZipArchive::new(reader) else { return true };
    let mut left = most;
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index(at) else { continue };
        let mut counted = Counted { inner: entry, bytes: 0 };
        // One more than may be left, so that what is too much shows.
        let limit = left.saturating_add(1);
        let _ = io::copy(&mut counted.by_ref().take(limit), &mut io::sink());
        match left.checked_sub(counted.bytes) {
            Some(rest) => left = rest,
            None => return false,
        }
    }
    true
}

/// Counts what is read, also where the reading ends in an error.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.bytes += count as u64;
        Ok(count)
    }
}
