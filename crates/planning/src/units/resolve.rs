//! Named regions in units of today.

use super::history::{Successor, UnitHistory};
use super::level::UnitLevel;
use crate::UnitRef;

/// What a list of units of before is today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The present communes that hold land of one of the units, by code.
    pub communes: Vec<Successor<'a>>,
    /// Units that the tables do not have, or have twice under that name.
    pub unresolved: Vec<&'a UnitRef>,
}

impl UnitHistory {
    /// The communes of today of a list of former districts and communes. A commune is whole when everything that it
    /// was made of lies in the listed units together.
    pub fn resolve<'a>(&'a self, units: &'a [UnitRef], province: Option<&str>) -> Resolved<'a> {
        let (mut districts, mut communes, mut unresolved) = (Vec::new(), Vec::new(), Vec::new());
        for unit in units {
            let found = match unit.level {
                UnitLevel::District => only(&self.districts_named(&unit.name, province))
                    .map(|district| districts.push(district.code.as_str())),
                UnitLevel::Commune => only(&self.former_communes_named(&unit.name, province))
                    .map(|commune| communes.push(commune.code.as_str())),
                UnitLevel::Province => None,
            };
            if found.is_none() {
                unresolved.push(unit);
            }
        }
        let meant = |code: &str| {
            let district = self.former_commune(code).map(|commune| commune.district.as_str());
            communes.contains(&code) || district.is_some_and(|district| districts.contains(&district))
        };
        Resolved { communes: self.successors_of(meant), unresolved }
    }
}

fn only<'a, T>(found: &[&'a T]) -> Option<&'a T> {
    match found {
        [one] => Some(one),
        _ => None,
    }
}
