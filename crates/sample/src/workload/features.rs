//! Polygonal features in columns, as the files of a workload hold them.

use std::io::{self, Write};

use geo_types::{LineString, MultiPolygon, Polygon};

/// A closed ring.
pub(super) type Ring = Vec<[f64; 2]>;

/// Features of polygons, of rings, of coordinates in metres: each list says where its members end in the next.
/// Shells run counter-clockwise and holes clockwise, except in invalid features, which are as they were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Features {
    coords: Vec<[f64; 2]>,
    rings: Vec<u32>,
    polygons: Vec<u32>,
    features: Vec<u32>,
}

impl Features {
    pub(super) fn new() -> Self {
        Self { coords: Vec::new(), rings: vec![0], polygons: vec![0], features: vec![0] }
    }

    /// Adds a feature: polygons, each its shell and its holes.
    pub(super) fn push(&mut self, polygons: &[Vec<Ring>]) {
        for polygon in polygons {
            for ring in polygon {
                self.coords.extend_from_slice(ring);
                self.rings.push(self.coords.len() as u32);
            }
            self.polygons.push((self.rings.len() - 1) as u32);
        }
        self.features.push((self.polygons.len() - 1) as u32);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.features.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many vertices all rings have, closing ones included.
    pub fn vertex_count(&self) -> usize {
        self.coords.len()
    }

    /// One of them.
    pub fn multi_polygon(&self, feature: usize) -> MultiPolygon<f64> {
        let span = |list: &[u32], k: usize| list[k] as usize..list[k + 1] as usize;
        let ring = |k: usize| LineString::from_iter(self.coords[span(&self.rings, k)].iter().copied());
        let polygon = |k: usize| {
            let mut rings = span(&self.polygons, k).map(ring);
            rings.next().map(|shell| Polygon::new(shell, rings.collect()))
        };
        MultiPolygon(span(&self.features, feature).filter_map(polygon).collect())
    }

    /// Writes them: u64 counts of coordinates and of the three lists, the coordinates as f64, the lists of rings,
    /// polygons and features as u32, all little-endian.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let counts = [self.coords.len(), self.rings.len(), self.polygons.len(), self.features.len()];
        for count in counts {
            out.write_all(&(count as u64).to_le_bytes())?;
        }
        for number in self.coords.as_flattened() {
            out.write_all(&number.to_le_bytes())?;
        }
        for offset in [&self.rings, &self.polygons, &self.features].into_iter().flatten() {
            out.write_all(&offset.to_le_bytes())?;
        }
        Ok(())
    }
}

/// Signed area of a closed ring, m², taken from its first vertex.
pub(super) fn signed_area_m2(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let cross = |w: &[[f64; 2]]| (w[0][0] - x0) * (w[1][1] - y0) - (w[1][0] - x0) * (w[0][1] - y0);
    ring.windows(2).map(cross).sum::<f64>() / 2.0
}

/// Whether polygons make a valid feature.
pub(super) fn is_valid(polygons: &[Vec<Ring>]) -> bool {
    let mut features = Features::new();
    features.push(polygons);
    let shape = features.multi_polygon(0).into();
    spatial::validity::validate(&shape).iter().all(|problem| !problem.kind.is_invalid())
}
