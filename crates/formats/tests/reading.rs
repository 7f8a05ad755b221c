//! What GeoJSON means, read as it means it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use formats::{Document, Effect, Limits, NoteKind, Text, read_layer, read_layer_in, read_seq_layer};
use geo_types::{Geometry, Point, line_string, polygon};
use serde_json::json;
use spatial::{Crs, FeatureId};

fn read(text: &str) -> Document {
    read_layer(text.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn the_order_of_members_does_not_matter() {
    let document = read(
        r#"{"ranh":{"role":"zone"},"features":[{"geometry":{"coordinates":[[587000,2325000],[587010,2325000]],
        "type":"LineString"},"properties":{"z":1,"a":2},"id":7,"type":"Feature"}],
        "crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::9215"},"type":"name"},"name":"khu",
        "type":"FeatureCollection","bbox":[0,0,1,1]}"#,
    );
    assert_eq!(document.layer.crs.epsg(), Some(9215));
    assert_eq!(document.header.name.as_deref(), Some("khu"));
    assert_eq!(document.header.foreign, *json!({"ranh":{"role":"zone"}}).as_object().unwrap());
    let feature = &document.layer.features[0];
    assert_eq!(feature.geometry, Some(line_string![(x: 587e3, y: 2325e3), (x: 587_010.0, y: 2325e3)].into()));
    assert_eq!(feature.properties.keys().collect::<Vec<_>>(), ["z", "a"]);
    assert!(document.notes.list.is_empty(), "{:?}", document.notes.list);
}

#[test]
fn ids_tell_text_from_number() {
    let feature = |id: &str| format!(r#"{{"type":"Feature","id":{id},"properties":null,"geometry":null}}"#);
    let text = [feature("5"), feature("\"5\""), feature("5.0"), feature("\"Khu\\u0301\"")].join("\n");
    let document = read(&text);
    let ids: Vec<_> = document.layer.features.iter().map(|feature| feature.id.clone().unwrap()).collect();
    let number = |text: &str| FeatureId::Number(text.parse().unwrap());
    let expected = [number("5"), FeatureId::Text("5".into()), number("5.0"), FeatureId::Text("Khú".into())];
    assert_eq!(ids, expected);
    assert_eq!(document.notes.count(NoteKind::DuplicateId), 0);
    assert_eq!(document.notes.first(NoteKind::TextNormalised).unwrap().count, 1);
}

#[test]
fn the_sample_of_rfc_7946_is_read() {
    // RFC 7946, section 1.5.
    let document = read(
        r#"{"type": "FeatureCollection","features": [
        {"type": "Feature","geometry": {"type": "Point","coordinates": [102.0, 0.5]},"properties": {"prop0": "value0"}},
        {"type": "Feature","geometry": {"type": "LineString","coordinates": [[102.0, 0.0],[103.0, 1.0],[104.0, 0.0],
        [105.0, 1.0]]},"properties": {"prop0": "value0","prop1": 0.0}},
        {"type": "Feature","geometry": {"type": "Polygon","coordinates": [[[100.0, 0.0],[101.0, 0.0],[101.0, 1.0],
        [100.0, 1.0],[100.0, 0.0]]]},"properties": {"prop0": "value0","prop1": {"this": "that"}}}]}"#,
    );
    let geometries: Vec<_> =
        document.layer.features.iter().map(|feature| feature.geometry.clone().unwrap()).collect();
    let expected: [Geometry<f64>; 3] = [
        Point::new(102.0, 0.5).into(),
        line_string![(x: 102.0, y: 0.0), (x: 103.0, y: 1.0), (x: 104.0, y: 0.0), (x: 105.0, y: 1.0)].into(),
        polygon![(x: 100.0, y: 0.0), (x: 101.0, y: 0.0), (x: 101.0, y: 1.0), (x: 100.0, y: 1.0)].into(),
    ];
    assert_eq!(geometries, expected);
    assert_eq!(document.layer.crs.name(), "OGC:CRS84");
    let kinds: Vec<_> = document.notes.list.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::MixedTypes]);
}

#[test]
fn a_note_says_where_and_what_came_of_it() {
    let document = read(
        "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{},\
         \"geometry\":null},\n\n{\"type\":\"Feature\",\"id\":\"b\",\n  \"geometry\":{\"type\":\"Point\",\n  \
         \"coordinates\":[1,]}}\n]}",
    );
    let notes: Vec<_> = document.notes.list.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 2, feature 0 (id a): the geometry is null",
            "line 6, column 20, feature 1 (id b): a comma before a closing bracket: take it out; the feature was left out",
        ]
    );
    let effects: Vec<_> = document.notes.list.iter().map(|note| note.kind.effect()).collect();
    assert_eq!(effects, [Effect::Kept, Effect::FeatureSkipped]);
    let json = serde_json::to_value(&document.notes.list[1]).unwrap();
    assert_eq!(json["kind"], "syntax");
    assert_eq!((&json["line"], &json["column"], &json["position"]), (&json!(6), &json!(20), &json!(1)));
}

#[test]
fn a_sequence_goes_on_behind_a_broken_record() {
    let good = r#"{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[105,21]}}"#;
    let lines = format!("{{\"type\":\"Feature\",\"prop\n{good}\n\n{good}");
    let records = format!("\u{1e}{{\"type\":\n\u{1e}{}\n\u{1e}{good}\n", good.replace(",", ",\n"));
    for text in [lines, records] {
        let document = read_seq_layer(text.as_bytes(), &Limits::default()).unwrap();
        let positions: Vec<_> = document.layer.features.iter().map(|feature| feature.position).collect();
        assert_eq!(positions, [1, 2], "{text}");
        assert_eq!(document.notes.first(NoteKind::Syntax).unwrap().position, Some(0));
    }
}

#[test]
fn reading_finds_its_way_back_after_broken_brackets_and_quotes() {
    let feature = |n: u32| {
        format!(
            r#"{{ "type": "Feature", "properties": {{"n": "{n}"}}, "geometry": {{"type": "Point", "coordinates": [{n}, 2]}} }}"#
        )
    };
    let broken = [
        feature(2).replace("2]}", "2}"),
        feature(2).replace("\"2\"", "\"2"),
        feature(2).replace(", 2]} }", ", 2]}"),
        feature(2).replace("{\"n\"", "\"n\""),
        feature(2).replace("{ \"type\"", "\"type\""),
    ];
    for broken in broken {
        let text = [feature(1), broken.clone(), feature(3), feature(4)].join(",\n");
        let document = read(&format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{text}\n]}}"));
        let read: Vec<_> = document.layer.features.iter().filter_map(|feature| feature.text("n")).collect();
        assert_eq!(read, ["1", "3", "4"], "{broken}\n{:#?}", document.notes.list);
        let lines: Vec<_> =
            document.notes.list.iter().filter(|n| n.kind.effect() == Effect::FeatureSkipped).collect();
        assert!(matches!(lines[0].line, Some(3 | 4)), "{lines:?}");
    }
}

#[test]
fn a_feature_left_out_for_its_meaning_is_passed_once() {
    // Both begin like a feature, so looking for the next one must not find them again.
    let retyped = r#"{"type":"Feature","type":"Zone"}"#;
    let crs = |code: u32| format!(r#""crs":{{"type":"name","properties":{{"name":"EPSG:{code}"}}}}"#);
    let feature = |code| format!(r#"{{"type":"Feature","geometry":null,"properties":null,{}}}"#, crs(code));
    let text = [retyped.to_owned(), feature(9215), feature(9216), feature(9215)].join(",");
    let document = read(&format!(r#"{{"type":"FeatureCollection","features":[{text}]}}"#));
    let positions: Vec<_> = document.layer.features.iter().map(|feature| feature.position).collect();
    assert_eq!(positions, [1, 3]);
    assert_eq!(document.notes.skipped(), 2);
    assert_eq!(document.layer.crs.epsg(), Some(9215));
}

#[test]
fn a_crs_that_the_caller_gives_goes_before_the_documents_own() {
    let features = r#"[{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[587000,2325000]}}]"#;
    let plain = format!(r#"{{"type":"FeatureCollection","features":{features}}}"#);
    let wrong = plain.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"EPSG:9210"}},"#, 1);
    let given = Crs::from_epsg(9215).unwrap();
    for (text, says) in
        [(plain, None), (wrong, Some("the document says EPSG:9210; it was read in EPSG:9215, as asked"))]
    {
        let document = read_layer_in(text.as_bytes(), &Limits::default(), Text::Any, Some(&given)).unwrap();
        assert_eq!(document.layer.crs, given);
        assert_eq!(document.notes.first(NoteKind::CrsMember).map(|note| note.message.as_str()), says);
    }
}

#[test]
fn what_happens_to_the_head_is_noted_too() {
    let document = read(
        "{\"title\":\"Hu\u{ea}\u{301}\",\"x\":{\"a\":1,\"a\":NaN},\"features\":[],\"type\":\"FeatureCollection\"}",
    );
    assert_eq!(document.header.foreign["x"], json!({"a": null}));
    assert_eq!(document.header.foreign["title"], "Hu\u{1ebf}");
    let kinds: Vec<_> = document.notes.list.iter().map(|note| note.kind.code()).collect();
    assert_eq!(kinds, ["duplicate_key", "property_not_finite", "text_normalised", "no_features"]);
}

#[test]
fn rings_that_were_open_are_told_with_their_ends() {
    // The second ring of the first polygon is open by 5, its outer one by 1; the third feature is closed.
    let document = read(
        r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:9215"}},"features":[
        {"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[
            [[0,0],[100,0],[100,100],[0,100],[0,1]],[[10,10],[10,20],[20,20],[13,14]]]}},
        {"type":"Feature","properties":null,"geometry":null},
        {"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]]]}},
        {"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[
            [[[0,0],[9,0],[9,9]]],[[[0,0],[9,0],[9,9],[0,0]]]]}}]}"#,
    );
    let open: Vec<_> = document.open_rings.iter().map(|ring| (ring.position, ring.ends)).collect();
    assert_eq!(open, [(0, [[10.0, 10.0], [13.0, 14.0]]), (3, [[0.0, 0.0], [9.0, 9.0]])]);
    assert_eq!(document.notes.count(NoteKind::UnclosedRing), 2, "a note a feature");
}

#[test]
fn what_nobody_prescribes_is_assumed() {
    let point = r#""features":[{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[106,21]}}]}"#;
    let assumed = |head: &str| read(&format!(r#"{{"type":"FeatureCollection",{head}{point}"#)).crs_assumed;
    // RFC 7946 prescribes WGS 84 where nothing is said; the null of 2008 says that the CRS is not known.
    assert!(!assumed(""));
    assert!(assumed(r#""crs":null,"#));
    assert!(!assumed(r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#));
}
