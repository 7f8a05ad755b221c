//! Files with a fault, as they arrive: for the rules that judge a file or where all of a zone lies. They stand beside
//! the province and not in it, so that its map stays what it is.

use geo_types::{Coord, MultiPolygon, Polygon};
use planning::{CollectionInfo, Role, Severity, Text};
use serde_json::{Map, Value, json};
use spatial::crs::Transformation;
use spatial::{Crs, Feature, FeatureId, Layer};

use crate::collections::{about, feature};
use crate::key::answers::ExpectedFault;
use crate::key::outline::outline;
use crate::layout::register::position;
use crate::map::PlanarMap;
use crate::map::trace::{polygons, set};
use crate::names::{PROVINCE, commune_code};
use crate::plane::{Point, Spot};
use crate::themes::place::{block, spots};

/// Where places of the province go when VN-2000 is taken for WGS 84, m east and north, on whole quarter metres; by
/// PROJ 9 from EPSG:4756 with EPSG:6960: −195.34 and 110.83 in the middle, 6 cm more or less at the rim.
const DATUM_SHIFT_M: [f64; 2] = [-195.25, 110.75];
/// Length of that, m, by PROJ; over the province it changes by 5 cm.
const SHIFT_M: f64 = 224.59;
/// The TM-3 zone in which the file with the wrong meridian was made: 107°00′.
const OTHER_MERIDIAN: (u32, &str) = (9214, "107°00′");

/// A file and what a check says of it.
pub(crate) struct Faulty {
    pub(crate) info: CollectionInfo,
    pub(crate) layer: Layer,
    pub(crate) expected: Vec<ExpectedFault>,
}

/// All files; `None` when the province has no room for one.
pub(crate) fn faulty(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Vec<Faulty>> {
    Some(vec![
        axes(map, crs, seed)?,
        meridian(map, crs, seed)?,
        datum(map, crs, seed)?,
        mapinfo(map, crs, seed)?,
        encoding(map, crs, seed)?,
    ])
}

fn file(id: &str, title: [&str; 2], crs: &Crs, seed: u64, features: Vec<Feature>) -> Faulty {
    let title = Text { vi: title[0].into(), en: title[1].into() };
    let info = about(id, Role::Zone, &title, 2_000, seed);
    Faulty { info, layer: Layer { crs: crs.clone(), features }, expected: Vec::new() }
}

fn expected(file: &str, rule: &str, severity: Severity, zone: Option<&str>, figures: Value) -> ExpectedFault {
    let figures = if let Value::Object(figures) = figures { figures } else { Map::new() };
    let (zone, other) = (zone.map(Into::into), zone.is_none().then(|| file.into()));
    ExpectedFault { file: file.into(), rule: rule.into(), severity, zone, other, figures }
}

fn said(name: &str, communes: &[String]) -> Value {
    json!({ "name": name, "kind": "CCN", "state": "proposed", "province": PROVINCE, "communes": communes })
}

fn ring(points: &[Point]) -> MultiPolygon<f64> {
    let line = points.iter().map(|p| p.coordinates()).map(|[x, y]| Coord { x, y }).collect();
    MultiPolygon(vec![Polygon::new(line, Vec::new())])
}

/// A rectangle of 300 m by 200 m in the middle of a zone, and the commune there.
fn site(map: &PlanarMap, zone: &str) -> Option<(Vec<Point>, String)> {
    let zone = position(zone)?;
    let at = *spots(&outline(map, |a| a.in_zone(zone)), 1, 90.0).first()?;
    let commune = map.atoms.iter().find(|a| a.in_zone(zone))?.commune;
    Some((block(at, Spot::new(1.0, 0.0), [150.0, 100.0]), commune_code(commune)))
}

/// Three zones, one with northing first.
fn axes(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Faulty> {
    let id = "broken-axes";
    let mut features = Vec::new();
    for (number, zone) in ["CCN02", "CCN07", "CCN17"].into_iter().enumerate() {
        let (points, commune) = site(map, zone)?;
        let mut shape = ring(&points);
        if number == 1 {
            for polygon in &mut shape.0 {
                polygon.exterior_mut(|line| line.0.iter_mut().for_each(|c| (c.x, c.y) = (c.y, c.x)));
            }
        }
        let name = format!("CCN hồ sơ {}", number + 1);
        features.push(feature(number, format!("HS1-{}", number + 1), shape, said(&name, &[commune])));
    }
    let mut made = file(id, ["Hồ sơ đảo trục X/Y", "Dossier with swapped axes"], crs, seed, features);
    made.expected.push(expected(id, "GEO-04", Severity::Block, Some("HS1-2"), json!({})));
    Some(made)
}

/// A zone whose coordinates are those of another meridian than the file says.
fn meridian(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Faulty> {
    let id = "broken-meridian";
    let (points, commune) = site(map, "CCN17")?;
    let other = Crs::from_epsg(OTHER_MERIDIAN.0).ok()?;
    let there = Transformation::new(crs, &other).ok()?;
    let mut shape = ring(&points);
    for polygon in &mut shape.0 {
        polygon.exterior_mut(|line| {
            for c in &mut line.0 {
                if let Some([x, y]) = there.point([c.x, c.y]) {
                    (c.x, c.y) = ((x * 4.0).round() / 4.0, (y * 4.0).round() / 4.0);
                }
            }
        });
    }
    let features = vec![feature(0, "HS2-1".into(), shape, said("CCN hồ sơ sai kinh tuyến", &[commune]))];
    let mut made =
        file(id, ["Hồ sơ sai kinh tuyến trục", "Dossier with a wrong meridian"], crs, seed, features);
    let figures = json!({ "cm": OTHER_MERIDIAN.1 });
    made.expected.push(expected(id, "GEO-05", Severity::Block, Some("HS2-1"), figures));
    Some(made)
}

/// A zone of the plan without the datum shift, and one off by half as much, which proves nothing.
fn datum(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Faulty> {
    let id = "broken-datum";
    let zone = position("KCN03")?;
    let parts = set(map, |a| a.in_zone(zone));
    let commune = map.atoms.iter().find(|a| a.in_zone(zone))?.commune;
    let moved = |number: usize, share: f64, name: &str| {
        let mut shape = polygons(map, &parts);
        let [x, y] = DATUM_SHIFT_M.map(|by| (by * share * 4.0).round() / 4.0);
        for polygon in &mut shape.0 {
            let shift = |line: &mut geo_types::LineString<f64>| {
                line.0.iter_mut().for_each(|c| (c.x, c.y) = (c.x - x, c.y - y));
            };
            polygon.exterior_mut(shift);
            polygon.interiors_mut(|rings| rings.iter_mut().for_each(shift));
        }
        let says = json!({
            "name": name, "kind": "KCN", "state": "proposed", "province": PROVINCE,
            "communes": [commune_code(commune)],
        });
        feature(number, format!("HS3-{}", number + 1), shape, says)
    };
    let features = vec![moved(0, 1.0, "KCN hồ sơ VN-2000 nội bộ"), moved(1, 0.5, "KCN hồ sơ lệch 112 m")];
    let mut made =
        file(id, ["Hồ sơ thiếu 7 tham số", "Dossier without the seven parameters"], crs, seed, features);
    made.expected.push(expected(id, "GEO-06", Severity::Error, Some("HS3-1"), json!({ "d": SHIFT_M })));
    Some(made)
}

/// A file that MapInfo wrote: TM-3 coordinates under the datum WGS 84. GeoJSON cannot say that, so it is given at
/// import.
fn mapinfo(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Faulty> {
    let id = "broken-mapinfo";
    let (points, commune) = site(map, "CCN07")?;
    let features = vec![feature(0, "HS4-1".into(), ring(&points), said("CCN hồ sơ MapInfo", &[commune]))];
    let mut made = file(id, ["Hồ sơ xuất từ MapInfo", "Dossier written by MapInfo"], crs, seed, features);
    made.expected.push(expected(id, "GEO-07", Severity::Block, None, json!({})));
    Some(made)
}

/// Names in TCVN3 that were read as Latin-1: four such words in each, three in the kinds of a cluster.
fn encoding(map: &PlanarMap, crs: &Crs, seed: u64) -> Option<Faulty> {
    let id = "broken-encoding";
    let mut features = Vec::new();
    for (number, (zone, name)) in
        [("CCN02", "Côm c«ng nghiÖp §ång Chiªm"), ("CCN17", "Côm c«ng nghiÖp Ruéng MÐp")]
            .into_iter()
            .enumerate()
    {
        let (points, commune) = site(map, zone)?;
        let id = FeatureId::Text(format!("HS5-{}", number + 1));
        let made = feature(number, String::new(), ring(&points), said(name, &[commune]));
        features.push(Feature { id: Some(id), ..made });
    }
    let mut made = file(id, ["Hồ sơ hỏng mã chữ", "Dossier with broken letters"], crs, seed, features);
    // «, Ö, §, ª; then «, Ö, Ð: é, ô and å are letters of Latin-1 texts too.
    let figures = json!({ "encoding": "TCVN3", "n": 7 });
    made.expected.push(expected(id, "GEO-09", Severity::Warning, None, figures));
    Some(made)
}
