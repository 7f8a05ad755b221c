//! The zones of a check: what each says, the plane on which it is measured, and its family.

use std::collections::{BTreeMap, BTreeSet};

use spatial::{Crs, Feature, Layer};

use crate::{Collection, Provinces, Role, Zone};

/// A zone with its place among the collections and its working CRS.
#[derive(Clone, Debug)]
pub(crate) struct ZoneEntry {
    /// Position of its collection.
    pub(crate) collection: usize,
    /// Position in the collection's layer.
    pub(crate) position: usize,
    /// What it says of itself.
    pub(crate) zone: Zone,
    /// Its own scale, else the collection's.
    pub(crate) scale: Option<u32>,
    /// The plane on which it is measured.
    pub(crate) crs: Crs,
    /// Whether nothing but the place told the plane.
    pub(crate) crs_guessed: bool,
}

/// All zones, in the order of the collections.
pub(crate) fn zones(collections: &[Collection], provinces: &Provinces) -> Vec<ZoneEntry> {
    let mut entries = Vec::new();
    for (at, collection) in collections.iter().enumerate().filter(|(_, c)| c.info.role == Role::Zone) {
        for (position, feature) in collection.layer.features.iter().enumerate() {
            let zone = Zone::read(feature);
            let (crs, crs_guessed) = working_crs(&zone, feature, &collection.layer.crs, provinces);
            let scale = zone.scale.or(collection.info.scale);
            entries.push(ZoneEntry { collection: at, position, zone, scale, crs, crs_guessed });
        }
    }
    entries
}

/// The province's TM-3 zone where its name is clear; else the collection's own, if it is one; else a guess.
fn working_crs(zone: &Zone, feature: &Feature, own: &Crs, provinces: &Provinces) -> (Crs, bool) {
    let named = zone.province.iter().flat_map(|name| provinces.zones(name));
    let province: Vec<Crs> = named.filter_map(|epsg| Crs::from_epsg(epsg).ok()).collect();
    if let [crs] = province.as_slice() {
        return (crs.clone(), false);
    }
    if own.tm3_meridian().is_some() {
        return (own.clone(), false);
    }
    let alone = Layer { crs: own.clone(), features: vec![feature.clone()] };
    // An unusable CRS of the layer comes back here as its own working CRS and is reported when it is prepared.
    spatial::crs::working(&[&alone], None, &province)
        .map_or_else(|_| (own.clone(), true), |(crs, _)| (crs, true))
}

/// Who is whose parent. Zones are known by id, so a parent may stand in another collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Families {
    parents: BTreeMap<String, BTreeSet<String>>,
}

impl Families {
    pub(super) fn of(zones: &[ZoneEntry]) -> Self {
        let mut families = Self::default();
        for ZoneEntry { zone, .. } in zones {
            if let Some(parent) = &zone.parent {
                families.parents.entry(zone.id.clone()).or_default().insert(parent.clone());
            }
        }
        families
    }

    /// Whether one holds the other by the register, at any depth.
    pub(super) fn related(&self, a: &str, b: &str) -> bool {
        self.ancestors(a).contains(b) || self.ancestors(b).contains(a)
    }

    /// All ancestors; a zone met twice ends the walk, so that a circle of parents does.
    fn ancestors(&self, id: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![id];
        while let Some(child) = open.pop() {
            for parent in self.parents.get(child).into_iter().flatten() {
                if found.insert(parent.as_str()) {
                    open.push(parent);
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Families;

    fn families(pairs: &[(&str, &str)]) -> Families {
        let mut families = Families::default();
        for (child, parent) in pairs {
            families.parents.entry((*child).into()).or_default().insert((*parent).into());
        }
        families
    }

    #[test]
    fn ancestors_are_found_at_any_depth_and_siblings_are_not() {
        let families = families(&[("park", "area"), ("area", "economic"), ("other", "economic")]);
        assert!(families.related("park", "economic") && families.related("economic", "park"));
        assert!(families.related("park", "area"));
        assert!(!families.related("park", "other") && !families.related("park", "nobody"));
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let families = families(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")]);
        assert!(families.related("a", "c") && !families.related("a", "d"));
    }
}
