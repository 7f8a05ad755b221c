//! What is wrong with one feature among sound ones.

use super::{Case, between, collection, geometry, noted, sound};

pub(super) fn cases() -> Vec<Case> {
    [numbers(), geometries(), shapes(), rings(), places(), elements()].into_iter().flatten().collect()
}

fn point(coordinates: &str) -> String {
    geometry(&format!(r#"{{"type":"Point","coordinates":{coordinates}}}"#))
}

fn numbers() -> Vec<Case> {
    vec![
        noted(
            "NaN as a coordinate",
            point("[105.5,NaN]"),
            2,
            "not_finite",
            "NaN as a coordinate; the feature was left out",
        ),
        noted(
            "Infinity as a coordinate",
            point("[-Infinity,21]"),
            2,
            "not_finite",
            "-Infinity as a coordinate",
        ),
        noted(
            "number too large",
            point("[1e999,21]"),
            2,
            "not_finite",
            "1e999 is too large for a coordinate",
        ),
        noted("coordinate in quotes", point("[\"105.5\",21]"), 2, "bad_position", "a coordinate in quotes"),
        noted(
            "coordinate null",
            point("[null,null]"),
            2,
            "bad_position",
            "a coordinate that is not a number",
        ),
        noted("position of one number", point("[105.5]"), 2, "bad_position", "a position of one number"),
        noted("leading zero", point("[0105.5,21]"), 2, "syntax", "a number that JSON does not allow"),
        noted(
            "heights",
            point("[105.5,21.5,NaN]"),
            3,
            "extra_dimensions",
            "positions with more than two numbers (1)",
        ),
    ]
}

fn geometries() -> Vec<Case> {
    let absent = between(r#"{"type":"Feature","id":"bad","properties":{}}"#);
    vec![
        noted("null geometry", geometry("null"), 3, "null_geometry", "the geometry is null"),
        noted("geometry absent", absent, 3, "null_geometry", "the feature has no \"geometry\""),
        noted(
            "geometry a text",
            geometry("\"POINT (1 2)\""),
            2,
            "bad_geometry",
            "should be an object ({…}) or null",
        ),
        noted(
            "geometry type unknown",
            geometry(r#"{"type":"polygon","coordinates":[]}"#),
            2,
            "bad_geometry",
            "\"polygon\" is not a type of geometry",
        ),
        noted(
            "geometry type absent",
            geometry(r#"{"coordinates":[105,21]}"#),
            2,
            "bad_geometry",
            "the geometry has no \"type\"",
        ),
        noted(
            "coordinates absent",
            geometry(r#"{"type":"Point"}"#),
            2,
            "bad_geometry",
            "the geometry has no \"coordinates\"",
        ),
        noted("coordinates null", point("null"), 2, "bad_geometry", "should be a list"),
    ]
}

fn shapes() -> Vec<Case> {
    let line =
        |coordinates: &str| geometry(&format!(r#"{{"type":"LineString","coordinates":{coordinates}}}"#));
    let parts =
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[105.5,21.5]},null]}"#;
    vec![
        noted(
            "coordinates empty",
            geometry(r#"{"type":"MultiPolygon","coordinates":[]}"#),
            3,
            "empty_geometry",
            "taken as no geometry",
        ),
        noted("empty position in a line", line("[[105,21],[]]"), 2, "bad_position", "an empty position"),
        noted("line of one position", line("[[105,21]]"), 3, "too_few_positions", "a line of one position"),
        noted(
            "too few brackets",
            geometry(r#"{"type":"Polygon","coordinates":[[105,21],[106,21],[106,22],[105,21]]}"#),
            2,
            "bad_nesting",
            "too few brackets",
        ),
        noted("too many brackets", line("[[[105,21],[106,21]]]"), 2, "bad_nesting", "too many brackets"),
        noted(
            "geometry collection",
            geometry(&parts.replace("null", r#"{"type":"Point","coordinates":[105.6,21.6]}"#)),
            3,
            "geometry_collection",
            "a collection of geometries (2)",
        ),
        noted(
            "collection with a null part",
            geometry(parts),
            3,
            "empty_part",
            "a part without geometry was left out",
        ),
        noted(
            "mixed types",
            geometry(r#"{"type":"Point","coordinates":[105.5,21.5]}"#),
            3,
            "mixed_types",
            "points, lines and polygons are mixed",
        ),
    ]
}

fn rings() -> Vec<Case> {
    let polygon = |rings: &str| geometry(&format!(r#"{{"type":"Polygon","coordinates":{rings}}}"#));
    let holed = "[[[105,22],[106,22],[106,23],[105,22]],[]]";
    vec![
        noted(
            "ring not closed",
            polygon("[[[105,22],[106,22],[106,23]]]"),
            3,
            "unclosed_ring",
            "its first position was added at its end",
        ),
        noted(
            "ring of two positions",
            polygon("[[[105,22],[105,22]]]"),
            3,
            "too_few_positions",
            "fewer than four positions",
        ),
        noted("empty hole", polygon(holed), 3, "empty_part", "empty rings were left out"),
        noted(
            "empty outer ring with a hole",
            polygon("[[],[[105,22],[106,22],[106,23],[105,22]]]"),
            2,
            "bad_geometry",
            "the outer ring is empty",
        ),
        noted(
            "ring the wrong way round",
            polygon("[[[105,22],[106,23],[106,22],[105,22]]]"),
            3,
            "winding",
            "turn the other way than RFC 7946 asks, outer ones counter-clockwise (1)",
        ),
    ]
}

fn places() -> Vec<Case> {
    let across = r#"{"type":"LineString","coordinates":[[179.5,-17],[-179.5,-17]]}"#;
    vec![
        noted(
            "across the antimeridian",
            geometry(across),
            3,
            "antimeridian",
            "more than 180 degrees of longitude",
        ),
        noted("longitude out of range", point("[255.5,21.5]"), 3, "out_of_range", "outside longitude ±180"),
    ]
}

fn elements() -> Vec<Case> {
    let bare = r#"{"type":"Point","coordinates":[105,21]}"#;
    let esri = r#"{"attributes":{"id":1},"geometry":null}"#;
    let twice = sound(1);
    let id = |id: &str| between(&sound(3).replace("\"id\":\"3\"", &format!("\"id\":{id}")));
    vec![
        noted("null among the features", between("null"), 2, "not_an_object", "null stands where a feature"),
        noted(
            "list among the features",
            between("[1,2]"),
            2,
            "not_an_object",
            "a list stands where a feature",
        ),
        noted(
            "feature type in small letters",
            between(&sound(3).replace("Feature", "feature")),
            2,
            "wrong_type",
            "the \"type\" is \"feature\"",
        ),
        noted(
            "feature type absent",
            between(&sound(3).replace("\"type\":\"Feature\",", "")),
            2,
            "wrong_type",
            "the feature has no \"type\"",
        ),
        noted(
            "geometry among the features",
            between(bare),
            2,
            "wrong_type",
            "a bare Point stands where a feature should",
        ),
        noted(
            "collection among the features",
            between(&collection(&sound(3))),
            2,
            "wrong_type",
            "a whole FeatureCollection",
        ),
        noted("Esri feature among the features", between(esri), 2, "wrong_type", "this is Esri JSON"),
        noted(
            "same id twice",
            between(&twice),
            3,
            "duplicate_id",
            "feature 0 has the same id; both are kept",
        ),
        noted("id a list", id("[1]"), 3, "bad_id", "neither a text nor a number"),
        noted(
            "members that GeoJSON lacks",
            between(&sound(3).replacen('{', "{\"style\":{},", 1)),
            3,
            "members_left_out",
            "left out: style",
        ),
        noted(
            "comma behind the last feature",
            collection(&format!("{},", sound(1))),
            1,
            "comma_extra",
            "commas too many between features or behind the last (1)",
        ),
    ]
}
