//! From simple rings to a region in normal form.

use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

use super::bounds::{side, winding};
use super::{Point, Region};

/// Simple, oriented rings that do not cross, put together ring by ring.
///
/// Rings of one *walk* touch one another and bound one connected piece: a shell with holes that touch it, or only
/// holes. Rings of different walks that bound the same piece do not touch.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    shells: Vec<Sorted>,
    holes: Vec<Sorted>,
    walks: usize,
}

/// A ring in normal form and the walk that it comes from.
#[derive(Debug)]
struct Sorted {
    contour: IntContour<i64>,
    walk: usize,
}

impl Assembly {
    /// Starts anew.
    pub(crate) fn clear(&mut self) {
        self.shells.clear();
        self.holes.clear();
        self.walks = 0;
    }

    /// The rings that follow belong together.
    pub(crate) fn begin_walk(&mut self) {
        self.walks += 1;
    }

    /// Adds a ring, its closing vertex left out.
    pub(crate) fn ring(&mut self, vertices: &[Point]) {
        let start = leftmost(vertices);
        let Some(is_shell) = (vertices.len() > 2).then(|| turn_at(vertices, start)) else { return };
        let contour = normal_ring(vertices, start);
        let ring = Sorted { contour, walk: self.walks };
        if is_shell { self.shells.push(ring) } else { self.holes.push(ring) }
    }

    /// The region; `None` when a hole lies in no shell, or two shells come from one walk: then the rings were not
    /// what they must be.
    pub(crate) fn finish(&mut self) -> Option<Region> {
        self.shells.sort_unstable_by(|a, b| a.contour.cmp(&b.contour));
        self.holes.sort_unstable_by(|a, b| a.contour.cmp(&b.contour));
        let places: Vec<usize> = if self.shells.len() == 1 {
            vec![0; self.holes.len()]
        } else {
            self.holes.iter().map(|hole| self.shell_of(hole)).collect::<Option<_>>()?
        };
        if self.shells.is_empty() && !places.is_empty() {
            return None;
        }
        let mut shapes: IntShapes<i64> = self.shells.drain(..).map(|shell| vec![shell.contour]).collect();
        for (hole, place) in self.holes.drain(..).zip(places) {
            shapes[place].push(hole.contour);
        }
        Some(Region::of_normal_shapes(shapes))
    }

    /// The shell of the walk that the hole comes from; else the innermost around the leftmost vertex of the walk.
    /// What lies to the left of that vertex is the piece that the hole lies in, so that no ring of the piece, and
    /// none around it, can touch there, and the ray to the left tells which are around. Of those, which lie in
    /// one another, the innermost starts last.
    fn shell_of(&self, hole: &Sorted) -> Option<usize> {
        if let Some(own) = self.shells.iter().position(|shell| shell.walk == hole.walk) {
            return Some(own);
        }
        let of_walk = self.holes.iter().filter(|other| other.walk == hole.walk);
        let place = *of_walk.filter_map(|other| other.contour.first()).min()?;
        self.shells.iter().rposition(|shell| shell.contour[0] < place && winding(&shell.contour, place) != 0)
    }
}

/// The number of the leftmost, then lowest vertex.
pub(crate) fn leftmost(vertices: &[Point]) -> usize {
    let mut first = 0;
    for (i, vertex) in vertices.iter().enumerate() {
        if *vertex < vertices[first] {
            first = i;
        }
    }
    first
}

/// Whether a simple ring runs counter-clockwise: at its leftmost, then lowest vertex it turns the way it runs.
pub(crate) fn turn_at(vertices: &[Point], leftmost: usize) -> bool {
    let count = vertices.len();
    let (before, after) = (vertices[(leftmost + count - 1) % count], vertices[(leftmost + 1) % count]);
    side(before, vertices[leftmost], after) > 0
}

/// The ring from its leftmost vertex on, without vertices straight between their neighbours.
fn normal_ring(vertices: &[Point], start: usize) -> IntContour<i64> {
    let mut contour = IntContour::with_capacity(vertices.len());
    let mut before = vertices[start];
    contour.push(before);
    let (tail, head) = (&vertices[start + 1..], &vertices[..=start]);
    let mut rest = tail.iter().chain(head);
    let Some(&first) = rest.next() else { return contour };
    let mut vertex = first;
    for &after in rest {
        if !is_straight(before, vertex, after) {
            contour.push(vertex);
            before = vertex;
        }
        vertex = after;
    }
    contour
}

/// Whether a vertex lies between its neighbours, on the line through them.
#[inline]
pub(crate) fn is_straight(before: Point, vertex: Point, after: Point) -> bool {
    let (dx, dy) = (vertex.x - before.x, vertex.y - before.y);
    let (ex, ey) = (after.x - vertex.x, after.y - vertex.y);
    // Products that differ in their low halves differ; only then are the whole products worth their while.
    dx.wrapping_mul(ey) == dy.wrapping_mul(ex)
        && side(before, vertex, after) == 0
        && (dx.signum(), dy.signum()) == (ex.signum(), ey.signum())
}
