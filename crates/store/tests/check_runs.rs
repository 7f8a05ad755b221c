//! A check run comes back equal: figures to the last bit, texts, parameters and shapes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod sample;

use geo_types::{MultiPolygon, Polygon};
use planning::{
    CheckOutcome, CodeLine, CommuneLine, Coverage, Finding, Fix, FixAction, OtherFeature, Severity, Skipped,
    Sliver, TableLine, Text, ZoneKind, ZoneRef, ZoneSummary,
};
use sample::{info, square, zones};
use spatial::{Crs, FillRule, Region};
use store::Store;

fn crs() -> Crs {
    Crs::from_epsg(9215).unwrap()
}

fn text(word: &str) -> Text {
    Text { vi: format!("{word} – tiếng Việt"), en: word.to_owned() }
}

/// A square with a hole, a part beside it, and vertices that the 2⁻²⁰ m grid had to move.
fn region() -> Region {
    let hole = square(449_010.1, 2_417_010.1, 5.3).exterior().clone();
    let with_hole = Polygon::new(square(449_000.7, 2_417_000.3, 100.1).exterior().clone(), vec![hole]);
    let parts = MultiPolygon(vec![with_hole, square(450_000.123_456_7, 2_418_000.0, 1.0 / 3.0)]);
    Region::from_multi_polygon(&parts, FillRule::EvenOdd)
}

fn finding() -> Finding {
    Finding {
        id: "0123456789abcdef".to_owned(),
        rule: "LUP-01".to_owned(),
        severity: Severity::Error,
        message: text("planned LUC"),
        zone: Some(ZoneRef {
            id: "Z0".to_owned(),
            name: "CCN Đồng Bành".to_owned(),
            kind: Some(ZoneKind::IndustrialCluster),
        }),
        other: Some(OtherFeature {
            collection: "plan".to_owned(),
            id: "7".to_owned(),
            name: None,
            code: Some("LUC".to_owned()),
        }),
        codes: vec!["LUC".to_owned()],
        area_m2: 10_019.999_999_999_998,
        area_geodesic_m2: Some(10_021.1),
        mean_width_m: Some(0.1 + 0.2),
        share: Some(1.0 / 3.0),
        table: vec![TableLine {
            key: "LUC".to_owned(),
            name: Some("Đất chuyên lúa".to_owned()),
            area_m2: 1e-7,
        }],
        w_min_m: Some(5.1),
        a_min_m2: None,
        parameters: serde_json::from_str(r#"{"ha":1.10,"list":["a",null]}"#).unwrap(),
        crs: crs(),
        region: Some(region()),
        place: Some([449_001.000_000_1, 2_417_001.5]),
        fix: Some(Fix { action: FixAction::Fill { strip: region() }, text: text("fill") }),
    }
}

fn outcome() -> CheckOutcome {
    let bare = Finding { region: None, zone: None, other: None, place: None, ..finding() };
    let sliver = Sliver {
        rule: "LUP-01".to_owned(),
        zone: "Z1".to_owned(),
        other: "9".to_owned(),
        code: None,
        area_m2: 3.25,
        mean_width_m: 0.7,
        crs: crs(),
        region: region(),
    };
    let coverage = Coverage {
        collection: "plan".to_owned(),
        codes: vec![CodeLine { code: "SKN".to_owned(), area_m2: 12.5, allowed: Some(true) }],
        uncovered_m2: 0.1,
        multiple_m2: 0.2,
        residual_m2: -1e-9,
    };
    let summary = ZoneSummary {
        zone: "Z0".to_owned(),
        crs: crs(),
        crs_guessed: true,
        area_m2: 2.0 / 3.0,
        area_geodesic_m2: 0.7,
        by_plan: Some(coverage),
        by_land_use: None,
        by_commune: vec![CommuneLine { code: "02647".to_owned(), name: "Lào Cai".to_owned(), area_m2: 5.5 }],
    };
    CheckOutcome {
        findings: vec![finding(), bare],
        slivers: vec![sliver],
        summaries: vec![summary],
        skipped: vec![Skipped { rule: "ADM-02".to_owned(), zone: None, reason: text("no communes") }],
        zones_total: 3,
        zones_judged: 2,
        conflict_m2: Some(1.0 / 7.0),
        plan: Some("plan".to_owned()),
        pack: "vn-2024 1".to_owned(),
        ..CheckOutcome::default()
    }
}

#[test]
fn a_run_comes_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    store.replace_collection(&info("zones"), &zones(), None, &[]).unwrap();
    store.save_check(CheckOutcome::default(), 1).unwrap();
    let saved = store.save_check(outcome(), 1).unwrap();
    drop(store);
    let mut store = Store::open(&path).unwrap();
    let snapshot = store.snapshot().unwrap();
    let run = snapshot.check.clone().unwrap();
    assert_eq!((run.id, run.revision, &run.at), (saved.id, 1, &saved.at));
    assert!(!region().is_empty() && run.outcome.findings[0].region.as_ref() == Some(&region()));
    assert_eq!(format!("{:?}", run.outcome), format!("{:?}", outcome()));
    assert!(!snapshot.check_is_stale());
    store.remove_collection("zones").unwrap();
    let later = store.snapshot_after(&snapshot).unwrap();
    assert!(later.check_is_stale() && std::sync::Arc::ptr_eq(&run, later.check.as_ref().unwrap()));
}
