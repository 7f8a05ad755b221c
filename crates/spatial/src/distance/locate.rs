//! Whether a point lies in a polygon: a ray to the right crosses its rings an odd number of times (even-odd, so that
//! parts that overlap in an invalid multipolygon cancel, as they do in [`Region`](crate::Region)).
//!
//! A run of edges that lies wholly to the right of the point is crossed an odd number of times exactly when its ends
//! lie on different sides of the ray's height. So only boxes that hold the point are opened, and a polygon of
//! thousands of vertices is decided with the edges of a few leaves.

use super::Location;
use super::linework::{Linework, Node};
use crate::predicate::{Cast, cast};

/// Where a point lies with regard to the area that closed paths enclose, exactly.
pub(super) fn locate(point: [f64; 2], area: &Linework) -> Location {
    if !area.envelope().contains(point) {
        return Location::Exterior;
    }
    let mut ray = Ray { point, area, crossings: 0 };
    match ray.touches(area.node(area.root())) {
        true => Location::Boundary,
        false if ray.crossings % 2 == 1 => Location::Interior,
        false => Location::Exterior,
    }
}

struct Ray<'a> {
    point: [f64; 2],
    area: &'a Linework,
    crossings: u32,
}

impl Ray<'_> {
    /// Counts the crossings below a node, but for pairs of them; whether the point lies on one of its edges.
    fn touches(&mut self, node: &Node) -> bool {
        let ([x, y], around) = (self.point, &node.envelope);
        if y < around.min[1] || y > around.max[1] || x > around.max[0] {
            return false;
        }
        if x < around.min[0] {
            for [first, last] in self.area.open_parts(node).into_iter().flatten() {
                let [start, end] = [first, last].map(|vertex| self.area.at(vertex)[1]);
                self.crossings += u32::from((start <= y) != (end <= y));
            }
            return false;
        }
        if node.is_leaf() {
            return self.meets_edge(node);
        }
        self.area.children(node).any(|child| self.touches(self.area.node(child)))
    }

    fn meets_edge(&mut self, leaf: &Node) -> bool {
        self.area.edges(leaf).any(|[a, b]| {
            let cast = cast(a, b, self.point);
            self.crossings += u32::from(cast == Cast::Crosses);
            cast == Cast::Touches
        })
    }
}
