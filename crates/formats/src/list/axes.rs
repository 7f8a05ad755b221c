//! Which number a text means, and which column is north: in Viet Nam northings of TM-3 and UTM exceed 800,000 m and
//! eastings stay below, so where both numbers are of those sizes there is no doubt.

use super::events::{Event, PointRow};
use super::number::{Mark, Reading};
use super::words::Axis;
use super::{ListError, ListSheet};
use crate::NoteKind;
use crate::read::intake::Intake;
use crate::read::source::Place;

/// Sizes that coordinates of Viet Nam have, m.
const PLAUSIBLE: std::ops::RangeInclusive<f64> = 100_000.0..=3_000_000.0;
/// Northings lie above, eastings below, m.
const BETWEEN: f64 = 800_000.0;

/// How the numbers of a sheet are understood.
pub(super) struct Axes {
    pub(super) mark: Option<Mark>,
    /// Whether a row of which nothing is certain has X to the east.
    exchanged: bool,
}

/// A point's numbers, told.
pub(super) struct Told {
    pub(super) easting: Reading,
    pub(super) northing: Reading,
    /// Whether X and Y change places here and not in most rows.
    pub(super) against_the_rest: bool,
}

impl Axes {
    /// Looks at all points of a sheet, and notes how they are taken.
    /// # Errors
    /// [`ListError::Axes`] when headings contradict the custom and no number tells which holds.
    pub(super) fn of(
        sheet: &ListSheet,
        events: &[Event],
        intake: &mut Intake<'_>,
    ) -> Result<Self, ListError> {
        let points = || {
            events
                .iter()
                .filter_map(|event| if let Event::Point(point) = event { Some(&**point) } else { None })
        };
        let mut axes = Self { mark: mark(points()), exchanged: false };
        let certain = |wanted: bool| points().filter(|point| axes.certain(point) == Some(wanted)).count();
        let (straight, exchanged) = (certain(false), certain(true));
        let count = points().count();
        axes.exchanged = exchanged > straight;
        let headed = headed_otherwise(events);
        if let (0, 0, Some(line)) = (straight, exchanged, headed) {
            return Err(ListError::Axes { sheet: sheet.name.clone(), line });
        }
        let first = Place::at_line(points().next().map_or(0, |point| point.line));
        let name = &sheet.name;
        if axes.exchanged {
            let message = format!(
                "sheet \"{name}\": by their sizes ({exchanged} of {count} points) X is the easting and Y the northing here, other \
                 than lists have it: they were taken so"
            );
            intake.note(NoteKind::AxesExchanged, first, message);
        } else if count > 0 {
            let but = if headed.is_some() { ", whatever the headings say" } else { "" };
            let message = format!(
                "sheet \"{name}\": X was taken as northing and Y as easting, as lists have it{but} ({count} points)"
            );
            intake.note(NoteKind::ListAxes, first, message);
        }
        Ok(axes)
    }

    /// Whether X is east, where the sizes leave no doubt.
    fn certain(&self, point: &PointRow) -> Option<bool> {
        let [x, y] = self.readings(point)?.map(|reading| reading.value);
        if !PLAUSIBLE.contains(&x) || !PLAUSIBLE.contains(&y) || (x > BETWEEN) == (y > BETWEEN) {
            return None;
        }
        Some(y > BETWEEN)
    }

    fn readings(&self, point: &PointRow) -> Option<[Reading; 2]> {
        let read = |at: usize| point.xy.get(at)?.reading(self.mark, |value| PLAUSIBLE.contains(&value));
        Some([read(0)?, read(1)?])
    }

    /// The numbers of a point.
    pub(super) fn tell(&self, point: &PointRow) -> Option<Told> {
        let [x, y] = self.readings(point)?;
        let certain = self.certain(point);
        let exchanged = certain.unwrap_or(self.exchanged);
        let [northing, easting] = if exchanged { [y, x] } else { [x, y] };
        Some(Told { easting, northing, against_the_rest: exchanged != self.exchanged })
    }
}

/// The row that heads X as easting or Y as northing.
fn headed_otherwise(events: &[Event]) -> Option<usize> {
    events.iter().find_map(|event| match event {
        Event::Header { line, header } => {
            let otherwise = [Some(Axis::East), Some(Axis::North)];
            let says = header.groups.iter().map(|group| group.says);
            let mut against = says
                .filter(|says| says.iter().zip(otherwise).any(|(one, other)| one.is_some() && *one == other));
            against.next().map(|_| *line)
        }
        _ => None,
    })
}

/// The decimal mark that more numbers prove than the other.
fn mark<'p>(points: impl Iterator<Item = &'p PointRow>) -> Option<Mark> {
    let [mut commas, mut others] = [0_usize; 2];
    for number in points.flat_map(|point| point.xy.into_iter().chain(point.side)) {
        match number.proves() {
            Some(Mark::Comma) => commas += 1,
            Some(Mark::Point) => others += 1,
            None => {}
        }
    }
    match commas.cmp(&others) {
        std::cmp::Ordering::Greater => Some(Mark::Comma),
        std::cmp::Ordering::Less => Some(Mark::Point),
        std::cmp::Ordering::Equal => None,
    }
}
