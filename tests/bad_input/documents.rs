//! What is wrong with a document as a whole.

use super::{Case, between, collection, noted, refused, sound, with_crs};

pub(super) fn cases() -> Vec<Case> {
    [other_formats(), other_json(), broken_heads(), reference_systems(), ends(), shapes()]
        .into_iter()
        .flatten()
        .collect()
}

/// UTF-16 of an ASCII text, low byte first.
fn utf16(text: &str) -> Vec<u8> {
    text.bytes().flat_map(|byte| [byte, 0]).collect()
}

fn other_formats() -> Vec<Case> {
    let utf16_with_mark = [vec![0xff, 0xfe], utf16(&collection(""))].concat();
    vec![
        refused("empty file", "", "empty", "the document is empty:"),
        refused("white space only", " \r\n\t\n", "empty", "empty but for white space"),
        refused("gzip", b"\x1f\x8b\x08\x00rest", "not_geojson", "a gzip archive; unpack it first"),
        refused("zip", b"PK\x03\x04rest", "not_geojson", "a zip archive (a zipped Shapefile"),
        refused("UTF-16 with mark", utf16_with_mark, "not_geojson", "text in UTF-16; save it as UTF-8"),
        refused("UTF-16 without mark", utf16("{\"type\":\"X\"}"), "not_geojson", "text in UTF-16"),
        refused("Shapefile", b"\x00\x00\x27\x0a\x00\x00", "not_geojson", "the .shp part of a Shapefile"),
        refused("GeoPackage", b"SQLite format 3\x00\x10", "not_geojson", "a GeoPackage"),
        refused("FlatGeobuf cut off", b"fgb\x03fgb\x00", "broken", "FlatGeobuf, but it ends in its header"),
        refused(
            "old FlatGeobuf",
            b"fgb\x02fgb\x00",
            "format_version",
            "FlatGeobuf of version 2, and version 3",
        ),
        refused("FlatGeobuf damaged", b"fgb\x03fgc\x00\x08", "broken", "its first eight bytes"),
        refused(
            "FlatGeobuf header damaged",
            b"fgb\x03fgb\x00\x10\x00\x00\x00\xff\xff\xff\x7fgarbagegarba",
            "broken",
            "its header cannot be read",
        ),
        refused(
            "FlatGeobuf header too long",
            b"fgb\x03fgb\x00\xff\xff\xff\xff",
            "limit",
            "bytes in a bare object",
        ),
        refused("GeoParquet", b"PAR1\x15\x04", "not_geojson", "GeoParquet"),
        refused("PDF", b"%PDF-1.7\n", "not_geojson", "a PDF document"),
        refused("drawing", b"AC1032\x00\x00", "not_geojson", "an AutoCAD drawing (DWG)"),
        refused("other binary", b"\x01\x02\x03\x00\x00\x00\xff", "not_geojson", "a binary file"),
        refused("web page", "<!DOCTYPE html>\n<html><body>404</body></html>", "not_geojson", "a web page"),
        refused("KML", "<?xml version=\"1.0\"?>\n<kml xmlns=\"\"/>", "not_geojson", "KML"),
        refused("GML", "<?xml version=\"1.0\"?>\n<gml:FeatureCollection/>", "not_geojson", "GML"),
        refused("other XML", "<osm version=\"0.6\"></osm>", "not_geojson", "XML"),
        refused("table", "id,name,area\n1,KCN,20.5\n", "not_geojson", "a table (CSV)"),
        refused("well-known text", "POLYGON ((0 0, 1 0, 1 1, 0 0))", "not_geojson", "well-known text (WKT)"),
        refused("JavaScript", "var zones = {\"type\":\"FeatureCollection\"};", "not_geojson", "JavaScript"),
    ]
}

fn other_json() -> Vec<Case> {
    let esri = r#"{"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4326},"features":[
        {"attributes":{"id":1},"geometry":{"rings":[[[105,21],[106,21],[106,22],[105,21]]]}}]}"#;
    let topology = r#"{"type":"Topology","objects":{},"arcs":[[[0,0],[1,1]]]}"#;
    let error = r#"{"error":{"code":498,"message":"Invalid token"}}"#;
    vec![
        refused("bare list", format!("[{}]", sound(1)), "not_geojson", "a bare list; put it into"),
        refused("single value", "\"KCN\"", "not_geojson", "a single JSON value"),
        refused("TopoJSON", topology, "not_geojson", "TopoJSON"),
        refused("Esri JSON", esri, "not_geojson", "Esri JSON; ask the service for f=geojson"),
        refused("error of a service", error, "not_geojson", "a service's error message"),
        refused(
            "object without type",
            r#"{"name":"x","version":1}"#,
            "not_geojson_type",
            "without \"type\" (\"name\", \"version\")",
        ),
        refused(
            "unknown type",
            r#"{"type":"Zones","features2":[]}"#,
            "not_geojson_type",
            "its \"type\" is \"Zones\"",
        ),
    ]
}

fn broken_heads() -> Vec<Case> {
    let deep = format!("{{\"type\":\"FeatureCollection\",\"x\":{}", "[".repeat(100_000));
    vec![
        refused(
            "features absent",
            r#"{"type":"FeatureCollection"}"#,
            "no_features_member",
            "without the member \"features\"",
        ),
        refused(
            "features is an object",
            r#"{"type":"FeatureCollection","features":{}}"#,
            "features_not_list",
            "line 1: \"features\" should be a list ([…]), but an object",
        ),
        refused(
            "features is null",
            r#"{"type":"FeatureCollection","features":null}"#,
            "features_not_list",
            "but null stands there",
        ),
        refused(
            "colon missing in the head",
            "{\"type\" \"FeatureCollection\"}",
            "document_syntax",
            "line 1, column 9:",
        ),
        refused(
            "single quotes",
            "{'type':'FeatureCollection'}",
            "document_syntax",
            "line 1, column 2: single quotes: JSON wants double quotes",
        ),
        refused(
            "head cut off",
            "{\"type\":\"FeatureCollection\",\n\"name\":\"khu",
            "document_syntax",
            "line 2, column 12: the document ends in the middle",
        ),
        refused(
            "head not UTF-8",
            b"{\"type\":\"FeatureCollection\",\n\"name\":\"C\xabng\",\"features\":[]}".to_vec(),
            "document_utf8",
            "line 2, byte 38: the text is not UTF-8",
        ),
        refused("head of brackets", deep, "document_syntax", "brackets nest deeper"),
        refused("plain words", "Khu cong nghiep", "document_syntax", "should start with a brace"),
    ]
}

fn reference_systems() -> Vec<Case> {
    let named = |name: &str| with_crs(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
    let link =
        with_crs(r#"{"type":"link","properties":{"href":"http://example.com/crs/42","type":"proj4"}}"#);
    let metres = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[587000.5,2325000.25]}}"#;
    let swapped =
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[21.03,105.85]}}"#;
    let own = metres.replacen('{', r#"{"crs":{"type":"name","properties":{"name":"EPSG:9215"}},"#, 1);
    let two = format!("{own},\n{}", own.replace("9215", "9216"));
    let against = named("urn:ogc:def:crs:EPSG::9210").replace(&sound(1), &own);
    vec![
        refused("CRS unknown", named("urn:ogc:def:crs:EPSG::999999"), "crs", "999999"),
        refused("CRS deprecated", named("urn:ogc:def:crs:EPSG::6957"), "crs", "EPSG:6957 is deprecated"),
        refused("CRS a link", link, "crs_member", "is a link, and links are not followed"),
        refused(
            "CRS without a name",
            with_crs(r#"{"type":"name","properties":{}}"#),
            "crs_member",
            "has no name",
        ),
        refused("CRS a number", with_crs("4326"), "crs_member", "is neither an object nor null"),
        refused(
            "CRS of features against the document's",
            against,
            "crs_member",
            "says EPSG:9210, but features say EPSG:9215",
        ),
        refused(
            "metres without CRS",
            collection(metres),
            "not_degrees",
            "(587000.5, 2325000.25) cannot be: name the CRS",
        ),
        refused(
            "latitude first",
            collection(swapped),
            "not_degrees",
            "(21.03, 105.85) looks like latitude first",
        ),
        noted("CRS null", with_crs("null"), 1, "crs_member", "taken as longitude and latitude"),
        noted("CRS a text", with_crs("\"EPSG:4326\""), 1, "crs_member", "plain text; its name was taken"),
        noted(
            "CRS of old drafts",
            with_crs(r#"{"type":"EPSG","properties":{"code":4326}}"#),
            1,
            "crs_member",
            "of old drafts; its code was taken",
        ),
        noted("features in two CRSs", collection(&two), 1, "mixed_crs", "names another CRS"),
    ]
}

fn ends() -> Vec<Case> {
    let whole = between(&sound(3));
    let middle = &whole[..whole.len() - 60];
    let first = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}", &sound(1)[..80]);
    let listed = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{},\n", sound(1));
    let open = collection(&sound(1)).trim_end().trim_end_matches('}').to_owned();
    let tail = collection(&sound(1)).replace("]}\n", "],\"name\":khu}\n");
    vec![
        noted("cut off in a feature", middle, 2, "truncated", "the document is cut off: check"),
        noted("cut off between features", listed, 1, "truncated", "before its list of features does"),
        noted("cut off before the last brace", open, 1, "truncated", "before its closing brace"),
        refused("cut off in the first feature", first, "nothing_read", "ends in this feature's middle"),
        noted(
            "something behind the end",
            format!("{whole};alert(1)"),
            3,
            "trailing_data",
            "something follows the end",
        ),
        noted("broken member behind the features", tail, 1, "rest_unreadable", "behind the features"),
        refused(
            "every feature broken",
            collection("null,\n5"),
            "nothing_read",
            "null stands where a feature",
        ),
    ]
}

fn shapes() -> Vec<Case> {
    let bare = r#"{"coordinates":[105.5,21.5],"type":"Point"}"#;
    let lines = format!("{}\n{}\n", sound(1), sound(2));
    let broken_line = format!("{}\n{}\n{}\n", sound(1), &sound(2)[..70], sound(3));
    let records = format!("\u{1e}{}\n\u{1e}{}\n", sound(1), sound(2));
    let twice =
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{}],\"features\":[{}]}}", sound(1), sound(2));
    let no_type = collection(&sound(1)).replace("\"type\":\"FeatureCollection\",", "");
    vec![
        noted(
            "byte order mark",
            format!("\u{feff}{}", collection(&sound(1))),
            1,
            "byte_order_mark",
            "byte order mark",
        ),
        noted("CR LF", collection(&sound(1)).replace('\n', "\r\n"), 1, "carriage_returns", "CR LF"),
        noted("no features", collection(""), 0, "no_features", "the document has no features"),
        noted("bare feature", sound(1), 1, "bare_object", "a bare feature or geometry"),
        noted("bare geometry", bare, 1, "bare_object", "not a collection; it was read as one of one"),
        noted("sequence by lines", lines, 2, "sequence", "one a line"),
        noted("sequence with a broken line", broken_line, 2, "syntax", "left out"),
        noted("sequence by record separators", records, 2, "sequence", "set apart by record separators"),
        noted("features twice", twice, 2, "duplicate_key", "the features of both were read"),
        noted("no type", no_type, 1, "collection_type", "read as a FeatureCollection"),
        noted(
            "comma missing between features",
            collection(&format!("{}\n{}", sound(1), sound(2))),
            2,
            "comma_missing",
            "commas missing between features (1)",
        ),
    ]
}
