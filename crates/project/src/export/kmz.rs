//! A KMZ of the KML that the worker wrote. In a KMZ, GDAL looks for the types of attributes only where the features are, and finds
//! none across a folder: so the features stand in the document itself.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use formats::KMZ_DOCUMENT;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What begins the document, and the folder of its one layer; each a line of its own, as GDAL writes them.
const DOCUMENT: &[u8] = b"<Document id=\"root_doc\">";
const FOLDER: &[u8] = b"<Folder>";
const FOLDER_END: &[u8] = b"</Folder>";

/// Puts the document in a folder into an archive of this name there, which takes its place.
pub(super) fn pack(folder: &Path, archive: &str) -> io::Result<()> {
    let document = folder.join(KMZ_DOCUMENT);
    let mut zip = ZipWriter::new(File::create(folder.join(archive))?);
    // Readers of KMZ know no archives of more than 4 GB, and take the mark of such for a broken one.
    let is_large = fs::metadata(&document)?.len() > u64::from(u32::MAX);
    let options = SimpleFileOptions::default().large_file(is_large).unix_permissions(0o644);
    zip.start_file(KMZ_DOCUMENT, options).map_err(io::Error::other)?;
    without_folder(BufReader::new(File::open(&document)?), &mut zip)?;
    zip.finish().map_err(io::Error::other)?;
    fs::remove_file(document)
}

/// Copies a document without the folder around its features, whose name becomes the document's.
fn without_folder(mut document: impl BufRead, out: &mut impl Write) -> io::Result<()> {
    let (mut head, mut line, mut in_head) = (Vec::new(), Vec::new(), true);
    while document.read_until(b'\n', &mut line)? > 0 {
        let text = line.trim_ascii();
        if in_head && text.starts_with(FOLDER) {
            out.write_all(&named(&head, &text[FOLDER.len()..]))?;
            in_head = false;
        } else if in_head {
            head.extend_from_slice(&line);
        } else if text != FOLDER_END {
            out.write_all(&line)?;
        }
        line.clear();
    }
    // No folder, no layer: as it is.
    if in_head { out.write_all(&head) } else { Ok(()) }
}

/// What stands before the features, with a name where a document has it: before all else.
fn named(head: &[u8], name: &[u8]) -> Vec<u8> {
    let at = head.windows(DOCUMENT.len()).position(|window| window == DOCUMENT);
    let at = at.map_or(head.len(), |at| at + DOCUMENT.len());
    [&head[..at], name, &head[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::without_folder;

    #[test]
    fn features_stand_in_the_document() {
        let copied = |text: &str| {
            let mut out = Vec::new();
            without_folder(text.as_bytes(), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let document = "<kml>\n<Document id=\"root_doc\">\n<Schema/>\n<Folder><name>a</name>\n  <Placemark/>\n</Folder>\n</Document></kml>\n";
        let expected =
            "<kml>\n<Document id=\"root_doc\"><name>a</name>\n<Schema/>\n  <Placemark/>\n</Document></kml>\n";
        assert_eq!(copied(document), expected);
        assert_eq!(copied("<kml>\n</kml>"), "<kml>\n</kml>");
    }
}
