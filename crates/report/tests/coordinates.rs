//! Coordinate lists as workbooks, read back by another library: what they say was worked out by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use geo_types::{LineString, MultiPolygon, Point, Polygon};
use planning::{CollectionInfo, DataFacts, Language, Metadata, Origin, Role, Text};
use report::{ReportError, write_coordinate_lists, write_table};
use spatial::{Crs, Feature, FeatureId, Layer, Properties};

fn feature(position: u64, name: &str, geometry: geo_types::Geometry<f64>) -> Feature {
    let mut properties = Properties::new();
    properties.insert("name".into(), name.into());
    properties.insert("formula".into(), "=1+1".into());
    properties.insert("big".into(), 9_007_199_254_740_993_i64.into());
    Feature {
        position,
        id: Some(FeatureId::Text(format!("Z-{position}"))),
        geometry: Some(geometry),
        properties,
    }
}

fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
    LineString::from(corners.iter().chain(corners.first()).copied().collect::<Vec<_>>())
}

/// 300 m by 400 m with a hole of 100 m by 100 m, and a triangle of 3, 4 and 5 m beside it.
fn zone() -> geo_types::Geometry<f64> {
    let (e, n) = (450_000.0, 2_417_000.0);
    let shell = ring(&[(e, n), (e, n + 400.0), (e + 300.0, n + 400.0), (e + 300.0, n)]);
    let hole = ring(&[
        (e + 100.0, n + 100.0),
        (e + 200.0, n + 100.0),
        (e + 200.0, n + 200.0),
        (e + 100.0, n + 200.0),
    ]);
    let other = ring(&[(e + 900.0, n), (e + 900.0, n + 4.0), (e + 903.0, n)]);
    MultiPolygon(vec![Polygon::new(shell, vec![hole]), Polygon::new(other, Vec::new())]).into()
}

fn layer(epsg: u32) -> Layer {
    let mut zone = feature(1, "KCN Đồng Bành", zone());
    zone.properties.insert("point_numbers".into(), "M1 M2 M3 M4; H1 H2 H3 H4; T1 T2 T3".into());
    Layer {
        crs: Crs::from_epsg(epsg).unwrap(),
        features: vec![zone, feature(2, "Mốc", Point::new(1.0, 2.0).into())],
    }
}

fn metadata(crs: &Crs) -> Metadata {
    let info = CollectionInfo::new("zones", Role::Zone, Text::same("Khu".to_owned()));
    let facts = DataFacts {
        info: &info,
        crs,
        features: 2,
        positions: 14,
        origin: Origin::Store { revision: 7, at: "2026-01-01T00:00:00Z" },
        sha256: "00ff",
        command: "ranh export zones --format geojsonseq --crs EPSG:9215",
    };
    Metadata::of(&facts).unwrap()
}

fn rows(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_list_has_northings_first_closes_its_rings_and_states_sides_and_area() {
    let layer = layer(9215);
    let mut bytes = Vec::new();
    let listed = write_coordinate_lists(&layer, &metadata(&layer.crs), Language::Vi, &mut bytes).unwrap();
    assert_eq!((listed.zones, listed.left_out), (1, vec!["Z-2".to_owned()]));
    let list = rows(bytes.clone(), "KCN Đồng Bành");
    let text = |row: usize, column: usize| list[row][column].to_string();
    assert_eq!(text(1, 0), "KCN Đồng Bành");
    assert_eq!(text(2, 0), "Hệ tọa độ VN-2000, kinh tuyến trục 107°15', múi chiếu 3° (EPSG:9215)");
    let heads: Vec<_> = (0..5).map(|column| text(4, column)).collect();
    assert_eq!(heads, ["STT", "Số hiệu điểm", "X (m)", "Y (m)", "Cạnh (m)"]);
    // Row 5 heads the shell; its second point is 400 m north, from which 300 m lead to the third.
    assert_eq!((text(5, 0), text(7, 1), text(11, 0)), ("Vòng 1".into(), "M2".into(), "Vòng 2 (lỗ)".into()));
    assert_eq!(list[7][2..5], [Data::Float(2_417_400.0), Data::Float(450_000.0), Data::Float(300.0)]);
    assert_eq!(
        (text(10, 1), &list[10][2], &list[10][4]),
        ("M1".into(), &Data::Float(2_417_000.0), &Data::Empty)
    );
    let sides: Vec<_> = (18..21).map(|row| list[row][4].clone()).collect();
    assert_eq!(sides, [Data::Float(4.0), Data::Float(5.0), Data::Float(3.0)]);
    // 120,000 − 10,000 + 6 m².
    assert_eq!((text(22, 0), &list[22][2]), ("Diện tích (m²)".into(), &Data::Float(110_006.0)));
    let told = rows(bytes.clone(), "METADATA");
    let value =
        |key: &str| told.iter().find(|row| row[0] == Data::String(key.into())).unwrap()[2].to_string();
    assert_eq!(
        (value("epsg"), value("revision"), value("sha256")),
        ("EPSG:9215".into(), "7".into(), "00ff".into())
    );
    assert!(value("proj").contains("+lon_0=107.25"));
    let mut again = Vec::new();
    write_coordinate_lists(&layer, &metadata(&layer.crs), Language::Vi, &mut again).unwrap();
    assert_eq!(bytes, again, "the same data give the same bytes");
}

#[test]
fn degrees_and_too_many_zones_are_refused() {
    let refused = |layer: &Layer| {
        write_coordinate_lists(layer, &metadata(&layer.crs), Language::En, Vec::new()).unwrap_err()
    };
    assert!(matches!(refused(&layer(4326)), ReportError::NotMetres { .. }));
    let mut many = layer(9215);
    many.features = vec![many.features[0].clone(); 501];
    assert!(refused(&many).to_string().contains("501 zones are too many"));
}

#[test]
fn a_table_keeps_every_value_and_computes_none() {
    let layer = layer(9215);
    let mut bytes = Vec::new();
    write_table(&layer.features, &metadata(&layer.crs), Language::Vi, &mut bytes).unwrap();
    let table = rows(bytes, "Dữ liệu");
    let words: Vec<_> = table[1].iter().map(ToString::to_string).collect();
    assert_eq!(
        table[0].iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["mã", "name", "formula", "big", "point_numbers"]
    );
    assert_eq!(
        words[..4],
        ["Z-1", "KCN Đồng Bành", "=1+1", "9007199254740993"],
        "no digit is lost, no formula made"
    );
}
