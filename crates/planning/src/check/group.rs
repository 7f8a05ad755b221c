//! The zones of one working CRS and what they are judged against, prepared together on one plane.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spatial::crs::Transformation;
use spatial::distance::{Neighbours, Shape};
use spatial::{Crs, Envelope, Prepared};

use super::plane::{OnPlane, around, extent, touching};
use super::run::Run;
use crate::rules::geo_01;
use crate::{Role, Theme};

/// A reference collection on the plane of a group.
pub(super) struct Reference {
    /// Position of the collection.
    pub(super) collection: usize,
    pub(super) on: Arc<OnPlane>,
}

/// A collection with a theme on the plane of a group: its areas, and everything in it for distances, lines and
/// points included.
pub(super) struct Themed {
    pub(super) theme: Theme,
    pub(super) areas: Reference,
    pub(super) shapes: Neighbours,
}

/// The zones of a group with what they are judged against, on one plane.
pub(super) struct Group {
    /// Positions of the group's zones among all zones.
    pub(super) members: Vec<usize>,
    pub(super) zones: Prepared,
    /// Positions among all zones of those near the group, the group's own included.
    pub(super) neighbours: Vec<usize>,
    pub(super) near: Prepared,
    pub(super) plan: Option<Reference>,
    pub(super) previous_plan: Option<Reference>,
    pub(super) land_use: Option<Reference>,
    pub(super) communes: Vec<Reference>,
    pub(super) constraints: Vec<Themed>,
}

impl Group {
    /// No zones and nothing to judge them against.
    pub(super) fn bare(crs: &Crs) -> Self {
        let none = || Prepared::joined(crs, &[]);
        Self {
            members: Vec::new(),
            zones: none(),
            neighbours: Vec::new(),
            near: none(),
            plan: None,
            previous_plan: None,
            land_use: None,
            communes: Vec::new(),
            constraints: Vec::new(),
        }
    }
}

impl Run<'_> {
    /// Prepares the zones that share a working CRS.
    pub(super) fn group(&mut self, generated: bool, members: &[usize]) -> Group {
        let crs = self.scene.zones[members[0]].crs.clone();
        let (members, zones) = self.on_plane(&crs, members);
        // With what lies around, as far as rules look.
        let place = extent(&zones).map(|place| around(&place, self.scene.pack.reach_m()));
        let strangers = self.strangers(&crs, place.as_ref(), &members);
        let (neighbours, near) = if strangers.is_empty() {
            (members.clone(), zones.clone())
        } else {
            let (others, prepared) = self.on_plane(&crs, &strangers);
            ([members.clone(), others].concat(), Prepared::joined(&crs, &[zones.clone(), prepared]))
        };
        let (chosen, _) = self.references.get(&generated).cloned().unwrap_or_default();
        let mut reference = |collection: usize| {
            let on = self.reference(collection, &crs, place.as_ref()?)?;
            Some(Reference { collection, on })
        };
        let plan = chosen.plan.and_then(&mut reference);
        let previous_plan = chosen.previous_plan.and_then(&mut reference);
        let land_use = chosen.land_use.and_then(&mut reference);
        let communes = chosen.communes.into_iter().filter_map(&mut reference).collect();
        let constraints =
            chosen.constraints.into_iter().filter_map(|at| self.themed(at, &crs, place.as_ref()?));
        let constraints = constraints.collect();
        Group { members, zones, neighbours, near, plan, previous_plan, land_use, communes, constraints }
    }

    /// Zones on a plane, collection by collection, with their positions among all zones.
    pub(super) fn on_plane(&mut self, crs: &Crs, members: &[usize]) -> (Vec<usize>, Prepared) {
        let mut by_collection: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for member in members {
            by_collection.entry(self.scene.zones[*member].collection).or_default().push(*member);
        }
        let (mut owners, mut parts) = (Vec::new(), Vec::new());
        for (collection, members) in by_collection {
            let positions = members.iter().map(|member| self.scene.zones[*member].position).collect();
            match OnPlane::some(&self.scene.collections[collection].layer, crs, positions) {
                Ok(plane) => {
                    owners.extend(members);
                    parts.push(plane.prepared);
                }
                Err(error) => self.note_unusable(collection, &error),
            }
        }
        (owners, Prepared::joined(crs, &parts))
    }

    /// Zones of other groups whose boxes touch this one's place.
    pub(super) fn strangers(&self, crs: &Crs, place: Option<&Envelope>, members: &[usize]) -> Vec<usize> {
        let Some(place) = place.filter(|_| members.len() < self.scene.zones.len()) else { return Vec::new() };
        let members: BTreeSet<usize> = members.iter().copied().collect();
        let mut found = Vec::new();
        // Every feature of a zone collection is a zone, so positions count on from the collection's first zone.
        let mut first = 0;
        for of in self.scene.collections.iter().filter(|of| of.info.role == Role::Zone) {
            // An unusable CRS was noted when the zones of that collection were prepared.
            let near = touching(&of.layer, crs, place).unwrap_or_default();
            found
                .extend(near.into_iter().map(|position| first + position).filter(|at| !members.contains(at)));
            first += of.layer.features.len();
        }
        found
    }

    /// A collection with a theme, as far as it lies near the zones.
    fn themed(&mut self, collection: usize, crs: &Crs, place: &Envelope) -> Option<Themed> {
        let of = &self.scene.collections[collection];
        let theme = of.info.theme?;
        let made = touching(&of.layer, crs, place).and_then(|near| {
            let transformation = Transformation::new(&of.layer.crs, crs)?;
            let shape = |at: &usize| {
                let geometry = of.layer.features[*at].geometry.as_ref()?;
                Shape::new(&transformation.geometry(geometry)?)
            };
            let shapes = Neighbours::new(near.iter().map(shape).collect());
            Ok((OnPlane::some(&of.layer, crs, near)?, shapes))
        });
        match made {
            Ok((on, shapes)) => {
                Some(Themed { theme, areas: Reference { collection, on: Arc::new(on) }, shapes })
            }
            Err(error) => {
                self.note_unusable(collection, &error);
                None
            }
        }
    }

    /// A reference on a plane: whole where that is the plane on which its geometry is judged anyway, else only what
    /// lies near the zones.
    fn reference(&mut self, collection: usize, crs: &Crs, place: &Envelope) -> Option<Arc<OnPlane>> {
        let at_home = self.home_crs(collection).is_ok_and(|home| home.same_coordinates(crs));
        if at_home && self.rules.contains(geo_01::ID) {
            return self.home(collection);
        }
        let layer = &self.scene.collections[collection].layer;
        let prepared = touching(layer, crs, place).and_then(|near| OnPlane::some(layer, crs, near));
        prepared.map(Arc::new).map_err(|error| self.note_unusable(collection, &error)).ok()
    }
}
