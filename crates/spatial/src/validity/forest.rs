//! Which ring lies in which, of rings that keep clear of each other but for points: each in the one around it, by one
//! pass of a sweep line. Just below the leftmost vertex of a ring lies an edge of the ring around it, or of one beside
//! it in the same ring.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::contacts::Edge;
use super::ring::Ring;
use super::status::{Span, Status, compare};

/// Rings in one another.
pub(super) struct Forest {
    /// The innermost ring around each.
    parents: Vec<Option<usize>>,
    /// The rings in the order of their leftmost vertices: each after the one around it.
    order: Vec<usize>,
}

impl Forest {
    /// Of the rings that are clean: that neither cross themselves or others nor share stretches.
    pub(super) fn of(rings: &[Ring], is_clean: impl Fn(usize) -> bool) -> Self {
        let mut events: Vec<([f64; 2], bool, Span)> = Vec::new();
        for (ring, of) in rings.iter().enumerate().filter(|(ring, _)| is_clean(*ring)) {
            let spans = (0..of.points.len()).map(|index| Span::of(rings, Edge { ring, index }));
            events.extend(spans.flat_map(|span| [(span.left, true, span), (span.right, false, span)]));
        }
        // Coordinates are finite.
        events.sort_unstable_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(Ordering::Equal));
        let mut forest = Self { parents: vec![None; rings.len()], order: Vec::new() };
        let (mut status, mut seen) = (Status::default(), vec![false; rings.len()]);
        for at_one_place in events.chunk_by(|a, b| a.0 == b.0) {
            for (_, _, span) in at_one_place.iter().filter(|(_, begins, _)| !begins) {
                status.remove(span);
            }
            let mut begun: Vec<Span> =
                at_one_place.iter().filter(|event| event.1).map(|event| event.2).collect();
            begun.iter().for_each(|span| status.insert(*span));
            // From below, so that of two rings that begin here the one around the other comes first.
            begun.sort_unstable_by(compare);
            for span in begun {
                if !std::mem::replace(&mut seen[span.edge.ring], true) {
                    forest.place(rings, &span, &status);
                }
            }
        }
        forest
    }

    fn place(&mut self, rings: &[Ring], lowest: &Span, status: &Status) {
        let ring = lowest.edge.ring;
        self.order.push(ring);
        self.parents[ring] = status.below(lowest).and_then(|below| {
            let other = below.edge.ring;
            let runs_right = rings[other].at(below.edge.index) == below.left;
            let is_inside_above = runs_right == rings[other].counter_clockwise;
            if is_inside_above { Some(other) } else { self.parents[other] }
        });
    }

    /// Calls `visit` for every ring with what is around it. A hole takes its part's cover away where its shell is the
    /// next ring of the part around it.
    pub(super) fn walk(&self, rings: &[Ring], mut visit: impl FnMut(usize, &Around)) {
        let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for &ring in &self.order {
            children.entry(self.parents[ring]).or_default().push(ring);
        }
        // The rings of each part around the place, from outside, and whether its shell is among them.
        let mut of_part: HashMap<usize, (Vec<usize>, bool)> = HashMap::new();
        let mut covers = vec![0; rings.len()];
        let mut stack: Vec<Step> = roots(&mut children, None);
        while let Some(step) = stack.pop() {
            match step {
                Step::Leave(ring) => {
                    let (around, in_shell) = of_part.entry(rings[ring].part).or_default();
                    around.pop();
                    *in_shell &= rings[ring].ring != 0;
                }
                Step::Enter(ring) => {
                    let (around, in_shell) = of_part.entry(rings[ring].part).or_default();
                    let next = around.last().copied();
                    let cover: usize = self.parents[ring].map_or(0, |parent| covers[parent]);
                    visit(ring, &Around { next, in_shell: *in_shell, cover });
                    around.push(ring);
                    *in_shell |= rings[ring].ring == 0;
                    let is_next_to_shell = next.is_some_and(|next| rings[next].ring == 0);
                    covers[ring] = match (rings[ring].ring == 0, is_next_to_shell) {
                        (true, _) => cover + 1,
                        (false, true) => cover.saturating_sub(1),
                        (false, false) => cover,
                    };
                    stack.push(Step::Leave(ring));
                    stack.extend(roots(&mut children, Some(ring)));
                }
            }
        }
    }
}

/// What is around a ring.
pub(super) struct Around {
    /// The innermost ring of the same part.
    pub(super) next: Option<usize>,
    /// Whether the shell of the part is.
    pub(super) in_shell: bool,
    /// How many parts cover what is just outside.
    pub(super) cover: usize,
}

enum Step {
    Enter(usize),
    Leave(usize),
}

fn roots(children: &mut HashMap<Option<usize>, Vec<usize>>, of: Option<usize>) -> Vec<Step> {
    children.remove(&of).unwrap_or_default().into_iter().map(Step::Enter).collect()
}
