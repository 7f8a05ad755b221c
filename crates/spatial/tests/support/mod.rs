//! What several tests need: the shared data beside the checkout, GeoJSON and WKT readers of a few lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, dead_code, reason = "tests")]

mod wkt;

use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use serde_json::{Map, Value};
use spatial::{Crs, Feature, FeatureId, Layer};
#[allow(unused_imports, reason = "not every test reads WKT")]
pub(crate) use wkt::wkt;

/// A path below `shared` beside the checkout; says loudly that the test is empty when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    eprintln!("!!! NOT TESTED: ../shared/{path} is not there, and this test needs it");
    None
}

/// Reads a GeoJSON file whose features have `code` or their position as id.
pub(crate) fn read_geojson(path: &Path) -> Layer {
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let features = document["features"].as_array().unwrap().iter().enumerate();
    let features = features.map(|(i, feature)| Feature {
        position: i as u64,
        id: feature["properties"]["code"].as_str().map(|code| FeatureId::Text(code.into())),
        geometry: geometry(&feature["geometry"]),
        properties: Map::new(),
    });
    Layer { crs: Crs::wgs84(), features: features.collect() }
}

/// Reads the geometry of a file that holds one feature or geometry.
pub(crate) fn read_geometry(path: &Path) -> Option<Geometry<f64>> {
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    geometry(document.get("geometry").unwrap_or(&document))
}

/// A GeoJSON geometry of areas.
pub(crate) fn geometry(value: &Value) -> Option<Geometry<f64>> {
    let coordinates = &value["coordinates"];
    if coordinates.as_array()?.is_empty() {
        return Some(MultiPolygon(vec![]).into());
    }
    Some(match value["type"].as_str()? {
        "Polygon" => polygon(coordinates).into(),
        "MultiPolygon" => MultiPolygon(coordinates.as_array().unwrap().iter().map(polygon).collect()).into(),
        _ => return None,
    })
}

fn polygon(rings: &Value) -> Polygon<f64> {
    let position = |p: &Value| Coord { x: p[0].as_f64().unwrap(), y: p[1].as_f64().unwrap() };
    let ring = |r: &Value| LineString(r.as_array().unwrap().iter().map(position).collect());
    let mut rings = rings.as_array().unwrap().iter().map(ring);
    Polygon::new(rings.next().unwrap_or(LineString(vec![])), rings.collect())
}
