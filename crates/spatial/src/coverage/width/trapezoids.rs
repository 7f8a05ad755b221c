//! A region as trapezoids with upright sides, each between two of its edges.

use super::Segment;

/// A part of the inside between two edges and two uprights. The cells it is cut into lie between uprights and
/// lines that part the room between the edges in fixed shares.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trapezoid {
    pub(super) below: Segment,
    pub(super) above: Segment,
    /// From where to where along x.
    across: [f64; 2],
    /// Which share of the room between the edges, from 0 at the lower one to 1 at the upper one.
    share: [f64; 2],
}

impl Trapezoid {
    pub(super) fn corners(&self) -> [[f64; 2]; 4] {
        let [left, right] = self.across;
        let [low, high] = self.share;
        [[left, low], [right, low], [left, high], [right, high]].map(|[x, share]| self.place(x, share))
    }

    pub(super) fn middle(&self) -> [f64; 2] {
        self.place(f64::midpoint(self.across[0], self.across[1]), f64::midpoint(self.share[0], self.share[1]))
    }

    fn place(&self, x: f64, share: f64) -> [f64; 2] {
        let (low, high) = (height(self.below, x), height(self.above, x));
        [x, low + (high - low) * share]
    }

    /// The two cells that it is cut into, across its longer sides: a sliver must not be cut lengthwise as often as
    /// across.
    pub(super) fn halves(&self) -> [Self; 2] {
        let [a, b, c, d] = self.corners();
        let length = |a: [f64; 2], b: [f64; 2]| (b[0] - a[0]).hypot(b[1] - a[1]);
        let halves = |[a, b]: [f64; 2]| {
            let middle = f64::midpoint(a, b);
            [[a, middle], [middle, b]]
        };
        if length(a, b) + length(c, d) > length(a, c) + length(b, d) {
            halves(self.across).map(|across| Self { across, ..*self })
        } else {
            halves(self.share).map(|share| Self { share, ..*self })
        }
    }
}

/// Where a segment that is not upright is at x; beyond its ends, at the nearer one.
fn height([a, b]: Segment, x: f64) -> f64 {
    let share = ((x - a[0]) / (b[0] - a[0])).clamp(0.0, 1.0);
    a[1] + (b[1] - a[1]) * share
}

/// The trapezoids of a region given by all its edges, from left to right: between the places of two vertices that
/// follow each other along x the edges are in one order, and what lies between the first and second, the third and
/// fourth, and so on is inside. `None` when that takes more than the `work` allowed.
pub(super) fn trapezoids(segments: &[Segment], work: &mut usize) -> Option<Vec<Trapezoid>> {
    let rightwards = |&[a, b]: &Segment| if a[0] <= b[0] { [a, b] } else { [b, a] };
    let mut edges: Vec<Segment> = segments.iter().map(rightwards).filter(|[a, b]| a[0] < b[0]).collect();
    edges.sort_by(|a, b| a[0][0].total_cmp(&b[0][0]));
    let mut stops: Vec<f64> = edges.iter().flatten().map(|place| place[0]).collect();
    stops.sort_by(f64::total_cmp);
    stops.dedup();
    let mut coming = edges.into_iter().peekable();
    let (mut active, mut found): (Vec<Segment>, Vec<Trapezoid>) = (Vec::new(), Vec::new());
    for across in stops.windows(2).map(|pair| [pair[0], pair[1]]) {
        active.retain(|edge| edge[1][0] > across[0]);
        while let Some(edge) = coming.next_if(|edge| edge[0][0] <= across[0]) {
            active.push(edge);
        }
        *work = work.checked_sub(active.len() / 2)?;
        let middle = f64::midpoint(across[0], across[1]);
        active.sort_by(|a, b| height(*a, middle).total_cmp(&height(*b, middle)));
        let cell = |pair: &[Segment]| Trapezoid { below: pair[0], above: pair[1], across, share: [0.0, 1.0] };
        found.extend(active.chunks_exact(2).map(cell));
    }
    Some(found)
}
