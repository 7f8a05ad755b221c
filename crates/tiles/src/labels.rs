//! Label points by tile: along the Z-order curve a tile of any zoom is one range, found by two binary searches.

use std::collections::BTreeMap;

use crate::grid::GridPoint;
use crate::kept::bytes::{Bytes, put_count};
use crate::matrix::{MAX_ZOOM, TileCoord};

/// The points of features' labels, for each first zoom along the curve.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    groups: Vec<Group>,
}

/// Every so many places one is kept apart, so that a search reads few that are far from each other in memory.
const STEP: usize = 16;

/// Labels of one first zoom.
#[derive(Debug)]
struct Group {
    zoom: u8,
    labels: Vec<Label>,
    /// The place of every [`STEP`]th label.
    places: Vec<u64>,
}

impl Group {
    fn new(zoom: u8, mut labels: Vec<Label>) -> Self {
        labels.sort_unstable();
        let places = labels.iter().step_by(STEP).map(|label| label.place).collect();
        Self { zoom, labels, places }
    }

    /// The labels from somewhere before a place of the curve on, at most [`STEP`] before the first that is not.
    fn about(&self, low: u64) -> &[Label] {
        let before = self.places.partition_point(|&place| place < low).saturating_sub(1) * STEP;
        self.labels.get(before..).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Label {
    place: u64,
    row: u32,
    at: GridPoint,
}

impl Labels {
    /// Labels given by row, first zoom and place.
    pub(crate) fn new(labels: impl IntoIterator<Item = (u32, u8, GridPoint)>) -> Self {
        let mut groups: BTreeMap<u8, Vec<Label>> = BTreeMap::new();
        for (row, zoom, at) in labels {
            groups.entry(zoom).or_default().push(Label { place: at.z_order(), row, at });
        }
        Self { groups: groups.into_iter().map(|(zoom, labels)| Group::new(zoom, labels)).collect() }
    }

    /// The labels of a tile: row and place in the tile's grid. Places are rounded down, so that each lies in the tile
    /// proper, and of all tiles of a zoom in one.
    pub(crate) fn of(&self, tile: TileCoord) -> impl Iterator<Item = (u32, [i32; 2])> + '_ {
        let [low, high] = range(tile);
        let shift = MAX_ZOOM - tile.z();
        // All are begun before the first is gone through, so that memory is asked for them together.
        let shown = self.groups.iter().take_while(|group| group.zoom <= tile.z());
        let begun: Vec<&[Label]> = shown.map(|group| group.about(low)).collect();
        let first =
            |labels: &&[Label]| labels.get(STEP / 2).or(labels.first()).map_or(0, |label| label.place);
        std::hint::black_box(begun.iter().map(first).fold(0, |seen, place| seen ^ place));
        let local = move |v: u32, tile: u32| (i64::from(v >> shift) - i64::from(tile) * 4096) as i32;
        begun.into_iter().flat_map(move |labels| {
            let here = labels.iter().skip_while(move |label| label.place < low);
            let labels = here.take_while(move |label| label.place <= high);
            labels.map(move |label| (label.row, [local(label.at.x, tile.x()), local(label.at.y, tile.y())]))
        })
    }

    /// Appends the labels as bytes.
    pub(crate) fn put(&self, into: &mut Vec<u8>) {
        put_count(into, self.groups.len());
        for Group { zoom, labels, .. } in &self.groups {
            put_count(into, usize::from(*zoom));
            put_count(into, labels.len());
            for label in labels {
                [label.row, label.at.x, label.at.y].iter().for_each(|n| into.extend(n.to_le_bytes()));
            }
        }
    }

    /// The labels that were put, of so many rows; `None` where the bytes are not those of any.
    pub(crate) fn read(bytes: &mut Bytes<'_>, rows: usize) -> Option<Self> {
        let mut all = Vec::new();
        for _ in 0..bytes.count()? {
            let (zoom, count) = (u8::try_from(bytes.count()?).ok()?, bytes.count()?);
            let mut numbers = bytes.numbers::<4>(count.checked_mul(3)?)?.map(u32::from_le_bytes);
            while let Some(row) = numbers.next() {
                let (x, y) = (numbers.next()?, numbers.next()?);
                ((row as usize) < rows).then_some(())?;
                all.push((row, zoom, GridPoint { x, y }));
            }
        }
        Some(Self::new(all))
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        let bytes =
            |group: &Group| size_of_val(group.labels.as_slice()) + size_of_val(group.places.as_slice());
        self.groups.iter().map(bytes).sum()
    }
}

/// The first and the last place of a tile on the curve.
fn range(tile: TileCoord) -> [u64; 2] {
    let shift = 32 - u32::from(tile.z());
    let corner = |v: u32| (u64::from(v) << shift) as u32;
    let low = GridPoint { x: corner(tile.x()), y: corner(tile.y()) }.z_order();
    [low, low + (u64::MAX >> (2 * u32::from(tile.z())))]
}

/// How many of the places, ascending, lie in a tile.
pub(crate) fn count_in(places: &[u64], tile: TileCoord) -> usize {
    let [low, high] = range(tile);
    places.partition_point(|&place| place <= high) - places.partition_point(|&place| place < low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_tile_has_the_labels_that_looking_at_each_finds(
            places in proptest::collection::vec([0..2048_u32, 0..2048_u32], 0..500),
            [x, y] in [0..8_u32, 0..8_u32],
        ) {
            // Three zooms in eight by eight tiles of zoom 3.
            let places: Vec<GridPoint> = places.iter().map(|p| p.map(|c| c << 21)).map(|[x, y]| GridPoint { x, y }).collect();
            let all = places.iter().enumerate().map(|(row, at)| (row as u32, 2 + (row % 3) as u8, *at));
            let tile = TileCoord::new(3, x, y).unwrap();
            let mut found: Vec<u32> = Labels::new(all).of(tile).map(|(row, _)| row).collect();
            found.sort_unstable();
            let within = |at: &GridPoint| at.x >> 29 == x && at.y >> 29 == y;
            let rows = places.iter().enumerate().filter(|(row, at)| row % 3 < 2 && within(at));
            prop_assert_eq!(found, rows.map(|(row, _)| row as u32).collect::<Vec<_>>());
        }
    }
}
