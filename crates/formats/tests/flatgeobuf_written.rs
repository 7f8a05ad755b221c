//! FlatGeobuf as it is written: read back with the same ids, properties and coordinates bit for bit, in the order of
//! a true index, with the narrowest columns.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;
use std::io::Cursor;

use flatgeobuf::{
    ColumnType, FallibleStreamingIterator, FgbReader, GeometryType, size_prefixed_root_as_header,
};
use formats::{Columns, Document, FlatGeobufWriter, Header, Limits, WriteError, read_layer};
use geo_types::{Geometry, GeometryCollection, LineString, MultiPolygon, Point, Polygon, Rect, coord};
use proptest::prelude::*;
use serde_json::{Value, json};
use spatial::{Crs, Feature, FeatureId, Properties};

mod strategies;
use strategies::{features, members, text, value};

fn metres() -> Header {
    Header { crs: Some(Crs::from_epsg(9215).unwrap()), ..Header::default() }
}

fn written(header: &Header, features: &[Feature]) -> Vec<u8> {
    let spool = Cursor::new(Vec::new());
    let mut writer = FlatGeobufWriter::begin(Vec::new(), spool, header, Columns::of(features)).unwrap();
    features.iter().for_each(|feature| writer.feature(feature).unwrap());
    writer.finish().unwrap()
}

fn read(bytes: &[u8]) -> Document {
    read_layer(bytes, &Limits::default()).unwrap()
}

/// Read back, in the order in which they were written, as the property `number` tells.
fn in_order(document: &Document) -> Vec<&Feature> {
    let number = |feature: &&Feature| feature.properties["number"].as_u64().unwrap();
    let mut features: Vec<&Feature> = document.layer.features.iter().collect();
    features.sort_by_key(number);
    features
}

/// The features with a property `number` in front.
fn numbered(features: Vec<Feature>) -> Vec<Feature> {
    let number = |mut feature: Feature| {
        let mut properties: Properties = json!({"number": feature.position}).as_object().unwrap().clone();
        properties
            .extend(std::mem::take(&mut feature.properties).into_iter().filter(|(name, _)| name != "number"));
        Feature { properties, ..feature }
    };
    features.into_iter().map(number).collect()
}

/// Whether a value is the same, where `1` may have become `1.0`.
fn same_value(ours: Option<&Value>, theirs: &Value) -> bool {
    match (ours, theirs) {
        (None, theirs) => theirs.is_null(),
        (Some(Value::Number(ours)), Value::Number(theirs)) => {
            ours == theirs || (ours.as_str().len() <= 24 && ours.as_f64() == theirs.as_f64())
        }
        (Some(ours), theirs) => ours == theirs,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_features_survive(features in features(), foreign in members(value()), name in text()) {
        let features = numbered(features);
        let foreign: serde_json::Map<_, _> =
            foreign.into_iter().map(|(key, value)| (format!("x-{key}"), value)).collect();
        let header = Header { name: Some(format!("a{name}")), foreign, ..metres() };
        let document = read(&written(&header, &features));
        prop_assert_eq!(&document.header, &header);
        prop_assert_eq!(document.notes.skipped(), 0);
        prop_assert_eq!(document.layer.features.len(), features.len());
        for (theirs, ours) in in_order(&document).into_iter().zip(&features) {
            prop_assert_eq!(&theirs.id, &ours.id);
            // The debug form tells 0 from -0.
            prop_assert_eq!(format!("{:?}", theirs.geometry), format!("{:?}", ours.geometry));
            for (name, value) in &theirs.properties {
                prop_assert!(same_value(ours.properties.get(name), value), "{name}: {value} of {ours:?}");
            }
            prop_assert!(ours.properties.keys().all(|name| theirs.properties.contains_key(name)));
        }
    }

    #[test]
    fn the_index_finds_what_a_box_meets(
        corners in prop::collection::vec((0.0..1000.0_f64, 0.0..1000.0_f64, 1.0..40.0_f64), 1..400),
        (west, south, side) in (0.0..1000.0_f64, 0.0..1000.0_f64, 1.0..300.0_f64),
    ) {
        let rect = |(x, y, side): (f64, f64, f64)| Rect::new(coord! { x: x, y: y }, coord! { x: x + side, y: y + side });
        let feature = |(position, corner)| Feature {
            position,
            id: None,
            geometry: Some(rect(corner).to_polygon().into()),
            properties: json!({"number": position}).as_object().unwrap().clone(),
        };
        let features: Vec<Feature> = (0_u64..).zip(corners.iter().copied()).map(feature).collect();
        let meets = |&(x, y, own): &(f64, f64, f64)| {
            x <= west + side && west <= x + own && y <= south + side && south <= y + own
        };
        let expected: BTreeSet<i32> =
            (0..).zip(&corners).filter(|(_, corner)| meets(corner)).map(|(number, _)| number).collect();
        let bytes = written(&metres(), &features);
        let reader = FgbReader::open(Cursor::new(bytes)).unwrap();
        let mut found = reader.select_bbox(west, south, west + side, south + side).unwrap();
        let mut numbers = BTreeSet::new();
        while let Some(feature) = found.next().unwrap() {
            numbers.insert(flatgeobuf::FeatureProperties::property::<i32>(feature, "number").unwrap());
        }
        prop_assert_eq!(numbers, expected);
    }
}

fn feature(geometry: Option<Geometry<f64>>, properties: &Value) -> Feature {
    Feature { position: 0, id: None, geometry, properties: properties.as_object().unwrap().clone() }
}

fn point(x: f64, y: f64) -> Option<Geometry<f64>> {
    Some(Point::new(x, y).into())
}

/// Types of columns and geometries, counts and extent as the header has them.
fn head(bytes: &[u8], ask: impl FnOnce(flatgeobuf::Header<'_>)) {
    ask(size_prefixed_root_as_header(&bytes[8..]).unwrap());
}

#[test]
fn the_header_says_what_is_inside() {
    let foreign = json!({"title": "Quy hoạch", "description": "2030", "ranh": {"role": "zone"}});
    let foreign = foreign.as_object().unwrap().clone();
    let header = Header { name: Some("khu".into()), foreign, ..metres() };
    let properties =
        json!({"code": "LUC", "ha": 1.5, "n": 7, "big": 5_000_000_000_i64, "open": true, "list": [1]});
    let mut features =
        vec![feature(point(3.0, 4.0), &properties), feature(point(1.0, 8.0), &json!({"n": null}))];
    features[0].id = Some(FeatureId::Text("Z-1".into()));
    let bytes = written(&header, &features);
    head(&bytes, |header| {
        let columns: Vec<_> = header
            .columns()
            .unwrap()
            .iter()
            .map(|column| (column.name().to_owned(), column.type_()))
            .collect();
        let expected = [
            ("id", ColumnType::String),
            ("code", ColumnType::String),
            ("ha", ColumnType::Double),
            ("n", ColumnType::Int),
            ("big", ColumnType::Long),
            ("open", ColumnType::Bool),
            ("list", ColumnType::Json),
        ];
        assert_eq!(columns, expected.map(|(name, kind)| (name.to_owned(), kind)));
        assert_eq!((header.features_count(), header.index_node_size()), (2, 16));
        assert_eq!(header.geometry_type(), GeometryType::Point);
        assert_eq!(header.envelope().unwrap().iter().collect::<Vec<_>>(), [1.0, 4.0, 3.0, 8.0]);
        let crs = header.crs().unwrap();
        assert_eq!((crs.org(), crs.code()), (Some("EPSG"), 9215));
        assert_eq!((header.title(), header.description()), (Some("Quy hoạch"), Some("2030")));
        assert_eq!(header.metadata(), Some(r#"{"ranh":{"role":"zone"},"id_column":"id"}"#));
    });
    let document = read(&bytes);
    assert_eq!(document.header, header, "and all of it is read again");
    let ids: BTreeSet<_> =
        document.layer.features.iter().map(|feature| feature.id.as_ref().map(ToString::to_string)).collect();
    assert_eq!(ids, BTreeSet::from([None, Some("Z-1".to_owned())]));
    assert!(document.layer.features.iter().all(|feature| !feature.properties.contains_key("id")));
}

#[test]
fn ids_and_properties_of_that_name_stay_apart() {
    let with_id =
        |id: FeatureId, properties: Value| Feature { id: Some(id), ..feature(point(0.0, 0.0), &properties) };
    let features = [
        with_id(FeatureId::Number(7.into()), json!({"ID": "a", "feature_id": 1})),
        with_id(FeatureId::Text("7".into()), json!({"ID": "b", "feature_id": 2})),
    ];
    let document = read(&written(&metres(), &features));
    let mut found: Vec<_> = document.layer.features.iter().collect();
    found.sort_by_key(|feature| feature.properties["ID"].to_string());
    for (theirs, ours) in found.into_iter().zip(&features) {
        assert_eq!((&theirs.id, &theirs.properties), (&ours.id, &ours.properties));
    }
}

#[test]
fn without_features_or_geometries_it_is_still_a_file() {
    let degrees = Header::default();
    let document = read(&written(&degrees, &[]));
    assert_eq!((document.layer.features.len(), document.layer.crs.epsg()), (0, Some(4326)));
    let none = feature(None, &json!({"a": 1}));
    let empty = feature(Some(Polygon::new(LineString(Vec::new()), Vec::new()).into()), &json!({"a": 2}));
    let bytes = written(&degrees, &[none.clone(), empty, none]);
    head(&bytes, |header| assert!(header.envelope().is_none()));
    let document = read(&bytes);
    assert_eq!(document.layer.features.len(), 3);
    assert!(document.layer.features.iter().all(|feature| feature.geometry.is_none()));
}

#[test]
fn shapes_of_several_types_say_their_own() {
    let square = Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: 1.0, y: 1.0 });
    let polygons = MultiPolygon(vec![square.to_polygon()]);
    let empty_inside = GeometryCollection(vec![Geometry::GeometryCollection(GeometryCollection::default())]);
    let features = [
        feature(Some(polygons.clone().into()), &json!({"number": 0})),
        feature(Some(square.into()), &json!({"number": 1})),
        feature(Some(Geometry::GeometryCollection(empty_inside)), &json!({"number": 2})),
    ];
    let bytes = written(&metres(), &features);
    head(&bytes, |header| assert_eq!(header.geometry_type(), GeometryType::Unknown));
    let document = read(&bytes);
    let shapes: Vec<_> = in_order(&document).into_iter().map(|feature| feature.geometry.clone()).collect();
    assert_eq!(shapes, [Some(polygons.into()), Some(square.to_polygon().into()), None]);
}

#[test]
fn what_cannot_be_written_is_refused_by_name() {
    let local = Crs::parse("+proj=laea +lat_0=-14 +lon_0=-54 +datum=WGS84 +units=m").unwrap();
    let header = Header { crs: Some(local), ..Header::default() };
    let begun = |header: &Header, columns| {
        FlatGeobufWriter::begin(Vec::new(), Cursor::new(Vec::new()), header, columns)
    };
    let error = begun(&header, Columns::default()).err().unwrap().to_string();
    assert!(
        error.contains("+proj=laea +lat_0=-14") && error.contains("has none: write it in EPSG:n"),
        "{error}"
    );

    let many = (0..70_000).map(|number| (number.to_string(), Value::Null)).collect();
    let many = Feature { properties: many, ..feature(None, &json!({})) };
    let error = begun(&metres(), Columns::of([&many])).err().unwrap();
    assert!(matches!(error, WriteError::TooManyColumns { columns: 70_000 }), "{error}");

    let seen = feature(point(0.0, 0.0), &json!({"n": 1}));
    let mut writer = begun(&metres(), Columns::of([&seen])).unwrap();
    for (odd, name) in [(json!({"n": 1.5}), "n"), (json!({"n": "1"}), "n"), (json!({"m": 1}), "m")] {
        let error = writer.feature(&feature(None, &odd)).unwrap_err();
        assert!(matches!(&error, WriteError::Column { name: found, .. } if found == name), "{error}");
    }
    for x in [f64::NAN, f64::INFINITY] {
        let error = writer.feature(&feature(point(x, 0.0), &json!({}))).unwrap_err();
        assert!(matches!(&error, WriteError::NotFinite { label } if label == "0"), "{error}");
    }
    // None of those left anything behind.
    writer.feature(&seen).unwrap();
    let document = read(&writer.finish().unwrap());
    assert_eq!(document.layer.features, [seen]);
}
