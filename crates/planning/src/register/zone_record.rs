//! A zone as the register knows it, with or without a boundary.

use serde::{Deserialize, Serialize};

use super::{
    AreaStatement, Citation, ClearanceStatement, Expansion, FillStatement, Listing, PartialDate, UnitRef,
};
use crate::{ZoneKind, ZoneState};

/// A step in the life of a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateEntry {
    /// The state.
    pub state: ZoneState,
    /// Day at which it held.
    pub as_of: PartialDate,
    /// Day on which it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<PartialDate>,
    /// The body that decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Identifier of the decision among the documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// Where that is said.
    pub source: Citation,
}

/// Shared works whose state the law asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WastewaterWorks {
    /// Whether the shared works are finished.
    pub finished: bool,
    /// Day at which that held.
    pub as_of: PartialDate,
    /// Where that is said.
    pub source: Citation,
}

/// A zone of the register. One without a boundary is a full member; every figure has its day and its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneRecord {
    /// Identifier in the register.
    pub id: String,
    /// Name.
    pub name: String,
    /// Other names under which documents know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Kind.
    pub kind: ZoneKind,
    /// Identifier of the zone that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Identifier of the feature that is its boundary, where it differs from `id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feature: Option<String>,
    /// Name of its province as documents give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// Districts and communes in which documents place it.
    #[serde(default, rename = "unit", skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitRef>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Its life so far.
    #[serde(default, rename = "state", skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<StateEntry>,
    /// The lists in which it stands.
    #[serde(default, rename = "listing", skip_serializing_if = "Vec::is_empty")]
    pub listings: Vec<Listing>,
    /// Where else it is named.
    #[serde(default, rename = "mention", skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Citation>,
    /// Its areas.
    #[serde(default, rename = "area", skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<AreaStatement>,
    /// Its fill rates as stated.
    #[serde(default, rename = "fill", skip_serializing_if = "Vec::is_empty")]
    pub fills: Vec<FillStatement>,
    /// Land clearance.
    #[serde(default, rename = "clearance", skip_serializing_if = "Vec::is_empty")]
    pub clearances: Vec<ClearanceStatement>,
    /// Expansions.
    #[serde(default, rename = "expansion", skip_serializing_if = "Vec::is_empty")]
    pub expansions: Vec<Expansion>,
    /// Shared wastewater works.
    #[serde(default, rename = "wastewater_works", skip_serializing_if = "Vec::is_empty")]
    pub wastewater_works: Vec<WastewaterWorks>,
}

impl ZoneRecord {
    /// A zone of which nothing but its name and kind is known.
    pub fn new(id: impl Into<String>, name: impl Into<String>, kind: ZoneKind) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            aliases: Vec::new(),
            kind,
            parent: None,
            feature: None,
            province: None,
            units: Vec::new(),
            sectors: Vec::new(),
            states: Vec::new(),
            listings: Vec::new(),
            mentions: Vec::new(),
            areas: Vec::new(),
            fills: Vec::new(),
            clearances: Vec::new(),
            expansions: Vec::new(),
            wastewater_works: Vec::new(),
        }
    }

    /// What the documents say of it and where: that there is such a zone, in which lists it stands, what its states and
    /// figures are.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let listings = self.listings.iter().map(|one| &one.source);
        let states = self.states.iter().map(|one| &one.source);
        let areas = self.areas.iter().map(|one| &one.source);
        let fills = self.fills.iter().map(|one| &one.source);
        let clearances = self.clearances.iter().map(|one| &one.source);
        let expansions = self.expansions.iter().map(|one| &one.source);
        let works = self.wastewater_works.iter().map(|one| &one.source);
        let named = self.mentions.iter().chain(listings).chain(states);
        named.chain(areas).chain(fills).chain(clearances).chain(expansions).chain(works)
    }

    /// The entry of its state on a day: the latest that began by then, the last written of several. Without a day,
    /// the latest of all.
    pub fn state_on(&self, day: Option<PartialDate>) -> Option<&StateEntry> {
        latest(&self.states, day, |entry| entry.as_of)
    }

    /// The areas known on a day, the latest statement first to be believed.
    pub fn area_on(&self, day: Option<PartialDate>) -> Option<&AreaStatement> {
        latest(&self.areas, day, |area| area.as_of)
    }

    /// The stated fill rate known on a day.
    pub fn fill_on(&self, day: Option<PartialDate>) -> Option<&FillStatement> {
        latest(&self.fills, day, |fill| fill.as_of)
    }

    /// Whether the shared wastewater works were finished by a day; `None` where nobody says.
    pub fn wastewater_finished_on(&self, day: Option<PartialDate>) -> Option<bool> {
        latest(&self.wastewater_works, day, |works| works.as_of).map(|works| works.finished)
    }

    /// Its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// The identifier of the feature that is its boundary.
    pub fn feature_id(&self) -> &str {
        self.feature.as_deref().unwrap_or(&self.id)
    }
}

/// The latest statement that held by a day, the last written among equals.
pub(super) fn latest<T>(
    statements: &[T],
    day: Option<PartialDate>,
    as_of: impl Fn(&T) -> PartialDate,
) -> Option<&T> {
    let known =
        statements.iter().filter(|one| day.is_none_or(|day| as_of(one).first_day() <= day.last_day()));
    known.max_by_key(|one| as_of(one))
}
