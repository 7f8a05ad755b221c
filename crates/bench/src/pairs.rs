//! The candidates of a run: which zones, and for each the cells whose boxes meet its box. All engines get the same.

use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::problem::Problem;

/// Zones and their candidates.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Pairs {
    zones: Vec<u32>,
    starts: Vec<u32>,
    cells: Vec<u32>,
}

impl Pairs {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { zones: Vec::new(), starts: vec![0], cells: Vec::new() }
    }

    /// Adds a zone with its candidates.
    pub(crate) fn add(&mut self, zone: usize, cells: &[usize]) {
        self.zones.push(zone as u32);
        self.cells.extend(cells.iter().map(|&cell| cell as u32));
        self.starts.push(self.cells.len() as u32);
    }

    /// How many pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Each zone with the numbers of its pairs.
    pub(crate) fn zones(&self) -> impl ExactSizeIterator<Item = (usize, Range<usize>)> {
        let spans = self.starts.windows(2).map(|w| w[0] as usize..w[1] as usize);
        self.zones.iter().map(|&zone| zone as usize).zip(spans)
    }

    /// The cells of a span of pairs.
    pub(crate) fn cells(&self, span: Range<usize>) -> impl ExactSizeIterator<Item = usize> {
        self.cells[span].iter().map(|&cell| cell as usize)
    }

    /// The zone and the cell of a pair, for naming it.
    pub(crate) fn name(&self, pair: usize) -> (usize, usize) {
        let zone = self.starts.partition_point(|&start| start as usize <= pair) - 1;
        (self.zones[zone] as usize, self.cells[pair] as usize)
    }

    /// Writes them as u32: how many zones and pairs, the zones, where their pairs start, the cells.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Problem> {
        let counts = [self.zones.len() as u32, self.cells.len() as u32];
        let words = counts.iter().chain(&self.zones).chain(&self.starts).chain(&self.cells);
        let bytes: Vec<u8> = words.flat_map(|word| word.to_le_bytes()).collect();
        fs::write(path, bytes).map_err(Problem::file(path))
    }

    /// Reads what [`Pairs::write`] wrote.
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let bytes = fs::read(path).map_err(Problem::file(path))?;
        let mut words = bytes.chunks_exact(4).map(|four| four.try_into().map_or(0, u32::from_le_bytes));
        let mut next = || words.next().map_or(0, |word| word as usize);
        let (zones, pairs) = (next(), next());
        let mut take = |count: usize| words.by_ref().take(count).collect::<Vec<u32>>();
        let read = Self { zones: take(zones), starts: take(zones + 1), cells: take(pairs) };
        if read.cells.len() != pairs || read.starts.last().copied() != Some(pairs as u32) {
            return Err(Problem::content(path, "it is cut short"));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::Pairs;

    #[test]
    fn what_is_written_is_read() {
        let mut pairs = Pairs::new();
        pairs.add(4, &[7, 9]);
        pairs.add(8, &[]);
        pairs.add(12, &[1]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.bin");
        pairs.write(&path).unwrap();
        assert_eq!(Pairs::read(&path).unwrap(), pairs);
        assert_eq!(pairs.zones().collect::<Vec<_>>(), [(4, 0..2), (8, 2..2), (12, 2..3)]);
        assert_eq!([0, 1, 2].map(|pair| pairs.name(pair)), [(4, 7), (4, 9), (12, 1)]);
    }
}
