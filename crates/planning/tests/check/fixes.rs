//! What findings propose: applied, it makes them go away.

use std::sync::Arc;

use geo_types::Geometry;
use planning::{CheckOutcome, Collection, Finding, FixAction, Role, Theme, explain};
use proptest::prelude::*;
use serde_json::json;
use spatial::crs::Transformation;
use spatial::{Crs, FillRule, Layer, Region};

use crate::coordinates::{moved, read_by};
use crate::drawing::*;

fn action(finding: &Finding) -> &FixAction {
    &finding.fix.as_ref().unwrap().action
}

/// The collections with another geometry for the zone Z-1.
fn with_outline(collections: &[Collection], outline: &Region) -> Vec<Collection> {
    let mut changed = collections.to_vec();
    let zones = &mut changed[0];
    let mut features = zones.layer.features.clone();
    let park = features.iter_mut().find(|one| format!("{:?}", one.id).contains("Z-1")).unwrap();
    park.geometry = Some(Geometry::MultiPolygon(outline.to_multi_polygon()));
    zones.layer = Arc::new(Layer { crs: zones.layer.crs.clone(), features });
    changed
}

fn outline(collections: &[Collection]) -> Region {
    match collections[0].layer.features[0].geometry.clone().unwrap() {
        Geometry::Polygon(one) => {
            Region::from_multi_polygon(&geo_types::MultiPolygon(vec![one]), FillRule::NonZero)
        }
        other => panic!("{other:?}"),
    }
}

fn identity(finding: &Finding) -> (String, Option<String>, Option<String>) {
    let zone = finding.zone.as_ref().map(|zone| zone.id.clone());
    (finding.rule.clone(), zone, finding.other.as_ref().map(|other| other.id.clone()))
}

/// A park of four corners, and around its middle one of everything that it must not hold.
fn scene(corners: [[i32; 2]; 4], edge: i32, slant: i32) -> Vec<Collection> {
    let corners = corners.map(|[x, y]| [f64::from(x), f64::from(y)]);
    let mut park = feature(
        "Z-1",
        ring(&[corners[0], corners[1], corners[2], corners[3], corners[0]]),
        json!({
            "name": "Khu", "kind": "KCN", "state": "operating", "parent": "K-1", "province": "Lạng Sơn",
            "communes": ["00001"],
        }),
    );
    park.position = 0;
    let (edge, slant) = (f64::from(edge), f64::from(slant));
    // Land east of a slanting line, south or north of y = 100.
    let east = |from: f64, to: f64, by: f64| {
        let at = |y: f64| edge + by + slant * y / 1000.0;
        ring(&[[at(from), from], [4000.0, from], [4000.0, to], [at(to), to], [at(from), from]])
    };
    let with = |id: &str, properties: serde_json::Value, from: f64, to: f64, by: f64| {
        feature(id, east(from, to, by), properties)
    };
    let mut units = vec![
        feature(
            "00001",
            ring(&[
                [-4000.0, -4000.0],
                [edge - slant * 4.0 + 40.0, -4000.0],
                [edge + slant * 4.0 + 40.0, 4000.0],
                [-4000.0, 4000.0],
                [-4000.0, -4000.0],
            ]),
            json!({"code": "00001", "name": "A", "provinceCode": "20"}),
        ),
        with("00002", json!({"code": "00002", "name": "B", "provinceCode": "04"}), -4000.0, 4000.0, 40.0),
    ];
    for (at, unit) in units.iter_mut().enumerate() {
        unit.position = at as u64;
    }
    let mut other_plan = collection(
        "forest",
        Role::Constraint,
        Some(10_000),
        vec![with("O-1", json!({}), -4000.0, -50.0, -60.0)],
    );
    other_plan.info.theme = Some(Theme::OtherPlan);
    vec![
        zones(vec![
            park,
            zone("K-1", "KKTCK", [-4000.0, -4000.0, 4260.0, 8000.0], json!({})),
            feature(
                "Z-2",
                east(300.0, 4000.0, -30.0),
                json!({"name": "Z-2", "kind": "CCN", "state": "operating"}),
            ),
        ]),
        plan(vec![with("P-1", json!({"code": "LUC"}), -4000.0, 4000.0, 20.0)]),
        land_use(vec![
            with("L-1", json!({"code": "RDD"}), -4000.0, 0.0, 0.0),
            with("L-2", json!({"code": "CQP"}), 0.0, 4000.0, 0.0),
        ]),
        communes(units),
        other_plan,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_cut_off_is_in_conflict_no_more(
        west in -900..-300_i32, south in -900..-300_i32, east in 300..900_i32, north in 350..900_i32,
        skew in -200..200_i32, edge in -150..150_i32, slant in -120..120_i32,
    ) {
        let corners = [[west, south], [east, south + skew], [east + skew, north], [west - skew, north - skew]];
        let collections = scene(corners, edge, slant);
        let before = judge(collections.clone());
        let cuts: Vec<&Finding> = before.findings.iter().filter(|one| {
            one.zone.as_ref().is_some_and(|zone| zone.id == "Z-1")
                && one.fix.as_ref().is_some_and(|fix| fix.action == FixAction::CutOff)
        }).collect();
        let rules: std::collections::BTreeSet<&str> = cuts.iter().map(|one| one.rule.as_str()).collect();
        for rule in ["ADM-01", "ADM-02", "LUP-01", "LUP-05", "LUP-08", "PLN-05", "ZON-01", "ZON-02"] {
            prop_assert!(rules.contains(rule), "{rule} finds nothing in the scene: {rules:?}");
        }
        for cut in cuts {
            let rest = outline(&collections).difference(&cut.fix_shape().unwrap());
            let after = judge(with_outline(&collections, &rest));
            let again = after.findings.iter().find(|one| identity(one) == identity(cut));
            prop_assert!(again.is_none(), "{} stays: {:?}", cut.message.vi, again.map(|one| one.area_m2));
        }
    }
}

#[test]
fn an_invalid_outline_is_replaced_by_the_repaired_one() {
    let bow_tie = ring(&[[0.0, 0.0], [100.0, 100.0], [100.0, 0.0], [0.0, 100.0], [0.0, 0.0]]);
    let collections = vec![zones(vec![feature("Z-1", bow_tie, json!({"kind": "KCN"}))])];
    let found = only(&judge(collections.clone()), "GEO-01");
    assert_eq!(action(&found), &FixAction::ReplaceOutline);
    // Two triangles of 100 m × 50 m ÷ 2.
    close(found.fix_shape().unwrap().area_m2(), 5_000.0);
    assert!(findings(&judge(with_outline(&collections, &found.fix_shape().unwrap())), "GEO-01").is_empty());
}

#[test]
fn coordinates_of_another_meridian_are_read_again() {
    let found = only(&read_by(9214, json!(["00001"])), "GEO-05");
    let expected = FixAction::ReadAs { from: "EPSG:9214".into(), to: "EPSG:9215".into() };
    assert_eq!(action(&found), &expected);
    assert_eq!(found.fix.as_ref().unwrap().text.vi, "Đọc tọa độ của Khu Z-1 theo EPSG:9215");
    // The corners as the file writes them, read in 9215, on the plane of the finding.
    let to = Transformation::new(&Crs::from_epsg(9215).unwrap(), &found.crs).unwrap();
    let envelope = found.fix_shape().unwrap().envelope().unwrap();
    let corners = [[0.0, 0.0], [1000.0, 0.0], [0.0, 1000.0], [1000.0, 1000.0]]
        .map(|[x, y]| to.point([ORIGIN[0] + x, ORIGIN[1] + y]).unwrap());
    let lowest = |axis: usize| corners.iter().map(|corner| corner[axis]).fold(f64::INFINITY, f64::min);
    assert!((envelope.min[0] - lowest(0)).abs() < 1e-5 && (envelope.min[1] - lowest(1)).abs() < 1e-5);
    assert!(findings(&read_by(9215, json!(["00001"])), "GEO-05").is_empty());
}

#[test]
fn a_zone_without_the_seven_parameters_is_moved_by_them() {
    // The park of the drawing belongs 150 m west and south of the origin; it was drawn 198 m west and 107 m north.
    let found = only(&moved(-197.5, 107.0), "GEO-06");
    let FixAction::Shift { easting_m, northing_m } = *action(&found) else { panic!("{found:?}") };
    let lowest = found.fix_shape().unwrap().envelope().unwrap().min;
    // GEO-06 matches to 5 m.
    for (axis, by) in [easting_m, northing_m].into_iter().enumerate() {
        assert!((lowest[axis] - (ORIGIN[axis] - 150.0)).abs() < 5.0, "{lowest:?} after {by}");
    }
    assert!(findings(&moved(-197.5 + easting_m, 107.0 + northing_m), "GEO-06").is_empty());
}

#[test]
fn a_gap_is_filled() {
    // Parks of 100 m × 100 m, 1 m apart, the second 40 m further north: the strip is 1 m × 60 m.
    let collections = vec![zones(vec![
        zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({})),
        zone("Z-2", "KCN", [101.0, 40.0, 100.0, 100.0], json!({})),
    ])];
    let found = only(&judge(collections.clone()), "ZON-03");
    let strip = found.fix_shape().unwrap();
    // Around its ends, points up to 2.83 m off (twice W_min of √2 m) lie nearest to a corner of the other park: two
    // triangles of less than 1 m × 2.83 m ÷ 2.
    assert!((60.0..60.0 + 2.83).contains(&strip.area_m2()), "{}", strip.area_m2());
    assert!(found.fix.as_ref().unwrap().text.en.starts_with("Add the gap ("));
    let whole = Region::union([&outline(&collections), &strip]);
    assert!(findings(&judge(with_outline(&collections, &whole)), "ZON-03").is_empty());
}

#[test]
fn figures_are_proposed_where_no_shape_helps() {
    let park = zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 1000.0], json!({"declared_area_ha": 90.0}));
    let outcome = judge(vec![zones(vec![park])]);
    // 100 ha are measured; a cluster has at most 75 ha.
    let declared = only(&outcome, "ZON-04");
    assert_eq!(declared.fix.as_ref().unwrap().text.vi, "Khai 100,00 ha");
    let large = only(&outcome, "ZON-05");
    assert_eq!(large.fix.as_ref().unwrap().text.vi, "Thu nhỏ Khu Z-1 ít nhất 25,00 ha");
    assert!(declared.fix_shape().is_none() && large.fix_shape().is_none());
}

fn lines(outcome: &CheckOutcome, rule: &str, collections: &[Collection]) -> Vec<String> {
    let found = outcome.findings.iter().find(|one| one.rule == rule).unwrap();
    explain(found, outcome, collections).unwrap().into_iter().map(|line| line.vi).collect()
}

#[test]
fn a_finding_is_explained_with_its_figures() {
    let mut collections = scene([[-500, -500], [500, -500], [500, 500], [-500, 500]], 0, 0);
    collections[1].info.as_of = Some("2024-12-31".into());
    let outcome = judge(collections.clone());
    let told = lines(&outcome, "LUP-01", &collections);
    // √(1² + 5²) m and 16 mm² at 1:10,000.
    let expected = [
        "LUP-01 – Không phù hợp quy hoạch sử dụng đất",
        "Dung sai: W_min 5,10 m, A_min 1.600,00 m², từ bản đồ 1:2.000 và 1:10.000.",
        "Nguồn: zones (1:2.000, không ghi ngày).",
        "Nguồn: plan (1:10.000, ngày 2024-12-31).",
    ];
    for line in expected {
        assert!(told.iter().any(|one| one == line), "{line}: {told:#?}");
    }
    assert!(told.iter().any(|one| one.starts_with("Căn cứ: Nghị định 32/2024/NĐ-CP")), "{told:#?}");
    assert!(told.last().unwrap().starts_with("Đề xuất: Cắt "), "{told:#?}");
    // A rule on the sum of land names the layer that it read.
    assert!(
        lines(&outcome, "LUP-05", &collections)
            .contains(&"Nguồn: land-use (1:10.000, không ghi ngày).".into())
    );
    for finding in &outcome.findings {
        for line in explain(finding, &outcome, &collections).unwrap() {
            assert!(!line.vi.contains(['{', '}']) && !line.en.contains(['{', '}']), "{line:?}");
        }
    }
}
