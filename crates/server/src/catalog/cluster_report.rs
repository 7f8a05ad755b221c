//! The periodic report on clusters as sheets.

use std::collections::BTreeMap;

use planning::{
    AreaStatement, Cell, DataError, Language, Messages, Parameters, PartialDate, ProjectRecord,
    ProjectStatus, Quantity, Register, ReportForms, ZoneKind, ZoneRecord,
};
use report::CellSheet;

use super::Catalog;
use crate::wire::ZoneRow;

const VND_PER_BILLION: f64 = 1e9;

/// The sheets of a register's clusters on a day: what this is, clusters, projects, sums by commune and by province.
/// # Errors
/// When the texts or forms that are compiled in cannot be read.
pub(crate) fn cluster_sheets(
    catalog: &Catalog,
    register: &Register,
    day: PartialDate,
    language: Language,
) -> Result<Vec<CellSheet>, DataError> {
    let forms = planning::report_forms()?;
    let entries = catalog.zone_entries();
    let row = |zone: &ZoneRecord| {
        let is_it =
            |row: &ZoneRow| row.records.iter().any(|one| one.register == register.id && one.id == zone.id);
        entries.iter().map(|entry| &entry.row).find(|row| is_it(row))
    };
    let clusters: Vec<Cluster<'_>> = register
        .zones
        .iter()
        .filter(|zone| forms.kinds.contains(&zone.kind))
        .map(|zone| Cluster::of(register, zone, row(zone), day))
        .collect();
    let words = Words { messages: planning::messages()?, forms, language };
    let no_commune = words.text("unknown");
    let commune = |one: &Cluster<'_>| one.commune.clone().unwrap_or_else(|| no_commune.clone());
    let province = |one: &Cluster<'_>| one.zone.province.clone().unwrap_or_else(|| no_commune.clone());
    Ok(vec![
        words.about(register, day),
        words.clusters(&clusters),
        words.projects(&clusters),
        words.sums("by_commune", &clusters, &commune),
        words.sums("by_province", &clusters, &province),
    ])
}

/// A cluster with what was known of it on the day.
struct Cluster<'a> {
    zone: &'a ZoneRecord,
    area: Option<&'a AreaStatement>,
    stated: Option<Quantity>,
    state: Option<String>,
    commune: Option<String>,
    decision: Option<String>,
    projects: Vec<&'a ProjectRecord>,
}

impl<'a> Cluster<'a> {
    fn of(register: &'a Register, zone: &'a ZoneRecord, row: Option<&ZoneRow>, day: PartialDate) -> Self {
        let projects = register
            .projects
            .iter()
            .filter(|project| project.zone.as_ref() == Some(&zone.id) && !day.is_before(project.as_of));
        Self {
            zone,
            area: zone.area_on(Some(day)),
            stated: zone.fill_on(Some(day)).map(|fill| fill.stated_percent),
            state: row.and_then(|row| row.state.clone()),
            commune: row.and_then(|row| row.communes.first()).map(|commune| commune.name.clone()),
            decision: row.and_then(|row| row.decision.clone()),
            projects: projects.collect(),
        }
    }

    /// Projects whose licence is not withdrawn.
    fn standing(&self) -> impl Iterator<Item = &&'a ProjectRecord> {
        self.projects.iter().filter(|project| project.status != ProjectStatus::Revoked)
    }

    fn capital_vnd(&self) -> f64 {
        self.standing()
            .filter_map(|project| project.capital_vnd)
            .map(|one| one.value)
            .fold(0.0, std::ops::Add::add)
    }

    fn value(&self, of: impl Fn(&AreaStatement) -> Option<Quantity>) -> Option<f64> {
        self.area.and_then(of).map(|one| one.value)
    }
}

struct Words<'a> {
    messages: &'a Messages,
    forms: &'a ReportForms,
    language: Language,
}

impl Words<'_> {
    fn text(&self, key: &str) -> String {
        let text = self.messages.text(&format!("cluster_report.{key}"), &Parameters::new());
        text.in_language(self.language).to_owned()
    }

    fn sheet(&self, name: &str, columns: &[String], rows: Vec<Vec<Cell>>) -> CellSheet {
        let columns = columns.iter().map(|column| self.text(column)).collect();
        CellSheet { name: self.text(name), columns, rows }
    }

    /// Which circular, which period, and what it is not.
    fn about(&self, register: &Register, day: PartialDate) -> CellSheet {
        let forms = self.forms;
        let title = |text: &planning::Text| text.in_language(self.language).to_owned();
        let mut rows = vec![
            ("register", title(&register.title)),
            ("day", day.written()),
            ("circular", format!("{} – {}", forms.number, title(&forms.title))),
            ("issued", forms.issued.written()),
            ("in_force", forms.in_force.written()),
            ("amended", forms.amended_by.clone()),
            ("consolidated", forms.consolidated.clone()),
            ("read_in", forms.source.clone()),
            ("columns", self.text(if forms.forms_seen { "columns_seen" } else { "columns_own" })),
        ];
        if let Some((period, from, to)) = forms.period_of(day) {
            let days = format!("{}: {} – {}", title(&period.title), from.written(), to.written());
            rows.insert(2, ("period", days));
        }
        let rows = rows.into_iter().map(|(key, value)| vec![Cell::Text(self.text(key)), Cell::Text(value)]);
        self.sheet("about", &["what".to_owned(), "value".to_owned()], rows.collect())
    }

    fn clusters(&self, clusters: &[Cluster<'_>]) -> CellSheet {
        let columns = &self.forms.tables.clusters;
        let rows = clusters.iter().enumerate().map(|(at, one)| {
            let cell = |column: &String| self.cluster_cell(column, at + 1, one);
            columns.iter().map(cell).collect()
        });
        self.sheet("clusters", columns, rows.collect())
    }

    fn cluster_cell(&self, column: &str, number: usize, one: &Cluster<'_>) -> Cell {
        let computed = one.area.and_then(AreaStatement::fill).map(|fill| fill.percent());
        match column {
            "number" => Cell::Number(number as f64),
            "name" => Cell::Text(one.zone.name.clone()),
            "kind" => Cell::Text(self.kind(one.zone.kind)),
            "state" => text(one.state.as_deref().map(|state| self.state(state)).as_deref()),
            "commune" => text(one.commune.as_deref()),
            "province" => text(one.zone.province.as_deref()),
            "decision" => text(one.decision.as_deref()),
            "total_ha" => self.stated(one.area.and_then(|area| area.total_ha)),
            "industrial_ha" => self.stated(one.area.and_then(|area| area.industrial_ha)),
            "leased_ha" => self.stated(one.area.and_then(|area| area.leased_ha)),
            "computed_percent" => computed.map_or(Cell::Empty, Cell::Number),
            "stated_percent" => self.stated(one.stated),
            "difference_points" => {
                let both = computed.zip(one.stated);
                both.map_or(Cell::Empty, |(computed, stated)| Cell::Number(computed - stated.value))
            }
            "as_of" => text(one.area.map(|area| area.as_of.written()).as_deref()),
            "projects" => Cell::Number(one.standing().count() as f64),
            "capital_billion_vnd" => Cell::Number(one.capital_vnd() / VND_PER_BILLION),
            "document" => text(one.area.map(|area| area.source.document.as_str())),
            _ => Cell::Empty,
        }
    }

    fn projects(&self, clusters: &[Cluster<'_>]) -> CellSheet {
        let columns = &self.forms.tables.projects;
        let all = clusters.iter().flat_map(|one| one.projects.iter().map(move |project| (one, project)));
        let rows = all.enumerate().map(|(at, (cluster, project))| {
            let cell = |column: &String| self.project_cell(column, at + 1, cluster, project);
            columns.iter().map(cell).collect()
        });
        self.sheet("projects_sheet", columns, rows.collect())
    }

    fn project_cell(&self, column: &str, number: usize, cluster: &Cluster<'_>, one: &ProjectRecord) -> Cell {
        match column {
            "number" => Cell::Number(number as f64),
            "cluster" => Cell::Text(cluster.zone.name.clone()),
            "name" => Cell::Text(one.name.clone()),
            "status" => Cell::Text(self.text(&format!("status_{}", super::register::word(&one.status)))),
            "sector" => text(one.sector.as_deref()),
            "land_ha" => self.stated(one.land_ha),
            "capital_billion_vnd" => {
                one.capital_vnd.map_or(Cell::Empty, |one| Cell::Number(one.value / VND_PER_BILLION))
            }
            "as_of" => Cell::Text(one.as_of.written()),
            "document" => Cell::Text(one.source.document.clone()),
            _ => Cell::Empty,
        }
    }

    fn sums(&self, name: &str, clusters: &[Cluster<'_>], unit: &dyn Fn(&Cluster<'_>) -> String) -> CellSheet {
        let mut groups: BTreeMap<String, Vec<&Cluster<'_>>> = BTreeMap::new();
        clusters.iter().for_each(|one| groups.entry(unit(one)).or_default().push(one));
        let columns = &self.forms.tables.sums;
        let line = |unit: &str, of: &[&Cluster<'_>]| -> Vec<Cell> {
            columns.iter().map(|column| sum_cell(column, unit, of)).collect()
        };
        let mut rows: Vec<Vec<Cell>> = groups.iter().map(|(unit, of)| line(unit, of)).collect();
        rows.push(line(&self.text("total"), &clusters.iter().collect::<Vec<_>>()));
        self.sheet(name, columns, rows)
    }

    fn kind(&self, kind: ZoneKind) -> String {
        let names = planning::kinds().ok();
        let name = names.and_then(|names| names.kind(kind));
        name.map_or(kind.code(), |name| name.in_language(self.language)).to_owned()
    }

    fn state(&self, code: &str) -> String {
        let known = planning::ZoneState::from_code(code);
        let name = known.and_then(|state| planning::kinds().ok()?.state(state));
        name.map_or(code, |name| name.in_language(self.language)).to_owned()
    }

    /// An exact number is one; an approximate one keeps its word.
    fn stated(&self, quantity: Option<Quantity>) -> Cell {
        match quantity {
            None => Cell::Empty,
            Some(one) if one.qualifier.is_exact() => Cell::Number(one.value),
            Some(one) => Cell::Text(one.written_in_full(self.language)),
        }
    }
}

/// A figure of several clusters; the fill is of those that give both areas.
fn sum_cell(column: &str, unit: &str, of: &[&Cluster<'_>]) -> Cell {
    let sum = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, std::ops::Add::add);
    let area = |of_area: fn(&AreaStatement) -> Option<Quantity>| {
        Cell::Number(sum(&mut of.iter().filter_map(|one| one.value(of_area))))
    };
    match column {
        "unit" => Cell::Text(unit.to_owned()),
        "clusters" => Cell::Number(of.len() as f64),
        "total_ha" => area(|area| area.total_ha),
        "industrial_ha" => area(|area| area.industrial_ha),
        "leased_ha" => area(|area| area.leased_ha),
        "computed_percent" => {
            let both = of
                .iter()
                .filter_map(|one| one.value(|area| area.leased_ha).zip(one.value(|area| area.industrial_ha)));
            let (leased, industrial) = both.fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
            if industrial > 0.0 { Cell::Number(leased / industrial * 100.0) } else { Cell::Empty }
        }
        "projects" => Cell::Number(of.iter().map(|one| one.standing().count()).sum::<usize>() as f64),
        "capital_billion_vnd" => {
            Cell::Number(sum(&mut of.iter().map(|one| one.capital_vnd())) / VND_PER_BILLION)
        }
        _ => Cell::Empty,
    }
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}
