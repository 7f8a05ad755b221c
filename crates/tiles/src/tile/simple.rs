//! Whether what a cut ring does outside its box meets anything: renderers cut polygons into triangles, which must not
//! cross, and fill the wrong land, inside the box too, where the borders of a polygon do.

use super::clip::{Frame, TilePoint};

/// Segments of one polygon that reach out of the box, used again.
#[derive(Debug, Default)]
pub(super) struct Outside {
    /// Those of which a part is in the box or may be.
    edges: Vec<[TilePoint; 2]>,
    /// Those that lie in one outer half-plane: the ways that stand for vertices left out.
    ways: Vec<[TilePoint; 2]>,
}

impl Outside {
    /// Whether a way of a polygon crosses or touches another segment of it; that two have an end in common is no matter.
    /// Other segments are parts of the polygon's own border, which meets itself nowhere.
    pub(super) fn meets<'a>(&mut self, rings: impl Iterator<Item = &'a [TilePoint]>, frame: &Frame) -> bool {
        self.edges.clear();
        self.ways.clear();
        for ring in rings {
            let Some(&last) = ring.last() else { continue };
            let mut a = (last, frame.outside(last));
            for &point in ring {
                let b = (point, frame.outside(point));
                if a.1 & b.1 != 0 {
                    self.ways.push([a.0, b.0]);
                } else if a.1 | b.1 != 0 {
                    self.edges.push([a.0, b.0]);
                }
                a = b;
            }
        }
        let mut ways = self.ways.iter().enumerate();
        ways.any(|(number, way)| {
            let mut others = self.ways[number + 1..].iter().chain(&self.edges);
            others.any(|other| meet(way, other))
        })
    }
}

/// Whether two segments cross, or an end of one lies within the other.
fn meet(&[a, b]: &[TilePoint; 2], &[c, d]: &[TilePoint; 2]) -> bool {
    let apart = |k: usize| a[k].max(b[k]) < c[k].min(d[k]) || c[k].max(d[k]) < a[k].min(b[k]);
    if apart(0) || apart(1) {
        return false;
    }
    let side = |p: TilePoint, q: TilePoint, r: TilePoint| {
        ((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])).signum()
    };
    let within = |p: TilePoint, [from, to]: [TilePoint; 2]| {
        p != from
            && p != to
            && [0, 1].iter().all(|&k| from[k].min(to[k]) <= p[k] && p[k] <= from[k].max(to[k]))
    };
    let [of_c, of_d, of_a, of_b] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
    (of_c * of_d < 0 && of_a * of_b < 0)
        || (of_c == 0 && within(c, [a, b]))
        || (of_d == 0 && within(d, [a, b]))
        || (of_a == 0 && within(a, [c, d]))
        || (of_b == 0 && within(b, [c, d]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { origin: [0, 0], shift: 0, limits: [0, 4096] };

    fn meets(rings: &[&[TilePoint]]) -> bool {
        Outside::default().meets(rings.iter().copied(), &FRAME)
    }

    #[test]
    fn a_way_outside_that_meets_nothing_is_simple() {
        // A comb that comes in twice from the left, its back a way outside.
        assert!(!meets(&[&[[-50, 10], [90, 10], [-20, 20], [-20, 30], [90, 40], [-50, 50]]]));
        // All inside.
        assert!(!meets(&[&[[10, 10], [90, 10], [90, 90]]]));
    }

    #[test]
    fn a_way_across_an_edge_is_not() {
        // The way from (-20, 60) to (-20, 5) crosses the edge that reaches out to (-50, 30).
        assert!(meets(&[&[[-20, 5], [90, 5], [90, 20], [-50, 30], [90, 40], [90, 60], [-20, 60]]]));
    }

    #[test]
    fn ways_of_a_shell_and_its_hole_may_not_cross() {
        let shell: &[TilePoint] = &[[-60, 0], [90, 0], [90, 90], [-60, 90]];
        let hole: &[TilePoint] = &[[-80, 20], [50, 20], [50, 70], [-80, 70]];
        let narrow: &[TilePoint] = &[[-40, 20], [50, 20], [50, 70], [-40, 70]];
        assert!(meets(&[shell, hole]));
        assert!(!meets(&[shell, narrow]));
    }
}
