//! MapInfo's word for UTF-8, which this GDAL writes but has no name for: MapInfo knows it from version 15.2 on, GDAL from
//! 3.10. Without it MapInfo would take the letters for those of the reader's Windows.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// What GDAL writes at the head of a MIF file, and what belongs there. Both have as many bytes, so that nothing moves.
const MIF: (&str, &str) = ("Version 300\nCharset \"Neutral\"\n", "Version 1520\nCharset \"UTF-8\" \n");
/// The same in a TAB file, which is short.
const TAB: [(&str, &str); 3] = [
    ("!version 300\n", "!version 1520\n"),
    ("!charset Neutral\n", "!charset UTF-8\n"),
    ("Charset \"Neutral\"", "Charset \"UTF-8\""),
];

/// Declares UTF-8 in a file that was made; where GDAL has declared something, that stays.
pub(super) fn declare(path: &Path) -> io::Result<()> {
    let is_mif = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mif"));
    if !is_mif {
        let text = fs::read(path)?;
        let mut text = String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData)?;
        for (from, to) in TAB {
            text = text.replacen(from, to, 1);
        }
        return fs::write(path, text);
    }
    let (from, to) = MIF;
    let mut file = File::options().read(true).write(true).open(path)?;
    let mut head = vec![0; from.len()];
    file.read_exact(&mut head)?;
    if head == from.as_bytes() {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(to.as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::MIF;

    #[test]
    fn nothing_moves_in_a_file_that_may_be_large() {
        assert_eq!(MIF.0.len(), MIF.1.len());
    }
}
