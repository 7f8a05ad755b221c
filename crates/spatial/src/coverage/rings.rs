//! The borders of a layer on the grid, with every vertex of the source.

use super::Options;
use super::options::Step;
use crate::Prepared;
use crate::region::{Contour, Point, snap_ring, twice_signed_area};

/// The rings of all features, one after the other, each closed: its last point is its first.
#[derive(Debug, Default)]
pub(super) struct Rings {
    pub(super) points: Vec<Point>,
    pub(super) spans: Vec<Span>,
    /// Twice the sum of all features' areas, in grid cells.
    pub(super) twice_area_cells: i128,
}

/// Where a ring lies; the edge with number `i` runs from point `i` to point `i + 1`, from `start` to below `last`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) feature: usize,
    pub(super) start: usize,
    pub(super) last: usize,
}

impl Rings {
    /// Puts the rings of all features in order; `None` when the work is to stop.
    pub(super) fn of(prepared: &Prepared, options: &Options<'_>) -> Option<Self> {
        let total = prepared.features.len();
        // One after the other: this is little work, and the memory that threads would need beside is not little.
        let mut all =
            Self { points: Vec::with_capacity(prepared.polygons().vertex_count()), ..Self::default() };
        for feature in 0..total {
            options.tell(Step::Rings, feature, total)?;
            for contour in of_feature(prepared, feature) {
                all.twice_area_cells += twice_signed_area(&contour);
                all.push(feature, &contour);
            }
        }
        Some(all)
    }

    fn push(&mut self, feature: usize, contour: &Contour) {
        let start = self.points.len();
        self.points.extend(contour.iter().chain(contour.first()));
        self.spans.push(Span { feature, start, last: self.points.len() - 1 });
    }

    /// The ends of an edge.
    pub(super) fn ends(&self, edge: usize) -> [Point; 2] {
        [self.points[edge], self.points[edge + 1]]
    }
}

/// The rings of a feature on the grid; shells counter-clockwise, holes clockwise. Where two vertices of a valid
/// polygon fall on one grid point, or a vertex on another edge, they may touch or cross by a step: winding numbers
/// stand that, and nothing here asks more of them.
pub(super) fn of_feature(prepared: &Prepared, position: usize) -> Vec<Contour> {
    let rings = prepared.polygons().rings(position);
    rings.filter_map(|ring| snap_ring(ring.coords.iter().copied())).collect()
}
