//! Writes a province as GeoJSON.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a tool for looking at the output while working on it")]
use geo_types::{Geometry, LineString, Polygon};
use serde_json::{Value, json};
fn n(v: f64) -> Value { if v.fract() == 0.0 { json!(v as i64) } else { json!(v) } }
fn main() {
    let mut args = std::env::args().skip(1);
    let (seed, dir): (u64, String) = (args.next().unwrap().parse().unwrap(), args.next().unwrap());
    let made = sample::province(seed);
    std::fs::create_dir_all(&dir).unwrap();
    let ring = |l: &LineString<f64>| -> Value { l.0.iter().map(|c| json!([n(c.x), n(c.y)])).collect() };
    let poly = |p: &Polygon<f64>| -> Value { std::iter::once(ring(p.exterior())).chain(p.interiors().iter().map(ring)).collect() };
    for (info, layer) in &made.collections {
        let features: Vec<String> = layer.features.iter().map(|f| {
            let (kind, coordinates) = match f.geometry.as_ref().unwrap() {
                Geometry::Polygon(p) => ("Polygon", poly(p)),
                Geometry::MultiPolygon(m) => ("MultiPolygon", m.0.iter().map(poly).collect()),
                _ => unreachable!(),
            };
            json!({"type": "Feature", "id": f.id, "geometry": {"type": kind, "coordinates": coordinates}, "properties": f.properties}).to_string()
        }).collect();
        let text = format!("{{\"type\":\"FeatureCollection\",\"ranh\":{},\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"urn:ogc:def:crs:EPSG::9215\"}}}},\"features\":[\n{}\n]}}\n", serde_json::to_string(info).unwrap(), features.join(",\n"));
        std::fs::write(format!("{dir}/{}.geojson", info.id), text).unwrap();
    }
    std::fs::write(format!("{dir}/answers.json"), serde_json::to_string_pretty(&made.answers).unwrap()).unwrap();
    eprintln!("{:?}", made.answers.totals);
}
