//! The bytes of a tile (Mapbox Vector Tile 2.1).

use fast_mvt::{MvtCoord, MvtFeatureBuilder, MvtGeomType, MvtLayerBuilder, MvtTileBuilder, MvtValueRef};

use crate::clip::{self, TilePoint};
use crate::draw::{Drawn, polygon_rings};
use crate::layer::{Prepared, TileLayer, Value};
use crate::matrix::TileCoord;
use crate::shape::Shape;

impl TileLayer {
    /// The bytes of a tile with these features.
    pub(crate) fn write(&self, drawn: &[(&Prepared, Option<Drawn>)], tile: TileCoord) -> Vec<u8> {
        let name = &self.settings.name;
        let Ok(mut layer) = MvtLayerBuilder::new(if name.is_empty() { "layer" } else { name }) else {
            return Vec::new();
        };
        for (feature, geometry) in drawn.iter().filter_map(|(f, g)| Some((f, g.as_ref()?))) {
            layer = self.feature(layer, feature, geometry, tile).end();
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
                self.tag(&mut builder, feature, tile, true);
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
                layer = self.feature(layer, feature, &Drawn::Rings(rings), tile).end();
            }
            tiles = layer.end();
        }
        tiles
    }

    fn feature(
        &self,
        layer: MvtLayerBuilder,
        feature: &Prepared,
        geometry: &Drawn,
        tile: TileCoord,
    ) -> MvtFeatureBuilder {
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
        self.tag(&mut builder, feature, tile, false);
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

    fn tag(&self, builder: &mut MvtFeatureBuilder, feature: &Prepared, tile: TileCoord, label: bool) {
        for (key, value) in self.settings.keys.iter().zip(&feature.values) {
            if tile.z() < key.from_zoom || (label && !key.on_labels) {
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

/// Clipping has brought coordinates near the tile, so they fit.
fn coord([x, y]: TilePoint) -> MvtCoord {
    MvtCoord { x: x as i32, y: y as i32 }
}
