//! The rows that head columns: which column holds what, for one or more groups of columns side by side.

use super::words::{Axis, Role, heading, tokens};
use super::{Row, area};

/// How many rows above the one with X and Y may head columns too.
const ROWS_ABOVE: usize = 2;

/// The columns of one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Group {
    pub(super) row: Option<usize>,
    pub(super) point: Option<usize>,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) side: Option<usize>,
    pub(super) part: Option<usize>,
    pub(super) zone: Option<usize>,
    /// The column of areas, and how many m² its unit has.
    pub(super) area: Option<(usize, Option<f64>)>,
    /// The directions that the headings of X and Y name.
    pub(super) says: [Option<Axis>; 2],
}

/// What heads the columns below a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Header {
    pub(super) groups: Vec<Group>,
    /// Pairs of X and Y that have no points of their own: the same points in another CRS.
    pub(super) other_pairs: usize,
}

/// Columns being put together.
#[derive(Default)]
struct Draft {
    columns: Vec<(Role, usize, Option<Axis>)>,
}

impl Draft {
    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.0 == role)
    }

    fn group(&self, area_unit: impl Fn(usize) -> Option<f64>) -> Option<Group> {
        let find = |role| self.columns.iter().find(|column| column.0 == role);
        let column = |role| find(role).map(|column| column.1);
        let (x, y) = (find(Role::X)?, find(Role::Y)?);
        Some(Group {
            row: column(Role::Row),
            point: column(Role::Point),
            x: x.1,
            y: y.1,
            side: column(Role::Side),
            part: column(Role::Part),
            zone: column(Role::Zone),
            area: column(Role::Area).map(|at| (at, area_unit(at))),
            says: [x.2, y.2],
        })
    }
}

/// The columns, if the row has headings for X and Y; `above` are the rows before it, the nearest last.
pub(super) fn header(row: &Row, above: &[Row]) -> Option<Header> {
    let own =
        |wanted: Role| row.texts().any(|(_, text)| heading(text).is_some_and(|(role, _)| role == wanted));
    if !own(Role::X) || !own(Role::Y) {
        return None;
    }
    let heads = heads(row, above);
    let mut drafts = vec![Draft::default()];
    for (column, text) in heads.iter().enumerate() {
        let Some((role, axis)) = text.and_then(heading) else { continue };
        let Some(draft) = drafts.last_mut() else { continue };
        if !draft.has(role) {
            draft.columns.push((role, column, axis));
        } else if draft.has(Role::X) && draft.has(Role::Y) {
            drafts.push(Draft { columns: vec![(role, column, axis)] });
        }
    }
    let unit = |at: usize| heads.get(at).copied().flatten().and_then(|text| area::unit_m2(&tokens(text)));
    let groups: Vec<Group> = drafts.iter().filter_map(|draft| draft.group(unit)).collect();
    let numbered = |group: &Group| group.row.is_some() || group.point.is_some();
    let first = groups.first().map(numbered)?;
    let (groups, others): (Vec<_>, Vec<_>) =
        groups.into_iter().enumerate().partition(|(at, group)| *at == 0 || (first && numbered(group)));
    let groups = groups.into_iter().map(|(_, group)| group).collect();
    Some(Header { groups, other_pairs: others.len() })
}

/// What heads each column: the text in the row itself, else the nearest above it.
fn heads<'r>(row: &'r Row, above: &'r [Row]) -> Vec<Option<&'r str>> {
    let heads_columns = |row: &&Row| row.texts().count() > 1 && row.numbers() == 0;
    let near = above.iter().rev().take(ROWS_ABOVE).take_while(|row| row.numbers() == 0);
    let rows: Vec<&Row> = std::iter::once(row).chain(near.filter(heads_columns)).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width).map(|column| rows.iter().find_map(|row| row.text(column))).collect()
}

/// Whether a row numbers the columns, as forms do below their headings: 1, 2, 3 or (1), (2), (3).
pub(super) fn numbers_columns(row: &Row) -> bool {
    let number = |text: &str| text.trim_matches(['(', ')', '[', ']']).trim().parse::<usize>().ok();
    let numbers: Option<Vec<usize>> = row.texts().map(|(_, text)| number(text)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() > 2
            && numbers.first().is_some_and(|first| *first <= 1)
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
    })
}
