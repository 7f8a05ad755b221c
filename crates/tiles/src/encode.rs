//! One tile of a layer.

use fast_mvt::{MvtCoord, MvtFeatureBuilder, MvtGeomType, MvtLayerBuilder, MvtTileBuilder, MvtValueRef};

use crate::clip::{self, Ring, TilePoint, doubled_area};
use crate::layer::{Prepared, Small, TileLayer, Value};
use crate::matrix::TileCoord;
use crate::shape::{Run, Shape};

/// An encoded tile and what it does not show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// Mapbox Vector Tile 2.1; no bytes when nothing is there.
    pub bytes: Vec<u8>,
    /// Features drawn, labels not counted.
    pub features: usize,
    /// Features left out because all of them fell on one grid unit or line.
    pub collapsed: usize,
    /// Features left out, lightest first, because the tile would have been too large.
    pub dropped: usize,
    /// Whether the tile is too large all the same, because what is left must not be dropped.
    pub over_budget: bool,
}

/// A feature's geometry in the tile.
enum Drawn {
    Points(Vec<TilePoint>),
    Lines(Vec<Vec<TilePoint>>),
    /// Rings, each shell followed by its holes.
    Rings(Vec<Ring>),
}

/// What became of a feature in a tile.
enum Fate {
    Drawn(Drawn),
    Collapsed,
    Outside,
}

impl TileLayer {
    /// Encodes one tile.
    pub fn encode(&self, tile: TileCoord) -> Tile {
        let z = tile.z();
        let nearby = self.index.query(&tile.envelope_m(self.settings.buffer));
        let mut drawn = Vec::new();
        let mut collapsed = 0;
        for feature in nearby.into_iter().filter_map(|i| self.features.get(i)).filter(|f| f.min_zoom <= z) {
            match self.draw(feature, tile) {
                Fate::Drawn(geometry) => drawn.push((feature, Some(geometry))),
                Fate::Collapsed => {
                    collapsed += 1;
                    drawn.push((feature, None));
                }
                Fate::Outside => drawn.push((feature, None)),
            }
        }
        if collapsed > 0 && drawn.iter().all(|(_, geometry)| geometry.is_none()) {
            collapsed -= usize::from(self.keep_one(&mut drawn, tile));
        }
        let mut answer = self.within_budget(drawn, tile);
        answer.collapsed = collapsed;
        answer
    }

    /// Where all features are too small to be drawn, the heaviest stands for them, so that a far view shows where
    /// there is something at all.
    fn keep_one(&self, drawn: &mut [(&Prepared, Option<Drawn>)], tile: TileCoord) -> bool {
        let heaviest = drawn
            .iter_mut()
            .filter(|(feature, _)| matches!(self.draw(feature, tile), Fate::Collapsed))
            .max_by(|(a, _), (b, _)| a.weight.total_cmp(&b.weight).then(b.id.cmp(&a.id)));
        let Some((feature, geometry)) = heaviest else { return false };
        *geometry = self.unit(feature, tile);
        geometry.is_some()
    }

    /// Leaves out the lightest features until the tile is small enough.
    fn within_budget(&self, mut drawn: Vec<(&Prepared, Option<Drawn>)>, tile: TileCoord) -> Tile {
        let all = shown(&drawn);
        loop {
            let bytes = self.write(&drawn, tile);
            let over_budget = bytes.len() > self.settings.max_bytes;
            if !over_budget || self.settings.small == Small::Keep || drawn.is_empty() {
                let features = shown(&drawn);
                return Tile { bytes, features, collapsed: 0, dropped: all - features, over_budget };
            }
            // A tenth below what the sizes suggest: the heavy features that stay are longer than most.
            let share = 0.9 * self.settings.max_bytes as f64 / bytes.len() as f64;
            let keep = (drawn.len() as f64 * share) as usize;
            let mut weights: Vec<f64> = drawn.iter().map(|(feature, _)| feature.weight).collect();
            weights.sort_by(|a, b| b.total_cmp(a));
            let least = if keep == 0 { f64::INFINITY } else { weights[keep - 1] };
            let mut left = keep;
            drawn.retain(|(feature, _)| {
                let stays = left > 0 && feature.weight.total_cmp(&least).is_ge();
                left -= usize::from(stays);
                stays
            });
        }
    }

    fn draw(&self, feature: &Prepared, tile: TileCoord) -> Fate {
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
    fn unit(&self, feature: &Prepared, tile: TileCoord) -> Option<Drawn> {
        let [x, y] = feature.label.or_else(|| feature.shape.some_point())?.snapped(tile.z());
        let [x, y] = [x - tile.origin()[0], y - tile.origin()[1]];
        let unit = vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
        clip::near([x, y], self.settings.buffer).then(|| Drawn::Rings(vec![(unit, true)]))
    }

    /// The bytes of a tile with these features.
    fn write(&self, drawn: &[(&Prepared, Option<Drawn>)], tile: TileCoord) -> Vec<u8> {
        let name = &self.settings.name;
        let Ok(mut layer) = MvtLayerBuilder::new(if name.is_empty() { "layer" } else { name }) else {
            return Vec::new();
        };
        for (feature, geometry) in drawn.iter().filter_map(|(f, g)| Some((f, g.as_ref()?))) {
            layer = self.feature(layer, feature, geometry).end();
        }
        let mut tiles = if layer.num_features() > 0 { layer.end() } else { MvtTileBuilder::new() };
        if let Some(by) = self.settings.coarser_by {
            tiles = self.coarse(tiles, drawn, tile, by);
        }
        let labels = self.labels(drawn, tile);
        if !labels.is_empty() {
            let Ok(mut layer) = std::mem::take(&mut tiles).layer(format!("{name}-label")) else {
                return Vec::new();
            };
            for (feature, point) in labels {
                let mut builder = layer.feature_of(MvtGeomType::Point);
                let _fits = builder.id(Some(feature.id)).points([coord(point)]);
                self.tag(&mut builder, feature, true);
                layer = builder.end();
            }
            tiles = layer.end();
        }
        tiles.encode()
    }

    /// Adds the polygons of zooms farther out.
    fn coarse(
        &self,
        mut tiles: MvtTileBuilder,
        drawn: &[(&Prepared, Option<Drawn>)],
        tile: TileCoord,
        by: u8,
    ) -> MvtTileBuilder {
        let origin = tile.origin();
        let local = |[x, y]: [i64; 2]| [x - origin[0], y - origin[1]];
        let zooms = [tile.z().saturating_sub(by), tile.z()];
        let rings = |feature: &Prepared| match &feature.shape {
            Shape::Polygons(polygons) => polygon_rings(polygons, zooms, self.settings.buffer, local),
            Shape::Points(_) | Shape::Lines(_) => None,
        };
        let features: Vec<_> = drawn
            .iter()
            .filter(|(_, geometry)| geometry.is_some())
            .filter_map(|(feature, _)| Some((*feature, rings(feature).filter(|rings| !rings.is_empty())?)))
            .collect();
        if features.is_empty() {
            return tiles;
        }
        // The name is not empty, so there is a layer.
        if let Ok(mut layer) = std::mem::take(&mut tiles).layer(format!("{}-coarse", self.settings.name)) {
            for (feature, rings) in features {
                layer = self.feature(layer, feature, &Drawn::Rings(rings)).end();
            }
            tiles = layer.end();
        }
        tiles
    }

    fn feature(&self, layer: MvtLayerBuilder, feature: &Prepared, geometry: &Drawn) -> MvtFeatureBuilder {
        let mut builder = layer.feature_of(match geometry {
            Drawn::Points(_) => MvtGeomType::Point,
            Drawn::Lines(_) => MvtGeomType::LineString,
            Drawn::Rings(_) => MvtGeomType::Polygon,
        });
        builder.id(Some(feature.id));
        // The only errors left are counts past 2²⁹, which the world grid's size does not allow in a tile's budget.
        match geometry {
            Drawn::Points(points) => {
                let _fits = builder.points(points.iter().copied().map(coord));
            }
            Drawn::Lines(lines) => lines.iter().for_each(|line| {
                let _fits = builder.line(line.iter().copied().map(coord));
            }),
            Drawn::Rings(rings) => rings.iter().for_each(|(ring, outer)| {
                let _fits = builder.ring(ring.iter().copied().map(coord), *outer);
            }),
        }
        self.tag(&mut builder, feature, false);
        builder
    }

    /// Labels whose point lies in the tile proper.
    fn labels<'a>(
        &self,
        drawn: &[(&'a Prepared, Option<Drawn>)],
        tile: TileCoord,
    ) -> Vec<(&'a Prepared, TilePoint)> {
        let origin = tile.origin();
        drawn
            .iter()
            .filter(|(feature, _)| feature.label_min_zoom <= tile.z())
            .filter_map(|(feature, _)| {
                let [x, y] = feature.label?.snapped(tile.z());
                Some((*feature, [x - origin[0], y - origin[1]]))
            })
            .filter(|&(_, point)| clip::holds(point))
            .collect()
    }

    fn tag(&self, builder: &mut MvtFeatureBuilder, feature: &Prepared, label: bool) {
        for (key, value) in self.settings.keys.iter().zip(&feature.values) {
            if label && !key.on_labels {
                continue;
            }
            let value = match value {
                None => continue,
                Some(Value::Text(text)) => MvtValueRef::String(text),
                Some(Value::Number(number)) => MvtValueRef::Double(*number),
                Some(Value::Integer(integer)) => MvtValueRef::SInt(*integer),
                Some(Value::Boolean(truth)) => MvtValueRef::Bool(*truth),
            };
            let _fits = builder.tag_ref(&key.name, value);
        }
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
fn polygon_rings(
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

/// Clipping has brought coordinates near the tile, so they fit.
fn coord([x, y]: TilePoint) -> MvtCoord {
    MvtCoord { x: x as i32, y: y as i32 }
}

fn shown(drawn: &[(&Prepared, Option<Drawn>)]) -> usize {
    drawn.iter().filter(|(_, geometry)| geometry.is_some()).count()
}
