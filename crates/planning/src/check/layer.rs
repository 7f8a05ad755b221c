//! What rules on whole collections see: the collection as it came in, or a plan with all zones on one plane.

use geo::BoundingRect;
use spatial::distance::Neighbours;
use spatial::{Crs, Feature, Prepared};

use super::context::Scene;
use super::plane::OnPlane;
use super::zones::ZoneEntry;
use crate::register::{full_name, parcel_codes};
use crate::{Collection, CollectionInfo, OtherFeature, Parameters, Role, Zone, ZoneRef, feature_id};

/// Whose geometry it is.
pub(crate) struct Owner {
    /// Set when it is a zone.
    pub(crate) zone: Option<ZoneRef>,
    /// Set when it is not.
    pub(crate) other: Option<OtherFeature>,
    /// What messages call it.
    pub(crate) name: String,
}

impl Owner {
    /// A zone.
    pub(crate) fn of_zone(zone: &Zone) -> Self {
        let zone_ref = ZoneRef { id: zone.id.clone(), name: zone.name.clone(), kind: zone.kind };
        Self { zone: Some(zone_ref), other: None, name: zone.name.clone() }
    }

    /// A feature of any collection.
    pub(crate) fn of_feature(info: &CollectionInfo, feature: &Feature, scene: &Scene<'_>) -> Self {
        if info.role == Role::Zone {
            return Self::of_zone(&Zone::read(feature));
        }
        let id = feature_id(feature, info.role);
        let name = full_name(feature);
        let unnamed = Parameters::new().name("collection", &info.id).name("id", &id);
        let called =
            name.clone().unwrap_or_else(|| scene.messages.text("phrases.unnamed_feature", &unnamed).vi);
        let code = Some(parcel_codes(feature, info.role).join("+"))
            .filter(|code| matches!(info.role, Role::LandUse | Role::LandUsePlan) && !code.is_empty());
        let other = OtherFeature { collection: info.id.clone(), id, name, code };
        Self { zone: None, other: Some(other), name: called }
    }
}

/// A collection in its own coordinates.
pub(crate) struct LayerContext<'a> {
    pub(crate) collection: &'a Collection,
}

impl LayerContext<'_> {
    /// The CRS of its coordinates.
    pub(crate) fn crs(&self) -> &Crs {
        &self.collection.layer.crs
    }

    /// The middle of a feature's box, in its own coordinates.
    pub(crate) fn place_of(&self, at: usize) -> Option<[f64; 2]> {
        let centre = self.collection.layer.features.get(at)?.geometry.as_ref()?.bounding_rect()?.center();
        Some([centre.x, centre.y])
    }

    /// Whose geometry a feature is.
    pub(crate) fn owner(&self, feature: &Feature, scene: &Scene<'_>) -> Owner {
        Owner::of_feature(&self.collection.info, feature, scene)
    }

    /// The collection as a whole as the other side of a finding.
    pub(crate) fn whole(&self) -> OtherFeature {
        let info = &self.collection.info;
        OtherFeature {
            collection: info.id.clone(),
            id: info.id.clone(),
            name: Some(info.title.vi.clone()),
            code: None,
        }
    }
}

/// A collection, such as the plan in force, with all zones on its own plane.
pub(crate) struct PlanContext<'a> {
    pub(crate) plan: &'a Collection,
    pub(super) on: &'a OnPlane,
    pub(super) zones: &'a Prepared,
    /// The zone of each feature of `zones`.
    pub(super) owners: Vec<&'a ZoneEntry>,
}

impl<'a> PlanContext<'a> {
    /// The parcels: position on the plane, and the feature.
    pub(crate) fn parcels(&self) -> impl Iterator<Item = (usize, &'a Feature)> {
        let plan = self.plan;
        self.on.positions.iter().enumerate().map(move |(at, position)| (at, &plan.layer.features[*position]))
    }

    /// The parcel at a position on the plane.
    pub(crate) fn parcel(&self, at: usize) -> &'a Feature {
        &self.plan.layer.features[self.on.positions[at]]
    }

    /// The plane.
    pub(crate) fn crs(&self) -> &Crs {
        &self.on.prepared.crs
    }

    /// The parcels on the plane.
    pub(crate) fn prepared(&self) -> &Prepared {
        &self.on.prepared
    }

    /// The zones that hold a point of the plane, their borders included.
    pub(crate) fn zones_at(&self, point: [f64; 2]) -> impl Iterator<Item = &'a ZoneEntry> {
        let holding = Neighbours::of_polygons(self.zones.polygons()).containing(point);
        holding.into_iter().map(|(at, _)| self.owners[at])
    }

    /// The zones whose boxes touch a parcel's, with their positions in [`PlanContext::zone_layer`].
    pub(crate) fn zones_near(&self, parcel: usize) -> Vec<(usize, &'a ZoneEntry)> {
        let Some(place) = self.on.prepared.features[parcel].envelope else { return Vec::new() };
        self.zones.candidates(&place).into_iter().map(|at| (at, self.owners[at])).collect()
    }

    /// All zones on the plane.
    pub(crate) fn zone_layer(&self) -> &Prepared {
        self.zones
    }
}
