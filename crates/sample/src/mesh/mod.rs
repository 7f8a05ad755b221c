//! The mesh: a Delaunay triangulation on whole metres. Everything that has an area in the province is a set of its
//! triangles, so borders are shared by construction.

pub(crate) mod grow;
pub(crate) mod seeds;
pub(crate) mod smooth;

use crate::plane::{Point, Spot, turn};

/// No triangle there.
pub(crate) const NONE: u32 = u32::MAX;

/// Triangles, counter-clockwise, with their neighbours.
pub(crate) struct Mesh {
    pub(crate) points: Vec<Point>,
    pub(crate) fixed: Vec<bool>,
    pub(crate) triangles: Vec<[u32; 3]>,
    /// Triangle across the edge from corner k to corner k + 1, or [`NONE`].
    pub(crate) neighbours: Vec<[u32; 3]>,
}

impl Mesh {
    /// Triangulates and keeps what lies inside, in one piece; `None` when it cannot be made.
    pub(crate) fn new(points: Vec<Point>, fixed: Vec<bool>, keep: impl Fn(Spot) -> bool) -> Option<Self> {
        let input: Vec<delaunator::Point> =
            points.iter().map(|p| delaunator::Point { x: p.x as f64, y: p.y as f64 }).collect();
        let made = delaunator::triangulate(&input);
        let mut triangles = Vec::new();
        let mut neighbours = Vec::new();
        for t in 0..made.triangles.len() / 3 {
            let corner = |k: usize| made.triangles[3 * t + k] as u32;
            let across = |k: usize| match made.halfedges[3 * t + k] {
                delaunator::EMPTY => NONE,
                half => (half / 3) as u32,
            };
            let (mut corners, mut sides) =
                ([corner(0), corner(1), corner(2)], [across(0), across(1), across(2)]);
            if area(&points, corners) < 0 {
                corners.swap(1, 2);
                sides.swap(0, 2);
            }
            triangles.push(corners);
            neighbours.push(sides);
        }
        let whole = Self { points, fixed, triangles, neighbours };
        whole.is_planar().then(|| whole.kept(keep))
    }

    /// Whether every triangle turns left: with the consistent neighbours of a triangulation nothing can cross then.
    pub(crate) fn is_planar(&self) -> bool {
        !self.triangles.is_empty() && self.triangles.iter().all(|&t| area(&self.points, t) > 0)
    }

    pub(crate) fn centre(&self, triangle: usize) -> Spot {
        let [a, b, c] = self.triangles[triangle].map(|p| self.points[p as usize].spot());
        (a + b + c) * (1.0 / 3.0)
    }

    /// Area in m².
    pub(crate) fn area_m2(&self, triangle: usize) -> f64 {
        crate::plane::square_metres(area(&self.points, self.triangles[triangle]))
    }

    /// The largest connected set of triangles whose centres `keep` accepts.
    fn kept(self, keep: impl Fn(Spot) -> bool) -> Self {
        let mut class: Vec<u32> =
            (0..self.triangles.len()).map(|t| u32::from(!keep(self.centre(t)))).collect();
        let pieces = grow::components(&self, &class);
        let mut sizes = vec![0usize; pieces.iter().map(|&p| p as usize + 1).max().unwrap_or(0)];
        for (t, &piece) in pieces.iter().enumerate() {
            sizes[piece as usize] += usize::from(class[t] == 0);
        }
        let largest = (0..sizes.len()).max_by_key(|&p| sizes[p]).unwrap_or(0) as u32;
        let mut next = 0;
        for (t, slot) in class.iter_mut().enumerate() {
            *slot = if pieces[t] == largest { next } else { NONE };
            next += u32::from(pieces[t] == largest);
        }
        let moved = |t: u32| if t == NONE { NONE } else { class[t as usize] };
        let picked = |t: &usize| class[*t] != NONE;
        let all = 0..self.triangles.len();
        Self {
            triangles: all.clone().filter(picked).map(|t| self.triangles[t]).collect(),
            neighbours: all.clone().filter(picked).map(|t| self.neighbours[t].map(moved)).collect(),
            points: self.points,
            fixed: self.fixed,
        }
    }
}

/// Twice the signed area of a triangle, squared units.
fn area(points: &[Point], [a, b, c]: [u32; 3]) -> i64 {
    turn(points[a as usize], points[b as usize], points[c as usize])
}
