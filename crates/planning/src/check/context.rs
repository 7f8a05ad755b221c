//! What a rule sees: one zone with everything it overlaps, computed once and shared by all rules.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use spatial::overlay::{Proof, Shapes};
use spatial::{Crs, Envelope, Feature, Prepared, Region};

use super::surroundings::Surroundings;
use super::tolerance::Tolerance;
use super::zones::{Families, ZoneEntry};
use crate::register::parcel_codes;
use crate::tables::province_key;
use crate::{
    Collection, LandUseCodes, Messages, OtherFeature, Provinces, Role, RulePack, Theme, Zone, ZoneRef,
    feature_id,
};

/// What all zones of a check share.
pub(crate) struct Scene<'a> {
    pub(crate) collections: &'a [Collection],
    pub(crate) zones: &'a [ZoneEntry],
    pub(super) families: Families,
    pub(crate) pack: &'a RulePack,
    pub(crate) messages: &'a Messages,
    pub(crate) codes: &'a LandUseCodes,
    pub(crate) provinces: &'a Provinces,
}

impl Scene<'_> {
    /// Whether one zone holds the other by the register.
    pub(crate) fn related(&self, a: &Zone, b: &Zone) -> bool {
        self.families.related(&a.id, &b.id)
    }

    /// What is too narrow or too small between two sources.
    pub(crate) fn tolerance(&self, scale: Option<u32>, reference_scale: Option<u32>) -> Tolerance {
        Tolerance::between(&self.pack.significance, scale, reference_scale)
    }

    /// By what provinces are compared, given code and name of one: the name of today where the table has it, since
    /// data of before July 2025 name provinces that are part of others now.
    pub(crate) fn province_key(&self, (code, name): (Option<String>, Option<String>)) -> Option<String> {
        let given = name.or(code)?;
        Some(province_key(self.provinces.today(&given).unwrap_or(&given)))
    }

    /// Whether any collection has this theme.
    pub(crate) fn has_theme(&self, theme: Theme) -> bool {
        self.collections.iter().any(|one| one.info.theme == Some(theme))
    }

    /// A zone as the other side of a finding.
    pub(crate) fn other_zone(&self, entry: &ZoneEntry) -> OtherFeature {
        OtherFeature {
            collection: self.collections[entry.collection].info.id.clone(),
            id: entry.zone.id.clone(),
            name: Some(entry.zone.name.clone()),
            code: None,
        }
    }

    /// The order in which two zones are named as a pair; it does not depend on the order of features, except for
    /// zones with the same id in one collection.
    pub(crate) fn pair_key<'z>(&'z self, entry: &'z ZoneEntry) -> (&'z str, &'z str, usize) {
        (&entry.zone.id, &self.collections[entry.collection].info.id, entry.position)
    }
}

/// The shape of an overlap, computed when a rule looks at it: most parcels of a plan are allowed and only counted.
#[derive(Debug)]
pub(crate) struct LazyShape<'a> {
    shapes: &'a Shapes<'a>,
    references: &'a Prepared,
    reference: usize,
    region: OnceCell<Region>,
}

impl<'a> LazyShape<'a> {
    pub(super) fn new(shapes: &'a Shapes<'a>, references: &'a Prepared, reference: usize) -> Self {
        Self { shapes, references, reference, region: OnceCell::new() }
    }

    /// A box around the shape: that of the whole reference, known without the shape.
    pub(crate) fn envelope(&self) -> Option<Envelope> {
        self.references.features[self.reference].envelope
    }

    /// The shape.
    pub(crate) fn region(&self) -> &Region {
        self.region.get_or_init(|| self.shapes.with(self.references, self.reference))
    }
}

/// An overlap of the zone with a feature of another collection, slivers included.
#[derive(Debug)]
pub(crate) struct Crossing<'a> {
    /// The collection.
    pub(crate) collection: &'a Collection,
    /// The feature.
    pub(crate) feature: &'a Feature,
    /// Its scale, else its collection's.
    pub(crate) scale: Option<u32>,
    /// The overlap.
    pub(crate) shape: LazyShape<'a>,
    /// Its planar area, m².
    pub(crate) area_m2: f64,
}

impl Crossing<'_> {
    pub(crate) fn id(&self) -> String {
        feature_id(self.feature, self.collection.info.role)
    }

    /// Land-use codes of a parcel, none for other roles.
    pub(crate) fn codes(&self) -> Vec<String> {
        match self.collection.info.role {
            Role::LandUse | Role::LandUsePlan => parcel_codes(self.feature, self.collection.info.role),
            Role::Zone | Role::Admin | Role::Constraint => Vec::new(),
        }
    }

    /// The codes as one text, `ONT+CLN`; `None` where there is none.
    pub(crate) fn code(&self) -> Option<String> {
        Some(self.codes().join("+")).filter(|code| !code.is_empty())
    }

    pub(crate) fn other(&self) -> OtherFeature {
        OtherFeature {
            collection: self.collection.info.id.clone(),
            id: self.id(),
            name: crate::register::full_name(self.feature),
            code: self.code(),
        }
    }
}

/// The overlaps of the zone with one collection; there may be none.
#[derive(Debug)]
pub(crate) struct Crossings<'a> {
    pub(crate) collection: &'a Collection,
    pub(crate) list: Vec<Crossing<'a>>,
    /// That they add up to the zone; absent only when the check was stopped.
    pub(crate) proof: Option<Proof>,
}

/// What all commune collections together say, whether a zone touches it or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct CommuneIndex {
    /// Names by code.
    pub(crate) names: BTreeMap<String, String>,
    /// The provinces they are in, as [`Scene::province_key`] writes them.
    pub(crate) provinces: BTreeSet<String>,
    /// The coarsest scale among the collections; `None` when one does not give it.
    pub(crate) scale: Option<u32>,
}

/// The overlaps of the zone with communes.
#[derive(Debug)]
pub(crate) struct Communes<'a> {
    pub(crate) index: &'a CommuneIndex,
    pub(crate) list: Vec<Crossing<'a>>,
}

/// An overlap of the zone with another zone.
#[derive(Debug)]
pub(crate) struct ZoneCrossing<'a> {
    pub(crate) entry: &'a ZoneEntry,
    pub(crate) shape: LazyShape<'a>,
    /// Planar area of the overlap, m².
    pub(crate) area_m2: f64,
    /// Planar area of the other zone, m².
    pub(crate) other_area_m2: f64,
    /// The other zone among those near.
    pub(crate) near: usize,
}

/// One zone, ready to be judged.
pub(crate) struct ZoneContext<'a> {
    /// The zone.
    pub(crate) entry: &'a ZoneEntry,
    /// Its shape in its working CRS.
    pub(crate) region: &'a Region,
    /// Its planar area, m².
    pub(crate) area_m2: f64,
    /// Overlaps with the plan; `None` without a plan.
    pub(crate) plan: Option<Crossings<'a>>,
    /// Overlaps with the version of the plan before; `None` where there is none.
    pub(crate) previous_plan: Option<Crossings<'a>>,
    /// Overlaps with present land use; `None` without such a collection.
    pub(crate) land_use: Option<Crossings<'a>>,
    /// Overlaps with communes; `None` without such a collection.
    pub(crate) communes: Option<Communes<'a>>,
    /// Overlaps with other zones.
    pub(crate) zones: Vec<ZoneCrossing<'a>>,
    /// Overlaps with areas of constraint collections.
    pub(crate) constraints: Vec<(Theme, Crossing<'a>)>,
    /// What lies around it.
    pub(crate) surroundings: Surroundings<'a>,
}

impl ZoneContext<'_> {
    pub(crate) fn zone(&self) -> &Zone {
        &self.entry.zone
    }

    pub(crate) fn crs(&self) -> &Crs {
        &self.entry.crs
    }

    /// Overlaps with areas of a theme.
    pub(crate) fn themed(&self, theme: Theme) -> impl Iterator<Item = &Crossing<'_>> {
        self.constraints.iter().filter(move |(own, _)| *own == theme).map(|(_, crossing)| crossing)
    }

    /// The zone as findings name it.
    pub(crate) fn zone_ref(&self) -> ZoneRef {
        let zone = self.zone();
        ZoneRef { id: zone.id.clone(), name: zone.name.clone(), kind: zone.kind }
    }

    /// Share of the zone's area, 0 to 1.
    pub(crate) fn share(&self, area_m2: f64) -> f64 {
        if self.area_m2 > 0.0 { area_m2 / self.area_m2 } else { 0.0 }
    }
}
