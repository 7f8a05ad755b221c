//! Dates as documents give them: a day, a month or a year.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day, a month or a year of the Gregorian calendar: `2020-12-31`, `2020-12`, `2020`. A report that says "in 2023"
/// gives a year, and nobody should have to make a day of it. Ordered by its first day, the wider one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date: write 2020-12-31, 2020-12 or 2020")]
pub struct NotADate(String);

impl PartialDate {
    /// A day; `None` where the calendar has none such.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month) && (1..=days(year, month)).contains(&day);
        exists.then_some(Self { year, month: Some(month), day: Some(day) })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Self {
        Self { month: Some(self.month.unwrap_or(1)), day: Some(self.day.unwrap_or(1)), ..self }
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        Self { month: Some(month), day: Some(self.day.unwrap_or_else(|| days(self.year, month))), ..self }
    }

    /// Whether it is over before the first day of another: the last day of a deadline is still in time.
    pub fn is_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }

    /// As Vietnamese texts write it: `31/12/2020`, `12/2020`, `2020`.
    pub fn written(self) -> String {
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day:02}/{month:02}/{:04}", self.year),
            (Some(month), None) => format!("{month:02}/{:04}", self.year),
            (None, _) => format!("{:04}", self.year),
        }
    }

    /// Reads what [`PartialDate::written`] writes, or the ISO form.
    /// # Errors
    /// [`NotADate`].
    pub fn read(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        let pieces: Vec<&str> = text.split('/').collect();
        match pieces[..] {
            [day, month, year] => parsed(year, Some(month), Some(day)),
            [month, year] => parsed(year, Some(month), None),
            _ => return text.parse(),
        }
        .ok_or_else(|| NotADate(text.to_owned()))
    }
}

fn parsed(year: &str, month: Option<&str>, day: Option<&str>) -> Option<PartialDate> {
    let number = |text: &str, most: usize| {
        let digits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok()).flatten()
    };
    let small = |text: &str| number(text, 2).and_then(|value| u8::try_from(value).ok());
    let year = number(year, 4).filter(|year| (1000..=9999).contains(year))?;
    match (month, day) {
        (None, None) => Some(PartialDate { year, month: None, day: None }),
        (Some(month), None) => {
            let month = small(month).filter(|month| (1..=12).contains(month))?;
            Some(PartialDate { year, month: Some(month), day: None })
        }
        (Some(month), Some(day)) => PartialDate::day(year, small(month)?, small(day)?),
        (None, Some(_)) => None,
    }
}

fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl FromStr for PartialDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut pieces = text.trim().splitn(3, '-');
        let year = pieces.next().unwrap_or_default();
        parsed(year, pieces.next(), pieces.next()).ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_months_and_years_are_read_and_written_back() {
        for text in ["2020", "2020-02", "2020-02-29", "2025-07-01"] {
            assert_eq!(date(text).to_string(), text);
            assert_eq!(PartialDate::read(&date(text).written()).unwrap(), date(text));
        }
        assert_eq!(date("2019-07-15").written(), "15/07/2019");
        for text in
            ["", "20", "2020-13", "2021-02-29", "1900-02-29", "2020-1-1-1", "15/7", "2020-", "-5", "２０２０"]
        {
            assert!(text.parse::<PartialDate>().is_err() && PartialDate::read(text).is_err(), "{text}");
        }
        assert_eq!(PartialDate::read("1/7/2025").unwrap(), date("2025-07-01"));
    }

    #[test]
    fn a_year_is_over_after_its_last_day() {
        assert_eq!(
            (date("2020").first_day(), date("2020-02").last_day()),
            (date("2020-01-01"), date("2020-02-29"))
        );
        assert!(date("2020").is_before(date("2021-01-01")));
        assert!(!date("2020").is_before(date("2020-12-31")));
        assert!(!date("2020-12-31").is_before(date("2020-12-31")));
        assert!(!date("2020-12-31").is_before(date("2020")), "a day of the year is not before the year");
    }
}
