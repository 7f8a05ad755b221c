//! KML made so that GDAL reads all that it says.
//!
//! In a KMZ, GDAL (3.6) finds the types of attributes only where they stand beside the features, not across a folder, and then reads
//! no typed attribute at all: so the document is read out of its archive, where there is one. A typed attribute that is true or
//! false it takes for a number, and `true` for 0: so such are texts in the copy. Of a layer with typed attributes it reads no
//! others; what that may cost is told.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use zip::ZipArchive;

use super::staging::StagingError;

/// Bytes between the ends of two tags that are looked at together.
const PIECE: u64 = 64 << 10;
/// What is told where attributes of both kinds are met.
pub(super) const MIXED: &str = "it has attributes with types (SchemaData) and without (Data): of a layer that has both, those without are not read";

/// What was copied.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Copied {
    pub(super) bytes: u64,
    /// Whether it declares entities.
    pub(super) entities: bool,
    typed: bool,
    untyped: bool,
}

impl Copied {
    /// Whether there are attributes with types and without.
    pub(super) fn is_mixed(&self) -> bool {
        self.typed && self.untyped
    }
}

/// Copies the only document of an archive, as far as that has no more bytes than `most`; nothing where it has several, which belong
/// together, or none, or cannot be unpacked.
pub(super) fn of_archive(path: &Path, place: &Path, most: u64) -> Result<Option<Copied>, StagingError> {
    let Ok(mut archive) = ZipArchive::new(BufReader::new(File::open(path)?)) else { return Ok(None) };
    let is_document = |at: &usize| {
        let name = archive.name_for_index(*at).and_then(Result::ok);
        name.is_some_and(|name| name.to_lowercase().ends_with(".kml"))
    };
    let documents: Vec<usize> = (0..archive.len()).filter(is_document).collect();
    let [document] = documents.as_slice() else { return Ok(None) };
    let Ok(entry) = archive.by_index(*document) else { return Ok(None) };
    // One byte more than may be, so that what is too much shows.
    match copy(entry.take(most.saturating_add(1)), place) {
        Ok(copied) if copied.bytes > most => Err(StagingError::Unpacked { most }),
        Ok(copied) => Ok(Some(copied)),
        // What cannot be unpacked is GDAL's to refuse.
        Err(_) => Ok(None),
    }
}

/// Copies a document.
pub(super) fn copy(document: impl Read, place: &Path) -> io::Result<Copied> {
    let mut out = BufWriter::new(File::create(place)?);
    let copied = rewrite(BufReader::new(document), &mut out)?;
    out.flush()?;
    Ok(copied)
}

/// Copies piece by piece, each up to the end of a tag.
fn rewrite(mut document: impl BufRead, out: &mut impl Write) -> io::Result<Copied> {
    let (mut copied, mut piece) = (Copied::default(), Vec::new());
    loop {
        piece.clear();
        let count = document.by_ref().take(PIECE).read_until(b'>', &mut piece)?;
        if count == 0 {
            return Ok(copied);
        }
        copied.bytes += count as u64;
        let tag = piece.iter().rposition(|byte| *byte == b'<').unwrap_or(piece.len());
        let (before, tag) = piece.split_at(tag);
        match name(tag) {
            b"SchemaData" => copied.typed = true,
            b"Data" => copied.untyped = true,
            b"!ENTITY" => copied.entities = true,
            b"SimpleField" => {
                out.write_all(before)?;
                out.write_all(&as_text(tag))?;
                continue;
            }
            _ => {}
        }
        out.write_all(&piece)?;
    }
}

/// The name of an element that begins with this tag, without the prefix of its namespace.
fn name(tag: &[u8]) -> &[u8] {
    let inside = tag.strip_prefix(b"<").unwrap_or_default();
    let end = inside.iter().position(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
    let whole = inside.get(..end.unwrap_or(inside.len())).unwrap_or_default();
    whole.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

/// The declaration of a field, of texts if it was of true and false.
fn as_text(tag: &[u8]) -> Vec<u8> {
    let declared = String::from_utf8_lossy(tag);
    let texts = declared.replace("\"bool\"", "\"string\"").replace("'bool'", "'string'");
    if texts == declared { tag.to_vec() } else { texts.into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> (String, Copied) {
        let mut out = Vec::new();
        let copied = rewrite(text.as_bytes(), &mut out).unwrap();
        assert_eq!(copied.bytes, text.len() as u64);
        (String::from_utf8(out).unwrap(), copied)
    }

    #[test]
    fn true_and_false_become_texts_and_nothing_else_changes() {
        let schema = "<Schema><SimpleField name=\"đúng\" type=\"bool\"/><kml:SimpleField type='bool' name=\"b\"></kml:SimpleField></Schema>";
        let expected = "<Schema><SimpleField name=\"đúng\" type=\"string\"/><kml:SimpleField type='string' name=\"b\"></kml:SimpleField></Schema>";
        assert_eq!(rewritten(schema).0, expected);
        for same in ["", "bool", "<a type=\"bool\">x</a>", "<SimpleField type=\"int\"/>", "<a", "a>b<"] {
            assert_eq!(rewritten(same).0, same);
        }
        let long = format!("<coordinates>{}</coordinates>", "106,21 ".repeat(50_000));
        assert_eq!(rewritten(&long).0, long);
    }

    #[test]
    fn attributes_of_both_kinds_are_met() {
        let (typed, untyped) = ("<SchemaData schemaUrl=\"#a\">", "<Data name=\"b\">");
        assert!(rewritten(&format!("{typed}{untyped}")).1.is_mixed());
        assert!(!rewritten(typed).1.is_mixed() && !rewritten(untyped).1.is_mixed());
        assert!(!rewritten("<DataSet/><SchemaDataX>").1.is_mixed());
        assert!(rewritten("<!DOCTYPE kml [<!ENTITY e \"a\">]><kml>").1.entities);
        assert!(!rewritten("<!DOCTYPE kml SYSTEM \"a.dtd\"><kml>").1.entities);
    }
}
