//! A feature's geometry in a tile: generalise → snap → clip.

use crate::clip::{self, Ring, TilePoint, doubled_area};
use crate::layer::{Prepared, Small, TileLayer};
use crate::matrix::TileCoord;
use crate::shape::{Run, Shape};

/// A feature's geometry in the tile.
pub(crate) enum Drawn {
    Points(Vec<TilePoint>),
    Lines(Vec<Vec<TilePoint>>),
    /// Rings, each shell followed by its holes.
    Rings(Vec<Ring>),
}

/// What became of a feature in a tile.
pub(crate) enum Fate {
    Drawn(Drawn),
    Collapsed,
    Outside,
}

impl TileLayer {
    /// What the tile shows of a feature.
    pub(crate) fn draw(&self, feature: &Prepared, tile: TileCoord) -> Fate {
        let (z, buffer, origin) = (tile.z(), self.settings.buffer, tile.origin());
        let local = |[x, y]: [i64; 2]| [x - origin[0], y - origin[1]];
        let geometry = match &feature.shape {
            Shape::Points(points) => Drawn::Points(
                points.iter().map(|p| local(p.snapped(z))).filter(|&p| clip::near(p, buffer)).collect(),
            ),
            Shape::Lines(lines) => {
                Drawn::Lines(lines.iter().flat_map(|run| clip::line(&run.at(z, z, local), buffer)).collect())
            }
            Shape::Polygons(polygons) => {
                let Some(rings) = polygon_rings(polygons, [z, z], buffer, local) else {
                    return match (self.unit(feature, tile), self.settings.small) {
                        (None, _) => Fate::Outside,
                        (Some(_), Small::Count) => Fate::Collapsed,
                        (Some(unit), Small::Keep) => Fate::Drawn(unit),
                    };
                };
                Drawn::Rings(rings)
            }
        };
        let empty = match &geometry {
            Drawn::Points(points) => points.is_empty(),
            Drawn::Lines(lines) => lines.is_empty(),
            Drawn::Rings(rings) => rings.is_empty(),
        };
        if empty { Fate::Outside } else { Fate::Drawn(geometry) }
    }

    /// One grid unit in place of a polygon with nothing left to draw; `None` when it is not near the tile.
    pub(crate) fn unit(&self, feature: &Prepared, tile: TileCoord) -> Option<Drawn> {
        let [x, y] = feature.label.or_else(|| feature.shape.some_point())?.snapped(tile.z());
        let [x, y] = [x - tile.origin()[0], y - tile.origin()[1]];
        let unit = vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
        clip::near([x, y], self.settings.buffer).then(|| Drawn::Rings(vec![(unit, true)]))
    }
}

impl Run {
    /// The vertices drawn at one zoom, snapped to the grid of another.
    fn at(&self, vertices: u8, grid: u8, local: impl Fn([i64; 2]) -> TilePoint) -> Vec<TilePoint> {
        let mut points: Vec<TilePoint> = self
            .points
            .iter()
            .zip(&self.zooms)
            .filter(|&(_, &from)| from <= vertices)
            .map(|(point, _)| local(point.snapped(grid)))
            .collect();
        points.dedup();
        points
    }
}

/// The rings the tile needs, with the vertices drawn at one zoom on the grid of another; `None` when every polygon
/// has collapsed.
pub(crate) fn polygon_rings(
    polygons: &[Vec<Run>],
    [vertices, grid]: [u8; 2],
    buffer: i64,
    local: impl Fn([i64; 2]) -> TilePoint,
) -> Option<Vec<Ring>> {
    let ring = |run: &Run| {
        let mut ring = run.at(vertices, grid, &local);
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        (doubled_area(&ring) != 0).then_some(ring)
    };
    let mut rings = Vec::new();
    let mut alive = false;
    for polygon in polygons {
        let Some(shell) = polygon.first().and_then(ring) else { continue };
        alive = true;
        rings.extend(clip::polygon(shell, &polygon[1..].iter().filter_map(ring).collect::<Vec<_>>(), buffer));
    }
    alive.then_some(rings)
}
