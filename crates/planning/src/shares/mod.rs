//! What of a layer lies in zones: which features, how much of each, and in which communes.

mod units;

use std::collections::BTreeMap;

use spatial::crs::CrsError;
use spatial::overlay::{self, Overlap, Want};
use spatial::{Crs, Feature, Prepared, Region};

use crate::check::{OnPlane, ZoneEntry, extent, touching, zones};
use crate::register::commune_key;
use crate::{Collection, Provinces, Significance, ZoneRef};

pub use units::{Contested, UnitArea, UnitChange, UnitTransition, unit_changes};

/// Which features of which layer, and what is needed to measure them.
#[derive(Clone, Copy)]
pub struct ShareRequest<'a> {
    /// All collections; zones are those of the role.
    pub collections: &'a [Collection],
    /// The layer.
    pub layer: &'a Collection,
    /// Which of its features count.
    pub counts: &'a (dyn Fn(&Feature) -> bool + Sync),
    /// Collections of communes by which areas are told apart; where zones lie in several, shapes are computed.
    pub communes: &'a [&'a Collection],
    /// The table of provinces, which tells planes.
    pub provinces: &'a Provinces,
    /// What is too narrow.
    pub significance: &'a Significance,
    /// Asked between zones; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// A feature of the layer, as far as it lies in a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct SharePart {
    /// Its position in the layer.
    pub position: usize,
    /// Planar area, m².
    pub area_m2: f64,
    /// Whether it is narrower on average than the maps of both show.
    pub narrow: bool,
    /// Area by the code of the commune, m², largest first.
    pub by_commune: Vec<(String, f64)>,
}

/// What of the layer lies in one zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneShare {
    /// The zone.
    pub zone: ZoneRef,
    /// Its collection.
    pub collection: String,
    /// Identifier of the zone that holds it.
    pub parent: Option<String>,
    /// Its own position in the collection.
    pub position: usize,
    /// CRS of every figure.
    pub crs: Crs,
    /// Whether that was guessed by the place.
    pub crs_guessed: bool,
    /// Planar area of the zone, m².
    pub area_m2: f64,
    /// The features, by position in the layer.
    pub parts: Vec<SharePart>,
    /// Land of the zone in the layer, counted once, m².
    pub covered_m2: f64,
    /// Where several features cover the same land, each place that is wide enough.
    pub contested: Vec<Contested>,
}

/// What of a layer lies in each zone, in the order of the collections. Stopped, it has the zones so far.
/// # Errors
/// [`CrsError`] when coordinates cannot be put on a plane.
pub fn zone_shares(request: &ShareRequest<'_>) -> Result<Vec<ZoneShare>, CrsError> {
    let entries = zones(request.collections, request.provinces);
    let mut planes: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        planes.entry((entry.collection, entry.crs.name().to_owned())).or_default().push(at);
    }
    let mut found: Vec<(usize, ZoneShare)> = Vec::new();
    for members in planes.values() {
        found.extend(Plane::new(request, &entries, members)?.shares(request, &entries, members));
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, share)| share).collect())
}

/// Zones of one collection and what lies on them, on one plane.
struct Plane {
    zones: OnPlane,
    layer: OnPlane,
    /// Communes with their codes.
    communes: Vec<(OnPlane, Vec<String>)>,
}

impl Plane {
    fn new(request: &ShareRequest<'_>, entries: &[ZoneEntry], members: &[usize]) -> Result<Self, CrsError> {
        let first = &entries[members[0]];
        let positions = members.iter().map(|at| entries[*at].position).collect();
        let zones = OnPlane::some(&request.collections[first.collection].layer, &first.crs, positions)?;
        let place = extent(&zones.prepared);
        let near = |of: &Collection, counts: &dyn Fn(&Feature) -> bool| {
            let there = match &place {
                Some(place) => touching(&of.layer, &first.crs, place)?,
                None => Vec::new(),
            };
            let there = there.into_iter().filter(|at| counts(&of.layer.features[*at])).collect();
            OnPlane::some(&of.layer, &first.crs, there)
        };
        let layer = near(request.layer, request.counts)?;
        let mut communes = Vec::new();
        for of in request.communes {
            let on = near(of, &|_| true)?;
            let codes = on.positions.iter().map(|at| commune_key(&of.layer.features[*at])).collect();
            communes.push((on, codes));
        }
        Ok(Self { zones, layer, communes })
    }

    fn shares(
        &self,
        request: &ShareRequest<'_>,
        entries: &[ZoneEntry],
        members: &[usize],
    ) -> Vec<(usize, ZoneShare)> {
        let options = overlay::Options {
            want: Want::Widths,
            prove: true,
            cancelled: request.cancelled,
            ..overlay::Options::default()
        };
        let found = overlay::overlaps(&self.zones.prepared, &self.layer.prepared, &options);
        let mut pairs: BTreeMap<usize, Vec<&Overlap>> = BTreeMap::new();
        found.pairs.iter().for_each(|pair| pairs.entry(pair.subject).or_default().push(pair));
        let proofs: BTreeMap<usize, &overlay::Proof> =
            found.proofs.iter().map(|proof| (proof.subject, proof)).collect();
        let mut shares = Vec::new();
        for (at, member) in members.iter().enumerate() {
            if request.cancelled.is_some_and(|cancelled| cancelled()) {
                break;
            }
            // A zone without an area covers nothing.
            let Some(proof) = proofs.get(&at) else { continue };
            let of_zone = Zone { plane: self, request, entry: &entries[*member], at };
            let pairs = pairs.get(&at).map_or(&[][..], Vec::as_slice);
            shares.push((*member, of_zone.share(pairs, proof)));
        }
        shares
    }
}

/// One zone on its plane.
struct Zone<'a> {
    plane: &'a Plane,
    request: &'a ShareRequest<'a>,
    entry: &'a ZoneEntry,
    at: usize,
}

impl Zone<'_> {
    fn share(&self, pairs: &[&Overlap], proof: &overlay::Proof) -> ZoneShare {
        let ZoneEntry { zone, position, crs, crs_guessed, collection, .. } = self.entry;
        let here = self.communes();
        let parts = pairs.iter().map(|pair| self.part(pair, &here)).collect();
        ZoneShare {
            zone: ZoneRef { id: zone.id.clone(), name: zone.name.clone(), kind: zone.kind },
            collection: self.request.collections[*collection].info.id.clone(),
            parent: zone.parent.clone(),
            position: *position,
            crs: crs.clone(),
            crs_guessed: *crs_guessed,
            area_m2: proof.area_m2,
            parts,
            covered_m2: proof.area_m2 - proof.uncovered_m2,
            contested: self.contested(pairs, proof),
        }
    }

    /// The communes that reach into the zone: their plane, position there and code.
    fn communes(&self) -> Vec<(&Prepared, usize, &str)> {
        let Some(place) = self.plane.zones.prepared.features[self.at].envelope else { return Vec::new() };
        let near = self.plane.communes.iter().flat_map(|(on, codes)| {
            let near = on.prepared.candidates(&place).into_iter();
            near.map(move |at| (&on.prepared, at, codes[at].as_str()))
        });
        near.collect()
    }

    fn part(&self, pair: &Overlap, communes: &[(&Prepared, usize, &str)]) -> SharePart {
        let wide = pair.mean_width_m.is_some_and(|width_m| width_m >= self.w_min_m());
        SharePart {
            position: self.plane.layer.positions[pair.reference],
            area_m2: pair.area_m2,
            narrow: !wide,
            by_commune: self.by_commune(pair, communes),
        }
    }

    fn by_commune(&self, pair: &Overlap, communes: &[(&Prepared, usize, &str)]) -> Vec<(String, f64)> {
        let Some(shape) = self.shape(pair.reference).filter(|_| !communes.is_empty()) else {
            return Vec::new();
        };
        let mut areas: BTreeMap<&str, f64> = BTreeMap::new();
        for (prepared, at, code) in communes {
            let area_m2 = prepared.region(*at).map_or(0.0, |commune| shape.intersection(&commune).area_m2());
            if area_m2 > 0.0 {
                *areas.entry(code).or_default() += area_m2;
            }
        }
        let mut areas: Vec<(String, f64)> =
            areas.into_iter().map(|(code, area_m2)| (code.to_owned(), area_m2)).collect();
        areas.sort_by(|a, b| b.1.total_cmp(&a.1));
        areas
    }

    /// What of the layer's feature lies in the zone.
    fn shape(&self, reference: usize) -> Option<Region> {
        let zone = self.plane.zones.prepared.region(self.at)?;
        Some(zone.intersection(&self.plane.layer.prepared.region(reference)?))
    }

    fn w_min_m(&self) -> f64 {
        let known = |scale: Option<u32>| scale.unwrap_or(self.request.significance.default_scale);
        let scale = known(self.request.layer.info.scale);
        self.request.significance.w_min_m(known(self.entry.scale), scale)
    }

    /// The places where several features of the layer lie in the zone on the same land, the largest first.
    fn contested(&self, pairs: &[&Overlap], proof: &overlay::Proof) -> Vec<Contested> {
        // What rounding leaves is no land.
        if proof.multiple_m2 < 1.0 {
            return Vec::new();
        }
        let shapes: Vec<(usize, Region)> =
            pairs.iter().filter_map(|pair| Some((pair.reference, self.shape(pair.reference)?))).collect();
        let (_, double) = Region::covered_more_than_once(shapes.iter().map(|(_, shape)| shape));
        let w_min_m = self.w_min_m();
        let wide = double.parts().into_iter().filter(|part| part.mean_width_m() >= w_min_m);
        let place = |part: Region| {
            let claims = |shape: &Region| shape.intersection(&part).mean_width_m() >= w_min_m;
            let claimants = shapes.iter().filter(|(_, shape)| claims(shape));
            let claimants = claimants.map(|(reference, _)| self.plane.layer.positions[*reference]);
            Contested { area_m2: part.area_m2(), claimants: claimants.collect() }
        };
        let mut places: Vec<Contested> = wide.map(place).collect();
        places.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
        places
    }
}
