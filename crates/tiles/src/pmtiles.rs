//! PMTiles, version 3: all tiles of a layer in one file, with a directory by which each is found.
//!
//! The file: a header of 127 bytes, the root directory, tiles in the order of their ids, leaf directories, metadata. Ids
//! go zoom by zoom along Hilbert's curve, so near tiles lie near each other in the file. Tiles that follow each other
//! with the same content are one entry.

use std::io::{self, Seek, SeekFrom, Write};

use crate::layer::TileLayer;
use crate::matrix::{EXTENT, TileCoord};
use crate::wire;

/// Header and root directory lie within so many bytes of the beginning.
const ROOM: usize = 16_384;
const HEADER: usize = 127;
/// Entries of a leaf directory.
const LEAF: usize = 4_096;
/// The specification's numbers.
const GZIP: u8 = 2;
const MVT: u8 = 1;

/// What a file says of itself.
#[derive(Clone, Debug)]
pub struct Archive<'a> {
    /// First zoom.
    pub min_zoom: u8,
    /// Last zoom.
    pub max_zoom: u8,
    /// West, south, east, north, degrees.
    pub bounds: [f64; 4],
    /// JSON with the `vector_layers` of TileJSON.
    pub metadata: &'a str,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Archived {
    /// Tiles that can be asked for.
    pub tiles: u64,
    /// Tiles as stored: equal ones that follow each other count once.
    pub contents: u64,
    /// Bytes of all stored tiles.
    pub bytes: u64,
}

/// An entry of a directory: one tile or several with the same content; with a run of 0 a leaf directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    id: u64,
    run: u64,
    length: u64,
    offset: u64,
}

impl TileLayer {
    /// Writes all tiles of some zooms. `gzip` compresses; memory does not grow with the tiles' bytes, but with their
    /// number.
    /// # Errors
    /// When `gzip` or writing fails.
    pub fn write_pmtiles(
        &self,
        archive: &Archive<'_>,
        gzip: impl Fn(&[u8]) -> io::Result<Vec<u8>>,
        out: &mut (impl Write + Seek),
    ) -> io::Result<Archived> {
        let begin = out.stream_position()?;
        out.write_all(&vec![0; ROOM])?;
        let mut entries: Vec<Entry> = Vec::new();
        let (mut archived, mut before) = (Archived::default(), Vec::new());
        for z in archive.min_zoom..=archive.max_zoom {
            for tile in self.tiles_at(z) {
                let bytes = self.encode(tile).bytes;
                if bytes.is_empty() {
                    continue;
                }
                archived.tiles += 1;
                let id = id(tile);
                match entries.last_mut() {
                    Some(last) if last.id + last.run == id && before == bytes => last.run += 1,
                    _ => {
                        let packed = gzip(&bytes)?;
                        out.write_all(&packed)?;
                        let length = packed.len() as u64;
                        entries.push(Entry { id, run: 1, length, offset: archived.bytes });
                        archived.contents += 1;
                        archived.bytes += length;
                        before = bytes;
                    }
                }
            }
        }
        let (root, leaves) = directories(&entries, &gzip)?;
        out.write_all(&leaves)?;
        let metadata = gzip(archive.metadata.as_bytes())?;
        out.write_all(&metadata)?;
        let end = out.stream_position()?;
        out.seek(SeekFrom::Start(begin))?;
        let sizes = [root.len(), leaves.len(), metadata.len()].map(|size| size as u64);
        out.write_all(&header(archive, &archived, entries.len() as u64, sizes))?;
        out.write_all(&root)?;
        out.seek(SeekFrom::Start(end))?;
        Ok(archived)
    }

    /// The tiles of a zoom in which something may be drawn, in the order of their ids.
    fn tiles_at(&self, z: u8) -> Vec<TileCoord> {
        let Some(level) = self.levels.get(usize::from(z)) else { return Vec::new() };
        let last = (1_i64 << z) - 1;
        let mut tiles = Vec::new();
        for &[left, top, right, bottom] in level.tree.boxes() {
            let tile = |c: i32, by: i64| (i64::from(c) + by).div_euclid(EXTENT).clamp(0, last) as u32;
            let buffer = self.head.settings.buffer;
            for x in tile(left, -buffer)..=tile(right, buffer) {
                let rows = tile(top, -buffer)..=tile(bottom, buffer);
                tiles.extend(rows.filter_map(|y| TileCoord::new(z, x, y)));
            }
            // Neighbours have tiles in common; they are told apart before there are too many.
            if tiles.len() > 1 << 20 {
                tidy(&mut tiles);
            }
        }
        tidy(&mut tiles);
        tiles
    }
}

fn tidy(tiles: &mut Vec<TileCoord>) {
    tiles.sort_unstable_by_key(|tile| id(*tile));
    tiles.dedup();
}

/// The id of a tile: tiles of all zooms above, and its place along the curve of its own.
fn id(tile: TileCoord) -> u64 {
    let (mut x, mut y, mut place) = (tile.x(), tile.y(), 0_u64);
    for bit in (0..tile.z()).rev() {
        let [right, below] = [x, y].map(|c| c >> bit & 1);
        place = place << 2 | u64::from((3 * right) ^ below);
        if below == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    ((1_u64 << (2 * tile.z())) - 1) / 3 + place
}

/// The root directory and all leaf directories, packed; no leaves where the root has room for every entry.
fn directories(
    entries: &[Entry],
    gzip: &impl Fn(&[u8]) -> io::Result<Vec<u8>>,
) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let root = gzip(&directory(entries))?;
    if HEADER + root.len() <= ROOM {
        return Ok((root, Vec::new()));
    }
    let mut size = LEAF;
    loop {
        let (mut leaves, mut roots) = (Vec::new(), Vec::new());
        for part in entries.chunks(size) {
            let leaf = gzip(&directory(part))?;
            let id = part.first().map_or(0, |entry| entry.id);
            roots.push(Entry { id, run: 0, length: leaf.len() as u64, offset: leaves.len() as u64 });
            leaves.extend(leaf);
        }
        let root = gzip(&directory(&roots))?;
        if HEADER + root.len() <= ROOM {
            return Ok((root, leaves));
        }
        size *= 2;
    }
}

/// A directory: how many entries, then what each has, column by column.
fn directory(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    wire::put(&mut bytes, entries.len() as u64);
    let mut before = 0;
    for entry in entries {
        wire::put(&mut bytes, entry.id - before);
        before = entry.id;
    }
    entries.iter().for_each(|entry| wire::put(&mut bytes, entry.run));
    entries.iter().for_each(|entry| wire::put(&mut bytes, entry.length));
    let mut end = None;
    for entry in entries {
        // 0 says: right behind the one before.
        wire::put(&mut bytes, if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + entry.length);
    }
    bytes
}

fn header(archive: &Archive<'_>, archived: &Archived, entries: u64, sizes: [u64; 3]) -> Vec<u8> {
    let [root, leaves, metadata] = sizes;
    let data = ROOM as u64;
    let after = data + archived.bytes;
    let mut bytes = b"PMTiles\x03".to_vec();
    let places = [HEADER as u64, root, after + leaves, metadata, after, leaves, data, archived.bytes];
    let counts = [archived.tiles, entries, archived.contents];
    for number in places.into_iter().chain(counts) {
        bytes.extend(number.to_le_bytes());
    }
    // Tiles lie in the order of their ids.
    bytes.extend([1, GZIP, GZIP, MVT, archive.min_zoom, archive.max_zoom]);
    let e7 = |degrees: f64| ((degrees * 1e7).round() as i32).to_le_bytes();
    let [west, south, east, north] = archive.bounds;
    bytes.extend([west, south, east, north].map(e7).concat());
    bytes.push(archive.min_zoom);
    bytes.extend([f64::midpoint(west, east), f64::midpoint(south, north)].map(e7).concat());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coord(z: u8, x: u32, y: u32) -> TileCoord {
        TileCoord::new(z, x, y).unwrap()
    }

    #[test]
    fn ids_are_those_of_the_specification() {
        // Its table: z/x/y and id.
        for (tile, expected) in [
            (coord(0, 0, 0), 0),
            (coord(1, 0, 0), 1),
            (coord(1, 0, 1), 2),
            (coord(1, 1, 1), 3),
            (coord(1, 1, 0), 4),
            (coord(2, 0, 0), 5),
            (coord(12, 3423, 1763), 19_078_479),
        ] {
            assert_eq!(id(tile), expected, "{tile:?}");
        }
    }

    #[test]
    fn many_entries_go_into_leaves() {
        let entries: Vec<Entry> = (0..200_000)
            .map(|k| Entry { id: 3 * k, run: 1, length: 100 + k * k % 977, offset: k * 1_000 })
            .collect();
        let plain = |bytes: &[u8]| Ok(bytes.to_vec());
        let (root, leaves) = directories(&entries, &plain).unwrap();
        assert!(HEADER + root.len() <= ROOM && !leaves.is_empty());
        let (root, leaves) = directories(&entries[..100], &plain).unwrap();
        assert!(root.len() > 100 && leaves.is_empty());
    }
}
