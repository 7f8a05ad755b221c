//! What is written reads back the same: ids, properties and coordinates bit for bit, in both formats.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use formats::{
    Document, GeoJsonSeqWriter, GeoJsonWriter, Header, Limits, Separator, Winding, WriteError, WriteOptions,
    read_layer, read_seq_layer,
};
use geo_types::{Coord, Geometry, LineString, MultiPoint, Point, Polygon};
use proptest::prelude::*;
use serde_json::{Map, json};
use spatial::{Crs, Feature, FeatureId, Layer, Properties};

mod strategies;
use strategies::{features, members, text, value};

fn as_is() -> WriteOptions {
    WriteOptions { winding: Winding::AsIs, ..WriteOptions::default() }
}

fn written(header: &Header, features: &[Feature], options: WriteOptions) -> Vec<u8> {
    let mut writer = GeoJsonWriter::begin(Vec::new(), header, options).unwrap();
    features.iter().for_each(|feature| writer.feature(feature).unwrap());
    writer.finish().unwrap()
}

fn written_seq(header: &Header, features: &[Feature], separator: Separator) -> Vec<u8> {
    let mut writer = GeoJsonSeqWriter::begin(Vec::new(), header, as_is(), separator).unwrap();
    features.iter().for_each(|feature| writer.feature(feature).unwrap());
    writer.finish().unwrap()
}

fn read(bytes: &[u8]) -> Document {
    read_layer(bytes, &Limits::default()).unwrap()
}

/// `PartialEq` on floats takes 0 and -0 for equal, so the debug form, which does not, is compared.
fn same(ours: &[Feature], theirs: &[Feature]) {
    assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
}

/// A projected CRS, so that any number may be a coordinate.
fn metres() -> Header {
    Header { crs: Some(Crs::from_epsg(9215).unwrap()), ..Header::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_features_survive_a_collection(features in features(), foreign in members(value()), name in text()) {
        let foreign: Map<_, _> = foreign.into_iter().map(|(key, value)| (format!("x-{key}"), value)).collect();
        let header = Header { name: Some(name), foreign, ..metres() };
        let document = read(&written(&header, &features, as_is()));
        same(&document.layer.features, &features);
        prop_assert_eq!(&document.layer.crs, header.crs.as_ref().unwrap());
        prop_assert_eq!(document.header, header);
        prop_assert_eq!(document.notes.skipped(), 0);
    }

    #[test]
    fn any_features_survive_a_sequence(features in features()) {
        for separator in [Separator::RecordSeparator, Separator::LineFeed] {
            let bytes = written_seq(&metres(), &features, separator);
            let document = read_seq_layer(bytes.as_slice(), &Limits::default()).unwrap();
            same(&document.layer.features, &features);
            prop_assert_eq!(document.layer.crs.epsg(), Some(9215));
            // Without being told, too.
            prop_assert_eq!(read(&bytes).layer.features.len(), features.len());
        }
    }
}

fn square() -> Polygon<f64> {
    let ring = |points: &[[f64; 2]]| LineString(points.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect());
    // The outer ring clockwise and the hole counter-clockwise: both the wrong way for RFC 7946.
    let outer = ring(&[[0.0, 0.0], [0.0, 9.0], [9.0, 9.0], [9.0, 0.0], [0.0, 0.0]]);
    Polygon::new(outer, vec![ring(&[[2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 2.0]])])
}

fn feature(geometry: impl Into<Geometry<f64>>) -> Feature {
    let properties: Properties = json!({"b": 1, "a": "Khu"}).as_object().unwrap().clone();
    Feature {
        position: 0,
        id: Some(FeatureId::Text("01".into())),
        geometry: Some(geometry.into()),
        properties,
    }
}

#[test]
fn the_text_is_that_of_rfc_7946() {
    let foreign = json!({"ranh": {"role": "zone"}, "type": "ignored"}).as_object().unwrap().clone();
    let header = Header { name: Some("khu".into()), crs: Some(Crs::wgs84()), foreign };
    let text = String::from_utf8(written(&header, &[feature(square())], WriteOptions::default())).unwrap();
    // Rings turned to the right hand: outer counter-clockwise, hole clockwise; no crs member on WGS 84.
    let expected = concat!(
        r#"{"type":"FeatureCollection","name":"khu","ranh":{"role":"zone"},"features":["#,
        "\n",
        r#"{"type":"Feature","id":"01","properties":{"b":1,"a":"Khu"},"geometry":{"type":"Polygon","coordinates":"#,
        "[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[2,2],[4,4],[4,2],[2,2]]]}}",
        "\n]}\n"
    );
    assert_eq!(text, expected);
}

#[test]
fn other_reference_systems_get_the_old_crs_member() {
    let text = String::from_utf8(written(&metres(), &[], as_is())).unwrap();
    let member = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::9215"}}"#;
    assert_eq!(text, format!("{{\"type\":\"FeatureCollection\",{member},\"features\":[\n]}}\n"));
    assert_eq!(
        read(text.as_bytes()).layer,
        Layer { crs: Crs::from_epsg(9215).unwrap(), features: Vec::new() }
    );
}

#[test]
fn decimals_round_to_the_nearest_and_never_to_minus_zero() {
    let points = [[587_123.456_789, -0.000_4], [1.005, 2.675], [1e15 + 0.3, 105.123_456_789]];
    let points = points.iter().map(|[x, y]| Point::new(*x, *y)).collect();
    let options = WriteOptions { decimals: Some(2), ..WriteOptions::default() };
    let text = written(&metres(), &[feature(MultiPoint(points))], options);
    let text = String::from_utf8(text).unwrap();
    // 1.005 and 2.675 are doubles just below the tie, so they round down.
    assert!(text.contains("[[587123.46,0],[1,2.67],[1000000000000000.2,105.12]]"), "{text}");
}

#[test]
fn a_coordinate_that_is_not_finite_is_refused() {
    let mut writer = GeoJsonWriter::begin(Vec::new(), &Header::default(), as_is()).unwrap();
    let error = writer.feature(&feature(Point::new(f64::NAN, 1.0))).unwrap_err();
    assert!(matches!(error, WriteError::NotFinite { ref label } if label == "01"), "{error}");
}

#[test]
fn numbers_of_properties_keep_their_digits() {
    let numbers = "[1.0,1.10,12345678901234567890123,0.1000000000000000055511151231257827,-0,-0.0]";
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null,"properties":{{"n":{numbers}}}}}]}}"#
    );
    let document = read(text.as_bytes());
    let again = written(&document.header, &document.layer.features, as_is());
    assert!(String::from_utf8(again).unwrap().contains(numbers));
}
