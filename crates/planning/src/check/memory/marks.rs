//! Which zones have changed, and whom a zone could concern.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use spatial::crs::Transformation;
use spatial::{Crs, Envelope, Feature, Index, Layer};

use crate::check::context::Scene;
use crate::check::plane::{around, envelope};
use crate::check::zones::ZoneEntry;

/// Added to what rules look at, m: boxes are found by way of degrees.
const MARGIN_M: f64 = 1.0;

/// A number for every zone: a zone keeps its number from check to check as long as it says the same and lies where it
/// lay, and no number is ever given twice.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Marks {
    next: u64,
    marks: Vec<Arc<Mark>>,
    /// Positions by collection, id, and which of several with that id.
    known: HashMap<(String, String, usize), usize>,
    /// Positions of the first zones by id.
    first: HashMap<String, usize>,
    boxes: Boxes,
}

/// One zone as it was marked.
#[derive(Clone, Debug)]
struct Mark {
    number: u64,
    /// The layer that has it, and where.
    layer: Arc<Layer>,
    position: usize,
    crs: Crs,
    parent: Option<String>,
    /// Where it lies.
    own: Spread,
    /// Where its rules look.
    reach: Spread,
}

/// A place on Earth, degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) enum Spread {
    Nowhere,
    Within(Envelope),
    /// Where it is cannot be told.
    Everywhere,
}

/// Where all zones lie.
#[derive(Clone, Debug, Default)]
struct Boxes {
    index: Arc<Index>,
    everywhere: Vec<usize>,
}

impl Marks {
    pub(in crate::check) fn of(scene: &Scene<'_>, earlier: &Self) -> Self {
        let mut marks = Self { next: earlier.next, ..Self::default() };
        let mut planes = Planes::default();
        let reach_m = scene.pack.reach_m() + MARGIN_M;
        let mut seen: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for (at, entry) in scene.zones.iter().enumerate() {
            let collection = &scene.collections[entry.collection];
            let nth = seen.entry((entry.collection, entry.zone.id.as_str())).or_default();
            let key = (collection.info.id.clone(), entry.zone.id.clone(), *nth);
            *nth += 1;
            let before = earlier.known.get(&key).map(|&before| &earlier.marks[before]);
            let mark = match before.filter(|before| before.is_of(entry, &collection.layer)) {
                Some(before) => Arc::clone(before),
                None => {
                    marks.next += 1;
                    Arc::new(Mark::new(marks.next, entry, &collection.layer, &mut planes, reach_m))
                }
            };
            marks.marks.push(mark);
            marks.first.entry(entry.zone.id.clone()).or_insert(at);
            marks.known.insert(key, at);
        }
        marks.boxes = Boxes::of(&marks.marks);
        marks
    }

    /// The mark of a zone, of the parent that it names, and of all zones that its rules could look at, by their order.
    pub(in crate::check) fn around(&self, at: usize) -> Option<Vec<u64>> {
        let own = self.marks.get(at)?;
        let parent = own.parent.as_ref().and_then(|id| self.first.get(id));
        let number = |at: &usize| self.marks[*at].number;
        let mut around = vec![own.number, parent.map_or(0, number)];
        around.extend(self.near(&own.reach).iter().map(number));
        Some(around)
    }

    /// Positions of the zones that could lie at a place, in order.
    pub(in crate::check) fn near(&self, place: &Spread) -> Vec<usize> {
        let mut near = match place {
            Spread::Nowhere => Vec::new(),
            Spread::Everywhere => (0..self.marks.len()).collect(),
            Spread::Within(place) => [self.boxes.index.query(place), self.boxes.everywhere.clone()].concat(),
        };
        near.sort_unstable();
        near
    }

    /// The numbers, in the order of the zones.
    pub(in crate::check) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        self.marks.iter().map(|mark| mark.number)
    }
}

impl Mark {
    fn new(number: u64, entry: &ZoneEntry, layer: &Arc<Layer>, planes: &mut Planes, reach_m: f64) -> Self {
        let there = envelope(&layer.features[entry.position]);
        let wgs84 = Crs::wgs84();
        let spread = |found: Option<Envelope>| found.map_or(Spread::Everywhere, Spread::Within);
        let (own, reach) = match there {
            None => (Spread::Nowhere, Spread::Nowhere),
            Some(there) => {
                let own = planes.envelope(&layer.crs, &wgs84, &there);
                let plane = planes.envelope(&layer.crs, &entry.crs, &there);
                let reach = plane.map(|plane| around(&plane, reach_m));
                (spread(own), spread(reach.and_then(|reach| planes.envelope(&entry.crs, &wgs84, &reach))))
            }
        };
        let (layer, crs, parent) = (Arc::clone(layer), entry.crs.clone(), entry.zone.parent.clone());
        Self { number, layer, position: entry.position, crs, parent, own, reach }
    }

    /// Whether a zone is still what was marked. Where it stands in its file does not matter.
    fn is_of(&self, entry: &ZoneEntry, layer: &Arc<Layer>) -> bool {
        let same = |a: &Feature, b: &Feature| {
            a.id == b.id && a.properties == b.properties && a.geometry == b.geometry
        };
        let very_same = Arc::ptr_eq(&self.layer, layer) && self.position == entry.position;
        self.crs == entry.crs
            && self.layer.crs == layer.crs
            && (very_same || same(&self.layer.features[self.position], &layer.features[entry.position]))
    }
}

impl Boxes {
    fn of(marks: &[Arc<Mark>]) -> Self {
        let (mut placed, mut everywhere) = (Vec::new(), Vec::new());
        for (at, mark) in marks.iter().enumerate() {
            match mark.own {
                Spread::Nowhere => {}
                Spread::Within(place) => placed.push((place, at)),
                Spread::Everywhere => everywhere.push(at),
            }
        }
        Self { index: Arc::new(Index::bulk_load(placed)), everywhere }
    }
}

/// Ways from one CRS to another, each made once.
#[derive(Default)]
struct Planes {
    known: HashMap<(String, String), Option<Transformation>>,
}

impl Planes {
    fn envelope(&mut self, from: &Crs, to: &Crs, place: &Envelope) -> Option<Envelope> {
        let key = (from.name().to_owned(), to.name().to_owned());
        let way = self.known.entry(key).or_insert_with(|| Transformation::new(from, to).ok());
        way.as_ref()?.envelope(place)
    }
}
