//! Units before and after 1 July 2025, and which became which.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::name::UnitName;

/// How much of a former unit went into a present one. No source gives shares of area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// All of it.
    Full,
    /// A part of it.
    Partial,
}

/// A province or a commune of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Official code; leading zeros are kept.
    pub code: String,
    /// Name with the word for its kind.
    pub name: String,
    /// Code of the province; a province's own.
    pub province: String,
}

/// A commune before 1 July 2025.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerCommune {
    /// Official code.
    pub code: String,
    /// Name with the word for its kind.
    pub name: String,
    /// Code of its district; empty where the sources do not tell.
    pub district: String,
    /// Code of its province; empty where the sources do not tell.
    pub province: String,
}

/// A district before 1 July 2025.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerDistrict {
    /// Official code.
    pub code: String,
    /// Name with the word for its kind.
    pub name: String,
    /// Code of its province.
    pub province: String,
}

/// A former commune, or a part of it, that became part of a present one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Transfer {
    /// Code of the former commune.
    pub old: String,
    /// Code of the present commune.
    pub new: String,
    /// How much of the former one.
    pub extent: Extent,
}

/// A present commune that holds land of a former unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor<'a> {
    /// The present commune.
    pub unit: &'a Unit,
    /// Whether all of it comes from the former unit, as far as its parts are known.
    pub whole: bool,
    /// What came into it from the former unit.
    pub transfers: Vec<&'a Transfer>,
}

/// Units before and after 1 July 2025, and which became which. Made by [`UnitHistory::parse`] of files that the user
/// brings; none is shipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitHistory {
    /// Communes before, by code.
    pub(super) former_communes: BTreeMap<String, FormerCommune>,
    /// Districts, by code.
    pub(super) districts: BTreeMap<String, FormerDistrict>,
    /// Provinces before: names by code.
    pub(super) former_provinces: BTreeMap<String, String>,
    /// Communes now, by code.
    pub(super) communes: BTreeMap<String, Unit>,
    /// Provinces now, by code.
    pub(super) provinces: BTreeMap<String, Unit>,
    /// Codes of provinces before, with that of the province of today.
    pub(super) province_transfers: BTreeMap<String, String>,
    /// What became what, by former and present code.
    pub(super) transfers: Vec<Transfer>,
}

impl UnitHistory {
    /// How many communes there were, and are.
    pub fn commune_counts(&self) -> (usize, usize) {
        (self.former_communes.len(), self.communes.len())
    }

    /// How many districts there were.
    pub fn district_count(&self) -> usize {
        self.districts.len()
    }

    /// How many provinces there were with a successor, and are.
    pub fn province_counts(&self) -> (usize, usize) {
        (self.province_transfers.len(), self.provinces.len())
    }

    /// A commune of today.
    pub fn commune(&self, code: &str) -> Option<&Unit> {
        self.communes.get(code)
    }

    /// A commune of before.
    pub fn former_commune(&self, code: &str) -> Option<&FormerCommune> {
        self.former_communes.get(code)
    }

    /// The districts of a name: those that have it letter for letter, in whatever tone-mark style; else those that
    /// have it without marks. Several where a town and a district share a name and the word for the kind is missing.
    pub fn districts_named(&self, name: &str, province: Option<&str>) -> Vec<&FormerDistrict> {
        let province = province.map(UnitName::of);
        let within = |code: &str| {
            province.as_ref().is_none_or(|wanted| {
                let before = self.former_provinces.get(code);
                let today = self.province_transfers.get(code).and_then(|code| self.provinces.get(code));
                let names = before.into_iter().chain(today.map(|unit| &unit.name));
                names.map(|name| UnitName::of(name)).any(|name| name.plain == wanted.plain)
            })
        };
        let candidates: Vec<_> =
            self.districts.values().filter(|district| within(&district.province)).collect();
        named(name, &candidates, |district| &district.name)
    }

    /// The communes of today of a name, by the same comparison.
    pub fn communes_named(&self, name: &str, province: Option<&str>) -> Vec<&Unit> {
        let within = |unit: &&Unit| self.in_province(&unit.province, province);
        let candidates: Vec<_> = self.communes.values().filter(within).collect();
        named(name, &candidates, |unit| &unit.name)
    }

    /// The communes of before of a name, by the same comparison; only those of which something is known to have
    /// become of.
    pub fn former_communes_named(&self, name: &str, province: Option<&str>) -> Vec<&FormerCommune> {
        let within = |unit: &&FormerCommune| {
            self.in_former_province(&unit.province, province) && !self.transfers_of(&unit.code).is_empty()
        };
        let candidates: Vec<_> = self.former_communes.values().filter(within).collect();
        named(name, &candidates, |unit| &unit.name)
    }

    /// What became of a former commune.
    pub fn successors(&self, former: &str) -> Vec<Successor<'_>> {
        self.successors_of(|code| code == former)
    }

    /// What became of a district: the present communes that hold land of its communes.
    pub fn district_successors(&self, district: &str) -> Vec<Successor<'_>> {
        self.successors_of(|code| {
            self.former_communes.get(code).is_some_and(|unit| unit.district == district)
        })
    }

    pub(super) fn successors_of(&self, meant: impl Fn(&str) -> bool) -> Vec<Successor<'_>> {
        let mut by_new: BTreeMap<&str, (bool, Vec<&Transfer>)> = BTreeMap::new();
        for transfer in &self.transfers {
            let (whole, taken) = by_new.entry(&transfer.new).or_insert((true, Vec::new()));
            if meant(&transfer.old) {
                taken.push(transfer);
            } else {
                *whole = false;
            }
        }
        let found = by_new.into_iter().filter(|(_, (_, transfers))| !transfers.is_empty());
        found
            .filter_map(|(new, (whole, transfers))| {
                Some(Successor { unit: self.communes.get(new)?, whole, transfers })
            })
            .collect()
    }

    /// What became of a former commune, one line each present commune.
    pub fn transfers_of(&self, former: &str) -> &[Transfer] {
        let from = self.transfers.partition_point(|transfer| transfer.old.as_str() < former);
        let to = self.transfers.partition_point(|transfer| transfer.old.as_str() <= former);
        self.transfers.get(from..to).unwrap_or_default()
    }

    /// The province of today that a province of before became part of, by any of its names.
    pub fn province_today(&self, name: &str) -> Option<&Unit> {
        let wanted = UnitName::of(name);
        let before =
            self.former_provinces.iter().find(|(_, name)| UnitName::of(name).plain == wanted.plain)?;
        self.provinces.get(self.province_transfers.get(before.0)?)
    }

    fn in_province(&self, code: &str, province: Option<&str>) -> bool {
        let name = self.provinces.get(code).map(|unit| &unit.name);
        province.is_none_or(|wanted| {
            name.is_some_and(|name| UnitName::of(name).plain == UnitName::of(wanted).plain)
        })
    }

    fn in_former_province(&self, code: &str, province: Option<&str>) -> bool {
        let name = self.former_provinces.get(code);
        province.is_none_or(|wanted| {
            name.is_some_and(|name| UnitName::of(name).plain == UnitName::of(wanted).plain)
        })
    }
}

/// Those of a name letter for letter; where there are none, those of that name without marks.
fn named<'a, T>(name: &str, candidates: &[&'a T], own: impl Fn(&T) -> &str) -> Vec<&'a T> {
    let wanted = UnitName::of(name);
    let plain: Vec<(&'a T, UnitName)> = candidates
        .iter()
        .map(|one| (*one, UnitName::of(own(one))))
        .filter(|(_, name)| name.plain == wanted.plain && name.may_be(&wanted))
        .collect();
    let exact: Vec<&'a T> =
        plain.iter().filter(|(_, name)| name.key == wanted.key).map(|(one, _)| *one).collect();
    if exact.is_empty() { plain.into_iter().map(|(one, _)| one).collect() } else { exact }
}
