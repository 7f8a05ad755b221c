//! Which zones change their commune when communes do.

use std::collections::{BTreeMap, BTreeSet};

use super::ZoneShare;
use crate::register::{commune_key, full_name};
use crate::{Collection, ZoneRef};

/// A place that several features of one layer cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Contested {
    /// Planar area, counted once, m².
    pub area_m2: f64,
    /// Positions of the features in the layer.
    pub claimants: Vec<usize>,
}

/// Land of a zone in a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitArea {
    /// Code of the unit.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Whether it is narrower on average than the maps show: a difference of drawing.
    pub narrow: bool,
}

/// What was of one unit and is of another.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitTransition {
    /// Code and name before.
    pub from: (String, String),
    /// Code and name after.
    pub to: (String, String),
    /// Planar area, m².
    pub area_m2: f64,
}

/// A zone with its units before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitChange {
    /// The zone.
    pub zone: ZoneRef,
    /// Its collection.
    pub collection: String,
    /// Its position there.
    pub position: usize,
    /// Identifier of the zone that holds it.
    pub parent: Option<String>,
    /// CRS of the figures.
    pub crs: String,
    /// Planar area, m².
    pub area_m2: f64,
    /// Units before, the largest first.
    pub before: Vec<UnitArea>,
    /// Units after, the largest first.
    pub after: Vec<UnitArea>,
    /// What goes from which to which, those that stay included.
    pub transitions: Vec<UnitTransition>,
    /// Whether code or name of any unit that matters differs.
    pub changed: bool,
    /// Places that several units claim after: area, m², with codes and names.
    pub contested: Vec<(f64, Vec<(String, String)>)>,
}

/// The units of zones by two versions, of which `older` was measured with the communes of the newer.
pub fn unit_changes(
    (older, before): (&Collection, &[ZoneShare]),
    (newer, after): (&Collection, &[ZoneShare]),
) -> Vec<UnitChange> {
    let names: BTreeMap<String, String> =
        (0..newer.layer.features.len()).map(|at| named(newer, at)).collect();
    let by_zone: BTreeMap<(&str, usize), &ZoneShare> =
        after.iter().map(|share| ((share.collection.as_str(), share.position), share)).collect();
    let change = |old: &ZoneShare| {
        let new = by_zone.get(&(old.collection.as_str(), old.position))?;
        let (before, after) = (areas(older, old), areas(newer, new));
        let place =
            |one: &Contested| (one.area_m2, one.claimants.iter().map(|at| named(newer, *at)).collect());
        let contested = new.contested.iter().map(place).collect();
        Some(UnitChange {
            zone: old.zone.clone(),
            collection: old.collection.clone(),
            position: old.position,
            parent: old.parent.clone(),
            crs: old.crs.name().to_owned(),
            area_m2: old.area_m2,
            changed: those(&before) != those(&after),
            transitions: transitions(older, old, &names),
            before,
            after,
            contested,
        })
    };
    before.iter().filter_map(change).collect()
}

/// Code and name of a unit.
fn named(units: &Collection, at: usize) -> (String, String) {
    let feature = &units.layer.features[at];
    let code = commune_key(feature);
    let name = full_name(feature).unwrap_or_else(|| code.clone());
    (code, name)
}

fn areas(units: &Collection, share: &ZoneShare) -> Vec<UnitArea> {
    let mut areas: BTreeMap<(String, String), (f64, bool)> = BTreeMap::new();
    for part in &share.parts {
        let area = areas.entry(named(units, part.position)).or_insert((0.0, true));
        area.0 += part.area_m2;
        area.1 &= part.narrow;
    }
    let area = |((code, name), (area_m2, narrow))| UnitArea { code, name, area_m2, narrow };
    let mut areas: Vec<UnitArea> = areas.into_iter().map(area).collect();
    areas.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    areas
}

/// The units that matter.
fn those(areas: &[UnitArea]) -> BTreeSet<(&str, &str)> {
    areas.iter().filter(|one| !one.narrow).map(|one| (one.code.as_str(), one.name.as_str())).collect()
}

fn transitions(
    older: &Collection,
    share: &ZoneShare,
    names: &BTreeMap<String, String>,
) -> Vec<UnitTransition> {
    let mut areas: BTreeMap<((String, String), &str), f64> = BTreeMap::new();
    for part in &share.parts {
        for (code, area_m2) in &part.by_commune {
            *areas.entry((named(older, part.position), code)).or_default() += area_m2;
        }
    }
    let name = |code: &str| names.get(code).cloned().unwrap_or_else(|| code.to_owned());
    let transition = |((from, code), area_m2): (((String, String), &str), f64)| UnitTransition {
        from,
        to: (code.to_owned(), name(code)),
        area_m2,
    };
    areas.into_iter().map(transition).collect()
}
