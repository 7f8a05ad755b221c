//! What lies near a zone without lying in it.

use std::cell::OnceCell;
use std::cmp::Ordering;

use spatial::distance::{Location, Separation, Shape};
use spatial::{Envelope, Feature, Prepared, Region};

use super::group::{Group, Themed};
use super::plane::around;
use crate::register::{full_name, parcel_codes};
use crate::{Collection, OtherFeature, Role, Theme, feature_id, feature_scale};

/// A feature of another collection and how far it is.
pub(crate) struct Nearby<'a> {
    pub(crate) collection: &'a Collection,
    pub(crate) feature: &'a Feature,
    /// Its scale, else its collection's.
    pub(crate) scale: Option<u32>,
    /// The zone is the subject.
    pub(crate) separation: Separation,
}

impl<'a> Nearby<'a> {
    fn new(collection: &'a Collection, at: usize, separation: Separation) -> Self {
        let feature = &collection.layer.features[at];
        let scale = feature_scale(feature).or(collection.info.scale);
        Self { collection, feature, scale, separation }
    }

    /// Land-use codes of a parcel, none for other roles.
    pub(crate) fn codes(&self) -> Vec<String> {
        match self.collection.info.role {
            role @ (Role::LandUse | Role::LandUsePlan) => parcel_codes(self.feature, role),
            Role::Zone | Role::Admin | Role::Constraint => Vec::new(),
        }
    }

    /// The other side of a finding.
    pub(crate) fn other(&self) -> OtherFeature {
        OtherFeature {
            collection: self.collection.info.id.clone(),
            id: feature_id(self.feature, self.collection.info.role),
            name: full_name(self.feature),
            code: Some(self.codes().join("+")).filter(|code| !code.is_empty()),
        }
    }

    /// What messages call it: its name, its codes, or its id.
    pub(crate) fn called(&self) -> String {
        let other = self.other();
        other.name.or(other.code).unwrap_or(other.id)
    }

    /// The nearest first; of equally near ones, that with the lower collection and id.
    pub(crate) fn nearest_first(&self, other: &Self) -> Ordering {
        let key = |near: &Self| {
            (near.collection.info.id.clone(), feature_id(near.feature, near.collection.info.role))
        };
        let (a, b) = (self.separation.distance_m, other.separation.distance_m);
        a.total_cmp(&b).then_with(|| key(self).cmp(&key(other)))
    }
}

/// The outline of a zone nearby: its rings, and the same made ready for distances and for overlays.
pub(crate) struct Outline<'a> {
    pub(crate) rings: Vec<&'a [[f64; 2]]>,
    pub(crate) shape: Shape,
    pub(crate) region: Region,
}

/// The surroundings of one zone.
pub(crate) struct Surroundings<'a> {
    group: &'a Group,
    at: usize,
    collections: &'a [Collection],
    shape: OnceCell<Option<Shape>>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(group: &'a Group, at: usize, collections: &'a [Collection]) -> Self {
        Self { group, at, collections, shape: OnceCell::new() }
    }

    /// The zone, made ready for distances when first asked for.
    pub(crate) fn shape(&self) -> Option<&Shape> {
        let polygons = self.group.zones.polygons();
        self.shape.get_or_init(|| Shape::of_polygons(polygons, self.at)).as_ref()
    }

    /// Everything not further than this from the zone's box.
    pub(crate) fn place(&self, distance_m: f64) -> Option<Envelope> {
        Some(around(&self.group.zones.features[self.at].envelope?, distance_m))
    }

    /// Parcels of present land use nearer than the distance that is given for their codes, as far as there is one;
    /// no distance is more than `reach_m`.
    pub(crate) fn land_use(
        &self,
        reach_m: f64,
        distance_m: &dyn Fn(&[String]) -> Option<f64>,
    ) -> Vec<Nearby<'a>> {
        let (Some(shape), Some(land_use)) = (self.shape(), &self.group.land_use) else { return Vec::new() };
        let collection = &self.collections[land_use.collection];
        let prepared = &land_use.on.prepared;
        // By code first: shapes are made of few parcels.
        let near = |at: usize| {
            let feature = &collection.layer.features[land_use.on.positions[at]];
            let limit_m = distance_m(&parcel_codes(feature, Role::LandUse))?;
            let box_m2 = prepared.features[at].envelope?.gap_m2(&shape.envelope());
            let separation = (box_m2 < limit_m * limit_m)
                .then(|| shape.separation_within(&Shape::of_polygons(prepared.polygons(), at)?, limit_m))??;
            let is_nearer = separation.distance_m < limit_m;
            let position = land_use.on.positions[at];
            is_nearer.then(|| Nearby::new(collection, position, settled(separation, prepared, at)))
        };
        let candidates = self.place(reach_m).map(|place| prepared.candidates(&place)).unwrap_or_default();
        candidates.into_iter().filter_map(near).collect()
    }

    /// Features of a theme nearer than this.
    pub(crate) fn themed(&self, theme: Theme, distance_m: f64) -> Vec<Nearby<'a>> {
        let Some(shape) = self.shape() else { return Vec::new() };
        let of = |one: &'a Themed| {
            let collection = &self.collections[one.areas.collection];
            let near = one.shapes.within(shape, distance_m).into_iter();
            let near = near.filter(move |near| near.separation.distance_m < distance_m);
            near.map(move |near| {
                Nearby::new(collection, one.areas.on.positions[near.position], near.separation)
            })
        };
        self.group.constraints.iter().filter(|one| one.theme == theme).flat_map(of).collect()
    }

    /// How many points of a theme lie inside the zone; on its border is outside.
    pub(crate) fn points_inside(&self, theme: Theme) -> usize {
        let Some(shape) = self.shape() else { return 0 };
        let inside = |one: &Themed| {
            let near = one.shapes.within(shape, 0.0).into_iter();
            let points = near.filter(|near| {
                let has_area = one.areas.on.prepared.features[near.position].envelope.is_some();
                !has_area && shape.locate(near.separation.on_reference) == Location::Interior
            });
            points.count()
        };
        self.group.constraints.iter().filter(|one| one.theme == theme).map(inside).sum()
    }

    /// Other zones not further than this, by their position among all zones, with how far.
    pub(crate) fn zones(&self, distance_m: f64) -> Vec<(usize, Separation)> {
        let (Some(shape), Some(place)) = (self.shape(), self.place(distance_m)) else { return Vec::new() };
        let near = &self.group.near;
        let found = near.candidates(&place).into_iter().filter_map(|position| {
            let entry = self.group.neighbours[position];
            let other = Some(position).filter(|_| entry != self.group.members[self.at])?;
            let separation =
                shape.separation_within(&Shape::of_polygons(near.polygons(), other)?, distance_m)?;
            Some((entry, separation))
        });
        found.collect()
    }

    /// Another zone of those near, made ready for distances.
    pub(crate) fn zone_shape(&self, near: usize) -> Option<Shape> {
        Shape::of_polygons(self.group.near.polygons(), near)
    }

    /// The outline of another zone of those near, by its position among all zones.
    pub(crate) fn outline_of(&self, zone: usize) -> Option<Outline<'a>> {
        let at = self.group.neighbours.iter().position(|entry| *entry == zone)?;
        let polygons = self.group.near.polygons();
        let rings = polygons.rings(at).map(|ring| ring.coords).collect();
        let (shape, region) = (Shape::of_polygons(polygons, at)?, self.group.near.region(at)?);
        Some(Outline { rings, shape, region })
    }

    /// The rings of plan parcels around the zone.
    pub(crate) fn plan_rings(&self, distance_m: f64) -> Vec<&'a [[f64; 2]]> {
        let (Some(plan), Some(place)) = (&self.group.plan, self.place(distance_m)) else { return Vec::new() };
        let polygons = plan.on.prepared.polygons();
        let near = plan.on.prepared.candidates(&place).into_iter();
        near.flat_map(|at| polygons.rings(at)).map(|ring| ring.coords).collect()
    }

    /// The rings of the zone.
    pub(crate) fn rings(&self) -> Vec<&'a [[f64; 2]]> {
        self.group.zones.polygons().rings(self.at).map(|ring| ring.coords).collect()
    }

    /// The commune references of the group, for shapes of whole communes.
    pub(crate) fn communes(&self) -> impl Iterator<Item = &'a Prepared> {
        self.group.communes.iter().map(|one| &one.on.prepared)
    }
}

/// What touches or overlaps does so in many places, of which a small move picks another: the place of a parcel at
/// 0 m is one inside it, which stays where it is.
fn settled(separation: Separation, prepared: &Prepared, at: usize) -> Separation {
    if separation.distance_m > 0.0 {
        return separation;
    }
    let inside = prepared.region(at).and_then(|region| region.inner_point());
    Separation { on_reference: inside.unwrap_or(separation.on_reference), ..separation }
}
