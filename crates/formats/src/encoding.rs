//! Text in the encoding that a file declares. Nothing is guessed, and nothing replaced: what does not decode is told.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1258};

/// The encoding of a declaration: what stands in `.cpg` files, MapInfo's charsets, AutoCAD's code pages. None where nothing is
/// declared, or nothing that is known.
pub(crate) fn declared(words: &str) -> Option<&'static Encoding> {
    let words = words.trim().trim_matches('"').to_ascii_lowercase().replace(['_', ' '], "-");
    match words.as_str() {
        "" | "neutral" => None,
        "65001" | "utf-8" => Some(UTF_8),
        "windowslatin1" | "88591" | "ldid/87" => Some(WINDOWS_1252),
        "windowsvietnamese" => Some(WINDOWS_1258),
        words => {
            let page = ["cp", "ansi-", "windows-"].iter().find_map(|start| words.strip_prefix(start));
            let page = page.unwrap_or(words);
            let is_number = !page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit());
            let label = if is_number { format!("windows-{page}") } else { words.to_owned() };
            Encoding::for_label(label.as_bytes())
        }
    }
}

/// The text of bytes; none where they are not text of that encoding. Without a declaration it has to be UTF-8.
pub(crate) fn decoded(bytes: &[u8], encoding: Option<&'static Encoding>) -> Option<String> {
    let text = encoding.unwrap_or(UTF_8).decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use encoding_rs::Encoding;

    use super::{declared, decoded};

    #[test]
    fn declarations_are_known_in_the_words_of_each_format() {
        for words in ["1258", "CP1258", "windows-1258", "ANSI_1258", "ANSI 1258", "WindowsVietnamese"] {
            assert_eq!(declared(words).map(Encoding::name), Some("windows-1258"), "{words}");
        }
        assert_eq!(declared("UTF-8").map(Encoding::name), Some("UTF-8"));
        assert_eq!(declared("ISO-8859-1").map(Encoding::name), Some("windows-1252"));
        assert_eq!(declared("Neutral"), None);
        assert_eq!(declared("LDID/88"), None);
    }

    #[test]
    fn what_is_not_of_the_encoding_is_not_text() {
        assert_eq!(decoded("Đất".as_bytes(), None).as_deref(), Some("Đất"));
        assert_eq!(decoded(b"\xD0at", None), None);
        // 0xD0 is Đ and 0xF2 the combining dot below in Windows-1258.
        assert_eq!(decoded(b"\xD0a\xF2t", declared("1258")).as_deref(), Some("Đa\u{323}t"));
    }
}
