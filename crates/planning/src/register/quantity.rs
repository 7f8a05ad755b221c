//! Quantities as documents state them, with the word that makes them approximate.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Language, format_number, read_number, search_key};

/// How a stated number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// As stated.
    #[default]
    Exactly,
    /// More than ("trên", "hơn").
    MoreThan,
    /// About ("khoảng").
    About,
    /// Nearly ("gần").
    Nearly,
    /// Less than ("dưới").
    LessThan,
}

/// A stated number with its qualifier: "trên 321 ha" is not 321 ha, and is never made 321 ha by keeping it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// The number, in the unit of the field's name.
    pub value: f64,
    /// How it is meant.
    #[serde(default, skip_serializing_if = "Qualifier::is_exact")]
    pub qualifier: Qualifier,
}

impl Qualifier {
    /// All qualifiers.
    pub const ALL: [Self; 5] = [Self::Exactly, Self::MoreThan, Self::About, Self::Nearly, Self::LessThan];

    /// Whether the number is meant as stated.
    pub fn is_exact(&self) -> bool {
        *self == Self::Exactly
    }

    /// The word before a number; nothing for an exact one.
    pub fn word(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::Exactly => ("", ""),
            Self::MoreThan => ("trên", "more than"),
            Self::About => ("khoảng", "about"),
            Self::Nearly => ("gần", "nearly"),
            Self::LessThan => ("dưới", "less than"),
        };
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// The qualifier of a word that stands before a number.
    fn of_word(word: &str) -> Option<Self> {
        let key = search_key(word);
        if key == "hon" {
            return Some(Self::MoreThan);
        }
        let named = |one: &Self| {
            !one.is_exact() && (search_key(one.word(Language::Vi)) == key || one.word(Language::En) == key)
        };
        Self::ALL.into_iter().find(named)
    }
}

impl Quantity {
    /// An exact number.
    pub fn exactly(value: f64) -> Self {
        Self { value, qualifier: Qualifier::Exactly }
    }

    /// Whether it is meant as stated.
    pub fn is_exact(&self) -> bool {
        self.qualifier.is_exact()
    }

    /// `trên 1.234,50`: the word and the number as the language writes it, with at most this many decimals; trailing
    /// zeros of the fraction are not written.
    pub fn written(&self, decimals: usize, language: Language) -> String {
        let number = format_number(self.value, decimals, language);
        let point = if language == Language::Vi { ',' } else { '.' };
        let number = match number.contains(point) {
            true => number.trim_end_matches('0').trim_end_matches(point),
            false => &number,
        };
        match self.qualifier.word(language) {
            "" => number.to_owned(),
            word => format!("{word} {number}"),
        }
    }

    /// The same with as many decimals as the number has: it reads back to the same bits.
    pub fn written_in_full(&self, language: Language) -> String {
        let decimals = self.value.to_string().split_once('.').map_or(0, |(_, fraction)| fraction.len());
        self.written(decimals, language)
    }

    /// Reads a cell in the Vietnamese format: `1.234,5`, `trên 321 ha`, `> 321`, `~440`. `1.704` is 1,704 here: a
    /// table that is known to be Vietnamese leaves no doubt. `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits_at = text.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '\u{2212}'))?;
        let (word, number) = text.split_at(digits_at);
        let qualifier = match word.trim() {
            "" => Qualifier::Exactly,
            ">" => Qualifier::MoreThan,
            "~" | "≈" => Qualifier::About,
            "<" => Qualifier::LessThan,
            word => Qualifier::of_word(word)?,
        };
        let number = number.trim().trim_end_matches("ha").trim();
        let (sign, digits) = match number.strip_prefix(['-', '\u{2212}']) {
            Some(digits) => (-1.0, digits),
            None => (1.0, number),
        };
        let value = vietnamese(digits).map(|value| sign * value);
        let value = value.or_else(|| read_number(&Value::from(number)))?;
        Some(Self { value, qualifier })
    }
}

/// `1.704`, `58.123,25`, `12,125`: points between thousands and one decimal comma, where [`read_number`] would leave
/// open which is which.
fn vietnamese(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split('.');
    let first = groups.next().filter(|first| !first.is_empty() && digits(first))?;
    let rest: Vec<&str> = groups.collect();
    let in_threes = first.len() <= 3 && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3);
    let plain = [&[first], rest.as_slice()].concat().concat();
    let sound = (rest.is_empty() || in_threes) && digits(&plain) && digits(fraction);
    let has_fraction = text.contains(',') != fraction.is_empty();
    (sound && has_fraction).then(|| format!("{plain}.{fraction}0").parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualifiers_are_kept_in_both_directions() {
        let cases = [
            ("trên 321 ha", 321.0, Qualifier::MoreThan),
            ("hơn 2,1", 2.1, Qualifier::MoreThan),
            ("khoảng 440", 440.0, Qualifier::About),
            ("gần 95", 95.0, Qualifier::Nearly),
            ("> 537", 537.0, Qualifier::MoreThan),
            ("1.704", 1704.0, Qualifier::Exactly),
            ("58.123,25 ha", 58_123.25, Qualifier::Exactly),
            ("108,7", 108.7, Qualifier::Exactly),
            ("\u{2212}3,5", -3.5, Qualifier::Exactly),
            ("0.125", 0.125, Qualifier::Exactly),
            ("12,125", 12.125, Qualifier::Exactly),
            ("\u{2212}1.704,125", -1704.125, Qualifier::Exactly),
            ("1,234.56", 1234.56, Qualifier::Exactly),
        ];
        for (text, value, qualifier) in cases {
            assert_eq!(Quantity::read(text), Some(Quantity { value, qualifier }), "{text}");
        }
        for text in ["", "trên", "nhiều 3", "1.23.4", "3 x 4", "ha", "1,2,3", ",5", "0.704.1", "1234.567,5"]
        {
            assert_eq!(Quantity::read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_number_written_in_full_reads_back_to_the_same_bits(value in 0.0_f64..1e15, decimals in 0_i32..9) {
            let rounded = (value * 10_f64.powi(decimals)).round() / 10_f64.powi(decimals);
            for value in [value, rounded] {
                let written = Quantity::exactly(value).written_in_full(Language::Vi);
                proptest::prop_assert_eq!(Quantity::read(&written), Some(Quantity::exactly(value)), "{}", written);
            }
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for value in [0.0, 0.5, 12.25, 999.0, 1000.0, 1704.0, 58_123.07, 2.3e12] {
            for qualifier in Qualifier::ALL {
                let quantity = Quantity { value, qualifier };
                assert_eq!(Quantity::read(&quantity.written(6, Language::Vi)), Some(quantity));
            }
        }
        let more = Quantity { value: 2300.5, qualifier: Qualifier::MoreThan };
        assert_eq!(more.written(2, Language::Vi), "trên 2.300,5");
        assert_eq!(more.written(2, Language::En), "more than 2,300.5");
    }
}
