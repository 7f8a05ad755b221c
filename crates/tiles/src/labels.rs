//! Label points by tile: along the Z-order curve a tile of any zoom is one range, found by two binary searches.

use crate::grid::GridPoint;
use crate::kept::bytes::{Bytes, put_count};
use crate::matrix::{MAX_ZOOM, TileCoord};

/// The points of features' labels, for each first zoom along the curve.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    groups: Vec<(u8, Vec<Label>)>,
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
        let mut groups: Vec<(u8, Vec<Label>)> = Vec::new();
        for (row, zoom, at) in labels {
            let label = Label { place: at.z_order(), row, at };
            match groups.iter_mut().find(|(known, _)| *known == zoom) {
                Some((_, group)) => group.push(label),
                None => groups.push((zoom, vec![label])),
            }
        }
        groups.iter_mut().for_each(|(_, group)| group.sort_unstable());
        groups.sort_unstable_by_key(|(zoom, _)| *zoom);
        Self { groups }
    }

    /// The labels of a tile: row and place in the tile's grid. Places are rounded down, so that each lies in the tile
    /// proper, and of all tiles of a zoom in one.
    pub(crate) fn of(&self, tile: TileCoord) -> impl Iterator<Item = (u32, [i32; 2])> + '_ {
        let [low, high] = range(tile);
        let shift = MAX_ZOOM - tile.z();
        let local = move |v: u32, tile: u32| (i64::from(v >> shift) - i64::from(tile) * 4096) as i32;
        self.groups.iter().take_while(move |(zoom, _)| *zoom <= tile.z()).flat_map(move |(_, group)| {
            let start = group.partition_point(|label| label.place < low);
            let labels = group[start..].iter().take_while(move |label| label.place <= high);
            labels.map(move |label| (label.row, [local(label.at.x, tile.x()), local(label.at.y, tile.y())]))
        })
    }

    /// Appends the labels as bytes.
    pub(crate) fn put(&self, into: &mut Vec<u8>) {
        put_count(into, self.groups.len());
        for (zoom, labels) in &self.groups {
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
        self.groups.iter().map(|(_, group)| size_of_val(group.as_slice())).sum()
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
