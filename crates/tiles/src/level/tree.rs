//! A packed tree of boxes: sixteen records to a node, sixteen nodes to the node above. The records lie along a curve
//! through their places, so those of a node are near each other. Their boxes stand here and not in the records, so that
//! a query reads nothing but boxes.

use super::UnitBox;

const FANOUT: usize = 16;

/// Boxes of the records, then of nodes of ever more of them.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    levels: Vec<Vec<UnitBox>>,
}

impl Tree {
    /// Over the boxes of the records, in their order.
    pub(crate) fn new(mut boxes: Vec<UnitBox>) -> Self {
        boxes.shrink_to_fit();
        let mut levels = vec![boxes];
        while let Some(below) = levels.last().filter(|below| below.len() > FANOUT) {
            let nodes =
                below.chunks(FANOUT).map(|boxes| boxes.iter().copied().fold(NOTHING, merged)).collect();
            levels.push(nodes);
        }
        Self { levels }
    }

    /// The boxes of the records, to be grown and made a tree again.
    pub(crate) fn into_boxes(mut self) -> Vec<UnitBox> {
        if self.levels.is_empty() { Vec::new() } else { self.levels.swap_remove(0) }
    }

    /// The boxes of the records.
    pub(crate) fn boxes(&self) -> &[UnitBox] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// Positions of the records whose boxes meet the box, ascending.
    pub(crate) fn query(&self, bounds: UnitBox, found: &mut Vec<u32>) {
        found.clear();
        if let Some(top) = self.levels.len().checked_sub(1) {
            self.descend(top, 0, bounds, found);
        }
    }

    /// Looks at the boxes of one node, or of the top.
    fn descend(&self, level: usize, node: usize, bounds: UnitBox, found: &mut Vec<u32>) {
        let boxes = &self.levels[level];
        let first = node * FANOUT;
        let end = boxes.len().min(first + FANOUT);
        let meeting = (first..end).filter(|&i| meet(boxes[i], bounds));
        if level == 0 {
            found.extend(meeting.map(|i| i as u32));
        } else {
            // Memory is asked for all nodes below before the first is looked at.
            let below = &self.levels[level - 1];
            let begin =
                |node: usize| [0, FANOUT / 2].map(|k| below.get(node * FANOUT + k).map_or(0, |b| b[0]));
            std::hint::black_box(meeting.clone().map(begin).fold(0, |seen, [a, b]| seen ^ a ^ b));
            meeting.for_each(|node| self.descend(level - 1, node, bounds, found));
        }
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        self.levels.iter().map(|level| size_of_val(level.as_slice())).sum()
    }
}

const NOTHING: UnitBox = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];

/// The smallest box around both.
fn merged(a: UnitBox, b: UnitBox) -> UnitBox {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The box of some points.
pub(super) fn around(points: impl IntoIterator<Item = [i32; 2]>) -> UnitBox {
    points.into_iter().map(|[x, y]| [x, y, x, y]).fold(NOTHING, merged)
}

fn meet(a: UnitBox, b: UnitBox) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sized([x, y, width, height]: [i32; 4]) -> UnitBox {
        [x, y, x + width, y + height]
    }

    proptest! {
        #[test]
        fn a_query_finds_what_looking_at_every_box_finds(
            boxes in proptest::collection::vec([-50..50, -50..50, 0..20, 0..20_i32], 0..600),
            query in [-60..60, -60..60, 0..80, 0..80_i32],
        ) {
            let boxes: Vec<UnitBox> = boxes.into_iter().map(sized).collect();
            let bounds = sized(query);
            let mut found = vec![7];
            Tree::new(boxes.clone()).query(bounds, &mut found);
            let all: Vec<u32> =
                (0..boxes.len()).filter(|&i| meet(boxes[i], bounds)).map(|i| i as u32).collect();
            prop_assert_eq!(found, all);
        }
    }
}
