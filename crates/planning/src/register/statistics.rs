//! Answers per province and for the country: how many zones, planned against established, areas, fill.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Aggregate, AreaStatement, Counted, ListLevel, PartialDate, Quantity, Register, ZoneRecord};
use crate::{Text, ZoneKind, ZoneState};

/// An area summed over zones, with how many of them gave it. Unrounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct AreaSum {
    /// The sum, ha.
    pub ha: f64,
    /// Zones that gave a figure.
    pub zones: usize,
    /// Zones of which no figure is known: the sum lacks them.
    pub unknown: usize,
    /// Whether one of the figures is approximate.
    pub approximate: bool,
}

/// Zones counted and summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    /// How many.
    pub zones: usize,
    /// Whole area.
    pub total: AreaSum,
    /// Industrial land.
    pub industrial: AreaSum,
    /// Leased industrial land.
    pub leased: AreaSum,
    /// Leased land of the zones that give both, ha.
    pub fill_leased_ha: f64,
    /// Industrial land of the zones that give both, ha.
    pub fill_industrial_ha: f64,
}

/// A total without names that a document states: shown beside what is counted, never added to it, because nobody
/// knows which named zones are in it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportedTotal {
    /// Identifier of the register.
    pub register: String,
    /// Identifier of the total in it.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Day at which it held.
    pub as_of: PartialDate,
    /// Whether it counts zones of a list; else zones in a state, or any.
    pub planned: bool,
    /// Whether it counts established zones.
    pub established: bool,
    /// How many.
    pub count: Option<Quantity>,
    /// Whole area, ha.
    pub total_ha: Option<Quantity>,
    /// Industrial land, ha.
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<Quantity>,
    /// Fill rate as stated, %.
    pub stated_fill_percent: Option<Quantity>,
    /// Fill rate computed from the areas, %.
    pub computed_fill_percent: Option<f64>,
}

/// Zones of one kind in one province, or in the whole country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindStatistics {
    /// The province as it was on the day; `None` for the whole country.
    pub province: Option<String>,
    /// The kind.
    pub kind: ZoneKind,
    /// Zones on record, whatever their state.
    pub zones: usize,
    /// Zones in a plan, those that are established included.
    pub planned: Tally,
    /// Zones that are established.
    pub established: Tally,
    /// Zones that were revoked or converted.
    pub given_up: usize,
    /// What documents state as totals.
    pub reported: Vec<ReportedTotal>,
}

/// Established against planned, %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EstablishedShare {
    /// By number.
    pub count_percent: Option<f64>,
    /// By whole area.
    pub area_percent: Option<f64>,
}

/// Answers of all registers on a day: the country first, then the provinces by name, each by kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Statistics {
    /// The day; without one, the newest figures.
    pub date: Option<PartialDate>,
    /// One line a province and kind.
    pub lines: Vec<KindStatistics>,
}

/// States in which a zone counts as established.
const ESTABLISHED: [ZoneState; 5] = [
    ZoneState::Established,
    ZoneState::UnderConstruction,
    ZoneState::Operating,
    ZoneState::Expanded,
    ZoneState::Adjusted,
];

/// States in which a zone counts no longer.
const GIVEN_UP: [ZoneState; 2] = [ZoneState::Revoked, ZoneState::Converted];

/// Sums up registers on a day. A zone is grouped by the province that was valid on that day: Hà Giang by itself until
/// 30 June 2025, with Tuyên Quang since.
pub fn statistics<'a>(
    registers: impl IntoIterator<Item = &'a Register>,
    date: Option<PartialDate>,
) -> Statistics {
    let mut lines: BTreeMap<(Option<String>, ZoneKind), KindStatistics> = BTreeMap::new();
    let mut line = |province: Option<String>, kind: ZoneKind, change: &dyn Fn(&mut KindStatistics)| {
        let entry = lines.entry((province.clone(), kind));
        change(entry.or_insert_with(|| KindStatistics::empty(province, kind)));
    };
    for register in registers {
        for zone in &register.zones {
            let province = zone.province.as_deref().map(|name| province_on(name, date));
            if let Some(province) = province {
                line(Some(province), zone.kind, &|line| line.count(register, zone, date));
            }
            line(None, zone.kind, &|line| line.count(register, zone, date));
        }
        let known = |one: &&Aggregate| date.is_none_or(|day| one.as_of.first_day() <= day.last_day());
        for total in register.aggregates.iter().filter(|one| one.of == Counted::Zones).filter(known) {
            if let Some(kind) = total.kind {
                let province = total.province.as_deref().map(|name| province_on(name, date));
                line(province, kind, &|line| line.reported.push(reported(register, total)));
            }
        }
    }
    Statistics { date, lines: lines.into_values().collect() }
}

/// The name of a province on a day: that of 2025 since the day from which the pack counts by it.
fn province_on(name: &str, date: Option<PartialDate>) -> String {
    let changed = crate::pack().ok().and_then(|pack| pack.rules.adm_05.as_ref()).map(|rule| rule.changed_on);
    let row = crate::provinces().ok().and_then(|provinces| provinces.former(name));
    match (row, date.zip(changed)) {
        (None, _) => name.to_owned(),
        (Some(row), Some((date, changed))) if date.last_day() < changed => row.province.clone(),
        (Some(row), _) => row.province_2025.clone(),
    }
}

fn reported(register: &Register, total: &Aggregate) -> ReportedTotal {
    let area = total.area.as_ref();
    ReportedTotal {
        register: register.id.clone(),
        id: total.id.clone(),
        title: total.title.clone(),
        as_of: total.as_of,
        planned: total.list.is_some() || total.state == Some(ZoneState::InPlan),
        established: total.state.is_some_and(|state| ESTABLISHED.contains(&state)),
        count: total.count,
        total_ha: area.and_then(|area| area.total_ha),
        industrial_ha: area.and_then(|area| area.industrial_ha),
        leased_ha: area.and_then(|area| area.leased_ha),
        stated_fill_percent: total.fill.as_ref().map(|fill| fill.stated_percent),
        computed_fill_percent: area.and_then(AreaStatement::fill).map(|fill| fill.percent()),
    }
}

impl KindStatistics {
    fn empty(province: Option<String>, kind: ZoneKind) -> Self {
        let (planned, established) = (Tally::default(), Tally::default());
        Self { province, kind, zones: 0, planned, established, given_up: 0, reported: Vec::new() }
    }

    fn count(&mut self, register: &Register, zone: &ZoneRecord, date: Option<PartialDate>) {
        let state = zone.state_on(date).map(|entry| entry.state);
        self.zones += 1;
        if state.is_some_and(|state| GIVEN_UP.contains(&state)) {
            self.given_up += 1;
            return;
        }
        let area = zone.area_on(date);
        let lists = zone.listings.iter().filter_map(|listing| register.list(&listing.list));
        let listed = lists.into_iter().any(|list| list.level != ListLevel::AnnualLandUse);
        if listed || state == Some(ZoneState::InPlan) {
            self.planned.add(area);
        }
        if state.is_some_and(|state| ESTABLISHED.contains(&state)) {
            self.established.add(area);
        }
    }

    /// Established against planned zones: of those on record where there are planned ones, else of the totals that
    /// documents state.
    pub fn established_share(&self) -> EstablishedShare {
        if self.planned.zones > 0 {
            let count = |tally: &Tally| Some(Quantity::exactly(tally.zones as f64));
            let area = |tally: &Tally| (tally.total.unknown == 0).then(|| Quantity::exactly(tally.total.ha));
            return EstablishedShare {
                count_percent: percent(count(&self.established), count(&self.planned)),
                area_percent: percent(area(&self.established), area(&self.planned)),
            };
        }
        let newest = |wanted: fn(&ReportedTotal) -> bool| {
            self.reported.iter().filter(|total| wanted(total)).max_by_key(|total| total.as_of)
        };
        let established = newest(|total| total.established);
        let planned = newest(|total| total.planned && !total.established);
        let share = |figure: fn(&ReportedTotal) -> Option<Quantity>| {
            percent(established.and_then(figure), planned.and_then(figure))
        };
        EstablishedShare {
            count_percent: share(|total| total.count),
            area_percent: share(|total| total.total_ha),
        }
    }
}

fn percent(part: Option<Quantity>, whole: Option<Quantity>) -> Option<f64> {
    let whole = whole.filter(|whole| whole.value > 0.0)?;
    Some(part?.value / whole.value * 100.0)
}

impl Tally {
    fn add(&mut self, area: Option<&AreaStatement>) {
        self.zones += 1;
        self.total.add(area.and_then(|area| area.total_ha));
        self.industrial.add(area.and_then(|area| area.industrial_ha));
        self.leased.add(area.and_then(|area| area.leased_ha));
        if let Some(fill) = area.and_then(AreaStatement::fill) {
            self.fill_leased_ha += fill.numerator_ha.value;
            self.fill_industrial_ha += fill.denominator_ha.value;
        }
    }

    /// Leased ÷ industrial land of the zones that give both, %; `None` where none does.
    pub fn fill_percent(&self) -> Option<f64> {
        (self.fill_industrial_ha > 0.0).then(|| self.fill_leased_ha / self.fill_industrial_ha * 100.0)
    }
}

impl AreaSum {
    fn add(&mut self, area: Option<Quantity>) {
        match area {
            None => self.unknown += 1,
            Some(area) => {
                self.ha += area.value;
                self.zones += 1;
                self.approximate |= !area.is_exact();
            }
        }
    }
}
