//! A packed tree of boxes: sixteen records to a node, sixteen nodes to the node above. The records lie along a curve
//! through their places, so those of a node are near each other.

use super::{Record, UnitBox};

const FANOUT: usize = 16;

/// Boxes of nodes, the lowest level first.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    levels: Vec<Vec<UnitBox>>,
}

impl Tree {
    pub(crate) fn new(records: &[Record]) -> Self {
        let mut levels: Vec<Vec<UnitBox>> = Vec::new();
        let boxes: Vec<UnitBox> = records.iter().map(|record| record.bounds).collect();
        let mut below = boxes.as_slice();
        while below.len() > 1 || levels.is_empty() {
            let nodes: Vec<UnitBox> =
                below.chunks(FANOUT).map(|boxes| boxes.iter().copied().fold(NOTHING, merged)).collect();
            levels.push(nodes);
            below = levels.last().map_or(&[], Vec::as_slice);
        }
        Self { levels }
    }

    /// Positions of the records whose boxes meet the box, ascending.
    pub(crate) fn query(&self, records: &[Record], bounds: UnitBox, found: &mut Vec<u32>) {
        found.clear();
        if let Some(top) = self.levels.len().checked_sub(1) {
            (0..self.levels[top].len()).for_each(|node| self.descend(top, node, records, bounds, found));
        }
    }

    fn descend(&self, level: usize, node: usize, records: &[Record], bounds: UnitBox, found: &mut Vec<u32>) {
        if !meet(self.levels[level][node], bounds) {
            return;
        }
        let first = node * FANOUT;
        if level == 0 {
            let end = records.len().min(first + FANOUT);
            found.extend((first..end).filter(|&i| meet(records[i].bounds, bounds)).map(|i| i as u32));
        } else {
            let end = self.levels[level - 1].len().min(first + FANOUT);
            (first..end).for_each(|below| self.descend(level - 1, below, records, bounds, found));
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

    fn record([x, y, width, height]: [i32; 4]) -> Record {
        let bounds = [x, y, x + width, y + height];
        Record { bounds, first: [x, y], offset: 0, row: 0, count: 1, stretches: 0 }
    }

    proptest! {
        #[test]
        fn a_query_finds_what_looking_at_every_box_finds(
            boxes in proptest::collection::vec([-50..50, -50..50, 0..20, 0..20_i32], 0..600),
            query in [-60..60, -60..60, 0..80, 0..80_i32],
        ) {
            let records: Vec<Record> = boxes.into_iter().map(record).collect();
            let bounds = record(query).bounds;
            let mut found = vec![7];
            Tree::new(&records).query(&records, bounds, &mut found);
            let all: Vec<u32> =
                (0..records.len()).filter(|&i| meet(records[i].bounds, bounds)).map(|i| i as u32).collect();
            prop_assert_eq!(found, all);
        }
    }
}
