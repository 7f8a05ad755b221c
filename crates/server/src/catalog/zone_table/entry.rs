//! A zone on its way into the table.

use std::collections::HashMap;

use planning::{Quantity, Register, UnitLevel, Zone, ZoneRecord, search_key};
use serde_json::Value;
use spatial::{Crs, Feature};

use super::super::Served;
use super::super::register::{fill, quantity};
use super::facts::Facts;
use crate::wire;

/// A row with what filters and sums need besides.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) row: wire::ZoneRow,
    /// Where its boundary is: position in the collection, and the CRS in which it was measured.
    pub(super) place: Option<(usize, Option<Crs>)>,
    /// Position of the zone that holds it.
    pub(super) parent: Option<usize>,
    /// Everything by which text finds it, as search keys.
    pub(super) words: String,
}

impl Entry {
    /// A zone with a boundary.
    pub(super) fn of_feature(facts: &Facts<'_>, served: &Served, i: usize, feature: &Feature) -> Self {
        let zone = Zone::read(feature);
        let summary = facts.summary(&zone.id);
        let area_ha = summary.map(|summary| summary.area_m2 / 10_000.0);
        let found = facts.found(&zone.id);
        let text = |name: &str| feature.properties.get(name).and_then(Value::as_str).map(str::to_owned);
        let row = wire::ZoneRow {
            collection: Some(served.info.id.clone()),
            records: Vec::new(),
            name: zone.name,
            kind: zone.kind.map(|kind| kind.code().to_owned()),
            state: zone.state.map(|state| state.code().to_owned()),
            province: zone.province,
            parent: zone.parent,
            communes: facts.communes(summary, &zone.communes),
            declared_ha: zone.declared_area_ha.map(|ha| quantity(Quantity::exactly(ha))),
            area_ha,
            difference_percent: zone
                .declared_area_ha
                .zip(area_ha)
                .map(|(stated, ha)| (ha - stated) / stated * 100.0),
            as_of: None,
            industrial_ha: None,
            leased_ha: None,
            free_ha: None,
            fill: wire::RegisterFill::default(),
            findings: found.counts,
            rules: found.rules.into_iter().collect(),
            conflict_ha: found.conflict_ha,
            decision: text("decision"),
            decided_on: text("decided_on"),
            distance_m: None,
            bbox: served.bbox(i),
            id: zone.id,
        };
        let crs = summary.map(|summary| summary.crs.clone());
        let mut entry = Self { place: Some((i, crs)), parent: None, words: String::new(), row };
        entry.index(&[]);
        entry
    }

    /// A zone that a register alone knows.
    pub(super) fn of_record(register: &Register, zone: &ZoneRecord) -> Self {
        let state = zone.state_on(None);
        let communes = zone.units.iter().filter(|unit| unit.level == UnitLevel::Commune);
        let row = wire::ZoneRow {
            id: zone.id.clone(),
            collection: None,
            records: Vec::new(),
            name: zone.name.clone(),
            kind: Some(zone.kind.code().to_owned()),
            state: state.map(|entry| entry.state.code().to_owned()),
            province: zone.province.clone(),
            parent: zone.parent.clone(),
            communes: communes
                .map(|unit| wire::ZoneCommune {
                    code: unit.code.clone().unwrap_or_else(|| unit.name.clone()),
                    name: unit.name.clone(),
                })
                .collect(),
            declared_ha: None,
            area_ha: None,
            difference_percent: None,
            as_of: None,
            industrial_ha: None,
            leased_ha: None,
            free_ha: None,
            fill: wire::RegisterFill::default(),
            findings: wire::Counts::default(),
            rules: Vec::new(),
            conflict_ha: 0.0,
            decision: state.and_then(|entry| entry.decision.clone()),
            decided_on: state.and_then(|entry| entry.decided).map(|day| day.to_string()),
            distance_m: None,
            bbox: None,
        };
        let mut entry = Self { row, place: None, parent: None, words: String::new() };
        entry.take(register, zone);
        entry
    }

    /// Takes over what a register says; of several the one with the newest areas.
    pub(super) fn take(&mut self, register: &Register, zone: &ZoneRecord) {
        let area = zone.area_on(None);
        let as_of = area.map(|area| area.as_of.to_string());
        let reference = wire::ZoneRecordRef { register: register.id.clone(), id: zone.id.clone() };
        let row = &mut self.row;
        // Days of one century compare as texts.
        let is_newer = row.records.is_empty() || as_of > row.as_of;
        if is_newer {
            row.records.insert(0, reference);
            row.industrial_ha = area.and_then(|area| area.industrial_ha).map(quantity);
            row.leased_ha = area.and_then(|area| area.leased_ha).map(quantity);
            let both = row.industrial_ha.as_ref().zip(row.leased_ha.as_ref());
            row.free_ha = both.map(|(industrial, leased)| (industrial.value - leased.value).max(0.0));
            row.fill = fill(zone, area);
            row.as_of = as_of;
        } else {
            row.records.push(reference);
        }
        let total = area.and_then(|area| area.total_ha);
        if row.declared_ha.is_none()
            && let Some(total) = total
        {
            row.declared_ha = Some(quantity(total));
            row.difference_percent = row.area_ha.map(|ha| (ha - total.value) / total.value * 100.0);
        }
        row.state =
            row.state.take().or_else(|| zone.state_on(None).map(|entry| entry.state.code().to_owned()));
        row.province = row.province.take().or_else(|| zone.province.clone());
        self.index(&zone.names().collect::<Vec<_>>());
    }

    /// Makes it found by what its row says, and by more names.
    fn index(&mut self, names: &[&str]) {
        let row = &self.row;
        let communes = row.communes.iter().map(|commune| commune.name.as_str());
        let own = [Some(row.name.as_str()), Some(&row.id), row.decision.as_deref(), row.province.as_deref()];
        let texts = own.into_iter().flatten().chain(communes).chain(names.iter().copied());
        self.words = texts.map(search_key).collect::<Vec<_>>().join("\n");
    }
}

/// Finds the zone that holds each: of the same collection, else of the same register.
pub(super) fn link_parents(entries: &mut [Entry]) {
    let mut positions: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, Entry { row, .. }) in entries.iter().enumerate() {
        if let Some(collection) = &row.collection {
            positions.insert((collection, &row.id), at);
        }
        for record in &row.records {
            positions.entry((&record.register, &record.id)).or_insert(at);
        }
    }
    let parent = |Entry { row, .. }: &Entry| {
        let id = row.parent.as_deref()?;
        let mut places = row.collection.iter().chain(row.records.iter().map(|record| &record.register));
        places.find_map(|place| positions.get(&(place.as_str(), id)).copied())
    };
    let parents: Vec<Option<usize>> = entries.iter().map(parent).collect();
    entries.iter_mut().zip(parents).for_each(|(entry, parent)| entry.parent = parent);
}
