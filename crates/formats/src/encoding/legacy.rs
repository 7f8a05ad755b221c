//! The encodings of Vietnam that nobody else has tables for, from `data/encodings`.

use std::collections::HashMap;
use std::sync::OnceLock;

use encoding_rs::WINDOWS_1252;

/// TCVN 5712:1993, VN1: that of the fonts whose names begin with ".Vn".
pub(super) static TCVN3: Table = Table::new("TCVN3", include_str!("../../../../data/encodings/tcvn3.csv"));
/// VNI for Windows: a letter and a mark behind it.
pub(super) static VNI: Table =
    Table::new("VNI-Windows", include_str!("../../../../data/encodings/vni-windows.csv"));
/// VISCII 1.1 (RFC 1456).
pub(super) static VISCII: Table = Table::new("VISCII", include_str!("../../../../data/encodings/viscii.csv"));

/// Bytes of the longest letter.
const LONGEST: usize = 2;

/// An encoding by a table: one or two bytes for a letter. What the table does not have is as in Windows-1252.
pub(super) struct Table {
    pub(super) name: &'static str,
    text: &'static str,
    letters: OnceLock<HashMap<Vec<u8>, &'static str>>,
}

impl Table {
    const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text, letters: OnceLock::new() }
    }

    fn letters(&self) -> &HashMap<Vec<u8>, &'static str> {
        self.letters.get_or_init(|| self.text.lines().skip(1).filter_map(entry).collect())
    }

    /// The text of bytes: at each place the longest letter that the table has.
    pub(super) fn decode(&self, bytes: &[u8]) -> Option<String> {
        let letters = self.letters();
        let mut text = String::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let found = (1..=LONGEST).rev().find_map(|length| {
                let letter = letters.get(rest.get(..length)?)?;
                Some((length, *letter))
            });
            let length = match found {
                Some((length, letter)) => {
                    text.push_str(letter);
                    length
                }
                None => {
                    text.push_str(
                        &WINDOWS_1252.decode_without_bom_handling_and_without_replacement(&[*first])?,
                    );
                    1
                }
            };
            rest = rest.get(length..)?;
        }
        Some(text)
    }
}

/// A line of a table: bytes in hexadecimal digits, and their text.
fn entry(line: &'static str) -> Option<(Vec<u8>, &'static str)> {
    let (digits, text) = line.split_once(',')?;
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    });
    Some((bytes.collect::<Option<Vec<u8>>>()?, text))
}
