//! Laws: what is written is read as it was, and nothing that is read does worse than give an error.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use cql2::{Arithmetic, Comparison, Filter, Kind, Node, Place, Temporal, parse_json, parse_text};
use geo_types::{
    Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::json;
use spatial::relation::Predicate;
use support::{DEGREES, Feature, queryables, write};

fn node(kind: Kind) -> Node {
    Node { kind, place: Place::Character(0) }
}

fn any_node(kinds: impl Strategy<Value = Kind> + 'static) -> BoxedStrategy<Node> {
    kinds.prop_map(node).boxed()
}

fn words() -> impl Strategy<Value = String> {
    // Backslashes are left out: before a quote they would change what it means, which is the standard's own rule.
    "[a-zA-Z0-9 '\"%_.,()đĐốộưỨệ-]{0,12}"
}

fn properties() -> BoxedStrategy<Node> {
    let names =
        prop_oneof![Just("name"), Just("area"), Just("open"), Just("diện tích (ha)"), Just("and"), Just("x")];
    any_node(names.prop_map(|name| Kind::Property(name.to_owned())))
}

fn dates() -> impl Strategy<Value = Date> {
    (1_i16..=9998, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn times() -> impl Strategy<Value = Timestamp> {
    (-60_000_000_000_i64..250_000_000_000, 0_i32..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

fn geometries() -> BoxedStrategy<Geometry<f64>> {
    let point = || (-180.0..180.0_f64, -90.0..90.0_f64).prop_map(Point::from);
    let line = || {
        proptest::collection::vec(point(), 2..5)
            .prop_map(|points| LineString(points.into_iter().map(|p| p.0).collect()))
    };
    let polygon = || {
        proptest::collection::vec(point(), 3..6).prop_map(|points| {
            let mut ring: Vec<_> = points.into_iter().map(|p| p.0).collect();
            ring.push(ring[0]);
            Polygon::new(LineString(ring), vec![])
        })
    };
    let single = prop_oneof![
        point().prop_map(Geometry::Point),
        line().prop_map(Geometry::LineString),
        polygon().prop_map(Geometry::Polygon),
        proptest::collection::vec(point(), 1..4).prop_map(|all| Geometry::MultiPoint(MultiPoint(all))),
        proptest::collection::vec(line(), 1..3)
            .prop_map(|all| Geometry::MultiLineString(MultiLineString(all))),
        proptest::collection::vec(polygon(), 1..3).prop_map(|all| Geometry::MultiPolygon(MultiPolygon(all))),
    ];
    let single = single.boxed();
    let several = proptest::collection::vec(single.clone(), 1..4);
    prop_oneof![4 => single, 1 => several.prop_map(|all| Geometry::GeometryCollection(GeometryCollection(all)))].boxed()
}

fn leaves() -> BoxedStrategy<Node> {
    prop_oneof![
        properties(),
        any_node(words().prop_map(Kind::Text)),
        any_node((-1e9..1e9_f64).prop_map(Kind::Number)),
        any_node((-1_000_i32..1_000).prop_map(|n| Kind::Number(f64::from(n)))),
        any_node(any::<bool>().prop_map(Kind::Boolean)),
        any_node(dates().prop_map(Kind::Date)),
        any_node(times().prop_map(Kind::Timestamp)),
        any_node(geometries().prop_map(Kind::Geometry)),
        any_node(proptest::array::uniform4(-180.0..180.0_f64).prop_map(Kind::BBox)),
        any_node(intervals()),
    ]
    .boxed()
}

fn intervals() -> impl Strategy<Value = Kind> {
    let bound = || {
        proptest::option::of(prop_oneof![
            any_node(dates().prop_map(Kind::Date)),
            any_node(times().prop_map(Kind::Timestamp)),
            properties(),
        ])
    };
    (bound(), bound()).prop_map(|(start, end)| Kind::Interval(Box::new([start, end])))
}

fn pair(inner: BoxedStrategy<Node>) -> impl Strategy<Value = Box<[Node; 2]>> {
    (inner.clone(), inner).prop_map(|(a, b)| Box::new([a, b]))
}

fn expressions() -> impl Strategy<Value = Node> {
    use Arithmetic::{Add, Divide, Multiply, Power, Quotient, Remainder, Subtract};
    use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    leaves().prop_recursive(4, 40, 4, |inner| {
        let comparisons =
            proptest::sample::select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual]);
        let calculations =
            proptest::sample::select(vec![Add, Subtract, Multiply, Divide, Quotient, Remainder, Power]);
        let spatial = proptest::sample::select(vec![
            Predicate::Intersects,
            Predicate::Disjoint,
            Predicate::Equals,
            Predicate::Touches,
            Predicate::Within,
            Predicate::Contains,
            Predicate::Overlaps,
            Predicate::Crosses,
        ]);
        let temporal = proptest::sample::select(vec![
            Temporal::After,
            Temporal::Before,
            Temporal::Disjoint,
            Temporal::Equals,
            Temporal::Intersects,
            Temporal::Contains,
            Temporal::During,
            Temporal::FinishedBy,
            Temporal::Finishes,
            Temporal::Meets,
            Temporal::MetBy,
            Temporal::OverlappedBy,
            Temporal::Overlaps,
            Temporal::StartedBy,
            Temporal::Starts,
        ]);
        let several = || proptest::collection::vec(inner.clone(), 2..4);
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            any_node(several().prop_map(Kind::And)),
            any_node(several().prop_map(Kind::Or)),
            any_node(one().prop_map(Kind::Not)),
            any_node((comparisons, pair(inner.clone())).prop_map(|(what, sides)| Kind::Compare(what, sides))),
            any_node(pair(inner.clone()).prop_map(Kind::Like)),
            any_node(
                proptest::array::uniform3(inner.clone()).prop_map(|parts| Kind::Between(Box::new(parts)))
            ),
            any_node((one(), several()).prop_map(|(value, list)| Kind::In(value, list))),
            any_node(one().prop_map(Kind::IsNull)),
            any_node((spatial, pair(inner.clone())).prop_map(|(what, sides)| Kind::Spatial(what, sides))),
            any_node((temporal, pair(inner.clone())).prop_map(|(what, sides)| Kind::Temporal(what, sides))),
            any_node(
                (calculations, pair(inner.clone())).prop_map(|(what, sides)| Kind::Arithmetic(what, sides))
            ),
            any_node(one().prop_map(Kind::CaseI)),
            any_node(one().prop_map(Kind::AccentI)),
        ]
    })
}

/// Words of the language in any order: deeper into the parser than any characters come.
fn babble() -> impl Strategy<Value = String> {
    let words = proptest::sample::select(vec![
        "AND",
        "or",
        "NOT",
        "LIKE",
        "BETWEEN",
        "in",
        "IS",
        "NULL",
        "TRUE",
        "false",
        "div",
        "(",
        ")",
        ",",
        "=",
        "<>",
        "<=",
        ">",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "name",
        "area",
        "\"geometry\"",
        "'x'",
        "'2024-01-31'",
        "1",
        ".5",
        "2e9",
        "DATE(",
        "TIMESTAMP(",
        "INTERVAL(",
        "'..'",
        "CASEI(",
        "ACCENTI(",
        "S_WITHIN(",
        "T_DURING(",
        "POINT(",
        "POLYGON((",
        "BBOX(",
        "MULTIPOINT Z (",
        "GEOMETRYCOLLECTION(",
        "1 2",
        "avg(",
        "\"",
        "'",
        "\u{301}",
    ]);
    proptest::collection::vec(words, 0..24).prop_map(|words| words.join(" "))
}

/// What is read can be checked and evaluated, whatever comes of it.
fn use_it(read: Result<Node, cql2::Cql2Error>) {
    let properties =
        json!({"name": "Đá", "area": 1.5, "open": true, "approved": "2024-01-31", "any": [1], "x": null});
    let feature = Feature::new(properties, Some(Point::new(106.0, 21.0).into()));
    if let Ok(filter) = read.and_then(|node| Filter::new(&node, &queryables(), DEGREES)) {
        filter.holds(&feature);
        filter.window();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn text_and_json_mean_the_same(expression in expressions()) {
        let text = write::text(&expression);
        let from_text = parse_text(&text);
        prop_assert_eq!(from_text.as_ref(), Ok(&expression), "{}", text);
        let json = write::json(&expression).to_string();
        let from_json = parse_json(&json);
        prop_assert_eq!(from_json.as_ref(), Ok(&expression), "{}", json);
        let again = from_text.and_then(|node| parse_json(&write::json(&node).to_string()));
        prop_assert_eq!(again, Ok(expression));
    }

    #[test]
    fn any_characters_are_an_error_or_an_expression(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        use_it(parse_text(&text));
        use_it(parse_json(&text));
        let lossy = String::from_utf8_lossy(&bytes);
        use_it(parse_text(&lossy));
        use_it(parse_json(&lossy));
    }

    #[test]
    fn any_words_are_an_error_or_an_expression(text in babble()) {
        use_it(parse_text(&text));
    }

    #[test]
    fn any_expression_can_be_held_against_a_collection(expression in expressions()) {
        use_it(Ok(expression));
    }
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    for text in [
        "(".repeat(100_000),
        "NOT ".repeat(100_000),
        "-".repeat(100_000),
        "CASEI(".repeat(100_000),
        format!("area = 1{}", " + 1".repeat(10_000)),
        format!("area = 2{}", "^2".repeat(10_000)),
    ] {
        let error = parse_text(&text).unwrap_err().to_string();
        assert!(error.contains("simpler"), "{error}");
    }
    let json = format!("{}true{}", "{\"op\":\"not\",\"args\":[".repeat(100), "]}".repeat(100));
    assert!(parse_json(&json).is_err());
    let wide = vec!["area = 1"; 1_000].join(" AND ");
    assert!(parse_text(&wide).is_ok(), "width is limited by the length of the request alone");
}
