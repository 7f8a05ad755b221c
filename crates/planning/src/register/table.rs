//! Zones as a table: one row each, numbers as Vietnamese offices write them. What a table cannot hold (older
//! statements, quotations) stays in the register when the table comes back.

use std::collections::BTreeMap;

use super::{
    AreaStatement, Citation, DocumentKind, DocumentRecord, FillStatement, Listing, PartialDate, Quantity,
    Register, RegisterError, RegisterProblem, StateEntry, UnitRef, ZoneRecord,
};
use crate::{Language, UnitLevel, ZoneKind, ZoneState};

/// The columns, in the order in which they are written; read in any order. `computed_fill_percent` is for readers: it
/// is computed, never taken in.
pub const ZONE_COLUMNS: [&str; 23] = [
    "id",
    "name",
    "aliases",
    "kind",
    "parent",
    "province",
    "districts",
    "communes",
    "sectors",
    "state",
    "state_as_of",
    "state_decided",
    "state_body",
    "state_decision",
    "lists",
    "area_as_of",
    "total_ha",
    "industrial_ha",
    "leased_ha",
    "fill_as_of",
    "stated_fill_percent",
    "computed_fill_percent",
    "source",
];

/// Between several values of a cell.
const SEPARATOR: &str = "; ";

/// A cell: a number that a sheet may add up, or text.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, such as a name, a date or an approximate number.
    Text(String),
    /// A number.
    Number(f64),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(super) fn optional(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// An exact number stays a number; an approximate one keeps its word.
    pub(super) fn quantity(quantity: Option<Quantity>) -> Self {
        match quantity {
            None => Self::Empty,
            Some(quantity) if quantity.is_exact() => Self::Number(quantity.value),
            Some(quantity) => Self::Text(quantity.written_in_full(Language::Vi)),
        }
    }

    /// As text in the Vietnamese format.
    pub fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(value) => Quantity::exactly(*value).written_in_full(Language::Vi),
        }
    }
}

/// The rows of a register's zones, each with the latest state, areas and fill rate.
pub fn zone_rows(register: &Register) -> Vec<[Cell; ZONE_COLUMNS.len()]> {
    register.zones.iter().map(row).collect()
}

fn row(zone: &ZoneRecord) -> [Cell; ZONE_COLUMNS.len()] {
    let (state, area, fill) = (zone.state_on(None), zone.area_on(None), zone.fill_on(None));
    let joined = |values: &[String]| Cell::text(values.join(SEPARATOR));
    let units = |level: UnitLevel| {
        let of_level = zone.units.iter().filter(move |unit| unit.level == level);
        Cell::text(of_level.map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(SEPARATOR))
    };
    let date = |date: Option<PartialDate>| Cell::optional(date.map(PartialDate::written));
    let lists: Vec<String> = zone.listings.iter().map(|listing| listing.list.clone()).collect();
    let sources = [
        state.map(|state| &state.source),
        area.map(|area| &area.source),
        fill.map(|fill| &fill.source),
        zone.listings.last().map(|listing| &listing.source),
    ];
    let computed = area.and_then(AreaStatement::fill).map(|fill| Quantity::exactly(fill.percent()));
    [
        Cell::text(&zone.id),
        Cell::text(&zone.name),
        joined(&zone.aliases),
        Cell::text(zone.kind.code()),
        Cell::optional(zone.parent.as_deref()),
        Cell::optional(zone.province.as_deref()),
        units(UnitLevel::District),
        units(UnitLevel::Commune),
        joined(&zone.sectors),
        Cell::optional(state.map(|state| state.state.code())),
        date(state.map(|state| state.as_of)),
        date(state.and_then(|state| state.decided)),
        Cell::optional(state.and_then(|state| state.body.as_deref())),
        Cell::optional(state.and_then(|state| state.decision.as_deref())),
        joined(&lists),
        date(area.map(|area| area.as_of)),
        Cell::quantity(area.and_then(|area| area.total_ha)),
        Cell::quantity(area.and_then(|area| area.industrial_ha)),
        Cell::quantity(area.and_then(|area| area.leased_ha)),
        date(fill.map(|fill| fill.as_of)),
        Cell::quantity(fill.map(|fill| fill.stated_percent)),
        Cell::quantity(computed),
        Cell::optional(sources.into_iter().flatten().next().map(|source| source.document.as_str())),
    ]
}

/// What a table brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableCounts {
    /// Zones that the register did not have.
    pub added: usize,
    /// Zones that say something new.
    pub changed: usize,
    /// Zones of which the register knew it all.
    pub unchanged: usize,
}

impl TableCounts {
    /// What the zones of one register bring to another's.
    pub fn between(known: &Register, brought: &Register) -> Self {
        let mut counts = Self::default();
        for zone in &brought.zones {
            match known.zone(&zone.id) {
                None => counts.added += 1,
                Some(same) if same == zone => counts.unchanged += 1,
                Some(_) => counts.changed += 1,
            }
        }
        counts
    }
}

impl Register {
    /// Takes in a table of zones. A figure that differs from what is known is added as a further statement; nothing is
    /// overwritten. A row without a source cites the table itself. An empty cell says nothing.
    /// # Errors
    /// [`RegisterError`] with the line and column of every cell that cannot be read; nothing is taken in then.
    pub fn with_table(
        &self,
        file: &str,
        header: &[String],
        rows: &[(usize, Vec<String>)],
    ) -> Result<(Self, TableCounts), RegisterError> {
        let mut reading = Reading::new(header);
        let mut register = self.clone();
        let mut counts = TableCounts::default();
        for (line, cells) in rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
        {
            reading.line = *line;
            reading.take(&mut register, cells, file, &mut counts);
        }
        if !reading.problems.is_empty() {
            return Err(RegisterError { file: file.to_owned(), problems: reading.problems });
        }
        Ok((register.validated(file)?, counts))
    }
}

struct Reading {
    columns: BTreeMap<String, usize>,
    line: usize,
    problems: Vec<RegisterProblem>,
}

impl Reading {
    fn new(header: &[String]) -> Self {
        let mut reading = Self { columns: BTreeMap::new(), line: 1, problems: Vec::new() };
        for (at, name) in
            header.iter().map(|name| name.trim()).enumerate().filter(|(_, name)| !name.is_empty())
        {
            if !ZONE_COLUMNS.contains(&name) {
                reading.say(name, &format!("there is no such column: there are {}", ZONE_COLUMNS.join(", ")));
            } else if reading.columns.insert(name.to_owned(), at).is_some() {
                reading.say(name, "the column stands twice");
            }
        }
        for needed in ["id", "name", "kind"] {
            if !reading.columns.contains_key(needed) {
                reading.say(needed, "the column is missing");
            }
        }
        reading
    }

    fn say(&mut self, field: &str, reason: &str) {
        let problem =
            RegisterProblem { line: Some(self.line), field: field.to_owned(), reason: reason.to_owned() };
        self.problems.push(problem);
    }

    fn cell<'c>(&self, cells: &'c [String], column: &str) -> Option<&'c str> {
        let text = cells.get(*self.columns.get(column)?)?.trim();
        (!text.is_empty()).then_some(text)
    }

    fn several(&self, cells: &[String], column: &str) -> Vec<String> {
        let text = self.cell(cells, column).unwrap_or_default();
        text.split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
    }

    fn read<T>(
        &mut self,
        cells: &[String],
        column: &str,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(cells, column)?;
        let value = read(text);
        if value.is_none() {
            self.say(column, &format!("\"{text}\" is not {what}"));
        }
        value
    }

    fn date(&mut self, cells: &[String], column: &str) -> Option<PartialDate> {
        self.read(cells, column, "a date such as 31/12/2024, 12/2024 or 2024", |text| {
            PartialDate::read(text).ok()
        })
    }

    fn quantity(&mut self, cells: &[String], column: &str) -> Option<Quantity> {
        self.read(cells, column, "a number such as 1.234,5 or trên 321", Quantity::read)
    }

    fn take(&mut self, register: &mut Register, cells: &[String], file: &str, counts: &mut TableCounts) {
        let kind = self.read(cells, "kind", "a kind of zones", ZoneKind::from_code);
        let (Some(id), Some(name)) = (self.cell(cells, "id"), self.cell(cells, "name")) else {
            return self.say("id", "a row needs an id and a name");
        };
        let Some(kind) = kind else {
            if self.cell(cells, "kind").is_none() {
                self.say("kind", "is missing");
            }
            return;
        };
        let at = register.zones.iter().position(|zone| zone.id == id);
        let before = at.and_then(|at| register.zones.get(at)).cloned();
        let mut zone = before.clone().unwrap_or_else(|| ZoneRecord::new(id, name, kind));
        (zone.name, zone.kind) = (name.to_owned(), kind);
        self.words(&mut zone, cells);
        let source = Citation { document: self.source(register, cells, file), quote: String::new() };
        self.statements(&mut zone, cells, &source);
        match (before, at) {
            (Some(before), _) if before == zone => counts.unchanged += 1,
            (Some(_), Some(at)) => {
                counts.changed += 1;
                register.zones.splice(at..=at, [zone]);
            }
            _ => {
                counts.added += 1;
                register.zones.push(zone);
            }
        }
    }

    fn words(&mut self, zone: &mut ZoneRecord, cells: &[String]) {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        zone.parent = owned(self.cell(cells, "parent")).or_else(|| zone.parent.take());
        zone.province = owned(self.cell(cells, "province")).or_else(|| zone.province.take());
        for (column, values) in [("aliases", &mut zone.aliases), ("sectors", &mut zone.sectors)] {
            for value in self.several(cells, column) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        for (column, level) in [("districts", UnitLevel::District), ("communes", UnitLevel::Commune)] {
            for name in self.several(cells, column) {
                if !zone.units.iter().any(|unit| unit.level == level && unit.name == name) {
                    zone.units.push(UnitRef { name, level, code: None });
                }
            }
        }
    }

    /// The document that a row cites, which is made where there is none.
    fn source(&self, register: &mut Register, cells: &[String], file: &str) -> String {
        let id = self.cell(cells, "source").unwrap_or(file).to_owned();
        if register.document(&id).is_none() {
            register.documents.push(DocumentRecord::named(&id, DocumentKind::Table, file));
        }
        id
    }

    fn statements(&mut self, zone: &mut ZoneRecord, cells: &[String], source: &Citation) {
        let state = self.read(cells, "state", "a state of zones", ZoneState::from_code);
        let (as_of, decided) = (self.date(cells, "state_as_of"), self.date(cells, "state_decided"));
        let text = |column: &str| self.cell(cells, column).map(str::to_owned);
        let (body, decision) = (text("state_body"), text("state_decision"));
        match (state, as_of) {
            (Some(_), None) if self.cell(cells, "state_as_of").is_none() => {
                self.say("state_as_of", "is missing");
            }
            (Some(state), Some(as_of)) => {
                let entry = StateEntry { state, as_of, decided, body, decision, source: source.clone() };
                let known = |one: &StateEntry| StateEntry { source: source.clone(), ..one.clone() } == entry;
                if !zone.state_on(None).is_some_and(known) {
                    zone.states.push(entry);
                }
            }
            _ => {}
        }
        for list in self.several(cells, "lists") {
            if !zone.listings.iter().any(|listing| listing.list == list) {
                zone.listings.push(Listing { list, source: source.clone() });
            }
        }
        self.areas(zone, cells, source);
        self.fills(zone, cells, source);
    }

    fn areas(&mut self, zone: &mut ZoneRecord, cells: &[String], source: &Citation) {
        let (total_ha, industrial_ha) =
            (self.quantity(cells, "total_ha"), self.quantity(cells, "industrial_ha"));
        let leased_ha = self.quantity(cells, "leased_ha");
        if total_ha.or(industrial_ha).or(leased_ha).is_none() {
            return;
        }
        let Some(as_of) = self.date(cells, "area_as_of") else {
            if self.cell(cells, "area_as_of").is_none() {
                self.say("area_as_of", "is missing");
            }
            return;
        };
        let known = zone.area_on(None).is_some_and(|area| {
            (area.as_of, area.total_ha, area.industrial_ha, area.leased_ha)
                == (as_of, total_ha, industrial_ha, leased_ha)
        });
        if !known {
            let (craft_relocation_ha, source) = (None, source.clone());
            let area =
                AreaStatement { as_of, total_ha, industrial_ha, leased_ha, craft_relocation_ha, source };
            zone.areas.push(area);
        }
    }

    fn fills(&mut self, zone: &mut ZoneRecord, cells: &[String], source: &Citation) {
        let Some(stated_percent) = self.quantity(cells, "stated_fill_percent") else { return };
        let Some(as_of) = self.date(cells, "fill_as_of") else {
            if self.cell(cells, "fill_as_of").is_none() {
                self.say("fill_as_of", "is missing");
            }
            return;
        };
        let known = zone
            .fill_on(None)
            .is_some_and(|fill| (fill.as_of, fill.stated_percent) == (as_of, stated_percent));
        if !known {
            let source = source.clone();
            zone.fills.push(FillStatement { as_of, stated_percent, formula: None, source });
        }
    }
}
