//! Repair of invalid polygons by a named method, with a record of what it changed. Nothing is mended silently.
//!
//! Both methods are those of GEOS `make_valid`, so that anybody can confirm a repaired area elsewhere; both work on
//! the grid of 2⁻²⁰ m, so that the result is valid there for good. What a repair does:
//! 1. every vertex is snapped to the grid;
//! 2. the rings are filled by the method, which takes out crossings, spikes and stretches drawn twice;
//! 3. rings that enclose nothing are dropped.
//!
//! | what is wrong | [`Method::Structure`] | [`Method::Linework`] |
//! |---|---|---|
//! | ring traced twice, repeated ring | once | once |
//! | bow-tie | both wings | both wings |
//! | ring that overlaps itself | all that it winds around | the overlap is left out |
//! | parts that overlap, nested parts | their union | the overlap is left out |
//! | hole that reaches out of its shell | what it shares with the shell is cut out | and the rest is added |
//! | hole apart from its shell | becomes a part | becomes a part |
//! | hole in a hole | no part of the area | an island |
//! | hole that runs along its shell | is cut out | is filled up |
//!
//! # Which is the default
//! [`Method::Structure`], for overlaps, checks and areas. It takes rings for what the file says they are: shells are
//! area, holes are not. Two parts drawn over each other are then both there, where linework would leave out what
//! they share, and a hole that meets its shell along an edge is still a hole.

mod faces;
mod linework;
mod rings;
mod structure;

use std::fmt;
use std::str::FromStr;

use geo_types::MultiPolygon;
use i_overlay::core::fill_rule::FillRule;
use serde::{Deserialize, Serialize};

use crate::Region;
use crate::region::general::resolve;
use crate::validity::validate;
use rings::Drawn;

/// How invalid polygons are made valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Rings are what they are said to be: each is filled where it winds around (non-zero), holes are cut out of
    /// their shell, holes apart from it become parts, and parts are united. GEOS: `method="structure"`.
    #[default]
    Structure,
    /// Only the lines count, each once: inside is what an odd number of them separate from the outside. GEOS:
    /// `method="linework"`.
    Linework,
}

impl Method {
    /// Its name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Linework => "linework",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no method has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no method of repair is named \"{0}\": take structure or linework")]
pub struct UnknownMethod(String);

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        let all = [Self::Structure, Self::Linework];
        all.into_iter().find(|method| method.name() == name).ok_or_else(|| UnknownMethod(name.to_owned()))
    }
}

/// What a repair changed.
///
/// Areas are against the **even-odd fill** of the rings as they were drawn: inside is where a ray crosses them an
/// odd number of times. It is the one reading that needs neither an order nor a direction of rings, and what
/// drawing programs show. Where it agrees with the method nothing was in doubt and both areas are 0: a spike, a
/// bow-tie, a ring that touches itself. Where it does not, the areas say how much is in doubt: a ring traced twice
/// is nothing by even-odd fill, so that all of it counts as added. Both are measured as shapes on the grid, never
/// by subtraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// How it was repaired.
    pub method: Method,
    /// Area of the result that even-odd fill does not have, m².
    pub added_m2: f64,
    /// Area of the even-odd fill that the result does not have, m².
    pub removed_m2: f64,
    /// Rings dropped: those that enclose no area, and those with a coordinate that has no place on the grid.
    pub rings_dropped: usize,
    /// Vertices that were not on the grid and moved there, by at most 0.71 steps of 2⁻²⁰ m.
    pub vertices_snapped: usize,
}

impl Changes {
    /// Both together, for the members of a collection; the method is that of the first.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            method: self.method,
            added_m2: self.added_m2 + other.added_m2,
            removed_m2: self.removed_m2 + other.removed_m2,
            rings_dropped: self.rings_dropped + other.rings_dropped,
            vertices_snapped: self.vertices_snapped + other.vertices_snapped,
        }
    }
}

/// Polygons made valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Repaired {
    /// Valid polygons, metres; empty when nothing is left.
    pub polygons: MultiPolygon<f64>,
    /// What was changed; `None` when they were valid and are bit for bit what they were.
    pub changes: Option<Changes>,
}

/// Makes polygons valid. Coordinates are metres of a working plane. Valid polygons stay as they are.
pub fn repair(polygons: &MultiPolygon<f64>, method: Method) -> Repaired {
    let problems = validate(&polygons.clone().into());
    if !problems.iter().any(|problem| problem.kind.is_invalid()) {
        return Repaired { polygons: polygons.clone(), changes: None };
    }
    let (region, changes) = mend(polygons, method);
    Repaired { polygons: region.to_multi_polygon(), changes: Some(changes) }
}

/// The same for polygons that are known to be invalid, as a region.
pub(crate) fn mend(polygons: &MultiPolygon<f64>, method: Method) -> (Region, Changes) {
    let drawn = Drawn::read(polygons);
    let region = match method {
        Method::Structure => structure::fill(&drawn.parts),
        Method::Linework => linework::fill(&drawn.paths),
    };
    let even_odd = resolve(&drawn.paths, FillRule::EvenOdd);
    let (added_m2, removed_m2) = if region == even_odd {
        (0.0, 0.0)
    } else {
        (region.difference(&even_odd).area_m2(), even_odd.difference(&region).area_m2())
    };
    let Drawn { rings_dropped, vertices_snapped, .. } = drawn;
    (region, Changes { method, added_m2, removed_m2, rings_dropped, vertices_snapped })
}
