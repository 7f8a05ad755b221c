//! A sheet taken apart: points, titles, areas, and where something breaks off.

use super::area::{Stated, stated};
use super::header::{Group, Header, numbers_columns};
use super::number::Written;
use super::words::tokens;
use super::{ListSheet, Row};

/// A row of the list with coordinates.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PointRow {
    pub(super) line: usize,
    /// The number of the row.
    pub(super) row: Option<u64>,
    /// The number or name of the point; else that of the row.
    pub(super) label: Option<String>,
    /// The columns X and Y.
    pub(super) xy: [Written; 2],
    pub(super) side: Option<Written>,
    pub(super) part: Option<String>,
    pub(super) zone: Option<String>,
    pub(super) area: Option<Stated>,
}

/// What comes along in a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event {
    /// Columns are headed, once more or for the first time.
    Header {
        line: usize,
        header: Header,
    },
    /// A row without coordinates.
    Text {
        text: String,
        area: Option<Stated>,
    },
    /// A blank row.
    Blank,
    Point(Box<PointRow>),
    /// The length of a side between the rows of its points.
    Side(Written),
    /// A row with one coordinate, or with something else in the place of one.
    Bad {
        line: usize,
        reason: String,
    },
    /// The number of a point without coordinates.
    Bare {
        line: usize,
        label: String,
    },
}

/// Takes a sheet apart, in the order of reading: groups of columns side by side one after the other.
pub(super) fn events(sheet: &ListSheet) -> Vec<Event> {
    let mut events = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut run: Vec<Option<&Row>> = Vec::new();
    let mut last_line = 0;
    let mut below_header = false;
    for (at, row) in sheet.rows.iter().enumerate() {
        if row.line > last_line + 1 {
            run.push(None);
        }
        last_line = row.line;
        if let Some(header) = sheet.header(at) {
            flush(&mut run, &groups, &mut events);
            groups.clone_from(&header.groups);
            events.push(Event::Header { line: row.line, header });
            below_header = true;
            continue;
        }
        if std::mem::take(&mut below_header) && numbers_columns(row) {
            continue;
        }
        let area = stated(row);
        if groups.is_empty() || area.is_some() || is_sum(row) || is_text(row, &groups) {
            flush(&mut run, &groups, &mut events);
            events.push(Event::Text { text: row.joined(), area });
        } else {
            run.push(Some(row));
        }
    }
    flush(&mut run, &groups, &mut events);
    events
}

/// The rows since the last title, group by group.
fn flush(run: &mut Vec<Option<&Row>>, groups: &[Group], events: &mut Vec<Event>) {
    let rows = std::mem::take(run);
    for group in groups {
        let read: Vec<Event> =
            rows.iter().map(|row| row.map_or(Event::Blank, |row| event(row, group))).collect();
        let is_blank = |event: &&Event| matches!(event, Event::Blank);
        let begin = read.iter().take_while(is_blank).count();
        let end = read.len() - read.iter().rev().take_while(is_blank).count();
        // Between titles blanks matter, between groups they do not.
        let trims = groups.len() > 1;
        events.extend(if trims { read.get(begin..end).unwrap_or_default().to_vec() } else { read });
    }
}

/// Whether a row sums up what stands above it.
fn is_sum(row: &Row) -> bool {
    let first = row.texts().next().map(|(_, text)| tokens(text));
    first.is_some_and(|words| {
        matches!(words.first().map(String::as_str), Some("tong" | "cong" | "total" | "chu"))
    })
}

/// Whether a row has neither coordinates nor what stands beside them: the number of a point, the length of a side.
fn is_text(row: &Row, groups: &[Group]) -> bool {
    groups.iter().all(|group| {
        let no_number = row.number(group.x).is_none() && row.number(group.y).is_none();
        let label = [group.point, group.row].into_iter().flatten().find_map(|at| row.text(at));
        let side = group.side.is_some_and(|at| row.number(at).is_some());
        let blank = row.cell(group.x).is_none() && row.cell(group.y).is_none();
        no_number && !label.map_or(side && blank, is_label)
    })
}

/// Whether a text may be the number or the name of a point: 7, M12, A-3.
fn is_label(text: &str) -> bool {
    let short = text.chars().count() <= 10 && !text.contains(char::is_whitespace);
    short && text.ends_with(|c: char| c.is_ascii_digit())
}

fn event(row: &Row, group: &Group) -> Event {
    let text = |column: Option<usize>| column.and_then(|at| row.text(at)).map(str::to_owned);
    let number = text(group.row);
    let label = text(group.point).or_else(|| number.clone());
    let side = group.side.and_then(|at| row.number(at));
    let (x, y) = (row.number(group.x), row.number(group.y));
    let [x, y] = match (x, y) {
        (Some(x), Some(y)) => [x, y],
        (None, None) if row.cell(group.x).is_none() && row.cell(group.y).is_none() => {
            return match (side, label) {
                (Some(side), None) => Event::Side(side),
                (_, Some(label)) => Event::Bare { line: row.line, label },
                (None, None) => Event::Blank,
            };
        }
        (x, _) => {
            let (name, column) = if x.is_none() { ("X", group.x) } else { ("Y", group.y) };
            let reason = match row.text(column) {
                Some(found) => format!("{name} is \"{}\", which is no number", shown(found)),
                None => format!("{name} is missing"),
            };
            return Event::Bad { line: row.line, reason };
        }
    };
    let area = group
        .area
        .and_then(|(at, unit_m2)| Some(Stated { line: row.line, number: row.number(at)?, unit_m2 }));
    Event::Point(Box::new(PointRow {
        line: row.line,
        row: number.and_then(|text| text.parse().ok()),
        label,
        xy: [x, y],
        side,
        part: text(group.part),
        zone: text(group.zone),
        area,
    }))
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
