//! What several tests need: the shared data beside the checkout, GeoJSON and WKT readers of a few lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, dead_code, reason = "tests")]

use std::path::{Path, PathBuf};

use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiPolygon, Point, Polygon};
use serde_json::{Map, Value};
use spatial::{Crs, Feature, FeatureId, Layer};

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

fn geometry(value: &Value) -> Option<Geometry<f64>> {
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

/// Reads WKT as far as the JTS suites use it for polygons, points and collections; `None` for other types.
pub(crate) fn wkt(text: &str) -> Option<Geometry<f64>> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace(',', " , ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    Wkt { words: &words, at: 0 }.geometry()
}

struct Wkt<'a> {
    words: &'a [&'a str],
    at: usize,
}

impl Wkt<'_> {
    fn next(&mut self) -> &str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn geometry(&mut self) -> Option<Geometry<f64>> {
        let kind = self.next().to_ascii_uppercase();
        if self.words[self.at].eq_ignore_ascii_case("EMPTY") {
            self.at += 1;
            return match kind.as_str() {
                "POLYGON" => Some(Polygon::new(LineString(vec![]), vec![]).into()),
                "MULTIPOLYGON" => Some(MultiPolygon(vec![]).into()),
                "GEOMETRYCOLLECTION" => Some(Geometry::GeometryCollection(GeometryCollection(vec![]))),
                _ => None,
            };
        }
        match kind.as_str() {
            "POLYGON" => Some(self.polygon().into()),
            "MULTIPOLYGON" => Some(MultiPolygon(self.list(Self::polygon)).into()),
            "GEOMETRYCOLLECTION" => {
                let members = self.list(Self::geometry).into_iter().collect::<Option<_>>()?;
                Some(Geometry::GeometryCollection(GeometryCollection(members)))
            }
            "POINT" => Some(Point(self.list(Self::coord)[0]).into()),
            "LINESTRING" => Some(LineString(self.list(Self::coord)).into()),
            _ => None,
        }
    }

    fn polygon(&mut self) -> Polygon<f64> {
        if self.words[self.at].eq_ignore_ascii_case("EMPTY") {
            self.at += 1;
            return Polygon::new(LineString(vec![]), vec![]);
        }
        let mut rings = self.list(|wkt| LineString(wkt.list(Self::coord))).into_iter();
        Polygon::new(rings.next().unwrap(), rings.collect())
    }

    fn coord(&mut self) -> Coord<f64> {
        let coord = Coord { x: self.next().parse().unwrap(), y: self.next().parse().unwrap() };
        while ![",", ")"].contains(&self.words[self.at]) {
            self.at += 1; // z
        }
        coord
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        if self.words[self.at].eq_ignore_ascii_case("EMPTY") {
            self.at += 1;
            return Vec::new();
        }
        assert_eq!(self.next(), "(");
        let mut items = vec![item(self)];
        while self.next() == "," {
            items.push(item(self));
        }
        items
    }
}
