//! Points becoming rings, and rings zones.

use std::collections::VecDeque;

use geo_types::Coord;

use super::area::Stated;
use super::axes::{Axes, Told};
use super::events::{Event, PointRow, events};
use super::number::{Mark, Written};
use super::titles::{self, Title};
use super::{ListError, ListSheet};
use crate::NoteKind;
use crate::read::intake::Intake;
use crate::read::source::Place;

/// How many points a page break is looked over for the end of a ring.
const AHEAD: usize = 2_000;
/// A closing point that lies farther from the first than this is another point, m.
const SLIP_M: f64 = 1.0;

/// A point in its place.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) line: usize,
    pub(super) label: String,
    pub(super) at: Coord<f64>,
    pub(super) side: Option<Written>,
    row: Option<u64>,
}

/// A ring as listed, without the repeated first point.
#[derive(Clone, Debug, Default)]
pub(super) struct Ring {
    pub(super) points: Vec<Point>,
    /// Whether the first point is repeated at the end.
    pub(super) closed: bool,
    /// The side that stands with the repeated point.
    pub(super) closing_side: Option<Written>,
    pub(super) part: Option<String>,
    pub(super) area: Option<Stated>,
}

/// A zone as listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Zone {
    pub(super) name: Option<String>,
    pub(super) line: usize,
    pub(super) rings: Vec<Ring>,
    pub(super) area: Option<Stated>,
    /// The first row whose coordinates cannot be read, and why.
    pub(super) bad: Option<(usize, String)>,
    /// The most decimals of the coordinates.
    pub(super) decimals: u32,
    pub(super) mark: Option<Mark>,
}

/// The zones of a sheet.
pub(super) fn zones(sheet: &ListSheet, intake: &mut Intake<'_>) -> Result<Vec<Zone>, ListError> {
    let events = events(sheet);
    let axes = Axes::of(sheet, &events, intake)?;
    let told = |event: &Event| if let Event::Point(point) = event { axes.tell(point) } else { None };
    let told: Vec<Option<Told>> = events.iter().map(told).collect();
    let mut assembly = Assembly {
        sheet: &sheet.name,
        intake,
        zones: Vec::new(),
        pending: Pending::default(),
        mark: axes.mark,
        zone_word: None,
    };
    for (at, event) in events.iter().enumerate() {
        let rest = events.get(at..).unwrap_or_default();
        let told = told.get(at..).unwrap_or_default();
        assembly.event(event, rest, told);
    }
    Ok(assembly.zones)
}

/// What has come since the last point.
#[derive(Default)]
struct Pending {
    texts: Vec<(String, Option<Stated>)>,
    breaks: bool,
}

struct Assembly<'a, 'i, 's> {
    sheet: &'a str,
    intake: &'i mut Intake<'s>,
    zones: Vec<Zone>,
    pending: Pending,
    mark: Option<Mark>,
    /// What the column of zones said last.
    zone_word: Option<String>,
}

impl Assembly<'_, '_, '_> {
    fn event(&mut self, event: &Event, rest: &[Event], told: &[Option<Told>]) {
        match event {
            Event::Header { line, header } => {
                self.pending.breaks = true;
                if header.other_pairs > 0 {
                    let what = "a further pair of X and Y without points of its own, such as the same points in another CRS";
                    self.note(NoteKind::PassedOver, *line, &format!("{what}, was passed over"));
                }
            }
            Event::Text { text, area } => self.text(text, *area),
            Event::Blank => self.pending.breaks = true,
            Event::Point(point) => {
                if let Some(Some(found)) = told.first() {
                    self.point(point, found, rest, told);
                }
            }
            Event::Side(side) => {
                let last = self.ring().and_then(|ring| ring.points.last_mut());
                if let Some(last) = last.filter(|last| last.side.is_none()) {
                    last.side = Some(*side);
                }
            }
            Event::Bad { line, reason } => self.bad(*line, reason),
            Event::Bare { line, label } => {
                let message = format!("the row of \"{label}\" has no coordinates: it was passed over");
                self.note(NoteKind::PassedOver, *line, &message);
            }
        }
    }

    fn note(&mut self, kind: NoteKind, line: usize, message: &str) {
        let sheet = self.sheet;
        let message =
            if sheet.is_empty() { message.to_owned() } else { format!("sheet \"{sheet}\": {message}") };
        self.intake.note(kind, Place::at_line(line), message);
    }

    fn ring(&mut self) -> Option<&mut Ring> {
        self.zones.last_mut()?.rings.last_mut()
    }

    /// A text: the area of the zone above it, or what the next point begins.
    fn text(&mut self, text: &str, area: Option<Stated>) {
        let names = titles::title(text) != Title::Neutral && titles::zone(text).is_some();
        let is_part = matches!(titles::title(text), Title::Part(_));
        let ends = area.is_some() && !names && !is_part && self.pending.texts.is_empty();
        match self.zones.last_mut() {
            Some(zone) if ends => zone.area = area,
            _ => self.pending.texts.push((text.to_owned(), area)),
        }
    }

    fn bad(&mut self, line: usize, reason: &str) {
        if self.zones.is_empty() || !self.pending.texts.is_empty() {
            self.begin(line, None, None);
        }
        if let Some(zone) = self.zones.last_mut() {
            zone.bad.get_or_insert((line, reason.to_owned()));
        }
    }

    fn point(&mut self, row: &PointRow, told: &Told, rest: &[Event], ahead: &[Option<Told>]) {
        let at = Coord { x: told.easting.value, y: told.northing.value };
        let point = Point {
            line: row.line,
            label: row.label.clone().unwrap_or_default(),
            at,
            side: row.side,
            row: row.row,
        };
        self.begin(row.line, row.zone.as_deref(), row.part.as_deref());
        if told.against_the_rest {
            let message = "X and Y have changed places in this row alone: by their sizes they can only be the other way round";
            self.note(NoteKind::AxesExchanged, row.line, message);
        }
        self.follow(point, rest, ahead);
        if let Some(zone) = self.zones.last_mut() {
            zone.decimals = zone.decimals.max(told.easting.decimals).max(told.northing.decimals);
            zone.area = zone.area.or(row.area);
        }
    }

    /// Begins a zone or a ring where something says so.
    fn begin(&mut self, line: usize, zone: Option<&str>, part: Option<&str>) {
        let texts = std::mem::take(&mut self.pending.texts);
        let titles: Vec<Title> = texts.iter().map(|(text, _)| titles::title(text)).collect();
        let is_part = |title: &Title| matches!(title, Title::Part(_));
        let stated = |of_part: bool| {
            let mut some = texts.iter().zip(&titles).filter(|(_, title)| is_part(title) == of_part);
            some.find_map(|((_, area), _)| *area)
        };
        let (area, part_area) = (stated(false), stated(true));
        let named = titles.iter().rev().find_map(|title| match title {
            Title::Zone(name) => Some(name.clone()),
            _ => None,
        });
        let named = texts.iter().rev().find_map(|(text, _)| titles::zone(text)).or(named);
        // A sheet's name is cut off where it is too long: the title that begins with it is whole.
        let sheet = Some(self.sheet).filter(|sheet| !titles::is_generic(sheet));
        let whole = sheet.and_then(|sheet| texts.iter().find(|(text, _)| text.starts_with(sheet)));
        let named = whole.map(|(text, _)| text.clone()).or(named);
        let titled_part = titles.iter().rev().find_map(|title| match title {
            Title::Part(name) => Some(name.clone()),
            _ => None,
        });
        let word_changes = zone.is_some() && zone != self.zone_word.as_deref();
        if self.zones.is_empty() || word_changes || (named.is_some() && zone.is_none()) {
            let name = zone.map(str::to_owned).or_else(|| self.name(named));
            self.zone_word = zone.map(str::to_owned);
            self.zones.push(Zone { name, line, area, mark: self.mark, ..Zone::default() });
        } else if !texts.is_empty() {
            self.pending.breaks = true;
        }
        let current = self.ring().map(|ring| ring.part.clone());
        let part = titled_part.or_else(|| part.map(str::to_owned));
        let part_changes = part.is_some() && current.as_ref().is_some_and(|own| *own != part);
        let Some(zone) = self.zones.last_mut() else { return };
        if zone.rings.is_empty() || part_changes {
            let part = part.or_else(|| current.flatten());
            zone.rings.push(Ring { part, area: part_area, ..Ring::default() });
            self.pending.breaks = false;
        }
    }

    /// The name of a zone that its rows do not name: its title, unless the sheet's name says more.
    fn name(&self, titled: Option<String>) -> Option<String> {
        let sheet = Some(self.sheet).filter(|sheet| !titles::is_generic(sheet)).map(str::to_owned);
        let whole =
            titled.clone().filter(|title| sheet.as_ref().is_some_and(|sheet| title.starts_with(sheet)));
        let by_word = titled.as_deref().and_then(titles::zone);
        whole.or(by_word).or(sheet.filter(|_| self.zones.is_empty())).or(titled)
    }

    /// Puts a point behind the others of its ring, closes the ring, or begins another.
    fn follow(&mut self, point: Point, rest: &[Event], ahead: &[Option<Told>]) {
        let breaks = std::mem::take(&mut self.pending.breaks);
        let Some(ring) = self.ring() else { return };
        let joined = match ring.points.first() {
            None => true,
            Some(_) if ring.closed => false,
            Some(first) if ring.points.len() > 2 && first.at == point.at => {
                ring.closed = true;
                ring.closing_side = point.side;
                return;
            }
            Some(first) if ring.points.len() > 2 && slips(first, &point, rest) => {
                let off_m = (first.at.x - point.at.x).hypot(first.at.y - point.at.y);
                ring.closed = true;
                ring.closing_side = point.side;
                let message = format!(
                    "point {} comes again to close its ring, {off_m:.3} m from where it was: the first was taken",
                    point.label
                );
                self.note(NoteKind::ClosingPoint, point.line, &message);
                return;
            }
            Some(first) => {
                let goes_on = !restarts(ring, &point);
                goes_on && (!breaks || (continues(ring, &point) && closes(first.at, rest, ahead)))
            }
        };
        if joined {
            ring.points.push(point);
        } else {
            let part = ring.part.clone();
            let next = Ring { part, points: vec![point], ..Ring::default() };
            if let Some(zone) = self.zones.last_mut() {
                zone.rings.push(next);
            }
        }
    }
}

/// Whether a point has the first one's number and was meant to be it: it lies near, or nothing of a ring follows it.
fn slips(first: &Point, point: &Point, rest: &[Event]) -> bool {
    if first.label.is_empty() || first.label != point.label {
        return false;
    }
    let off_m = (first.at.x - point.at.x).hypot(first.at.y - point.at.y);
    off_m <= SLIP_M || !matches!(rest.get(1), Some(Event::Point(_) | Event::Side(_) | Event::Bad { .. }))
}

/// Whether the numbers begin anew with a point.
fn restarts(ring: &Ring, point: &Point) -> bool {
    let Some((first, last)) = ring.points.first().zip(ring.points.last()) else { return false };
    match (last.row, point.row) {
        (Some(last), Some(own)) => own <= last,
        _ => ring.points.len() > 1 && !point.label.is_empty() && point.label == first.label,
    }
}

/// Whether a point's number follows that of the one before it.
fn continues(ring: &Ring, point: &Point) -> bool {
    let Some((first, last)) = ring.points.first().zip(ring.points.last()) else { return false };
    let follows =
        |one: Option<u64>, other: Option<u64>| one.zip(other).is_some_and(|(one, other)| one + 1 == other);
    follows(last.row, point.row)
        || follows(number(&last.label), number(&point.label))
        || (!point.label.is_empty() && point.label == first.label)
}

/// The digits at the end of a label.
fn number(label: &str) -> Option<u64> {
    let digits = label.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok().filter(|number| *number < u64::MAX)
}

/// Whether the first point of a ring comes again before another title.
fn closes(first: Coord<f64>, rest: &[Event], ahead: &[Option<Told>]) -> bool {
    let near: VecDeque<_> = rest.iter().zip(ahead).take(AHEAD).collect();
    let before_title = near.into_iter().take_while(|(event, _)| !matches!(event, Event::Text { .. }));
    let mut told = before_title.filter_map(|(_, told)| told.as_ref());
    told.any(|told| told.easting.value == first.x && told.northing.value == first.y)
}
