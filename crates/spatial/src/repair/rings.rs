//! The rings of polygons on the grid, each filled by itself.

use geo_types::{LineString, MultiPolygon, Polygon};
use i_overlay::core::fill_rule::FillRule;

use crate::Region;
use crate::region::general::resolve;
use crate::region::{Contour, metres, snap};

/// A shell and its holes, each as what its ring winds around.
pub(super) struct Part {
    pub(super) shell: Region,
    pub(super) holes: Vec<Region>,
}

/// Polygons as they were drawn, on the grid.
#[derive(Default)]
pub(super) struct Drawn {
    /// Every ring as a closed path without its closing vertex, collapsed ones too: of two vertices at least.
    pub(super) paths: Vec<Contour>,
    pub(super) parts: Vec<Part>,
    /// Rings that enclose nothing, or have a coordinate without a place on the grid.
    pub(super) rings_dropped: usize,
    /// Vertices that were not on the grid.
    pub(super) vertices_snapped: usize,
}

impl Drawn {
    pub(super) fn read(polygons: &MultiPolygon<f64>) -> Self {
        let mut drawn = Self::default();
        for polygon in polygons {
            let part = drawn.part(polygon);
            drawn.parts.push(part);
        }
        drawn
    }

    fn part(&mut self, polygon: &Polygon<f64>) -> Part {
        let shell = self.ring(polygon.exterior());
        let holes = polygon.interiors().iter().map(|hole| self.ring(hole)).collect();
        Part { shell, holes }
    }

    /// What a ring winds around, in either direction.
    fn ring(&mut self, ring: &LineString<f64>) -> Region {
        if ring.0.is_empty() {
            return Region::default();
        }
        let filled = self.path(ring).map(|path| resolve(std::slice::from_ref(&path), FillRule::NonZero));
        let filled = filled.unwrap_or_default();
        self.rings_dropped += usize::from(filled.is_empty());
        filled
    }

    /// The ring on the grid, kept among the paths; `None` when there is no line.
    fn path(&mut self, ring: &LineString<f64>) -> Option<Contour> {
        let places: Vec<[f64; 2]> = ring.coords().map(|c| [c.x, c.y]).collect();
        let mut path = places.iter().map(|&place| snap(place)).collect::<Option<Contour>>()?;
        let vertices = places.len() - usize::from(places.first() == places.last());
        let moved =
            places.iter().zip(&path).take(vertices).filter(|(place, point)| **place != metres(**point));
        self.vertices_snapped += moved.count();
        path.dedup();
        if path.len() > 1 && path.first() == path.last() {
            path.pop();
        }
        if path.len() < 2 {
            return None;
        }
        self.paths.push(path.clone());
        Some(path)
    }
}
