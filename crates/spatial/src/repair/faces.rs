//! The faces into which pieces of line, which meet in their ends only, divide the plane.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::region::{Contour, Point};

/// Pieces below this are short, in steps of the grid (0.24 mm). Crossings are rounded to the grid, and three lines
/// through one point are then a triangle of short pieces, or two of them share one: ways through it are no ways. Even
/// where lines meet at a hundredth of a right angle such a triangle is no longer than that.
const SHORT_STEPS: i128 = 256;

/// What it costs to come to a face from outside its connected figure: of the ways with the fewest short pieces, the
/// fewest pieces in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Depth {
    short: u32,
    pieces: u32,
}

/// Pieces of line with a face on either side. Half-edge 2k runs along piece k, 2k + 1 back; its face lies to the
/// left.
pub(super) struct Faces {
    pieces: Vec<[Point; 2]>,
    /// The number of the node that each half-edge leaves.
    origins: Vec<usize>,
    /// Half-edges by the node that they leave, and counter-clockwise around it.
    fans: Vec<usize>,
    /// Where the fan of each node begins, and the end of the last.
    fan_starts: Vec<usize>,
    /// The face of each half-edge.
    faces: Vec<usize>,
    /// How deep each face lies.
    depths: Vec<Depth>,
}

impl Faces {
    pub(super) fn of(pieces: Vec<[Point; 2]>) -> Self {
        let mut nodes: Vec<Point> = pieces.iter().flatten().copied().collect();
        nodes.sort_unstable();
        nodes.dedup();
        let node = |point: &Point| nodes.binary_search(point).unwrap_or_default();
        let origins: Vec<usize> = pieces.iter().flatten().map(node).collect();
        let mut fans: Vec<usize> = (0..origins.len()).collect();
        fans.sort_unstable_by(|&g, &h| {
            origins[g].cmp(&origins[h]).then_with(|| by_angle(direction(&pieces, g), direction(&pieces, h)))
        });
        let mut fan_starts = vec![0; nodes.len() + 1];
        for &origin in &origins {
            fan_starts[origin + 1] += 1;
        }
        for k in 0..nodes.len() {
            fan_starts[k + 1] += fan_starts[k];
        }
        let mut faces = Self { pieces, origins, fans, fan_starts, faces: Vec::new(), depths: Vec::new() };
        let outer = faces.walk_all();
        faces.depths = faces.dive(outer);
        faces
    }

    /// Closed paths around the faces at odd depth, which lie to their left.
    pub(super) fn odd_outlines(&self) -> Vec<Contour> {
        let is_odd = |half: usize| self.depths[self.faces[half]].pieces % 2 == 1;
        let mut open: Vec<bool> = (0..self.origins.len()).map(|h| is_odd(h) && !is_odd(h ^ 1)).collect();
        // Where each node's fan has been searched up to.
        let mut cursors = self.fan_starts.clone();
        let mut outlines = Vec::new();
        for start in 0..open.len() {
            let (mut outline, mut next) = (Contour::new(), open[start].then_some(start));
            while let Some(half) = next {
                open[half] = false;
                outline.push(self.point(half));
                next = self.open_at(self.origins[half ^ 1], &open, &mut cursors);
            }
            if outline.len() > 2 {
                outlines.push(outline);
            }
        }
        outlines
    }

    fn open_at(&self, node: usize, open: &[bool], cursors: &mut [usize]) -> Option<usize> {
        let fan = &self.fans[cursors[node]..self.fan_starts[node + 1]];
        let at = fan.iter().position(|&half| open[half])?;
        cursors[node] += at;
        Some(fan[at])
    }

    fn point(&self, half: usize) -> Point {
        self.pieces[half / 2][half % 2]
    }

    /// Numbers the faces; the answer are those that lie around a connected figure.
    fn walk_all(&mut self) -> Vec<usize> {
        const NONE: usize = usize::MAX;
        let next = self.next_halves();
        let (mut outer, mut count) = (Vec::new(), 0);
        self.faces = vec![NONE; self.origins.len()];
        for start in 0..self.origins.len() {
            if self.faces[start] != NONE {
                continue;
            }
            let (mut half, mut twice_area, first) = (start, 0, self.point(start));
            while self.faces[half] == NONE {
                self.faces[half] = count;
                twice_area += cross(first, self.point(half), self.point(half ^ 1));
                half = next[half];
            }
            if twice_area <= 0 {
                outer.push(count);
            }
            count += 1;
        }
        outer
    }

    /// The half-edge that follows each around its face: at its end, the one to the right of the way back.
    fn next_halves(&self) -> Vec<usize> {
        let mut next = vec![0; self.fans.len()];
        for bounds in self.fan_starts.windows(2) {
            let fan = &self.fans[bounds[0]..bounds[1]];
            for (k, &half) in fan.iter().enumerate() {
                next[half ^ 1] = fan[(k + fan.len() - 1) % fan.len()];
            }
        }
        next
    }

    /// From the faces around every figure inwards, the least depth first.
    fn dive(&self, outer: Vec<usize>) -> Vec<Depth> {
        let count = self.faces.iter().max().map_or(0, |last| last + 1);
        let mut halves: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (half, &face) in self.faces.iter().enumerate() {
            halves[face].push(half);
        }
        let mut depths = vec![Depth { short: u32::MAX, pieces: 0 }; count];
        let mut queue: BinaryHeap<Reverse<(Depth, usize)>> =
            outer.into_iter().map(|face| Reverse((Depth { short: 0, pieces: 0 }, face))).collect();
        while let Some(Reverse((depth, face))) = queue.pop() {
            if depth >= depths[face] {
                continue;
            }
            depths[face] = depth;
            for &half in &halves[face] {
                let Depth { short, pieces } = depth;
                let beyond = Depth { short: short + u32::from(self.is_short(half)), pieces: pieces + 1 };
                if beyond < depths[self.faces[half ^ 1]] {
                    queue.push(Reverse((beyond, self.faces[half ^ 1])));
                }
            }
        }
        depths
    }

    fn is_short(&self, half: usize) -> bool {
        let [dx, dy] = direction(&self.pieces, half);
        dx * dx + dy * dy < SHORT_STEPS * SHORT_STEPS
    }
}

fn direction(pieces: &[[Point; 2]], half: usize) -> [i128; 2] {
    let (from, to) = (pieces[half / 2][half % 2], pieces[half / 2][1 - half % 2]);
    [i128::from(to.x - from.x), i128::from(to.y - from.y)]
}

/// Counter-clockwise from the direction of growing x.
fn by_angle(u: [i128; 2], v: [i128; 2]) -> Ordering {
    let lower_half = |[x, y]: [i128; 2]| y < 0 || (y == 0 && x < 0);
    lower_half(u).cmp(&lower_half(v)).then_with(|| 0.cmp(&(u[0] * v[1] - u[1] * v[0])))
}

/// Twice the signed area of a triangle.
fn cross(a: Point, b: Point, c: Point) -> i128 {
    crate::region::side(a, b, c)
}
