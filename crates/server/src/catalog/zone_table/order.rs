//! In which order zones stand.

use std::cmp::Ordering;

use planning::search_key;

use super::Entry;
use crate::problem::Problem;
use crate::wire::ZoneRow;

/// A column to sort by. Zones of which it is not known stand last, in either direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order {
    column: Column,
    descending: bool,
}

/// What a column holds of a zone.
#[derive(Clone, Copy, Debug)]
enum Column {
    Number(fn(&ZoneRow) -> Option<f64>),
    Text(fn(&ZoneRow) -> Option<&str>),
}

/// The columns by the names that `sort` takes.
const COLUMNS: [(&str, Column); 14] = [
    ("name", Column::Text(|row| Some(&row.name))),
    ("kind", Column::Text(|row| row.kind.as_deref())),
    ("state", Column::Text(|row| row.state.as_deref())),
    ("province", Column::Text(|row| row.province.as_deref())),
    ("commune", Column::Text(|row| row.communes.first().map(|commune| commune.name.as_str()))),
    ("declared", Column::Number(|row| row.declared_ha.as_ref().map(|area| area.value))),
    ("area", Column::Number(|row| row.area_ha)),
    ("difference", Column::Number(|row| row.difference_percent)),
    ("industrial", Column::Number(|row| row.industrial_ha.as_ref().map(|area| area.value))),
    ("leased", Column::Number(|row| row.leased_ha.as_ref().map(|area| area.value))),
    ("free", Column::Number(|row| row.free_ha)),
    ("fill", Column::Number(|row| row.fill.computed_percent)),
    ("findings", Column::Number(|row| Some(row.conflict_ha))),
    ("distance", Column::Number(|row| row.distance_m)),
];

impl Order {
    /// The order of a word, `fill` or `-fill`.
    /// # Errors
    /// A problem with the words that there are.
    pub(crate) fn of(text: &str) -> Result<Self, Problem> {
        let name = text.strip_prefix('-').unwrap_or(text);
        let found = COLUMNS.into_iter().find(|(known, _)| *known == name).map(|(_, column)| column);
        let column = found.ok_or_else(|| {
            let known = COLUMNS.map(|(name, _)| name).join(", ");
            Problem::bad(format!("\"sort\" is one of {known}, with - before it for the other way."))
        })?;
        Ok(Self { column, descending: text.starts_with('-') })
    }

    /// Sorts; names and identifiers settle what is equal.
    pub(crate) fn sort(self, entries: &mut [Entry]) {
        entries.sort_by_cached_key(|entry| (search_key(&entry.row.name), entry.row.id.clone()));
        entries.sort_by(|a, b| self.compare(&a.row, &b.row));
    }

    fn compare(self, a: &ZoneRow, b: &ZoneRow) -> Ordering {
        match self.column {
            Column::Number(of) => self.known_first(of(a), of(b), f64::total_cmp),
            Column::Text(of) => self.known_first(of(a), of(b), |a, b| search_key(a).cmp(&search_key(b))),
        }
    }

    fn known_first<T>(self, a: Option<T>, b: Option<T>, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if self.descending => compare(&b, &a),
            (Some(a), Some(b)) => compare(&a, &b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    }
}
