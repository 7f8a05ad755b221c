//! Numbers as people type them: decimal comma or point, thousands set apart by points, commas, blanks of any width or
//! apostrophes.

/// Longest text that may be a number.
const LONGEST: usize = 40;

/// The mark before decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    Point,
}

/// One way to understand a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) value: f64,
    /// Digits behind the decimal mark.
    pub(super) decimals: u32,
}

/// A number as written. "1.234" may be two numbers; what stands around it tells which.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    /// With the last separator as decimal mark, and that mark.
    decimal: Option<(Reading, Mark)>,
    /// With all separators between thousands, or without any.
    whole: Option<Reading>,
}

impl Written {
    /// A number that is one.
    pub(super) fn exactly(value: f64) -> Option<Self> {
        let text = value.to_string();
        let decimals = text.split_once('.').map_or(0, |(_, behind)| behind.len());
        let reading = Reading { value, decimals: u32::try_from(decimals).unwrap_or(u32::MAX) };
        value.is_finite().then_some(Self { decimal: None, whole: Some(reading) })
    }

    /// A number in a text that holds nothing else but, perhaps, its unit.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_suffix(['m', 'M']).map_or(text, str::trim_end);
        if text.len() > LONGEST {
            return None;
        }
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let signed = |reading: Reading| Reading {
            value: if negative { -reading.value } else { reading.value },
            ..reading
        };
        let runs = Runs::of(digits)?;
        let decimal = runs.decimal().map(|(reading, mark)| (signed(reading), mark));
        let whole = runs.whole().map(signed);
        (decimal.is_some() || whole.is_some()).then_some(Self { decimal, whole })
    }

    /// The decimal mark that this number proves.
    pub(super) fn proves(&self) -> Option<Mark> {
        self.decimal.filter(|_| self.whole.is_none()).map(|(_, mark)| mark)
    }

    /// Every way to understand it.
    pub(super) fn readings(&self) -> impl Iterator<Item = Reading> + use<> {
        self.decimal.map(|(reading, _)| reading).into_iter().chain(self.whole)
    }

    /// The one way that is plausible, else the one that the decimal mark of the numbers around it leaves.
    pub(super) fn reading(&self, mark: Option<Mark>, plausible: impl Fn(f64) -> bool) -> Option<Reading> {
        let mut likely = self.readings().filter(|reading| plausible(reading.value));
        if let (Some(only), None) = (likely.next(), likely.next()) {
            return Some(only);
        }
        match (self.decimal, self.whole) {
            (Some((_, own)), Some(whole)) if mark.is_some_and(|mark| mark != own) => Some(whole),
            (Some((reading, _)), _) => Some(reading),
            (None, whole) => whole,
        }
    }
}

/// Runs of digits and what stands between them.
struct Runs<'t> {
    runs: Vec<&'t str>,
    marks: Vec<char>,
}

impl<'t> Runs<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let runs: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        let between = text.chars().filter(|c| !c.is_ascii_digit());
        let marks: Option<Vec<char>> = between
            .map(|c| match c {
                '.' | ',' => Some(c),
                '\'' | '’' => Some('\''),
                c if c.is_whitespace() => Some(' '),
                _ => None,
            })
            .collect();
        let marks = marks?;
        (runs.iter().all(|run| !run.is_empty())).then_some(Self { runs, marks })
    }

    /// The digits of the runs before `end` as one number, if they are thousands set apart in one way.
    fn thousands(&self, end: usize) -> Option<String> {
        let (runs, marks) = (self.runs.get(..end)?, self.marks.get(..end.saturating_sub(1))?);
        let (first, rest) = runs.split_first()?;
        let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && !first.starts_with('0'));
        let even = rest.iter().all(|run| run.len() == 3) && marks.windows(2).all(|pair| pair[0] == pair[1]);
        (grouped && even).then(|| runs.concat())
    }

    fn decimal(&self) -> Option<(Reading, Mark)> {
        let (last, before) = self.marks.split_last()?;
        let mark = match last {
            '.' => Mark::Point,
            ',' => Mark::Comma,
            _ => return None,
        };
        if before.contains(last) {
            return None;
        }
        let (whole, behind) = (self.thousands(self.marks.len())?, self.runs.last()?);
        let value = format!("{whole}.{behind}").parse().ok().filter(|value: &f64| value.is_finite())?;
        Some((Reading { value, decimals: u32::try_from(behind.len()).ok()? }, mark))
    }

    fn whole(&self) -> Option<Reading> {
        let value = self.thousands(self.runs.len())?.parse().ok().filter(|value: &f64| value.is_finite())?;
        Some(Reading { value, decimals: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, Written};

    fn readings(text: &str) -> Vec<f64> {
        Written::parse(text).iter().flat_map(Written::readings).map(|reading| reading.value).collect()
    }

    #[test]
    fn numbers_are_read_in_every_spelling() {
        for text in [
            "2384123,45",
            "2.384.123,45",
            "2 384 123,45",
            "2\u{a0}384\u{202f}123.45",
            "2,384,123.45 m",
            "2'384'123,45",
        ] {
            assert_eq!(readings(text), [2_384_123.45], "{text}");
        }
        assert_eq!(readings("-12,5"), [-12.5]);
        assert_eq!(readings("0,125"), [0.125]);
        assert_eq!(readings("2.384.123"), [2_384_123.0]);
        assert_eq!(readings("456.789"), [456.789, 456_789.0]);
        for text in
            ["", "m", "12,", ",5", "12..5", "1.23,4.5", "2 38 412", "12a", "1,2,3", "4567.89.1", "107°15'"]
        {
            assert_eq!(readings(text), [0.0; 0], "{text}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_is_told_by_what_is_plausible_and_by_the_others() {
        let doubtful = Written::parse("456.789").unwrap();
        let value = |mark, plausible: fn(f64) -> bool| doubtful.reading(mark, plausible).unwrap().value;
        assert_eq!(value(None, |value| value > 1e5), 456_789.0);
        assert_eq!(value(Some(Mark::Comma), |_| true), 456_789.0);
        assert_eq!(value(Some(Mark::Point), |_| true), 456.789);
        assert_eq!(Written::parse("1,25").unwrap().proves(), Some(Mark::Comma));
        assert_eq!(doubtful.proves(), None);
    }
}
