//! Query parameters: each at most once, none unknown, every value checked.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use planning::Language;
use spatial::Crs;

use crate::app::App;
use crate::bbox::BBox;
use crate::crs;
use crate::problem::Problem;
use crate::settings::Limits;

/// The query's parameters in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
}

impl FromRequestParts<App> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Self::of_query(parts.uri.query(), app.limits())
    }
}

impl Params {
    /// The parameters of a query.
    pub(crate) fn of_query(query: Option<&str>, limits: &Limits) -> Result<Self, Problem> {
        let (query, most) = (query.unwrap_or_default(), limits.query_bytes);
        if query.len() > most {
            let detail = format!("The query may have {most} bytes at most.");
            return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
        }
        Self::parse(query)
    }

    /// Parameters that came by another way than the query.
    pub(crate) fn of<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        Self { pairs: pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect() }
    }

    fn parse(query: &str) -> Result<Self, Problem> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for piece in query.split('&').filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            let (name, value) = (decode(name)?, decode(value)?);
            if pairs.iter().any(|(known, _)| *known == name) {
                return Err(Problem::bad(format!("The parameter \"{name}\" came more than once.")));
            }
            pairs.push((name, value));
        }
        Ok(Self { pairs })
    }

    /// Refuses parameters that are not in the list.
    pub(crate) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.pairs.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, _)) => Err(unknown(name, known)),
        }
    }

    /// The value of a parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Parameters that are not in the list.
    pub(crate) fn others<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        let pairs = self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        pairs.filter(move |(name, _)| !known.contains(name))
    }

    /// A page size from 1; larger than `most` is lowered to it, as OGC API Features asks.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Problem> {
        match self.value("limit").map(str::parse::<u64>) {
            None => Ok(usual),
            Some(Ok(limit)) if limit > 0 => Ok(usize::try_from(limit).unwrap_or(most).min(most)),
            Some(_) => Err(Problem::bad(format!("\"limit\" must be a whole number from 1 to {most}."))),
        }
    }

    /// How many to skip.
    pub(crate) fn offset(&self) -> Result<usize, Problem> {
        self.value("offset").map_or(Ok(0), |text| {
            text.parse().map_err(|_| Problem::bad("\"offset\" must be a whole number from 0."))
        })
    }

    /// A finite number.
    pub(crate) fn number(&self, name: &str) -> Result<Option<f64>, Problem> {
        self.value(name)
            .map(|text| match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(number),
                _ => Err(Problem::bad(format!("\"{name}\" must be a number."))),
            })
            .transpose()
    }

    /// A finite number that must be there.
    pub(crate) fn needed_number(&self, name: &str) -> Result<f64, Problem> {
        self.number(name)?.ok_or_else(|| Problem::bad(format!("The parameter \"{name}\" is missing.")))
    }

    /// A box in longitude and latitude.
    pub(crate) fn bbox(&self) -> Result<Option<BBox>, Problem> {
        self.bbox_in(&Crs::wgs84())
    }

    /// A box in a CRS.
    pub(crate) fn bbox_in(&self, crs: &Crs) -> Result<Option<BBox>, Problem> {
        self.value("bbox").map(|text| BBox::parse(text, crs)).transpose()
    }

    /// The CRS that a parameter names, one in which a layer of that storage CRS can be asked; usually CRS84.
    pub(crate) fn crs(&self, name: &str, storage: &Crs) -> Result<Crs, Problem> {
        self.value(name).map_or_else(|| Ok(Crs::wgs84()), |text| crs::asked(name, text, storage))
    }

    /// A time or an interval.
    pub(crate) fn datetime(&self) -> Result<Option<Interval>, Problem> {
        let interval = |text| {
            Interval::parse(text).ok_or_else(|| {
                Problem::bad(
                    "\"datetime\" must be an RFC 3339 date, instant or interval (start/end, .. for open).",
                )
            })
        };
        self.value("datetime").map(interval).transpose()
    }

    /// The language of a document, usually Vietnamese.
    pub(crate) fn language(&self) -> Result<Language, Problem> {
        match self.value("lang") {
            None | Some("vi") => Ok(Language::Vi),
            Some("en") => Ok(Language::En),
            Some(_) => Err(Problem::bad("\"lang\" must be vi or en.")),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Problem> {
        match self.value(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Problem::bad(format!("\"{name}\" must be true or false."))),
        }
    }

    /// The parameters but some, as a query string, for paging links.
    pub(crate) fn without(&self, left_out: &[&str]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| !left_out.contains(&name.as_str()));
        kept.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// The answer to a parameter that is not known.
pub(crate) fn unknown(name: &str, known: &[&str]) -> Problem {
    Problem::bad(format!("Unknown parameter \"{name}\". Known here: {}.", known.join(", ")))
}

/// From one instant to another, both included; `None` = open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    start: Option<Timestamp>,
    end: Option<Timestamp>,
}

impl Interval {
    fn parse(text: &str) -> Option<Self> {
        let Some((start, end)) = text.split_once('/') else {
            let [start, end] = bounds(text)?;
            return Some(Self { start: Some(start), end: Some(end) });
        };
        let bound = |text: &str, at: usize| match text {
            "" | ".." => Some(None),
            text => bounds(text).map(|bounds| Some(bounds[at])),
        };
        let (start, end) = (bound(start, 0)?, bound(end, 1)?);
        match (start, end) {
            (None, None) => None,
            (Some(start), Some(end)) if start > end => None,
            _ => Some(Self { start, end }),
        }
    }

    /// Whether an instant lies in it.
    pub(crate) fn holds(&self, instant: Timestamp) -> bool {
        self.start.is_none_or(|start| start <= instant) && self.end.is_none_or(|end| instant <= end)
    }
}

/// The first and the last nanosecond of an instant, or of a date in UTC.
fn bounds(text: &str) -> Option<[Timestamp; 2]> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some([instant; 2]);
    }
    let begins = |date: Date| Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
    let date: Date = text.parse().ok()?;
    let next = begins(date.tomorrow().ok()?)?;
    Some([begins(date)?, next.checked_sub(1.nanosecond()).ok()?])
}

fn decode(text: &str) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
                match (digit(rest.next()), digit(rest.next())) {
                    (Some(high), Some(low)) => (high * 16 + low) as u8,
                    _ => {
                        return Err(Problem::bad(
                            "The query has a % that is not followed by two hex digits.",
                        ));
                    }
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Problem::bad("The query is not UTF-8."))
}

/// Percent-encodes everything but unreserved characters and the comma.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
