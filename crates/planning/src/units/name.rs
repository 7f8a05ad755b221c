//! Names of units, compared as people mean them.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::search_key;

/// The five tone marks, as combining characters: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Words for kinds of units and how they are shortened; longer ones before those that they begin with.
const WORDS: [&str; 13] = [
    "thành phố",
    "thị trấn",
    "thị xã",
    "đặc khu",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "xã",
    "tp",
    "tx",
    "tt",
    "h",
];

/// Each word with and without marks.
static PREFIXES: LazyLock<Vec<(&str, String, String)>> =
    LazyLock::new(|| WORDS.into_iter().map(|word| (word, name_key(word), search_key(word))).collect());

/// A name as it is compared: lower case, runs of white space, full stops and hyphens as one space, every tone mark
/// behind its syllable, so that `Hòa` and `Hoà` are the same while `Hòa` and `Hoa` are not.
pub(crate) fn name_key(name: &str) -> String {
    let lower: String = name.chars().flat_map(char::to_lowercase).collect();
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '–'));
    words.filter(|word| !word.is_empty()).map(syllable).collect::<Vec<_>>().join(" ")
}

fn syllable(word: &str) -> String {
    let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|letter| TONES.contains(letter));
    letters.into_iter().nfc().chain(tones).collect()
}

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnitName {
    /// The word for its kind, written out; `None` where the name has none.
    pub(crate) word: Option<&'static str>,
    /// The rest, as [`name_key`] writes it.
    pub(crate) key: String,
    /// The rest without any marks: for files that lost them, and for `Đak`, which others write `Đăk`.
    pub(crate) plain: String,
}

impl UnitName {
    /// Takes a name apart. A word is no word for a kind when only a number would be left (`Phường 1`).
    pub(crate) fn of(name: &str) -> Self {
        let (key, plain) = (name_key(name), search_key(&name.replace(['.', '-', '–'], " ")));
        let found = PREFIXES.iter().find_map(|(word, marked, unmarked)| {
            let with_marks = key.strip_prefix(marked.as_str()).and_then(|rest| rest.strip_prefix(' '));
            // Without any mark in the whole name, the word has lost its own as well.
            let without = || (key == plain).then(|| plain.strip_prefix(unmarked.as_str())?.strip_prefix(' '));
            let rest = with_marks.or_else(|| without().flatten())?;
            let plain_rest = plain.get(unmarked.len() + 1..)?;
            rest.chars()
                .any(char::is_alphabetic)
                .then(|| (full_word(word), rest.to_owned(), plain_rest.to_owned()))
        });
        match found {
            Some((word, key, plain)) => Self { word: Some(word), key, plain },
            None => Self { word: None, key, plain },
        }
    }

    /// Whether the words for the kind allow the two to be one: they are the same, or one is missing.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        self.word.zip(other.word).is_none_or(|(a, b)| a == b)
    }
}

fn full_word(word: &'static str) -> &'static str {
    match word {
        "tp" => "thành phố",
        "tx" => "thị xã",
        "tt" => "thị trấn",
        "h" => "huyện",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_marks_may_stand_on_either_vowel_but_must_be_there() {
        for (old, new) in [("Hòa", "Hoà"), ("Thụy", "Thuỵ"), ("khỏe", "KHOẺ"), ("Hòa", "Ho\u{300}a")]
        {
            assert_eq!(name_key(old), name_key(new), "{old}");
        }
        assert_ne!(name_key("Hòa"), name_key("Hoa"));
        assert_ne!(name_key("Hòa"), name_key("Hóa"));
        assert_ne!(name_key("Hữu"), name_key("Hủu"));
    }

    #[test]
    fn words_for_kinds_are_told_from_names() {
        let taken = |name: &str| {
            let name = UnitName::of(name);
            (name.word, name.plain)
        };
        assert_eq!(taken("TP. Pleiku"), (Some("thành phố"), "pleiku".into()));
        assert_eq!(taken("Thị trấn Đồng Mỏ"), (Some("thị trấn"), "dong mo".into()));
        assert_eq!(taken("huyện Đak Đoa"), (Some("huyện"), "dak doa".into()));
        assert_eq!(taken("Phường 1"), (None, "phuong 1".into()));
        assert_eq!(taken("Xà Phìn"), (None, "xa phin".into()), "a name that begins like a word");
        assert_eq!(taken("Xã Xà Phìn"), (Some("xã"), "xa phin".into()));
        assert_eq!(taken("xa bat xat"), (Some("xã"), "bat xat".into()));
        assert_eq!(UnitName::of("Xã Khánh Hoà").key, UnitName::of("khánh hòa").key);
        assert!(!UnitName::of("Huyện Kỳ Anh").may_be(&UnitName::of("Thị xã Kỳ Anh")));
        assert!(UnitName::of("Kỳ Anh").may_be(&UnitName::of("TX Kỳ Anh")));
    }
}
