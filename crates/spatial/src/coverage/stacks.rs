//! Pairs of features that may overlap although their loose edges are nowhere near each other.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::Options;
use super::options::Step;
use crate::region::{Point, edges, metres};
use crate::{Envelope, Index, Prepared, Region};

/// Edges in a box of the index.
const RUN: usize = 12;

/// Features whose common box comes near the border of something that is covered more than once, or lies in it. One
/// that lies wholly over others may have all its edges matched, or none near theirs.
pub(super) fn stacked(prepared: &Prepared, twice: &Region, options: &Options<'_>) -> Option<Vec<[usize; 2]>> {
    let stacks = Stacks::of(twice);
    let (total, done) = (prepared.features.len(), AtomicUsize::new(0));
    let pairs: Vec<Vec<[usize; 2]>> = (0..total)
        .into_par_iter()
        .map(|one| {
            options.tell(Step::Stacks, done.fetch_add(1, Ordering::Relaxed), total)?;
            let Some(envelope) = prepared.features[one].envelope else { return Some(Vec::new()) };
            let is_stacked = |&other: &usize| {
                let common = prepared.features[other].envelope.and_then(|other| common(&envelope, &other));
                other > one && common.is_some_and(|common| stacks.meet(&common))
            };
            let others = prepared.candidates(&envelope).into_iter().filter(is_stacked);
            Some(others.map(|other| [one, other]).collect())
        })
        .collect::<Option<_>>()?;
    Some(pairs.into_iter().flatten().collect())
}

fn common(one: &Envelope, other: &Envelope) -> Option<Envelope> {
    let min = [0, 1].map(|k| one.min[k].max(other.min[k]));
    let max = [0, 1].map(|k| one.max[k].min(other.max[k]));
    (min[0] <= max[0] && min[1] <= max[1]).then_some(Envelope { min, max })
}

/// What is covered more than once, by place.
struct Stacks {
    /// Boxes around short runs of the border.
    border: Index,
    parts: Vec<Vec<[[f64; 2]; 2]>>,
    by_part: Index,
}

impl Stacks {
    fn of(twice: &Region) -> Self {
        let parts: Vec<Vec<(Point, Point)>> =
            twice.parts().iter().map(|part| part.contours().flat_map(edges).collect()).collect();
        let envelope =
            |edges: &[(Point, Point)]| Envelope::of(edges.iter().flat_map(|&(a, b)| [metres(a), metres(b)]));
        let runs = parts.iter().flat_map(|part| part.chunks(RUN));
        let border = runs.enumerate().filter_map(|(run, edges)| Some((envelope(edges)?, run))).collect();
        let boxes = parts.iter().enumerate().filter_map(|(at, part)| Some((envelope(part)?, at))).collect();
        let in_metres =
            |part: Vec<(Point, Point)>| part.into_iter().map(|(a, b)| [a, b].map(metres)).collect();
        Self {
            border: Index::bulk_load(border),
            by_part: Index::bulk_load(boxes),
            parts: parts.into_iter().map(in_metres).collect(),
        }
    }

    fn meet(&self, envelope: &Envelope) -> bool {
        // Away from every border a box is wholly inside or wholly outside.
        !self.border.query(envelope).is_empty()
            || self.by_part.query(envelope).into_iter().any(|part| holds(&self.parts[part], envelope.min))
    }
}

/// Whether a place that is near no edge lies inside, by counting the edges to its right.
fn holds(part: &[[[f64; 2]; 2]], [x, y]: [f64; 2]) -> bool {
    let right = part.iter().filter(|[a, b]| {
        (a[1] <= y) != (b[1] <= y) && a[0] + (b[0] - a[0]) * ((y - a[1]) / (b[1] - a[1])) > x
    });
    right.count() % 2 == 1
}
