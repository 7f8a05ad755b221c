//! Shapes of overlaps of valid polygons, on the global grid.
//!
//! # How
//! The boundaries of two valid polygon sets meet one another, but each keeps clear of itself. So nothing has to
//! be swept and no faces have to be built: it is enough to find the points where the two boundaries meet (the
//! *nodes*), to tell at each which of the four lines that leave it belongs to the result, and to follow these.
//!
//! 1. The subject is prepared once: its vertices are snapped, its edges entered in the cells of a grid
//!    ([`buckets`]). A reference is walked edge by edge; one whose cells no edge of the subject comes to is far.
//! 2. A near edge is compared with the subject's edges of its cells, in exact integer arithmetic ([`contact`]).
//!    Edges cross properly, or a vertex lies on an edge, or two vertices are one point. Stretches that both
//!    boundaries follow begin and end, and have all their vertices, in such points, so that they need no case of
//!    their own.
//! 3. Each boundary passes once through a node, with what it encloses on its left: in the sector from the line
//!    that goes out to the line that comes in. A line lies inside or outside the other's sector or along its
//!    border, the same way or opposite ([`node`]). The intersection is bounded by the lines inside the other and
//!    those that both follow the same way; the union by those outside instead of inside. The difference is the
//!    intersection with the reference's complement: its rings turned around.
//! 4. Following the kept lines from node to node gives closed walks, each of them around one connected piece of
//!    the result; where a walk touches itself it is cut in simple rings ([`walk`]). Rings without nodes lie
//!    wholly inside or outside. [`Assembly`](crate::region::Assembly) puts holes into shells.
//!
//! # Why it is exact
//! All decisions are exact, but the crossings are rounded to the grid, by less than 0.71 steps, which bends the
//! two edges. Move all crossings from where they are to where they are rounded to, evenly: what lies where can
//! change only at a moment when a vertex or a crossing comes to a line that does not end in it. That cannot be
//! when
//! - each boundary is *clear* ([`clear`]): edges that do not follow one another, and the far ends of those that
//!   do, are more than two steps apart (two crossings that move could come together over 1.42 steps);
//! - no vertex of the one boundary lies within 0.75 steps of a bent edge of the other, but on it it may;
//! - no crossing lies within three steps (of its rounded place) of the edges before and after the two that it
//!   bends.
//!
//! All other distances follow: a crossing lies on an edge of each boundary, and so keeps from the rest of each
//! what clearance gives. When a condition fails, the general overlay ([`Region`]) takes the pair, on the same
//! grid and in the same normal form: slower, but right. It is rare: the conditions look at micrometres.
//! [`Scratch::ways`] counts which pairs went which way. All conditions are symmetric and exact, so that a pair
//! goes the same way, and gives the same region, in either order and wherever the grid's origin is.

mod axis;
mod buckets;
mod clear;
mod contact;
mod figure;
mod node;
mod pieces;
mod regions;
mod rings;
mod seams;
mod search;
mod walk;

pub(crate) use clear::Clearness;
pub(crate) use pieces::{side_by_side, uncovered};
pub(crate) use regions::{clear_feature, clear_region, overlay};

use std::sync::OnceLock;

use crate::region::general;
use crate::{Polygons, Region};
use buckets::Buckets;
use node::Keep;
use rings::Rings;
use search::Boundaries;

/// Which shape is wanted of a subject and a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// What both cover.
    Intersection,
    /// What the subject covers and the reference does not.
    Difference,
    /// What either covers.
    Union,
}

/// A subject prepared once for all its candidates.
#[derive(Debug)]
pub struct Subject {
    /// On the grid, once somebody asked.
    region: OnceLock<Region>,
    /// Its rings and their edges' cells, when they are clear.
    prepared: Option<(Rings, Buckets)>,
}

/// How many pairs went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// No edge of the subject comes near the box of the reference, and nothing had to be computed.
    pub apart: usize,
    /// Traced as [`trace`](self) describes.
    pub traced: usize,
    /// Given to the general overlay, as one of the two is not clear: it touches itself, is invalid, or has
    /// edges of a few micrometres.
    pub unclear: usize,
    /// Given to the general overlay, as rounding a crossing might have changed how the two lie.
    pub close: usize,
}

/// Room that is used again from pair to pair.
#[derive(Debug, Default)]
pub struct Scratch {
    rings: Rings,
    clear: clear::Room,
    figure: figure::Room,
    ways: Ways,
}

impl Scratch {
    /// Which ways the pairs went that were computed in this room.
    pub fn ways(&self) -> Ways {
        self.ways
    }
}

impl Subject {
    /// Prepares one feature.
    pub fn new(polygons: &Polygons, position: usize) -> Self {
        let mut scratch = Scratch::default();
        scratch.rings.read_polygons(polygons, position, false);
        if scratch.is_clear(polygons, position) {
            let buckets = Buckets::new(&scratch.rings);
            return Self { region: OnceLock::new(), prepared: Some((scratch.rings, buckets)) };
        }
        Self { region: Region::of_polygons(polygons, position).into(), prepared: None }
    }

    fn region(&self) -> &Region {
        let of_rings = |(rings, _): &(Rings, Buckets)| figure::region_of(rings);
        self.region.get_or_init(|| self.prepared.as_ref().and_then(of_rings).unwrap_or_default())
    }

    /// The shape asked for. It depends on the two features alone, not on what was computed before.
    pub fn overlay(
        &self,
        references: &Polygons,
        position: usize,
        operation: Operation,
        scratch: &mut Scratch,
    ) -> Region {
        let Some((rings, buckets)) = &self.prepared else {
            scratch.ways.unclear += 1;
            return self.overlay_generally(references, position, operation);
        };
        if let Some(region) = self.apart(buckets, references, position, operation) {
            scratch.ways.apart += 1;
            return region;
        }
        scratch.rings.read_polygons(references, position, operation == Operation::Difference);
        if !scratch.is_clear(references, position) {
            scratch.ways.unclear += 1;
            return self.overlay_generally(references, position, operation);
        }
        let keep = Keep::of(operation);
        let boundaries = Boundaries { first: rings, buckets, second: &scratch.rings, keep };
        if let Some(region) = figure::figure(boundaries, &mut scratch.figure) {
            scratch.ways.traced += 1;
            return region;
        }
        scratch.ways.close += 1;
        self.overlay_generally(references, position, operation)
    }

    /// The answer where it is nothing or the whole subject because the reference's box lies outside.
    fn apart(
        &self,
        buckets: &Buckets,
        references: &Polygons,
        position: usize,
        operation: Operation,
    ) -> Option<Region> {
        let bounds = rings::snap_envelope(references.envelope(position)?)?;
        match (operation, buckets.is_box_enclosed(&bounds)) {
            (Operation::Intersection, Some(false)) => Some(Region::default()),
            (Operation::Difference, Some(false)) => Some(self.region().clone()),
            _ => None,
        }
    }

    fn overlay_generally(&self, references: &Polygons, position: usize, operation: Operation) -> Region {
        general::overlay(self.region(), &Region::of_polygons(references, position), operation)
    }
}

impl Scratch {
    /// Whether the feature whose rings were just read is clear.
    fn is_clear(&mut self, polygons: &Polygons, position: usize) -> bool {
        let find = || clear::is_clear(&self.rings, &mut self.clear);
        polygons.clearness(position).is_some_and(|clearness| clearness.known_or(find))
    }
}
