//! The files of a workload, `cells.bin` and `zones.bin`: u64 counts of coordinates, ring offsets, polygon offsets
//! and feature offsets, then x, y pairs of f64 in metres, then the three lists of u32 offsets, all little-endian.
//! A feature is a list of polygons, a polygon a list of rings whose first is the shell, a ring closed.
//!
//! Only the offsets are held; coordinates are read feature by feature when asked for, so that whoever loads them
//! holds one copy and not two.

use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

const HEADER_BYTES: u64 = 32;
const COORD_BYTES: usize = 16;

/// An open workload file.
#[derive(Debug)]
pub(crate) struct Ragged {
    path: PathBuf,
    file: File,
    vertices: usize,
    rings: Vec<u32>,
    polygons: Vec<u32>,
    features: Vec<u32>,
}

/// The coordinates of one feature, in room that is used again.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    bytes: Vec<u8>,
    coords: Vec<[f64; 2]>,
    /// Where each ring lies in `coords`, and whether it is a hole.
    rings: Vec<(Range<usize>, bool)>,
}

impl Ragged {
    /// Opens the file and reads its offsets.
    pub(crate) fn open(path: &Path) -> Result<Self, Problem> {
        let file = File::open(path).map_err(Problem::file(path))?;
        let mut header = [0; HEADER_BYTES as usize];
        (&file).read_exact(&mut header).map_err(Problem::file(path))?;
        let count = |k: usize| words(&header, k).map(u64::from_le_bytes);
        let [Some(vertices), Some(rings), Some(polygons), Some(features)] = [0, 1, 2, 3].map(count) else {
            return Err(Problem::content(path, "no header"));
        };
        let length = file.metadata().map_err(Problem::file(path))?.len();
        let expected = (rings.checked_add(polygons).and_then(|n| n.checked_add(features)))
            .and_then(|n| n.checked_mul(4))
            .and_then(|n| {
                vertices.checked_mul(COORD_BYTES as u64)?.checked_add(n)?.checked_add(HEADER_BYTES)
            });
        if expected != Some(length) {
            return Err(Problem::content(path, "its length is not what its header says"));
        }
        let mut at = HEADER_BYTES + vertices * COORD_BYTES as u64;
        let mut next = |count: u64| {
            let offsets = offsets(&file, at, count).map_err(Problem::file(path));
            at += count * 4;
            offsets
        };
        let (rings, polygons, features) = (next(rings)?, next(polygons)?, next(features)?);
        let vertices = vertices as usize;
        let ascend = |offsets: &[u32], limit: usize| {
            offsets.windows(2).all(|w| w[0] <= w[1]) && offsets.last().is_some_and(|&n| n as usize <= limit)
        };
        let whole = ascend(&rings, vertices)
            && ascend(&polygons, rings.len() - 1)
            && ascend(&features, polygons.len() - 1);
        if !whole {
            return Err(Problem::content(path, "its offsets do not ascend"));
        }
        Ok(Self { path: path.to_path_buf(), file, vertices, rings, polygons, features })
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.features.len() - 1
    }

    /// How many vertices all rings have, closing ones included.
    pub(crate) fn vertices(&self) -> usize {
        self.vertices
    }

    /// How much the coordinates take as plain f64 pairs.
    pub(crate) fn raw_bytes(&self) -> usize {
        self.vertices * COORD_BYTES
    }

    /// Reads one feature.
    pub(crate) fn read(&self, feature: usize, shape: &mut Shape) -> Result<(), Problem> {
        let polygons = span(&self.features, feature);
        let rings = self.polygons[polygons.start] as usize..self.polygons[polygons.end] as usize;
        let coords = self.rings[rings.start] as usize..self.rings[rings.end] as usize;
        shape.bytes.resize(coords.len() * COORD_BYTES, 0);
        let at = HEADER_BYTES + (coords.start * COORD_BYTES) as u64;
        self.file.read_exact_at(&mut shape.bytes, at).map_err(Problem::file(&self.path))?;
        shape.coords.clear();
        shape.coords.extend(shape.bytes.chunks_exact(COORD_BYTES).map(|pair| {
            [words(pair, 0), words(pair, 1)].map(|word| word.map_or(f64::NAN, f64::from_le_bytes))
        }));
        shape.rings.clear();
        for polygon in polygons {
            let shell = self.polygons[polygon] as usize;
            for ring in span(&self.polygons, polygon) {
                let place = span(&self.rings, ring);
                shape.rings.push((place.start - coords.start..place.end - coords.start, ring != shell));
            }
        }
        Ok(())
    }
}

impl Shape {
    /// The rings, each shell followed by its holes, with whether each is a hole.
    pub(crate) fn rings(&self) -> impl Iterator<Item = (&[[f64; 2]], bool)> {
        self.rings.iter().map(|(place, is_hole)| (&self.coords[place.clone()], *is_hole))
    }

    /// All vertices of all rings.
    pub(crate) fn coords(&self) -> &[[f64; 2]] {
        &self.coords
    }
}

fn span(offsets: &[u32], position: usize) -> Range<usize> {
    offsets[position] as usize..offsets[position + 1] as usize
}

/// The `k`-th eight bytes.
fn words(bytes: &[u8], k: usize) -> Option<[u8; 8]> {
    bytes.get(8 * k..8 * k + 8)?.try_into().ok()
}

fn offsets(file: &File, at: u64, count: u64) -> std::io::Result<Vec<u32>> {
    let mut bytes = vec![0; count as usize * 4];
    file.read_exact_at(&mut bytes, at)?;
    let word = |four: &[u8]| four.try_into().map_or(0, u32::from_le_bytes);
    Ok(bytes.chunks_exact(4).map(word).collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Ragged, Shape};

    /// Writes features given as polygons of rings.
    pub(crate) fn write(path: &Path, features: &[&[&[&[[f64; 2]]]]]) {
        let (mut coords, mut rings, mut polygons, mut starts) = (Vec::new(), vec![0], vec![0], vec![0]);
        for feature in features {
            for polygon in *feature {
                for ring in *polygon {
                    coords.extend(ring.iter().flatten().flat_map(|v: &f64| v.to_le_bytes()));
                    rings.push((coords.len() / 16) as u32);
                }
                polygons.push((rings.len() - 1) as u32);
            }
            starts.push((polygons.len() - 1) as u32);
        }
        let counts = [coords.len() / 16, rings.len(), polygons.len(), starts.len()];
        let mut bytes: Vec<u8> = counts.iter().flat_map(|&n| (n as u64).to_le_bytes()).collect();
        bytes.append(&mut coords);
        bytes.extend([rings, polygons, starts].concat().iter().flat_map(|n: &u32| n.to_le_bytes()));
        fs::write(path, bytes).unwrap();
    }

    pub(crate) const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]];
    const HOLE: [[f64; 2]; 4] = [[1.0, 1.0], [1.0, 2.0], [2.0, 1.0], [1.0, 1.0]];
    const FAR: [[f64; 2]; 4] = [[9.0, 9.0], [10.0, 9.0], [9.0, 10.0], [9.0, 9.0]];

    #[test]
    fn a_feature_with_two_parts_and_a_hole_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zones.bin");
        write(&path, &[&[&[&FAR]], &[&[&SQUARE, &HOLE], &[&FAR]]]);
        let file = Ragged::open(&path).unwrap();
        assert_eq!((file.len(), file.vertices(), file.raw_bytes()), (2, 17, 272));
        let mut shape = Shape::default();
        file.read(1, &mut shape).unwrap();
        let rings: Vec<_> = shape.rings().collect();
        assert_eq!(rings, [(&SQUARE[..], false), (&HOLE[..], true), (&FAR[..], false)]);
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zones.bin");
        write(&path, &[&[&[&FAR]]]);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 4]).unwrap();
        assert!(Ragged::open(&path).unwrap_err().to_string().contains("length"));
    }
}
