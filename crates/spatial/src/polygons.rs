//! Polygons in columns: the coordinates of many features in one array, oriented and closed, as the exact measures
//! ([`section`](crate::section)) and the shapes of overlaps ([`trace`](crate::trace)) read them.

use std::ops::Range;

use geo_types::{LineString, MultiPolygon};

use crate::Envelope;
use crate::trace::Clearness;

/// One ring of a feature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ring<'a> {
    /// Its vertices in metres, closed: the last is the first. Shells run counter-clockwise, holes clockwise.
    pub coords: &'a [[f64; 2]],
    /// Whether it is a hole.
    pub is_hole: bool,
}

/// Valid polygons on a working plane, in metres. A feature is a polygon or a multipolygon or nothing; a hole
/// follows the shell that it lies in. The features keep their positions; where their coordinates lie in memory
/// follows the order in which they were placed, so that placing neighbours one after the other keeps them near.
#[derive(Clone, Debug, Default)]
pub struct Polygons {
    coords: Vec<[f64; 2]>,
    rings: Vec<RingSpan>,
    features: Vec<FeatureSpan>,
    clearness: Vec<Clearness>,
}

#[derive(Clone, Copy, Debug)]
struct RingSpan {
    start: usize,
    end: usize,
    is_hole: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct FeatureSpan {
    first: usize,
    end: usize,
    envelope: Option<Envelope>,
}

impl Polygons {
    /// Room for `features` features, all of them nothing yet, and for `vertices` vertices without growing.
    pub fn with_capacity(features: usize, vertices: usize) -> Self {
        Self {
            coords: Vec::with_capacity(vertices),
            rings: Vec::with_capacity(features),
            features: vec![FeatureSpan::default(); features],
            clearness: vec![Clearness::default(); features],
        }
    }

    /// Puts a valid polygon set at `position` (below [`Polygons::len`]), turning its rings as [`Ring`] says.
    /// Whether it is valid is for the caller to know; placing twice replaces.
    pub fn place(&mut self, position: usize, polygons: &MultiPolygon<f64>) {
        let first = self.rings.len();
        for polygon in polygons {
            self.push_ring(polygon.exterior(), false);
            for hole in polygon.interiors() {
                self.push_ring(hole, true);
            }
        }
        self.span(position, first);
    }

    /// The same from rings that are closed already, each with whether it is a hole.
    pub fn place_rings<'a>(
        &mut self,
        position: usize,
        rings: impl IntoIterator<Item = (&'a [[f64; 2]], bool)>,
    ) {
        let first = self.rings.len();
        for (ring, is_hole) in rings {
            self.append(ring.iter().copied(), is_hole);
        }
        self.span(position, first);
    }

    fn span(&mut self, position: usize, first: usize) {
        let end = self.rings.len();
        let start = self.rings.get(first).map_or(self.coords.len(), |ring| ring.start);
        let envelope = Envelope::of(self.coords[start..].iter().copied());
        if let Some(feature) = self.features.get_mut(position) {
            *feature = FeatureSpan { first, end, envelope };
            self.clearness[position] = Clearness::default();
        }
    }

    fn push_ring(&mut self, ring: &LineString<f64>, is_hole: bool) {
        self.append(ring.coords().map(|c| [c.x, c.y]), is_hole);
    }

    fn append(&mut self, ring: impl Iterator<Item = [f64; 2]>, is_hole: bool) {
        let start = self.coords.len();
        self.coords.extend(ring);
        let coords = &mut self.coords[start..];
        if coords.len() < 4 {
            self.coords.truncate(start);
            return;
        }
        if (signed_area_m2(coords) > 0.0) == is_hole {
            coords.reverse();
        }
        self.rings.push(RingSpan { start, end: self.coords.len(), is_hole });
    }

    /// How many features there are, those that are nothing included.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there is no feature.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// How many vertices all rings have, the closing ones included.
    pub fn vertex_count(&self) -> usize {
        self.coords.len()
    }

    /// The box of a feature; `None` when it is nothing.
    pub fn envelope(&self, position: usize) -> Option<Envelope> {
        self.features.get(position)?.envelope
    }

    /// Planar area of a feature, m²: shells less holes; 0 when it is nothing.
    pub fn area_m2(&self, position: usize) -> f64 {
        // Not `sum`: that of nothing is −0.
        self.rings(position).map(|ring| signed_area_m2(ring.coords)).fold(0.0, std::ops::Add::add)
    }

    /// Where it is kept whether the rings of a feature are clear, for [`trace`](crate::trace).
    pub(crate) fn clearness(&self, position: usize) -> Option<&Clearness> {
        self.clearness.get(position)
    }

    /// The rings of a feature, each shell followed by its holes; none when it is nothing.
    pub fn rings(&self, position: usize) -> impl ExactSizeIterator<Item = Ring<'_>> + Clone {
        self.ring_numbers(position).map(|number| self.ring(number))
    }

    /// The numbers of a feature's rings, for tables that are kept beside.
    pub fn ring_numbers(&self, position: usize) -> Range<usize> {
        self.features.get(position).map_or(0..0, |feature| feature.first..feature.end)
    }

    /// How many rings there are in all.
    pub fn ring_count(&self) -> usize {
        self.rings.len()
    }

    /// The coordinates of all rings, one ring behind the other; those of a feature are in one piece.
    pub(crate) fn coords(&self) -> &[[f64; 2]] {
        &self.coords
    }

    /// Where a ring begins in [`Polygons::coords`].
    pub(crate) fn ring_start(&self, number: usize) -> usize {
        self.rings[number].start
    }

    /// A ring by its number.
    pub fn ring(&self, number: usize) -> Ring<'_> {
        let RingSpan { start, end, is_hole } = self.rings[number];
        Ring { coords: &self.coords[start..end], is_hole }
    }
}

/// Signed area of a closed ring, m², counter-clockwise positive; taken from its first vertex, so that large
/// coordinates do not eat the digits.
pub(crate) fn signed_area_m2(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let twice: f64 =
        ring.windows(2).map(|w| (w[0][0] - x0) * (w[1][1] - y0) - (w[1][0] - x0) * (w[0][1] - y0)).sum();
    twice / 2.0
}
