//! Any features at all, for property tests: every kind of geometry, id and property.
#![allow(clippy::unwrap_used, reason = "tests")]

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use proptest::prelude::*;
use serde_json::{Map, Value};
use spatial::{Feature, FeatureId};

/// Any finite double: whole ranges of exponents, the smallest and largest, and negative zero.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -180.0..180.0_f64,
        2 => any::<f64>().prop_filter("finite", |number| number.is_finite()),
        1 => prop_oneof![Just(0.0), Just(-0.0), Just(f64::MAX), Just(f64::MIN_POSITIVE), Just(5e-324), Just(1e21)],
    ]
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    (number(), number()).prop_map(|(x, y)| Coord { x, y })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec(coord(), 2..6).prop_map(LineString)
}

fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    let ring = || prop::collection::vec(coord(), 3..6).prop_map(LineString);
    (ring(), prop::collection::vec(ring(), 0..3)).prop_map(|(outer, holes)| Polygon::new(outer, holes))
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let single = prop_oneof![
        coord().prop_map(|at| Geometry::Point(Point(at))),
        line().prop_map(Geometry::LineString),
        polygon().prop_map(Geometry::Polygon),
        prop::collection::vec(coord().prop_map(Point), 1..4)
            .prop_map(|p| Geometry::MultiPoint(MultiPoint(p))),
        prop::collection::vec(line(), 1..3).prop_map(|l| Geometry::MultiLineString(MultiLineString(l))),
        prop::collection::vec(polygon(), 1..3).prop_map(|p| Geometry::MultiPolygon(MultiPolygon(p))),
    ];
    single.prop_recursive(2, 8, 3, |inner| {
        prop::collection::vec(inner, 1..3)
            .prop_map(|parts| Geometry::GeometryCollection(GeometryCollection(parts)))
    })
}

/// Text that is in NFC already: the reader would bring it there.
pub(crate) fn text() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 \\\\\"/\n\tàáạảãâầấậẩẫăằắặẳẵđĐèéẹẻẽêềếệểễưừứựửữơờớợởỡ😀\u{1}\u{7f}\u{2028}]{0,12}"
}

pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        number().prop_map(Value::from),
        // Longer than any double or integer holds, and trailing zeros.
        "-?[1-9][0-9]{0,40}(\\.[0-9]{1,40})?".prop_map(|digits| Value::Number(digits.parse().unwrap())),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    })
}

pub(crate) fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((text(), value), 0..5).prop_map(|pairs| pairs.into_iter().collect())
}

fn id() -> impl Strategy<Value = FeatureId> {
    prop_oneof![text().prop_map(FeatureId::Text), any::<i64>().prop_map(|n| FeatureId::Number(n.into()))]
}

pub(crate) fn features() -> impl Strategy<Value = Vec<Feature>> {
    let one = (prop::option::of(id()), prop::option::of(geometry()), members(value()));
    prop::collection::vec(one, 1..6).prop_map(|all| {
        let numbered = (0_u64..).zip(all);
        let feature = |(position, (id, geometry, properties))| Feature { position, id, geometry, properties };
        numbered.map(feature).collect()
    })
}
