//! Instants and intervals, both ends included.

use std::cmp::Ordering;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::ast::Temporal;

/// An instant: a day or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    Date(Date),
    Time(Timestamp),
}

impl Moment {
    /// Reads an RFC 3339 date or timestamp.
    pub(crate) fn read(text: &str) -> Option<Self> {
        read_date(text).map(Self::Date).or_else(|| read_timestamp(text).map(Self::Time))
    }

    /// Days among each other are compared as such; beside a timestamp a day is the whole of it, in UTC.
    fn order(self, ends: bool, other: Self, other_ends: bool) -> Ordering {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => a.cmp(&b),
            (a, b) => a.instant(ends).cmp(&b.instant(other_ends)),
        }
    }

    /// Its first or last nanosecond. The last days that can be written are their own beginning.
    fn instant(self, ends: bool) -> Timestamp {
        let begins = |date: Date| date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
        match self {
            Self::Time(time) => time,
            Self::Date(date) if ends => date
                .tomorrow()
                .and_then(begins)
                .and_then(|next| next.checked_sub(1.nanosecond()))
                .unwrap_or(Timestamp::MAX),
            Self::Date(date) => begins(date).unwrap_or(Timestamp::MIN),
        }
    }

    /// As a scalar: a day begins where it begins.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        self.order(false, other, false)
    }
}

/// `2024-01-31`, nothing else.
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let form = |(i, b): (usize, u8)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() };
    let written = text.len() == 10 && text.bytes().enumerate().all(form);
    if written { text.parse().ok() } else { None }
}

/// `2024-01-31T12:00:00Z`, or with an offset from UTC.
pub(crate) fn read_timestamp(text: &str) -> Option<Timestamp> {
    if text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b't')) { text.parse().ok() } else { None }
}

/// An instant or an interval; `None` = open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Period {
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
}

impl Period {
    /// Whether two periods lie so to each other; `None` when one of them ends before it begins.
    pub(crate) fn relates(self, relation: Temporal, other: Self) -> Option<bool> {
        if self.is_backward() || other.is_backward() {
            return None;
        }
        let (a, b) = (self, other);
        let starts = order(a.start, false, b.start, false);
        let ends = order(a.end, true, b.end, true);
        // How the end of one lies to the start of the other.
        let a_end = order(a.end, true, b.start, false);
        let b_end = order(b.end, true, a.start, false);
        let (after, before) = (b_end.is_lt(), a_end.is_lt());
        Some(match relation {
            Temporal::After => after,
            Temporal::Before => before,
            Temporal::Disjoint => after || before,
            Temporal::Intersects => !after && !before,
            Temporal::Equals => starts.is_eq() && ends.is_eq(),
            Temporal::Contains => starts.is_lt() && ends.is_gt(),
            Temporal::During => starts.is_gt() && ends.is_lt(),
            Temporal::FinishedBy => starts.is_lt() && ends.is_eq(),
            Temporal::Finishes => starts.is_gt() && ends.is_eq(),
            Temporal::Meets => a.meets(b),
            Temporal::MetBy => b.meets(a),
            Temporal::OverlappedBy => starts.is_gt() && b_end.is_gt() && ends.is_gt(),
            Temporal::Overlaps => starts.is_lt() && a_end.is_gt() && ends.is_lt(),
            Temporal::StartedBy => starts.is_eq() && ends.is_gt(),
            Temporal::Starts => starts.is_eq() && ends.is_lt(),
        })
    }

    /// Whether it ends in the instant in which the other begins.
    fn meets(self, other: Self) -> bool {
        match (self.end, other.start) {
            (Some(end), Some(start)) => end.compare(start).is_eq(),
            _ => false,
        }
    }

    fn is_backward(self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if start.order(false, end, true).is_gt())
    }
}

/// How two bounds lie to each other; an open start is before and an open end after everything.
fn order(a: Option<Moment>, a_ends: bool, b: Option<Moment>, b_ends: bool) -> Ordering {
    let side = |bound: Option<Moment>, ends: bool| match (bound, ends) {
        (Some(_), _) => 0,
        (None, true) => 1,
        (None, false) => -1,
    };
    match (a, b) {
        (Some(a), Some(b)) => a.order(a_ends, b, b_ends),
        _ => side(a, a_ends).cmp(&side(b, b_ends)),
    }
}
