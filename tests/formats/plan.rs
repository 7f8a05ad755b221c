//! The plan that goes through every format: 400 polygons of the TM-3 zone of 106°, some with holes, some of two parts, with
//! every letter of Vietnamese among their attributes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use geo::GeodesicArea;
use geo_types::{LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};
use spatial::Crs;
use spatial::crs::Transformation;

pub const COUNT: usize = 400;
/// The 67 letters that only Vietnamese has, small; the other 67 are their capitals.
pub const LETTERS: &str = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

type Ring = Vec<[f64; 2]>;
/// Polygons of rings, the outer one first.
pub type Shape = Vec<Vec<Ring>>;

/// A generator of Lehmer's, so that the same plan comes every time.
struct Random(u64);

impl Random {
    /// From 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        self.0 as f64 / f64::from(0x7fff_ffff_u32)
    }

    /// A ring of twelve corners around a place, at distances of so many metres, closed.
    fn ring(&mut self, [x, y]: [f64; 2], radius: f64) -> Ring {
        let corner = |at: usize, away: f64| {
            let angle = at as f64 / 12.0 * std::f64::consts::TAU;
            [x + away * angle.cos(), y + away * angle.sin()]
        };
        let mut ring: Ring = (0..12).map(|at| corner(at, radius * (0.7 + 0.3 * self.next()))).collect();
        ring.push(ring[0]);
        ring
    }
}

/// The shapes, in the order of their numbers.
pub fn shapes() -> Vec<Shape> {
    let mut random = Random(7);
    (0..COUNT)
        .map(|at| {
            let place = [480_000.0 + 400.0 * (at % 20) as f64, 2_350_000.0 + 400.0 * (at / 20) as f64];
            let mut shape = vec![vec![random.ring(place, 120.0)]];
            if at % 5 == 0 {
                shape[0].push(random.ring(place, 40.0));
            }
            if at % 7 == 0 {
                shape.push(vec![random.ring([place[0] + 200.0, place[1] + 200.0], 60.0)]);
            }
            shape
        })
        .collect()
}

/// The attributes of a polygon.
pub fn properties(at: usize) -> Value {
    json!({"so": at, "ten": format!("Đất ở đô thị – khu số {at}, Bố Hạ"), "thuong": LETTERS,
        "hoa": LETTERS.to_uppercase(), "ti_le": at as f64 / 8.0, "trong": nothing(at), "so_trong": number(at)})
}

/// No text, a text without letters, or one.
pub fn nothing(at: usize) -> Value {
    [Value::Null, json!(""), json!("có")][at % 3].clone()
}

/// No number, or one.
pub fn number(at: usize) -> Value {
    if at.is_multiple_of(2) { Value::Null } else { json!(at + 1) }
}

/// Writes the plan as GeoJSON with its CRS.
pub fn write(path: &Path) {
    let feature = |(at, shape): (usize, Shape)| {
        let geometry = match shape.as_slice() {
            [one] => json!({"type": "Polygon", "coordinates": one}),
            _ => json!({"type": "MultiPolygon", "coordinates": shape}),
        };
        json!({"type": "Feature", "properties": properties(at), "geometry": geometry})
    };
    let features: Vec<_> = shapes().into_iter().enumerate().map(feature).collect();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let all = json!({"type": "FeatureCollection", "name": "plan", "crs": crs, "features": features});
    fs::write(path, all.to_string()).unwrap();
}

/// A feature that was read back.
pub struct Back {
    pub properties: BTreeMap<String, Value>,
    pub shape: Shape,
}

impl Back {
    /// The value of an attribute, whatever the case of its name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.properties.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Its number.
    pub fn number(&self) -> Option<usize> {
        self.value("so")?.to_string().trim_matches('"').parse().ok()
    }
}

/// The features of a GeoJSON document, and the name of its CRS.
pub fn read(path: &Path) -> (Vec<Back>, Option<String>) {
    let document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let features = document["features"].as_array().unwrap().iter().map(|feature| {
        let geometry = &feature["geometry"];
        let coordinates = geometry["coordinates"].clone();
        let coordinates =
            if geometry["type"] == "MultiPolygon" { coordinates } else { Value::Array(vec![coordinates]) };
        Back {
            properties: serde_json::from_value(feature["properties"].clone()).unwrap(),
            shape: serde_json::from_value(coordinates).unwrap(),
        }
    });
    let crs = document["crs"]["properties"]["name"].as_str().map(str::to_owned);
    (features.collect(), crs)
}

/// The geodesic area, m², of a shape in the plan's CRS, or in degrees.
pub fn area_m2(shape: &Shape, degrees: bool) -> f64 {
    let ring = |ring: &Ring| LineString::from(ring.iter().map(|at| (at[0], at[1])).collect::<Vec<_>>());
    let polygon = |rings: &Vec<Ring>| Polygon::new(ring(&rings[0]), rings[1..].iter().map(ring).collect());
    let plane = MultiPolygon(shape.iter().map(polygon).collect()).into();
    if degrees {
        return counter_clockwise(plane).geodesic_area_unsigned();
    }
    let way = Transformation::new(&Crs::from_epsg(9211).unwrap(), &Crs::wgs84()).unwrap();
    counter_clockwise(way.geometry(&plane).unwrap()).geodesic_area_unsigned()
}

/// A clockwise ring means the rest of the Earth.
fn counter_clockwise(geometry: geo_types::Geometry<f64>) -> MultiPolygon<f64> {
    use geo::orient::{Direction, Orient};
    let geo_types::Geometry::MultiPolygon(polygons) = geometry else { panic!("polygons stay polygons") };
    polygons.orient(Direction::Default)
}

/// The length of all rings, m.
pub fn border_m(shape: &Shape) -> f64 {
    let edges = shape.iter().flatten().flat_map(|ring| ring.windows(2));
    edges.map(|edge| (edge[1][0] - edge[0][0]).hypot(edge[1][1] - edge[0][1])).sum()
}

/// How far the corners of a shape lie from the nearest of another, at most; `per_x` and `per_y` make metres of units.
pub fn farthest_m(shape: &Shape, other: &Shape, [per_x, per_y]: [f64; 2]) -> f64 {
    let corners = |shape: &Shape| shape.iter().flatten().flatten().copied().collect::<Vec<_>>();
    let others = corners(other);
    let nearest = |at: [f64; 2]| {
        let away = |to: &[f64; 2]| ((to[0] - at[0]) * per_x).hypot((to[1] - at[1]) * per_y);
        others.iter().map(away).fold(f64::INFINITY, f64::min)
    };
    corners(shape).into_iter().map(nearest).fold(0.0, f64::max)
}
