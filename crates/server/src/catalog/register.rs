//! Registers from planning's terms to the wire's.

use std::collections::HashMap;

use planning::{
    AreaStatement, FillFormula, KindStatistics, Register, Role, Tally, ZoneRecord, feature_id, search_key,
};
use serde::Serialize;
use serde_json::Value;

use super::Catalog;
use crate::wire::{self, Text};

impl Catalog {
    /// The register of an identifier.
    pub(crate) fn register(&self, id: &str) -> Option<&Register> {
        self.registers.iter().map(AsRef::as_ref).find(|register| register.id == id)
    }

    /// A zone with its newest figures.
    pub(crate) fn register_zone(
        &self,
        register: &Register,
        zone: &ZoneRecord,
        boundaries: &Boundaries,
    ) -> wire::RegisterZone {
        let (state, area) = (zone.state_on(None), zone.area_on(None));
        let lists = zone.listings.iter().filter_map(|listing| register.list(&listing.list));
        wire::RegisterZone {
            register: register.id.clone(),
            id: zone.id.clone(),
            feature: boundaries.of(zone),
            name: zone.name.clone(),
            kind: zone.kind.code().to_owned(),
            province: zone.province.clone(),
            state: state.map(|entry| entry.state.code().to_owned()),
            state_as_of: state.map(|entry| entry.as_of.to_string()),
            lists: lists
                .map(|list| wire::RegisterList {
                    id: list.id.clone(),
                    level: word(&list.level),
                    title: Text::from(&list.title),
                    period: list.period.map(|period| period.written()),
                })
                .collect(),
            area_as_of: area.map(|area| area.as_of.to_string()),
            total_ha: area.and_then(|area| area.total_ha).map(quantity),
            industrial_ha: area.and_then(|area| area.industrial_ha).map(quantity),
            leased_ha: area.and_then(|area| area.leased_ha).map(quantity),
            fill: fill(zone, area),
        }
    }

    /// The boundaries of zones, ready to be found.
    pub(crate) fn boundaries(&self) -> Boundaries {
        let mut boundaries = Boundaries::default();
        for served in self.of_role(Role::Zone) {
            for feature in &served.layer.features {
                let found = wire::RegisterFeature {
                    collection: served.info.id.clone(),
                    id: feature_id(feature, Role::Zone),
                };
                if let Some(name) = feature.properties.get("name").and_then(Value::as_str) {
                    boundaries.by_name.entry(search_key(name)).or_insert_with(|| found.clone());
                }
                boundaries.by_id.entry(found.id.clone()).or_insert(found);
            }
        }
        boundaries
    }
}

/// The features that are boundaries of zones, by identifier and by name, whatever its marks; of equal ones the first.
#[derive(Debug, Default)]
pub(crate) struct Boundaries {
    by_id: HashMap<String, wire::RegisterFeature>,
    by_name: HashMap<String, wire::RegisterFeature>,
}

impl Boundaries {
    /// The boundary of a zone: by identifier, else by one of its names.
    pub(crate) fn of(&self, zone: &ZoneRecord) -> Option<wire::RegisterFeature> {
        let by_name = || zone.names().find_map(|name| self.by_name.get(&search_key(name)));
        self.by_id.get(zone.feature_id()).or_else(by_name).cloned()
    }
}

/// What is stated and computed of the fill.
pub(super) fn fill(zone: &ZoneRecord, area: Option<&AreaStatement>) -> wire::RegisterFill {
    let (stated, computed) = (zone.fill_on(None), area.and_then(AreaStatement::fill));
    wire::RegisterFill {
        stated_percent: stated.map(|fill| quantity(fill.stated_percent)),
        stated_as_of: stated.map(|fill| fill.as_of.to_string()),
        computed_percent: computed.map(|fill| fill.percent()),
        numerator_ha: computed.map(|fill| quantity(fill.numerator_ha)),
        denominator_ha: computed.map(|fill| quantity(fill.denominator_ha)),
        formula: computed.map(|fill| word::<FillFormula>(&fill.formula)),
    }
}

pub(crate) fn quantity(quantity: planning::Quantity) -> wire::Quantity {
    wire::Quantity { value: quantity.value, qualifier: word(&quantity.qualifier) }
}

/// The word that files use for a value.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The documents of a register.
pub(crate) fn documents(register: &Register) -> impl Iterator<Item = wire::RegisterDocument> {
    register.documents.iter().map(|document| {
        let day = |date: Option<planning::PartialDate>| date.map(|date| date.to_string());
        wire::RegisterDocument {
            register: register.id.clone(),
            id: document.id.clone(),
            kind: word(&document.kind),
            title: document.title.clone(),
            number: document.number.clone(),
            body: document.body.clone(),
            file: document.file.clone(),
            as_of: day(document.as_of),
            decided: day(document.decided),
            published: day(document.published),
            valid_from: day(document.valid_from),
            valid_to: day(document.valid_to),
            remark: document.remark.clone(),
        }
    })
}

/// A line of the statistics.
pub(crate) fn statistics_line(line: &KindStatistics) -> wire::StatisticsLine {
    let share = line.established_share();
    wire::StatisticsLine {
        province: line.province.clone(),
        kind: line.kind.code().to_owned(),
        zones: line.zones,
        planned: tally(&line.planned),
        established: tally(&line.established),
        given_up: line.given_up,
        established_count_percent: share.count_percent,
        established_area_percent: share.area_percent,
        reported: line.reported.iter().map(reported).collect(),
    }
}

fn tally(tally: &Tally) -> wire::ZoneTally {
    let sum = |sum: planning::AreaSum| wire::AreaSum {
        ha: sum.ha,
        zones: sum.zones,
        unknown: sum.unknown,
        approximate: sum.approximate,
    };
    wire::ZoneTally {
        zones: tally.zones,
        total: sum(tally.total),
        industrial: sum(tally.industrial),
        leased: sum(tally.leased),
        fill_percent: tally.fill_percent(),
    }
}

fn reported(total: &planning::ReportedTotal) -> wire::ReportedTotal {
    wire::ReportedTotal {
        register: total.register.clone(),
        id: total.id.clone(),
        title: Text::from(&total.title),
        as_of: total.as_of.to_string(),
        count: total.count.map(quantity),
        total_ha: total.total_ha.map(quantity),
        industrial_ha: total.industrial_ha.map(quantity),
        leased_ha: total.leased_ha.map(quantity),
        stated_fill_percent: total.stated_fill_percent.map(quantity),
        computed_fill_percent: total.computed_fill_percent,
    }
}
