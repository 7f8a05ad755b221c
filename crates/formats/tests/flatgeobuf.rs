//! FlatGeobuf files made by hand: every type of geometry and of column, every way to name a CRS, and what is noted.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(unreachable_pub, dead_code, reason = "the files are a module of several test programs")]

mod made;

use flatgeobuf::{ColumnType, GeometryType};
use formats::{Document, Limits, NoteKind, ReadError, Text, read_layer, read_layer_in};
use geo_types::{
    Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
    line_string,
};
use made::{File, Reference, Shape, parts, plain, property, square, text};
use serde_json::{Value, json};
use spatial::Crs;

fn read(file: &File) -> Document {
    read_layer(file.bytes().as_slice(), &Limits::default()).unwrap()
}

fn refused(file: &File) -> ReadError {
    read_layer(file.bytes().as_slice(), &Limits::default()).unwrap_err()
}

/// The geometry of a file with this one.
fn one(shape: Shape) -> Option<Geometry<f64>> {
    read(&File::of([shape])).layer.features.remove(0).geometry
}

fn counts(document: &Document) -> Vec<(NoteKind, u64)> {
    document.notes.counts.iter().map(|(kind, count)| (*kind, *count)).collect()
}

fn ring(points: &[[f64; 2]]) -> LineString<f64> {
    points.iter().copied().collect()
}

#[test]
fn every_simple_type_of_geometry_is_read() {
    let line = plain(GeometryType::LineString, &[1.0, 2.0, 3.0, 4.0]);
    let line_read = line_string![(x: 1.0, y: 2.0), (x: 3.0, y: 4.0)];
    let xy = vec![0.0, 0.0, 9.0, 0.0, 9.0, 9.0, 0.0, 0.0, 2.0, 1.0, 3.0, 1.0, 3.0, 2.0, 2.0, 1.0];
    let holed = Shape { kind: GeometryType::Polygon, xy: xy.clone(), ends: vec![4, 8], ..Shape::default() };
    let outer = ring(&[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]);
    let hole = ring(&[[2.0, 1.0], [3.0, 1.0], [3.0, 2.0], [2.0, 1.0]]);
    let polygon = Polygon::new(outer.clone(), vec![hole.clone()]);
    let lines = Shape { kind: GeometryType::MultiLineString, ..holed.clone() };
    let triangle = plain(GeometryType::Triangle, &xy[..8]);
    let straight = parts(GeometryType::CurvePolygon, &[plain(GeometryType::LineString, &xy[..8])]);
    let point = plain(GeometryType::Point, &[5.0, 6.0]);
    let table: Vec<(Shape, Geometry<f64>)> = vec![
        (point.clone(), Point::new(5.0, 6.0).into()),
        (
            plain(GeometryType::MultiPoint, &[5.0, 6.0, 7.0, 8.0]),
            MultiPoint(vec![Point::new(5.0, 6.0), Point::new(7.0, 8.0)]).into(),
        ),
        (line.clone(), line_read.clone().into()),
        (lines, MultiLineString(vec![outer.clone(), hole]).into()),
        // The hole is kept, and without ends all positions are one ring.
        (holed.clone(), polygon.clone().into()),
        (triangle, Polygon::new(outer.clone(), vec![]).into()),
        (
            parts(GeometryType::MultiPolygon, &[holed.clone(), plain(GeometryType::Unknown, &xy[..8])]),
            MultiPolygon(vec![polygon.clone(), Polygon::new(outer.clone(), vec![])]).into(),
        ),
        // Types that may have arcs, without any.
        (straight.clone(), Polygon::new(outer.clone(), vec![]).into()),
        (
            parts(GeometryType::MultiSurface, &[holed.clone(), straight]),
            MultiPolygon(vec![polygon.clone(), Polygon::new(outer, vec![])]).into(),
        ),
        (
            parts(GeometryType::MultiCurve, std::slice::from_ref(&line)),
            MultiLineString(vec![line_read.clone()]).into(),
        ),
        (
            parts(
                GeometryType::GeometryCollection,
                &[point, parts(GeometryType::GeometryCollection, &[line])],
            ),
            Geometry::GeometryCollection(GeometryCollection(vec![
                Point::new(5.0, 6.0).into(),
                Geometry::GeometryCollection(GeometryCollection(vec![line_read.into()])),
            ])),
        ),
    ];
    for (shape, expected) in table {
        // Once with the type at the geometry, once in the header alone.
        let name = format!("{:?}", shape.kind);
        assert_eq!(one(shape.clone()), Some(expected.clone()), "{name}");
        let kind = shape.kind;
        let untyped = File { kind, ..File::of([Shape { kind: GeometryType::Unknown, ..shape }]) };
        assert_eq!(read(&untyped).layer.features[0].geometry, Some(expected), "{name}");
    }
}

#[test]
fn arcs_and_surfaces_in_space_are_left_out_and_counted() {
    let arc = plain(GeometryType::CircularString, &[0.0, 0.0, 1.0, 1.0, 2.0, 0.0]);
    let file = File::of([
        square(0),
        arc.clone(),
        parts(GeometryType::CurvePolygon, std::slice::from_ref(&arc)),
        parts(GeometryType::MultiSurface, &[parts(GeometryType::CurvePolygon, &[arc])]),
        parts(GeometryType::TIN, &[]),
        plain(GeometryType(99), &[0.0, 0.0]),
        square(1),
    ]);
    let document = read(&file);
    let positions: Vec<_> = document.layer.features.iter().map(|feature| feature.position).collect();
    assert_eq!(positions, [0, 6]);
    assert_eq!(counts(&document), [(NoteKind::UnsupportedGeometry, 5)]);
    let message = document.notes.list[0].to_string();
    assert!(message.starts_with("feature 1: a geometry of type CircularString is not read;"), "{message}");
    assert!(document.notes.list[4].message.contains("of type number 99"), "{:?}", document.notes.list[4]);
}

#[test]
fn what_is_odd_about_a_geometry_is_noted() {
    let with_z = Shape { z: vec![1.0; 5], ..square(0) };
    let empty = plain(GeometryType::Polygon, &[]);
    let nowhere = plain(GeometryType::Point, &[f64::NAN, f64::NAN]);
    let open = plain(GeometryType::Polygon, &[0.0, 0.0, 9.0, 0.0, 9.0, 9.0]);
    let gap = parts(GeometryType::MultiPolygon, &[square(1), empty.clone()]);
    let mut file = File::of([with_z, empty, nowhere, open, gap]);
    file.features.push((None, Vec::new()));
    file.count += 1;
    let document = read(&file);
    let expected = [
        (NoteKind::UnclosedRing, 1),
        (NoteKind::EmptyPart, 1),
        (NoteKind::EmptyGeometry, 2),
        (NoteKind::ExtraDimensions, 1),
        (NoteKind::NullGeometry, 1),
    ];
    assert_eq!(counts(&document), expected);
    let null: Vec<_> = document.layer.features.iter().map(|feature| feature.geometry.is_none()).collect();
    assert_eq!(null, [false, true, true, false, false, true]);
    let heights = document.notes.first(NoteKind::ExtraDimensions).unwrap();
    assert_eq!((heights.count, heights.line), (5, None));
    assert!(heights.message.contains("heights and measures were left out"), "{heights}");
}

#[test]
fn a_geometry_that_cannot_be_costs_its_feature_alone() {
    let beyond = Shape { ends: vec![3, 50], ..square(0) };
    let backwards = Shape { ends: vec![4, 2], ..square(0) };
    let stray = Shape { ends: vec![2, 4], ..square(0) };
    let infinite = plain(GeometryType::Point, &[f64::INFINITY, 1.0]);
    let odd = plain(GeometryType::LineString, &[1.0, 2.0, 3.0]);
    let two = plain(GeometryType::Point, &[1.0, 2.0, 3.0, 4.0]);
    let document = read(&File::of([beyond, backwards, stray, infinite, odd, two, square(0)]));
    let expected = [
        (NoteKind::BrokenFeature, 3),
        (NoteKind::BadGeometry, 1),
        (NoteKind::BadPosition, 1),
        (NoteKind::NotFinite, 1),
    ];
    assert_eq!(counts(&document), expected);
    assert_eq!(document.layer.features.len(), 1);
}

#[test]
fn columns_of_every_type_keep_their_values() {
    let columns = vec![
        ("byte", ColumnType::Byte),
        ("ubyte", ColumnType::UByte),
        ("bool", ColumnType::Bool),
        ("short", ColumnType::Short),
        ("ushort", ColumnType::UShort),
        ("int", ColumnType::Int),
        ("uint", ColumnType::UInt),
        ("long", ColumnType::Long),
        ("ulong", ColumnType::ULong),
        ("float", ColumnType::Float),
        ("double", ColumnType::Double),
        ("string", ColumnType::String),
        ("json", ColumnType::Json),
        ("date", ColumnType::DateTime),
        ("binary", ColumnType::Binary),
        ("id", ColumnType::String),
    ];
    let encoded = [
        property(0, &(-5_i8).to_le_bytes()),
        property(1, &[250]),
        property(2, &[1]),
        property(3, &(-300_i16).to_le_bytes()),
        property(4, &65_000_u16.to_le_bytes()),
        property(5, &(-70_000_i32).to_le_bytes()),
        property(6, &4_000_000_000_u32.to_le_bytes()),
        property(7, &i64::MIN.to_le_bytes()),
        property(8, &u64::MAX.to_le_bytes()),
        property(9, &0.1_f32.to_le_bytes()),
        property(10, &72.32_f64.to_le_bytes()),
        text(11, "Phường Lào Cai".as_bytes()),
        text(12, br#"{"a":[1,2.50,null]}"#),
        text(13, b"2025-07-01T00:00:00Z"),
        text(14, &[0, 171, 255]),
        // Out of turn, and the last.
        text(15, b"02647"),
    ]
    .concat();
    let file = File { columns, features: vec![(Some(square(0)), encoded)], count: 1, ..File::default() };
    let document = read(&file);
    let feature = &document.layer.features[0];
    assert_eq!(feature.id, None, "a column is no id");
    let text = r#"{"byte":-5,"ubyte":250,"bool":true,"short":-300,"ushort":65000,"int":-70000,"uint":4000000000,
        "long":-9223372036854775808,"ulong":18446744073709551615,"float":0.1,"double":72.32,
        "string":"Phường Lào Cai","json":{"a":[1,2.50,null]},"date":"2025-07-01T00:00:00Z","binary":"00ABFF",
        "id":"02647"}"#;
    let expected: Value = serde_json::from_str(text).unwrap();
    assert_eq!(Value::from(feature.properties.clone()), expected);
    let names: Vec<_> = feature.properties.keys().collect();
    assert_eq!(names, expected.as_object().unwrap().keys().collect::<Vec<_>>());
    assert!(document.notes.list.is_empty(), "{:?}", document.notes);
}

#[test]
fn properties_that_lack_or_are_odd() {
    let columns = vec![("a", ColumnType::String), ("b", ColumnType::Double), ("c", ColumnType::Json)];
    let features = vec![
        // Nothing at all; out of order; not in NFC; NaN; not JSON; a byte too many at the end.
        (Some(square(0)), Vec::new()),
        (Some(square(1)), [property(1, &2.0_f64.to_le_bytes()), text(0, "x".as_bytes())].concat()),
        (Some(square(2)), text(0, "e\u{301}".as_bytes())),
        (Some(square(3)), property(1, &f64::NAN.to_le_bytes())),
        (Some(square(4)), [text(2, b"{oops"), vec![7]].concat()),
        (Some(square(5)), [text(0, b"one"), text(0, b"two")].concat()),
        // Broken: a column that is not there, a value cut off, a text longer than the feature, not UTF-8.
        (Some(square(6)), property(3, &[0; 8])),
        (Some(square(7)), property(1, &[0; 5])),
        (Some(square(8)), property(0, &u32::MAX.to_le_bytes())),
        (Some(square(9)), text(0, b"Khu v\xf9c")),
    ];
    let document = read(&File { columns, count: 10, features, ..File::default() });
    let properties: Vec<_> =
        document.layer.features.iter().map(|feature| Value::from(feature.properties.clone())).collect();
    let expected = [
        json!({"a": null, "b": null, "c": null}),
        json!({"a": "x", "b": 2.0, "c": null}),
        json!({"a": "é", "b": null, "c": null}),
        json!({"a": null, "b": null, "c": null}),
        json!({"a": null, "b": null, "c": "{oops"}),
        json!({"a": "two", "b": null, "c": null}),
    ];
    assert_eq!(properties, expected);
    let expected = [
        (NoteKind::BrokenFeature, 2),
        (NoteKind::InvalidUtf8, 1),
        (NoteKind::TextTooLong, 1),
        (NoteKind::BadProperties, 1),
        (NoteKind::DuplicateKey, 1),
        (NoteKind::PropertyNotFinite, 1),
        (NoteKind::TextNormalised, 1),
    ];
    assert_eq!(counts(&document), expected);
    assert_eq!(document.notes.skipped(), 4);
}

#[test]
fn the_crs_comes_from_the_header() {
    let crs = |crs: Option<Reference>| File { crs, ..File::of([square(0)]) };
    let code = |org, code| crs(Some(Reference { org, code, ..Reference::default() }));
    for file in [code(None, 9215), code(Some("EPSG"), 9215), code(Some("epsg"), 9215)] {
        let document = read(&file);
        assert_eq!(document.layer.crs.epsg(), Some(9215));
        assert_eq!(document.header.crs.as_ref(), Some(&document.layer.crs));
        assert!(document.notes.list.is_empty());
    }
    let wkt =
        "PROJCRS[\"VN-2000 / TM-3 107-15\",BASEGEOGCRS[\"VN-2000\",ID[\"EPSG\",4756]],ID[\"EPSG\",9215]]";
    let by_text = crs(Some(Reference { wkt: Some(wkt), ..Reference::default() }));
    let document = read(&by_text);
    assert_eq!(document.layer.crs.epsg(), Some(9215));
    assert_eq!(document.notes.count(NoteKind::CrsMember), 1);
    let degrees = |crs| File { crs, ..File::of([plain(GeometryType::Point, &[105.5, 21.5])]) };
    let lonlat = Reference { org: Some("OGC"), code_string: Some("CRS84"), ..Reference::default() };
    let document = read(&degrees(Some(lonlat)));
    assert_eq!((document.layer.crs, document.header.crs), (Crs::wgs84(), Some(Crs::wgs84())));
    for nothing in [None, Some(Reference::default())] {
        let document = read(&degrees(nothing));
        assert_eq!((document.layer.crs, document.header.crs), (Crs::wgs84(), None));
        let note = document.notes.first(NoteKind::CrsMember).unwrap();
        assert!(note.message.contains("names no CRS: the coordinates were taken as longitude"), "{note}");
        assert!(document.crs_assumed, "FlatGeobuf prescribes none");
    }
}

#[test]
fn a_crs_that_cannot_be_used_is_named_in_the_error() {
    let with = |crs: Reference| File { crs: Some(crs), ..File::of([square(0)]) };
    let wkt = Some("PROJCRS[\"VN2000 Lang Son tu ve\",BASEGEOGCRS[\"VN-2000\"]]");
    let named = Some("SIRGAS 2000 / UTM zone 23S");
    let cases = [
        (
            Reference { code: 31983, name: named, ..Reference::default() },
            "\"EPSG:31983 (SIRGAS 2000 / UTM zone 23S)\"",
        ),
        (Reference { org: Some("ESRI"), code: 102100, ..Reference::default() }, "\"ESRI:102100\""),
        (Reference { wkt, ..Reference::default() }, "\"VN2000 Lang Son tu ve\""),
        (Reference { code: 6956, ..Reference::default() }, "EPSG:6956 is deprecated"),
    ];
    for (crs, says) in cases {
        let error = refused(&with(crs.clone()));
        assert_eq!(error.code(), "crs");
        let text = error.to_string();
        assert!(
            text.starts_with("the CRS that the document names cannot be used:") && text.contains(says),
            "{text}"
        );
        // Given by the person, nothing of it matters.
        let given = Crs::from_epsg(5897).unwrap();
        let document =
            read_layer_in(with(crs).bytes().as_slice(), &Limits::default(), Text::Any, Some(&given)).unwrap();
        assert_eq!(document.layer.crs, given);
    }
    let error = refused(&File { crs: None, ..File::of([square(0)]) });
    assert_eq!(error.code(), "not_degrees");
    assert!(
        error.to_string().contains("(587000, 2325000) cannot be: write the CRS into the file"),
        "{error}"
    );
}

#[test]
fn name_and_metadata_stand_around_the_features() {
    let file = File { metadata: Some(r#"{"ranh":{"role":"zone"}}"#), ..File::of([square(0)]) };
    let header = read(&file).header;
    assert_eq!(header.name.as_deref(), Some("khu"));
    assert_eq!(Value::from(header.foreign), json!({"ranh": {"role": "zone"}}));
    let plain = read(&File { metadata: Some("as of 2025"), ..file }).header;
    assert_eq!(Value::from(plain.foreign), json!({"metadata": "as of 2025"}));
}

#[test]
fn the_name_of_a_sequence_hides_nothing() {
    let bytes = File::of([square(0)]).bytes();
    let document = read_layer_in(bytes.as_slice(), &Limits::default(), Text::Sequence, None).unwrap();
    assert_eq!(document.layer.features.len(), 1);
    // A table whose first column is called so is a table.
    let error = read_layer(&b"fgb,name\n1,a\n"[..], &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("a table (CSV)"), "{error}");
}
