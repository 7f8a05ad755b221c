//! Land of a layer in zones.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use planning::{Role, SharePart, ZoneRecord, ZoneShare, commune_code, feature_id, parcel_codes};
use project::LandRequest;
use serde_json::Value;
use spatial::Feature;

use super::super::register::quantity;
use super::super::{Catalog, LayerRole, Served};
use super::{bbox, zone};
use crate::wire::{LandClearance, LandInCommune, LandInZone, LandInZones, LandOfCode, LandPart};

/// Zones in which something lies; `None` where a zone is asked for that there is not.
pub(crate) fn land_in_zones(
    catalog: &Catalog,
    request: &LandRequest<'_>,
    only: Option<&str>,
    shares: &[ZoneShare],
) -> Option<LandInZones> {
    let served = catalog.layer(&request.layer)?;
    let asked = |share: &&ZoneShare| only.is_none_or(|only| share.zone.id == only);
    let wanted: Vec<&ZoneShare> = shares.iter().filter(asked).collect();
    if only.is_some() && wanted.is_empty() {
        return None;
    }
    let there = Land { catalog, served, names: commune_names(catalog) };
    let told = |share: &&&ZoneShare| only.is_some() || !share.parts.is_empty();
    let mut zones: Vec<LandInZone> =
        wanted.iter().filter(told).map(|share| there.zone(share, only.is_some())).collect();
    zones.sort_by(|a, b| b.on_ha.total_cmp(&a.on_ha));
    let ids: HashSet<(&str, &str)> =
        wanted.iter().map(|share| (share.collection.as_str(), share.zone.id.as_str())).collect();
    let is_outermost = |share: &&&ZoneShare| {
        share.parent.as_deref().is_none_or(|parent| !ids.contains(&(share.collection.as_str(), parent)))
    };
    let outermost: Vec<&ZoneShare> = wanted.iter().filter(is_outermost).copied().collect();
    let parts = || outermost.iter().flat_map(|share| &share.parts);
    let features: BTreeSet<usize> =
        wanted.iter().flat_map(|one| &one.parts).map(|part| part.position).collect();
    Some(LandInZones {
        layer: request.layer.clone(),
        title: (&served.info.title).into(),
        as_of: served.info.as_of.clone(),
        codes: request.codes.clone(),
        zones,
        zones_measured: wanted.len(),
        features: features.len(),
        on_ha: outermost.iter().map(|share| share.covered_m2).fold(0.0, std::ops::Add::add) / 10_000.0,
        by_commune: there.by_commune(parts()),
        by_code: there.by_code(parts()),
    })
}

struct Land<'a> {
    catalog: &'a Catalog,
    served: &'a Served,
    names: HashMap<String, String>,
}

impl Land<'_> {
    fn zone(&self, share: &ZoneShare, with_parts: bool) -> LandInZone {
        let parts = share.parts.iter();
        LandInZone {
            zone: zone(&share.zone),
            collection: share.collection.clone(),
            parent: share.parent.clone(),
            bbox: bbox(self.catalog, &share.collection, share.position),
            crs: share.crs.name().to_owned(),
            crs_guessed: share.crs_guessed,
            area_ha: share.area_m2 / 10_000.0,
            on_ha: share.covered_m2 / 10_000.0,
            features: share.parts.len(),
            narrow: parts.clone().filter(|part| part.narrow).count(),
            by_commune: self.by_commune(parts.clone()),
            by_code: self.by_code(parts.clone()),
            parts: if with_parts { parts.map(|part| self.part(part)).collect() } else { Vec::new() },
            clearance: self.clearance(&share.zone.id),
        }
    }

    fn feature(&self, part: &SharePart) -> Option<&Feature> {
        self.served.layer.features.get(part.position)
    }

    fn role(&self) -> Role {
        match self.served.role {
            LayerRole::Data(role) => role,
            LayerRole::Finding | LayerRole::Sliver => Role::Constraint,
        }
    }

    fn code(&self, part: &SharePart) -> Option<String> {
        let role = Some(self.role()).filter(|role| matches!(role, Role::LandUse | Role::LandUsePlan))?;
        Some(parcel_codes(self.feature(part)?, role).join("+")).filter(|code| !code.is_empty())
    }

    fn part(&self, part: &SharePart) -> LandPart {
        let feature = self.feature(part);
        let text = |name: &str| feature?.properties.get(name).and_then(Value::as_str).map(str::to_owned);
        LandPart {
            id: feature.map(|feature| feature_id(feature, self.role())).unwrap_or_default(),
            name: text("name"),
            code: self.code(part),
            area_m2: part.area_m2,
            narrow: part.narrow,
            bbox: self.served.bbox(part.position),
        }
    }

    fn by_commune<'p>(&self, parts: impl Iterator<Item = &'p SharePart>) -> Vec<LandInCommune> {
        let lines = parts.flat_map(|part| {
            part.by_commune.iter().map(|(code, area_m2)| (code.clone(), part.position, *area_m2))
        });
        let line = |(code, features, area_ha): (String, usize, f64)| LandInCommune {
            name: self.names.get(&code).unwrap_or(&code).clone(),
            code,
            features,
            area_ha,
        };
        summed(lines).into_iter().map(line).collect()
    }

    fn by_code<'p>(&self, parts: impl Iterator<Item = &'p SharePart>) -> Vec<LandOfCode> {
        let lines = parts.filter_map(|part| Some((self.code(part)?, part.position, part.area_m2)));
        summed(lines)
            .into_iter()
            .map(|(code, features, area_ha)| LandOfCode { code, features, area_ha })
            .collect()
    }

    /// The newest statement of a register on the zone.
    fn clearance(&self, zone: &str) -> Option<LandClearance> {
        let of = |register: &str, record: &ZoneRecord| {
            let stated = record.clearances.iter().max_by_key(|one| one.as_of)?;
            Some(LandClearance {
                register: register.to_owned(),
                as_of: stated.as_of.to_string(),
                cleared_ha: stated.cleared_ha.map(quantity),
                in_progress_ha: stated.in_progress_ha.map(quantity),
                households: stated.households.map(quantity),
                document: stated.source.document.clone(),
            })
        };
        let registers = self.catalog.registers.iter();
        let stated = registers.flat_map(|register| {
            let records = register.zones.iter().filter(|record| record.feature_id() == zone);
            records.filter_map(|record| of(&register.id, record))
        });
        stated.max_by(|a, b| a.as_of.cmp(&b.as_of))
    }
}

/// Number of features and hectares by a text, the largest first.
fn summed(lines: impl Iterator<Item = (String, usize, f64)>) -> Vec<(String, usize, f64)> {
    let mut sums: BTreeMap<String, (BTreeSet<usize>, f64)> = BTreeMap::new();
    for (key, position, area_m2) in lines {
        let sum = sums.entry(key).or_default();
        sum.0.insert(position);
        sum.1 += area_m2;
    }
    let mut sums: Vec<(String, usize, f64)> = sums
        .into_iter()
        .map(|(key, (features, area_m2))| (key, features.len(), area_m2 / 10_000.0))
        .collect();
    sums.sort_by(|a, b| b.2.total_cmp(&a.2));
    sums
}

fn commune_names(catalog: &Catalog) -> HashMap<String, String> {
    let units = catalog.of_role(Role::Admin).flat_map(|served| &served.layer.features);
    let name = |unit: &Feature| {
        let text = |name: &str| unit.properties.get(name).and_then(Value::as_str);
        Some((commune_code(text("code")?), text("fullName").or_else(|| text("name"))?.to_owned()))
    };
    units.filter_map(name).collect()
}
