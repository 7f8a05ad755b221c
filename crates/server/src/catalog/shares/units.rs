//! Zones by two versions of the units.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use planning::{UnitArea, UnitChange};

use super::super::Catalog;
use super::{bbox, zone};
use crate::wire::{ContestedPlace, UnitChanges, UnitMove, UnitName, UnitVersion, ZoneUnit, ZoneUnits};

/// The zones of which there is something to say; `None` where a collection is gone.
pub(crate) fn unit_changes(
    catalog: &Catalog,
    [older, newer]: [&str; 2],
    changes: &[UnitChange],
) -> Option<UnitChanges> {
    let told = |change: &&UnitChange| {
        let several = change.after.iter().filter(|unit| !unit.narrow).count() > 1;
        change.changed || several || !change.contested.is_empty()
    };
    Some(UnitChanges {
        older: version(catalog, older)?,
        newer: version(catalog, newer)?,
        zones_measured: changes.len(),
        zones: changes.iter().filter(told).map(|change| zone_units(catalog, change)).collect(),
        units: moves(changes),
    })
}

fn version(catalog: &Catalog, id: &str) -> Option<UnitVersion> {
    let served = catalog.layer(id)?;
    let info = &served.info;
    Some(UnitVersion {
        collection: info.id.clone(),
        title: (&info.title).into(),
        source: (&info.source).into(),
        valid_from: info.valid_from.clone().or_else(|| info.as_of.clone()),
        units: served.layer.features.len(),
    })
}

fn zone_units(catalog: &Catalog, change: &UnitChange) -> ZoneUnits {
    let units = |areas: &[UnitArea]| -> Vec<ZoneUnit> {
        let unit = |one: &UnitArea| ZoneUnit {
            code: one.code.clone(),
            name: one.name.clone(),
            area_ha: one.area_m2 / 10_000.0,
            narrow: one.narrow,
        };
        areas.iter().map(unit).collect()
    };
    let place = |(area_m2, units): &(f64, Vec<(String, String)>)| ContestedPlace {
        area_ha: area_m2 / 10_000.0,
        claimants: units.iter().map(name).collect(),
    };
    ZoneUnits {
        zone: zone(&change.zone),
        collection: change.collection.clone(),
        bbox: bbox(catalog, &change.collection, change.position),
        crs: change.crs.clone(),
        area_ha: change.area_m2 / 10_000.0,
        changed: change.changed,
        before: units(&change.before),
        after: units(&change.after),
        contested: change.contested.iter().map(place).collect(),
    }
}

fn name((code, name): &(String, String)) -> UnitName {
    UnitName { code: code.clone(), name: name.clone() }
}

/// What became of units, as far as zones lie in them: land of the outermost zones.
fn moves(changes: &[UnitChange]) -> Vec<UnitMove> {
    let ids: HashSet<(&str, &str)> =
        changes.iter().map(|change| (change.collection.as_str(), change.zone.id.as_str())).collect();
    let mut sums: BTreeMap<(UnitName, UnitName), (BTreeSet<&str>, f64)> = BTreeMap::new();
    for change in changes {
        let holder = change.parent.as_deref().map(|parent| (change.collection.as_str(), parent));
        if holder.is_some_and(|holder| ids.contains(&holder)) {
            continue;
        }
        for one in &change.transitions {
            let sum = sums.entry((name(&one.from), name(&one.to))).or_default();
            sum.0.insert(&change.zone.id);
            sum.1 += one.area_m2;
        }
    }
    let one = |((from, to), (zones, area_m2)): ((UnitName, UnitName), (BTreeSet<&str>, f64))| UnitMove {
        from,
        to,
        zones: zones.len(),
        area_ha: area_m2 / 10_000.0,
    };
    sums.into_iter().map(one).collect()
}
