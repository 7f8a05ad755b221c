//! The zones of one working CRS and what they are judged against, prepared together on one plane.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use spatial::{Crs, Envelope, Prepared};

use super::plane::{OnPlane, extent, touching};
use super::run::Run;
use crate::Role;
use crate::rules::geo_01;

/// A reference collection on the plane of a group.
pub(super) struct Reference {
    /// Position of the collection.
    pub(super) collection: usize,
    pub(super) on: Arc<OnPlane>,
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
    pub(super) land_use: Option<Reference>,
    pub(super) communes: Vec<Reference>,
}

impl Run<'_> {
    /// Prepares the zones that share a working CRS.
    pub(super) fn group(&mut self, generated: bool, members: &[usize]) -> Group {
        let crs = self.scene.zones[members[0]].crs.clone();
        let (members, zones) = self.on_plane(&crs, members);
        let place = extent(&zones);
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
        let land_use = chosen.land_use.and_then(&mut reference);
        let communes = chosen.communes.into_iter().filter_map(&mut reference).collect();
        Group { members, zones, neighbours, near, plan, land_use, communes }
    }

    /// Zones on a plane, collection by collection, with their positions among all zones.
    fn on_plane(&mut self, crs: &Crs, members: &[usize]) -> (Vec<usize>, Prepared) {
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
    fn strangers(&mut self, crs: &Crs, place: Option<&Envelope>, members: &[usize]) -> Vec<usize> {
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
