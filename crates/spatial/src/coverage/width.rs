//! The greatest circle that fits into a region, by bisection of squares.
//!
//! Around the middle of a square with half-diagonal h, at distance d from the border, no place of the square is
//! further than d + h from the border. Squares are split in four, the one with the greatest such bound first, until no
//! bound exceeds the best distance found by more than the precision asked for. A square needs only those edges that
//! can be nearest to some place of it: those not further than d + 2h from its middle.

use std::collections::BinaryHeap;

use crate::Region;
use crate::region::{edges, metres};

/// Distances between a place and an edge that may be computed for one region, beside those per edge.
const DISTANCES: usize = 1 << 22;
/// And per edge.
const DISTANCES_PER_EDGE: usize = 64;

/// Diameter of the greatest circle inside a region, m, at most `precision` of it too small; `None` when it takes too
/// much work.
pub(super) fn largest_m(region: &Region, precision: f64) -> Option<f64> {
    let mut parts: Vec<Region> = region.parts();
    parts.sort_by_key(|part| std::cmp::Reverse(part.twice_area_cells()));
    let mut work = DISTANCES + DISTANCES_PER_EDGE * region.vertex_count();
    let mut radius_m = 0.0;
    for part in &parts {
        radius_m = Search::of(part, 1.0 + precision.max(f64::EPSILON))?.radius_m(radius_m, &mut work)?;
    }
    Some(2.0 * radius_m)
}

type Segment = [[f64; 2]; 2];

struct Search {
    /// Edges in metres from the lower left corner, the inside on their left.
    segments: Vec<Segment>,
    size: [f64; 2],
    start: Option<[f64; 2]>,
    slack: f64,
}

/// A square with the edges that may be nearest to some place of it.
struct Square {
    bound: f64,
    middle: [f64; 2],
    half: f64,
    segments: Vec<u32>,
}

impl Search {
    fn of(part: &Region, slack: f64) -> Option<Self> {
        let envelope = part.envelope()?;
        let local = |[x, y]: [f64; 2]| [x - envelope.min[0], y - envelope.min[1]];
        let segments = part.contours().flat_map(edges).map(|(a, b)| [local(metres(a)), local(metres(b))]);
        Some(Self {
            segments: segments.collect(),
            size: local(envelope.max),
            start: part.inner_point().map(local),
            slack,
        })
    }

    /// The greater of a radius that is known and the greatest in this part; `None` when `work` runs out.
    fn radius_m(&self, known_m: f64, work: &mut usize) -> Option<f64> {
        let mut best = known_m;
        let all: Vec<u32> = (0..).take(self.segments.len()).collect();
        if let Some(start) = self.start {
            best = best.max(self.nearest(start, &all)?.1);
        }
        let [width, height] = self.size;
        let mut heap = BinaryHeap::new();
        let middle = [width / 2.0, height / 2.0];
        let bound = width.min(height) / 2.0;
        heap.push(Square { bound, middle, half: width.max(height) / 2.0, segments: all });
        while let Some(square) = heap.pop().filter(|square| square.bound > best * self.slack) {
            *work = work.checked_sub(4 * square.segments.len())?;
            for [right, up] in [[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]] {
                let middle = [square.middle[0] + right * square.half, square.middle[1] + up * square.half];
                let part = self.part(&square.segments, middle, square.half / 2.0, &mut best, work)?;
                heap.extend(part.filter(|part| part.bound > best * self.slack));
            }
        }
        Some(best)
    }

    /// A quarter of a square; `None` inside when it lies outside the region.
    fn part(
        &self,
        candidates: &[u32],
        middle: [f64; 2],
        half: f64,
        best: &mut f64,
        work: &mut usize,
    ) -> Option<Option<Square>> {
        let Some((nearest, distance)) = self.nearest(middle, candidates) else { return Some(None) };
        let half_diagonal = half * std::f64::consts::SQRT_2;
        if distance > half_diagonal || distance > *best {
            let inside = self.is_inside(middle, nearest, work)?;
            if inside {
                *best = best.max(distance);
            } else if distance > half_diagonal {
                return Some(None);
            }
        }
        let reach = distance + 2.0 * half_diagonal;
        let within = |&s: &u32| squared_distance(self.segments[s as usize], middle).0 <= reach * reach;
        let segments = candidates.iter().copied().filter(within).collect();
        Some(Some(Square { bound: distance + half_diagonal, middle, half, segments }))
    }

    /// The nearest of some segments, and how far it is.
    fn nearest(&self, place: [f64; 2], candidates: &[u32]) -> Option<(usize, f64)> {
        let distance = |&s: &u32| (s as usize, squared_distance(self.segments[s as usize], place).0);
        let nearest = candidates.iter().map(distance).min_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((nearest.0, nearest.1.sqrt()))
    }

    /// Whether a place is inside, from the side of the edge that is nearest to it; where that is at an end of the
    /// edge the side says nothing, and rays are counted. `None` when work runs out.
    fn is_inside(&self, place: [f64; 2], nearest: usize, work: &mut usize) -> Option<bool> {
        let segment = self.segments[nearest];
        let (_, share) = squared_distance(segment, place);
        if 0.0 < share && share < 1.0 {
            return Some(side(segment, place) > 0.0);
        }
        *work = work.checked_sub(self.segments.len())?;
        let crosses = |[a, b]: &Segment| {
            (a[1] <= place[1]) != (b[1] <= place[1]) && (side([*a, *b], place) > 0.0) == (b[1] > a[1])
        };
        Some(self.segments.iter().filter(|segment| crosses(segment)).count() % 2 == 1)
    }
}

/// Squared distance of a place from a segment, and where on it its nearest point is, 0 to 1.
fn squared_distance([a, b]: Segment, [x, y]: [f64; 2]) -> (f64, f64) {
    let (ux, uy) = (b[0] - a[0], b[1] - a[1]);
    let share = (((x - a[0]) * ux + (y - a[1]) * uy) / (ux * ux + uy * uy)).clamp(0.0, 1.0);
    let (dx, dy) = (x - a[0] - share * ux, y - a[1] - share * uy);
    (dx * dx + dy * dy, share)
}

fn side([a, b]: Segment, [x, y]: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Square {}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Square {
    /// By bound; squares of one bound by place, so that the order is always the same.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |square: &Self| [square.bound, square.middle[0], square.middle[1]];
        let (one, two) = (key(self), key(other));
        one.iter()
            .zip(&two)
            .map(|(a, b)| a.total_cmp(b))
            .find(|order| order.is_ne())
            .unwrap_or(self.half.total_cmp(&other.half))
    }
}
