//! Text in the encoding that a file declares or a person names. Nothing is guessed, and nothing replaced: what does not decode
//! is told.

mod legacy;

use std::fmt;

use encoding_rs::{UTF_8, WINDOWS_1252, WINDOWS_1258};

use legacy::{TCVN3, Table, VISCII, VNI};

/// The encodings that a person can name, with the names that they go by; the first is the usual one.
const NAMES: &[(&[&str], Kind)] = &[
    (&["utf-8", "utf8"], Kind::Known(UTF_8)),
    (&["tcvn3", "tcvn", "tcvn5712-1", "tcvn-5712", "tcvn5712", "abc", "vntime"], Kind::Table(&TCVN3)),
    (&["vni-windows", "vni", "vni-win"], Kind::Table(&VNI)),
    (&["viscii"], Kind::Table(&VISCII)),
    (&["windows-1258", "cp1258", "1258"], Kind::Known(WINDOWS_1258)),
    (&["windows-1252", "cp1252", "1252", "latin1", "latin-1", "iso-8859-1"], Kind::Known(WINDOWS_1252)),
];

/// The encoding of a text.
#[derive(Clone, Copy)]
pub struct Encoding(Kind);

#[derive(Clone, Copy)]
enum Kind {
    Known(&'static encoding_rs::Encoding),
    Table(&'static Table),
}

/// A name that no encoding has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{asked}\" is no encoding that is known: there are {}, and those of the web by their names",
    usual()
)]
pub struct UnknownEncoding {
    /// What was asked for.
    pub asked: String,
}

/// The usual name of each encoding.
fn usual() -> String {
    NAMES.iter().filter_map(|(names, _)| names.first().copied()).collect::<Vec<_>>().join(", ")
}

impl Encoding {
    /// The encoding that a person names.
    /// # Errors
    /// [`UnknownEncoding`].
    pub fn named(name: &str) -> Result<Self, UnknownEncoding> {
        let plain = name.trim().trim_start_matches('.').to_ascii_lowercase().replace(['_', ' '], "-");
        let ours =
            NAMES.iter().find(|(names, _)| names.contains(&plain.as_str())).map(|(_, kind)| Self(*kind));
        let webs = || encoding_rs::Encoding::for_label(plain.as_bytes()).map(|one| Self(Kind::Known(one)));
        ours.or_else(webs).ok_or_else(|| UnknownEncoding { asked: name.to_owned() })
    }

    /// The encoding of a declaration: what stands in `.cpg` files, MapInfo's charsets, AutoCAD's code pages. None where nothing
    /// is declared, or nothing that is known.
    pub(crate) fn declared(words: &str) -> Option<Self> {
        let words = words.trim().trim_matches('"').to_ascii_lowercase().replace(['_', ' '], "-");
        match words.as_str() {
            "" | "neutral" => None,
            "65001" | "utf-8" => Some(Self::utf8()),
            "windowslatin1" | "88591" | "ldid/87" => Some(Self(Kind::Known(WINDOWS_1252))),
            "windowsvietnamese" => Some(Self(Kind::Known(WINDOWS_1258))),
            words => {
                let page = ["cp", "ansi-", "windows-"].iter().find_map(|start| words.strip_prefix(start));
                let page = page.unwrap_or(words);
                let is_number = !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit());
                let label = if is_number { format!("windows-{page}") } else { words.to_owned() };
                Self::named(&label).ok()
            }
        }
    }

    /// Those in which Vietnamese was written before Unicode.
    pub(crate) fn old() -> [Self; 4] {
        [Kind::Table(&TCVN3), Kind::Table(&VNI), Kind::Table(&VISCII), Kind::Known(WINDOWS_1258)].map(Self)
    }

    /// UTF-8.
    pub fn utf8() -> Self {
        Self(Kind::Known(UTF_8))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Known(known) => known.name(),
            Kind::Table(table) => table.name,
        }
    }

    /// Whether it is UTF-8.
    pub fn is_utf8(self) -> bool {
        matches!(self.0, Kind::Known(known) if known == UTF_8)
    }

    /// The text of bytes; none where they are not text of this encoding. Marks may stand behind their letters: NFC puts them
    /// together.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        match self.0 {
            Kind::Known(known) => {
                let text = known.decode_without_bom_handling_and_without_replacement(bytes)?;
                Some(text.into_owned())
            }
            Kind::Table(table) => table.decode(bytes),
        }
    }

    /// A text of which each letter is a byte that a program took for Windows-1252, as workbooks in the old fonts have it; none
    /// where it has other letters, or this is no such encoding.
    pub fn of_font(self, text: &str) -> Option<String> {
        let Kind::Table(table) = self.0 else { return None };
        let (bytes, _, strange) = WINDOWS_1252.encode(text);
        if strange { None } else { table.decode(&bytes) }
    }
}

impl PartialEq for Encoding {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Encoding {}

impl fmt::Debug for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Encoding").field(&self.name()).finish()
    }
}

/// The text of bytes; none where they are not text of that encoding. Without one it has to be UTF-8.
pub(crate) fn decoded(bytes: &[u8], encoding: Option<Encoding>) -> Option<String> {
    encoding.unwrap_or_else(Encoding::utf8).decode(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decoded};

    #[test]
    fn declarations_are_known_in_the_words_of_each_format() {
        for words in ["1258", "CP1258", "windows-1258", "ANSI_1258", "ANSI 1258", "WindowsVietnamese"] {
            assert_eq!(Encoding::declared(words).map(Encoding::name), Some("windows-1258"), "{words}");
        }
        assert_eq!(Encoding::declared("UTF-8").map(Encoding::name), Some("UTF-8"));
        assert_eq!(Encoding::declared("ISO-8859-1").map(Encoding::name), Some("windows-1252"));
        assert_eq!(Encoding::declared("TCVN5712-1").map(Encoding::name), Some("TCVN3"));
        assert_eq!(Encoding::declared("Neutral"), None);
        assert_eq!(Encoding::declared("LDID/88"), None);
    }

    #[test]
    fn people_name_encodings_as_they_know_them() {
        for (name, known) in [
            (".VnTime", "TCVN3"),
            ("TCVN", "TCVN3"),
            ("VNI", "VNI-Windows"),
            ("latin1", "windows-1252"),
            ("gbk", "GBK"),
        ] {
            assert_eq!(Encoding::named(name).map(Encoding::name).as_deref(), Ok(known), "{name}");
        }
        let refused = Encoding::named("klingon").unwrap_err().to_string();
        assert!(
            refused.contains("utf-8, tcvn3, vni-windows, viscii, windows-1258, windows-1252"),
            "{refused}"
        );
    }

    #[test]
    fn what_is_not_of_the_encoding_is_not_text() {
        assert_eq!(decoded("Đất".as_bytes(), None).as_deref(), Some("Đất"));
        assert_eq!(decoded(b"\xD0at", None), None);
        // 0xD0 is Đ and 0xF2 the combining dot below in Windows-1258.
        assert_eq!(decoded(b"\xD0a\xF2t", Encoding::declared("1258")).as_deref(), Some("Đa\u{323}t"));
        assert_eq!(Encoding::named("viscii").unwrap().decode(b"\x80"), Some("Ạ".to_owned()));
    }
}
