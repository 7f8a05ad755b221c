//! Rows and sums as cells of sheets.

use planning::{Cell, Language, Messages, Parameters, ZoneKind, ZoneNames, ZoneState};
use report::CellSheet;

use crate::wire::{AreaSum, Quantity, ZoneGroup, ZoneRow, ZoneSums, ZoneTable};

/// The columns of zones; their heads are texts of that name.
const ZONE_COLUMNS: [&str; 21] = [
    "id",
    "name",
    "kind",
    "state",
    "province",
    "communes",
    "parent",
    "declared_ha",
    "area_ha",
    "difference_percent",
    "as_of",
    "industrial_ha",
    "leased_ha",
    "free_ha",
    "stated_percent",
    "computed_percent",
    "open_findings",
    "conflict_ha",
    "distance_km",
    "decision",
    "decided_on",
];

/// The columns of sums.
const SUM_COLUMNS: [&str; 11] = [
    "group",
    "count",
    "nested",
    "declared_ha",
    "area_ha",
    "industrial_ha",
    "leased_ha",
    "free_ha",
    "computed_percent",
    "in_conflict",
    "conflict_ha",
];

/// A table as sheets: the zones with their sum, then the sums by kind, state, province and commune.
/// # Errors
/// When the texts that are compiled in cannot be read.
pub(crate) fn cells(table: &ZoneTable, language: Language) -> Result<Vec<CellSheet>, planning::DataError> {
    let words = Words { messages: planning::messages()?, names: planning::kinds()?, language };
    let rows = table.zones.iter().map(|row| words.zone(row));
    let total = words.total(&table.sums);
    let mut sheets = vec![CellSheet {
        name: words.text("zones"),
        columns: ZONE_COLUMNS.map(|column| words.text(column)).into(),
        rows: rows.chain([total]).collect(),
    }];
    for (name, groups) in [
        ("by_kind", &table.by_kind),
        ("by_state", &table.by_state),
        ("by_province", &table.by_province),
        ("by_commune", &table.by_commune),
    ] {
        let line = |group: &ZoneGroup| words.sums(words.group(name, group), &group.sums);
        let total = words.sums(words.text("total"), &table.sums);
        sheets.push(CellSheet {
            name: words.text(name),
            columns: SUM_COLUMNS.map(|column| words.text(column)).into(),
            rows: groups.iter().map(line).chain([total]).collect(),
        });
    }
    Ok(sheets)
}

struct Words<'a> {
    messages: &'a Messages,
    names: &'a ZoneNames,
    language: Language,
}

impl Words<'_> {
    fn text(&self, key: &str) -> String {
        self.messages
            .text(&format!("zone_table.{key}"), &Parameters::new())
            .in_language(self.language)
            .to_owned()
    }

    fn kind(&self, code: &str) -> String {
        let name = ZoneKind::from_code(code).and_then(|kind| self.names.kind(kind));
        name.map_or(code, |name| name.in_language(self.language)).to_owned()
    }

    fn state(&self, code: &str) -> String {
        let name = ZoneState::from_code(code).and_then(|state| self.names.state(state));
        name.map_or(code, |name| name.in_language(self.language)).to_owned()
    }

    fn group(&self, by: &str, ZoneGroup { code, name, .. }: &ZoneGroup) -> String {
        let Some(code) = code else { return self.text("unknown") };
        match by {
            "by_kind" => self.kind(code),
            "by_state" => self.state(code),
            _ => name.clone().unwrap_or_else(|| code.clone()),
        }
    }

    fn zone(&self, row: &ZoneRow) -> Vec<Cell> {
        let text = |text: &Option<String>| {
            text.clone().filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::Text)
        };
        let named = |code: &Option<String>, name: &dyn Fn(&str) -> String| text(&code.as_deref().map(name));
        let communes: Vec<&str> = row.communes.iter().map(|commune| commune.name.as_str()).collect();
        let open = row.findings.B + row.findings.E + row.findings.W + row.findings.I;
        vec![
            Cell::Text(row.id.clone()),
            Cell::Text(row.name.clone()),
            named(&row.kind, &|code| self.kind(code)),
            named(&row.state, &|code| self.state(code)),
            text(&row.province),
            text(&Some(communes.join("; "))),
            text(&row.parent),
            self.stated(row.declared_ha.as_ref()),
            number(row.area_ha),
            number(row.difference_percent),
            text(&row.as_of),
            self.stated(row.industrial_ha.as_ref()),
            self.stated(row.leased_ha.as_ref()),
            number(row.free_ha),
            self.stated(row.fill.stated_percent.as_ref()),
            number(row.fill.computed_percent),
            Cell::Number(open as f64),
            Cell::Number(row.conflict_ha),
            number(row.distance_m.map(|distance_m| distance_m / 1000.0)),
            text(&row.decision),
            text(&row.decided_on),
        ]
    }

    /// The last line of the zones.
    fn total(&self, sums: &ZoneSums) -> Vec<Cell> {
        let counts = sums.findings;
        let mut cells = vec![Cell::Empty; ZONE_COLUMNS.len()];
        for (column, cell) in [
            ("name", Cell::Text(self.text("total"))),
            ("declared_ha", sum(&sums.declared)),
            ("area_ha", sum(&sums.measured)),
            ("industrial_ha", sum(&sums.industrial)),
            ("leased_ha", sum(&sums.leased)),
            ("free_ha", sum(&sums.free)),
            ("computed_percent", number(sums.fill_percent)),
            ("open_findings", Cell::Number((counts.B + counts.E + counts.W + counts.I) as f64)),
            ("conflict_ha", Cell::Number(sums.conflict_ha)),
        ] {
            let place = ZONE_COLUMNS.iter().zip(&mut cells).find(|(name, _)| **name == column);
            place.into_iter().for_each(|(_, place)| *place = cell.clone());
        }
        cells
    }

    fn sums(&self, name: String, sums: &ZoneSums) -> Vec<Cell> {
        vec![
            Cell::Text(name),
            Cell::Number(sums.zones as f64),
            Cell::Number(sums.nested as f64),
            sum(&sums.declared),
            sum(&sums.measured),
            sum(&sums.industrial),
            sum(&sums.leased),
            sum(&sums.free),
            number(sums.fill_percent),
            Cell::Number(sums.in_conflict as f64),
            Cell::Number(sums.conflict_ha),
        ]
    }

    /// An exact number is one; an approximate one keeps its word.
    fn stated(&self, quantity: Option<&Quantity>) -> Cell {
        let Some(quantity) = quantity else { return Cell::Empty };
        let word = planning::Qualifier::ALL
            .into_iter()
            .find(|one| super::super::register::word(one) == quantity.qualifier);
        match word.filter(|word| !word.is_exact()) {
            None => Cell::Number(quantity.value),
            Some(qualifier) => {
                let stated = planning::Quantity { value: quantity.value, qualifier };
                Cell::Text(stated.written_in_full(self.language))
            }
        }
    }
}

fn number(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, Cell::Number)
}

fn sum(sum: &AreaSum) -> Cell {
    if sum.zones == 0 { Cell::Empty } else { Cell::Number(sum.ha) }
}
