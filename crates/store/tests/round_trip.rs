//! What goes into a store comes back bit for bit: geometry, ids, properties, the text of numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use geo_types::{Geometry, GeometryCollection, LineString, MultiPoint, MultiPolygon, Point, Polygon};
use proptest::prelude::*;
use sample::{info, layer};
use spatial::{Feature, FeatureId, Layer};
use store::Store;

/// `PartialEq` calls −0 and 0 equal and NaN different; the bytes tell the truth. `Debug` prints both apart.
fn same(stored: &Layer, original: &Layer) -> bool {
    format!("{stored:?}") == format!("{original:?}")
}

fn through_the_store(layer: &Layer) -> Layer {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("khu.gpkg")).unwrap();
    store.replace_collection(&info("zones"), layer, None, &[]).unwrap();
    let snapshot = store.snapshot().unwrap();
    snapshot.collections[0].collection.layer.as_ref().clone()
}

fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![4 => any::<f64>(), 1 => Just(f64::NAN), 1 => Just(-0.0), 4 => 400_000.0..600_000.0]
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    proptest::collection::vec((coordinate(), coordinate()), 0..6).prop_map(LineString::from)
}

fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    (line(), proptest::collection::vec(line(), 0..3)).prop_map(|(shell, holes)| Polygon::new(shell, holes))
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let leaf = prop_oneof![
        (coordinate(), coordinate()).prop_map(|(x, y)| Geometry::Point(Point::new(x, y))),
        line().prop_map(Geometry::LineString),
        polygon().prop_map(Geometry::Polygon),
        proptest::collection::vec(polygon(), 0..3)
            .prop_map(|parts| Geometry::MultiPolygon(MultiPolygon(parts))),
        proptest::collection::vec((coordinate(), coordinate()), 0..4).prop_map(
            |points| Geometry::MultiPoint(points.into_iter().map(Point::from).collect::<MultiPoint<_>>())
        ),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        proptest::collection::vec(inner, 0..3)
            .prop_map(|members| Geometry::GeometryCollection(GeometryCollection(members)))
    })
}

/// Values as a file may hold them, numbers with every way of writing them.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let text = prop_oneof![
        "[a-z]{0,5}".prop_map(|text| format!("{text:?}")),
        Just("\"Cụm công nghiệp Đồng Bành\\u0000\"".to_owned()),
        "-?[1-9][0-9]{0,25}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?",
        Just("1.10".to_owned()),
        Just("-0".to_owned()),
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("[1, {\"a\": 2.50}]".to_owned()),
    ];
    text.prop_map(|text| serde_json::from_str(&text).unwrap())
}

fn id() -> impl Strategy<Value = Option<FeatureId>> {
    prop_oneof![
        Just(None),
        "[A-Z0-9ĐÔ]{1,6}".prop_map(|text| Some(FeatureId::Text(text))),
        "[1-9][0-9]{0,22}(\\.[0-9]{1,3})?"
            .prop_map(|text| Some(FeatureId::Number(serde_json::from_str(&text).unwrap()))),
    ]
}

/// How far after the feature before, id, geometry, properties.
type Row = (u64, Option<FeatureId>, Option<Geometry<f64>>, Vec<(String, serde_json::Value)>);

fn feature() -> impl Strategy<Value = Row> {
    let name =
        prop_oneof!["[a-cA-C]{1,2}", Just("tên".to_owned()), Just("fid".to_owned()), Just("a\"b".to_owned())];
    (1_u64..4, id(), proptest::option::of(geometry()), proptest::collection::vec((name, value()), 0..6))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn features_come_back_equal(rows in proptest::collection::vec(feature(), 0..8)) {
        let mut position = 0;
        let features = rows.into_iter().map(|(step, id, geometry, properties)| {
            position += step;
            Feature { position, id, geometry, properties: properties.into_iter().collect() }
        });
        let original = layer(features.collect());
        let stored = through_the_store(&original);
        prop_assert!(same(&stored, &original), "{stored:?}\n{original:?}");
    }
}

#[test]
fn empty_and_null_geometry_stay_apart() {
    let with =
        |position, geometry| Feature { position, id: None, geometry, properties: serde_json::Map::new() };
    let empty = Geometry::MultiPolygon(MultiPolygon(Vec::new()));
    let original = layer(vec![
        with(0, None),
        with(1, Some(empty)),
        with(7, Some(Geometry::Point(Point::new(1.0, 2.0)))),
    ]);
    assert_eq!(through_the_store(&original), original);
}

#[test]
fn coordinates_keep_their_last_bit() {
    let x = 449_314.377_f64;
    let neighbour = f64::from_bits(x.to_bits() + 1);
    let point = Geometry::Point(Point::new(x, neighbour));
    let original =
        layer(vec![Feature { position: 0, id: None, geometry: Some(point), properties: Default::default() }]);
    let Some(Geometry::Point(stored)) = through_the_store(&original).features[0].geometry.clone() else {
        panic!("the point is gone");
    };
    assert_eq!((stored.x().to_bits(), stored.y().to_bits()), (x.to_bits(), x.to_bits() + 1));
}
