//! Names of units, compared as people mean them.

use unicode_normalization::UnicodeNormalization;

/// The five tone marks, as combining characters: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

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
}
