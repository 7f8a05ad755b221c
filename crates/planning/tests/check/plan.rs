//! LUP-01.

use planning::Severity;
use serde_json::json;

use crate::drawing::*;

/// A park of 1,000 m × 1,000 m on a plan for it, except for a rectangle of another code.
fn park_on(code: &str, at: [f64; 4]) -> planning::CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let plan = plan(vec![parcel("P-1", "SKK", [-100.0, -100.0, 100.0, 1200.0]), parcel("P-2", code, at)]);
    judge(vec![zones(vec![park]), plan])
}

#[test]
fn a_parcel_planned_for_something_else_is_an_error_with_its_hectares() {
    let outcome = park_on("LUC", [900.0, -50.0, 300.0, 1100.0]);
    let finding = only(&outcome, "LUP-01");
    // 100 m × 1,000 m of the parcel lie in the park.
    close(finding.area_m2, 100_000.0);
    close(finding.share.unwrap(), 0.1);
    close(finding.mean_width_m.unwrap(), 2.0 * 100_000.0 / 2_200.0);
    close(finding.w_min_m.unwrap(), 26.0_f64.sqrt());
    close(finding.a_min_m2.unwrap(), 1_600.0);
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.codes, ["LUC"]);
    let other = finding.other.unwrap();
    assert_eq!((other.collection.as_str(), other.id.as_str()), ("plan", "P-2"));
    let text = "Khu Z-1: 10,00 ha (10,00 %) quy hoạch LUC (Đất chuyên trồng lúa (nước)) ở thửa P-2";
    assert_eq!(finding.message.vi, text);
    let text =
        "Khu Z-1: 10.00 ha (10.00 %) planned as LUC (Dedicated wet-rice land (2+ crops)) in parcel P-2";
    assert_eq!(finding.message.en, text);
    assert_eq!(finding.parameters["ha"], json!(10.0));
    let [x, y] = finding.place.unwrap();
    assert!((900.0..=1000.0).contains(&(x - ORIGIN[0])) && (0.0..=1000.0).contains(&(y - ORIGIN[1])));
}

#[test]
fn allowed_codes_and_land_outside_are_no_finding() {
    for code in ["SKK", "DGT", "DTL", "DNL", "DRA", "skk"] {
        assert!(findings(&park_on(code, [900.0, 0.0, 300.0, 1000.0]), "LUP-01").is_empty(), "{code}");
    }
    let beside = park_on("LUC", [1000.0, 0.0, 300.0, 1000.0]);
    assert!(findings(&beside, "LUP-01").is_empty());
    assert_eq!(slivers(&beside, "LUP-01"), 0);
}

#[test]
fn a_strip_narrower_than_w_min_is_a_sliver() {
    // Mean width of w × 1,000 m is 1,000 w ÷ (1,000 + w): 5.094 m for 5.12 m, 5.104 m for 5.13 m; W_min 5.099 m.
    let below = park_on("LUC", [994.88, -10.0, 300.0, 1020.0]);
    assert!(findings(&below, "LUP-01").is_empty());
    assert_eq!(slivers(&below, "LUP-01"), 1);
    let sliver = &below.slivers[0];
    assert_eq!(
        (sliver.zone.as_str(), sliver.other.as_str(), sliver.code.as_deref()),
        ("Z-1", "P-2", Some("LUC"))
    );
    assert!((sliver.area_m2 - 5_120.0).abs() < 0.01 && (sliver.mean_width_m - 5.0939).abs() < 1e-3);
    let above = park_on("LUC", [994.87, -10.0, 300.0, 1020.0]);
    assert_eq!(severities(&above, "LUP-01"), [Severity::Error]);
    assert_eq!(slivers(&above, "LUP-01"), 0);
}

#[test]
fn an_area_below_a_min_is_one_step_milder() {
    // 1,599 m² and 1,600 m², both far wider than W_min.
    assert_eq!(severities(&park_on("LUC", [960.0, 0.0, 40.0, 39.975]), "LUP-01"), [Severity::Warning]);
    assert_eq!(severities(&park_on("LUC", [960.0, 0.0, 40.0, 40.0]), "LUP-01"), [Severity::Error]);
}

#[test]
fn slivers_of_a_pair_do_not_count_with_its_wide_parts() {
    // One parcel crosses the park twice: 50 m × 100 m, and 2 m × 100 m.
    let park = zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let hook = ring(&[
        [950.0, 0.0],
        [1100.0, 0.0],
        [1100.0, 300.0],
        [998.0, 300.0],
        [998.0, 200.0],
        [1050.0, 200.0],
        [1050.0, 100.0],
        [950.0, 100.0],
        [950.0, 0.0],
    ]);
    let outcome = judge(vec![zones(vec![park]), plan(vec![feature("P-2", hook, json!({"code": "ONT"}))])]);
    close(only(&outcome, "LUP-01").area_m2, 5_000.0);
    assert_eq!(slivers(&outcome, "LUP-01"), 1);
    close(outcome.slivers[0].area_m2, 200.0);
    // The coverage table holds both.
    close(outcome.summaries[0].by_plan.as_ref().unwrap().codes[0].area_m2, 5_200.0);
}

#[test]
fn each_kind_has_its_own_codes() {
    let judged = |kind: &str, code: &str| {
        let zone = zone("Z-1", kind, [0.0, 0.0, 100.0, 100.0], json!({}));
        let outcome =
            judge(vec![zones(vec![zone]), plan(vec![parcel("P-1", code, [0.0, 0.0, 100.0, 100.0])])]);
        let allowed = outcome.summaries[0].by_plan.as_ref().unwrap().codes[0].allowed;
        (findings(&outcome, "LUP-01").len(), allowed)
    };
    assert_eq!(judged("KCN", "SKN"), (1, Some(false)));
    assert_eq!(judged("CCN", "SKN"), (0, Some(true)));
    assert_eq!(judged("CCNLN", "SKN"), (0, Some(true)));
    assert_eq!(judged("CCNLN", "SKK"), (1, Some(false)));
    assert_eq!(judged("KCX", "SKT"), (0, Some(true)));
    assert_eq!(judged("KCX", "SKK"), (0, Some(true)));
    // A parcel with two codes must be allowed for both; one that is not in the table is not allowed.
    assert_eq!(judged("KCN", "SKK+ONT"), (1, Some(false)));
    // And once more as a code that nobody knows.
    assert_eq!(judged("KCN", "QQQ"), (2, Some(false)));
    for kind in ["KKTCK", "KKTVB", "KCNANG"] {
        assert_eq!(judged(kind, "LUC"), (0, None), "{kind}");
    }
}

#[test]
fn what_cannot_be_judged_is_said() {
    let odd = zone("Z-1", "KCC", [0.0, 0.0, 100.0, 100.0], json!({}));
    let park = zone("Z-2", "KCN", [200.0, 0.0, 100.0, 100.0], json!({}));
    let blank = feature("P-1", rectangle([200.0, 0.0, 50.0, 100.0]), json!({"code": null}));
    let outcome = judge(vec![zones(vec![odd, park]), plan(vec![blank])]);
    assert!(findings(&outcome, "LUP-01").is_empty());
    let expected = ["Không rõ loại khu (KCC)", "1 thửa không có mã đất (0,50 ha trong khu)"];
    assert_eq!(reasons(&outcome, "LUP-01"), expected);
    assert_eq!(outcome.summaries[1].by_plan.as_ref().unwrap().codes[0].code, "?");
}

#[test]
fn an_unknown_scale_is_assumed_and_said() {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"scale": null}));
    let zones = collection("zones", planning::Role::Zone, None, vec![park]);
    let outcome = judge(vec![zones, plan(vec![parcel("P-1", "LUC", [0.0, 0.0, 100.0, 100.0])])]);
    let finding = only(&outcome, "LUP-01");
    // The pack's default is 1:10,000, so W_min = √(5² + 5²).
    close(finding.w_min_m.unwrap(), 50.0_f64.sqrt());
    assert!(finding.message.vi.ends_with("(không rõ tỷ lệ bản đồ, lấy 1:10.000)"), "{}", finding.message.vi);
    assert!(finding.message.en.ends_with("(map scale unknown, 1:10,000 assumed)"));
}

#[test]
fn a_scale_of_the_feature_goes_before_the_collections() {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"scale": "1:25.000"}));
    let outcome = judge(vec![zones(vec![park]), plan(vec![parcel("P-1", "LUC", [0.0, 0.0, 100.0, 100.0])])]);
    close(only(&outcome, "LUP-01").w_min_m.unwrap(), (12.5_f64 * 12.5 + 25.0).sqrt());
}

#[test]
fn the_plan_approved_last_counts_unless_another_is_named() {
    let park = || zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}));
    let plan = |id: &str, approved: &str, code: &str| {
        let parcels = vec![parcel("P-1", code, [0.0, 0.0, 100.0, 100.0])];
        let mut plan = collection(id, planning::Role::LandUsePlan, Some(10_000), parcels);
        plan.info.approved_on = Some(approved.into());
        plan
    };
    let all =
        || vec![plan("new", "2022-03-01", "SKK"), zones(vec![park()]), plan("old", "2017-05-02", "LUC")];
    let outcome = judge(all());
    assert_eq!((outcome.plan.as_deref(), findings(&outcome, "LUP-01").len()), (Some("new"), 0));
    let named = |id: &str| {
        let options = planning::CheckOptions { plan: Some(id.into()), ..Default::default() };
        planning::check(&planning::CheckInput { collections: all(), ..Default::default() }, &options)
    };
    assert_eq!(named("old").findings.len(), 1);
    let missing = named("none");
    assert_eq!((missing.plan.as_deref(), missing.findings.len()), (None, 0));
    assert_eq!(reasons(&missing, "LUP-01"), ["Không có lớp quy hoạch sử dụng đất none"]);
}
