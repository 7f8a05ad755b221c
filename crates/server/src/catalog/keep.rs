//! Prepared tiles from one start to the next.
//!
//! What is kept under a key is what was prepared from the same: the key is a hash of all that the tiles of a layer are
//! made of, and never of a number that is given to data, because a backup that is put back has the same numbers with
//! other data. The program itself is hashed into it where the file is (`store::Derived`).

use std::sync::Arc;

use geo_types::{Coord, Geometry, LineString, Polygon};
use project::Derived;
use rayon::prelude::*;
use spatial::{Feature, Layer};
use tiles::{KeptLayer, LayerSettings, TileLayer};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::identity::Identities;

/// A place where prepared tiles are kept, and how much of it may be used.
#[derive(Clone, Debug)]
pub(crate) struct Keep {
    derived: Arc<Derived>,
    most_bytes: u64,
}

impl Keep {
    /// The place, with room for so many bytes; none where there is no room.
    pub(crate) fn new(derived: Option<Arc<Derived>>, most_bytes: usize) -> Option<Self> {
        let most_bytes = most_bytes as u64;
        derived.filter(|_| most_bytes > 0).map(|derived| Self { derived, most_bytes })
    }

    /// What was kept under a name and a key, for a layer of these settings; where that cannot be used, it is as if
    /// nothing were there.
    pub(super) fn open(&self, name: &str, key: u128, settings: LayerSettings) -> Option<KeptLayer> {
        let opened = self.derived.open(name, key).inspect_err(|error| not_used(name, error)).ok()?;
        let (file, of) = (opened?, name.to_owned());
        let parts = move |part| file.read(part).inspect_err(|error| not_used(&of, error)).ok();
        let layer = KeptLayer::open(settings, parts).inspect_err(|error| not_used(name, error)).ok()?;
        tracing::info!(tiles = name, "tiles that were kept are used");
        Some(layer)
    }

    /// Keeps a layer. Where that fails it is prepared again at the next start, and nothing else.
    pub(super) fn keep(&self, name: &str, key: u128, layer: &TileLayer) {
        match self.derived.keep(name, key, layer.parts(), self.most_bytes) {
            Ok(bytes) => tracing::info!(tiles = name, bytes, "prepared tiles are kept for the next start"),
            Err(error) => {
                tracing::warn!(tiles = name, %error, "prepared tiles are not kept: the next start prepares them again");
            }
        }
    }
}

fn not_used(name: &str, error: &dyn std::fmt::Display) {
    tracing::warn!(tiles = name, %error, "tiles that were kept are not used, but prepared anew");
}

/// A hash of everything that tiles are made of: `how` they are, and what is drawn.
pub(super) fn key(how: &str, layer: &Layer, identities: &Identities) -> u128 {
    let feature = |room: &mut Vec<u8>, (i, feature): (usize, &Feature)| {
        room.clear();
        put_feature(feature, identities.id(i), room);
        xxh3_128(room)
    };
    let features: Vec<u128> = layer.features.par_iter().enumerate().map_init(Vec::new, feature).collect();
    let mut hash = Xxh3::new();
    hash.update(format!("{how} {:?}", layer.crs).as_bytes());
    features.iter().for_each(|feature| hash.update(&feature.to_le_bytes()));
    hash.digest128()
}

/// A feature as bytes: no two that differ have the same. Of texts and lists, the length stands before them.
fn put_feature(feature: &Feature, id: &str, into: &mut Vec<u8>) {
    let properties = serde_json::Value::Object(feature.properties.clone()).to_string();
    into.extend(feature.position.to_le_bytes());
    for text in [id, &properties] {
        put_count(text.len(), into);
        into.extend_from_slice(text.as_bytes());
    }
    into.push(u8::from(feature.geometry.is_some()));
    feature.geometry.iter().for_each(|geometry| put_geometry(geometry, into));
}

fn put_count(count: usize, into: &mut Vec<u8>) {
    into.extend((count as u64).to_le_bytes());
}

fn put_geometry(geometry: &Geometry<f64>, into: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => put_coords(0, &[point.0], into),
        Geometry::Line(line) => put_coords(1, &[line.start, line.end], into),
        Geometry::LineString(line) => put_coords(2, &line.0, into),
        Geometry::Rect(rect) => put_coords(3, &[rect.min(), rect.max()], into),
        Geometry::Triangle(triangle) => put_coords(4, &triangle.to_array(), into),
        Geometry::Polygon(polygon) => put_polygon(polygon, into),
        Geometry::MultiPoint(all) => put_all(6, &all.0, into, |point, into| put_coords(0, &[point.0], into)),
        Geometry::MultiLineString(all) => put_all(7, &all.0, into, |line, into| put_coords(2, &line.0, into)),
        Geometry::MultiPolygon(all) => put_all(8, &all.0, into, put_polygon),
        Geometry::GeometryCollection(all) => put_all(9, &all.0, into, put_geometry),
    }
}

fn put_polygon(polygon: &Polygon<f64>, into: &mut Vec<u8>) {
    put_coords(5, &polygon.exterior().0, into);
    put_all(5, polygon.interiors(), into, |hole: &LineString<f64>, into| put_coords(5, &hole.0, into));
}

fn put_all<T>(kind: u8, all: &[T], into: &mut Vec<u8>, put: impl Fn(&T, &mut Vec<u8>)) {
    into.push(kind);
    put_count(all.len(), into);
    all.iter().for_each(|one| put(one, into));
}

fn put_coords(kind: u8, coords: &[Coord<f64>], into: &mut Vec<u8>) {
    into.push(kind);
    put_count(coords.len(), into);
    into.reserve(coords.len() * 16);
    for number in coords.iter().flat_map(|coord| [coord.x, coord.y]) {
        into.extend_from_slice(&number.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;
    use spatial::Crs;
    use tiles::TileCoord;

    use super::super::tests::{served, served_of};
    use super::super::{Grid, LayerRole};
    use super::*;

    fn keep(folder: &tempfile::TempDir) -> Keep {
        Keep::new(Some(Arc::new(Derived::beside(&folder.path().join("s.gpkg")))), 1 << 20).unwrap()
    }

    #[test]
    fn kept_tiles_are_those_of_the_same_features_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (keep, grid) = (keep(&folder), Grid::WebMercator);
        let cold = served();
        cold.prepare_tiles(grid, Some(&keep));
        assert_eq!(cold.unkept(), Some(grid));
        cold.keep_tiles(grid, &keep);
        assert_eq!(cold.unkept(), None);
        let warm = served();
        warm.prepare_tiles(grid, Some(&keep));
        assert!(warm.has_tiles(grid) && warm.unkept().is_none(), "they were not made again");
        for z in 0..=20 {
            let [x, y] = [(106.75 + 180.0) / 360.0, 0.4385].map(|share| (share * f64::from(1 << z)) as u32);
            let coord = TileCoord::new(z, x, y).unwrap();
            assert_eq!(warm.tile(grid, coord, Some(&keep)), cold.tile(grid, coord, Some(&keep)), "{z}");
        }
        let mut layer = Layer::clone(&cold.layer);
        layer.features[0].properties.insert("name".into(), "another".into());
        let other = served_of(layer);
        other.prepare_tiles(grid, Some(&keep));
        assert_eq!(other.unkept(), Some(grid), "they were made");
    }

    #[test]
    fn a_key_is_another_when_anything_is() {
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
        let feature = |geometry: Option<Geometry<f64>>, position, note: &str| {
            let properties = serde_json::Map::from_iter([("note".to_owned(), note.into())]);
            Feature { position, id: None, geometry, properties }
        };
        let line = square.exterior().clone();
        let layers: Vec<(Crs, Vec<Feature>)> = vec![
            (Crs::wgs84(), vec![]),
            (Crs::web_mercator(), vec![]),
            (Crs::wgs84(), vec![feature(None, 0, "")]),
            (Crs::wgs84(), vec![feature(None, 0, ""), feature(None, 1, "")]),
            (Crs::wgs84(), vec![feature(None, 1, "")]),
            (Crs::wgs84(), vec![feature(None, 0, "a")]),
            (Crs::wgs84(), vec![feature(Some(square.clone().into()), 0, "")]),
            (Crs::wgs84(), vec![feature(Some(line.into()), 0, "")]),
            (Crs::wgs84(), vec![feature(Some(geo_types::MultiPolygon(vec![square]).into()), 0, "")]),
        ];
        let role = LayerRole::Data(planning::Role::Zone);
        let mut keys: Vec<u128> = layers
            .into_iter()
            .flat_map(|(crs, features)| {
                let (identities, layer) = (Identities::new(role, &features), Layer { crs, features });
                ["how", "otherwise"].map(|how| key(how, &layer, &identities))
            })
            .collect();
        let all = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), all);
    }
}
