//! Coverage tables add up.

use planning::{CheckOutcome, Coverage};
use proptest::prelude::*;
use serde_json::json;

use crate::drawing::*;

fn adds_up(coverage: &Coverage, area_m2: f64) {
    let codes: f64 = coverage.codes.iter().map(|line| line.area_m2).sum();
    let residual = codes - coverage.multiple_m2 + coverage.uncovered_m2 - area_m2;
    assert!((residual - coverage.residual_m2).abs() < 1e-6);
    // A grid step is 2⁻²⁰ m, so a snapped edge of a few hundred metres may shift an area by less than 0.01 m².
    assert!(residual.abs() < 0.01, "{residual}");
}

fn covered(parcels: Vec<spatial::Feature>) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({}));
    judge(vec![zones(vec![park]), plan(parcels)])
}

#[test]
fn gaps_and_double_cover_are_lines_of_their_own() {
    // SKK 60 × 100 and LUC 50 × 100 share 10 × 100; ONT covers the same 10 × 10 a third time; nothing lies beyond 90.
    let outcome = covered(vec![
        parcel("P-1", "SKK", [-10.0, -10.0, 70.0, 120.0]),
        parcel("P-2", "LUC", [50.0, 0.0, 40.0, 100.0]),
        parcel("P-3", "ONT", [50.0, 0.0, 10.0, 10.0]),
    ]);
    let summary = &outcome.summaries[0];
    close(summary.area_m2, 10_000.0);
    let coverage = summary.by_plan.as_ref().unwrap();
    let codes: Vec<_> =
        coverage.codes.iter().map(|line| (line.code.as_str(), line.area_m2.round())).collect();
    assert_eq!(codes, [("SKK", 6_000.0), ("LUC", 4_000.0), ("ONT", 100.0)]);
    close(coverage.uncovered_m2, 1_000.0);
    // 10 × 100 twice, of which 10 × 10 three times: 1,000 + 100.
    close(coverage.multiple_m2, 1_100.0);
    adds_up(coverage, summary.area_m2);
}

#[test]
fn a_plan_that_misses_the_zone_leaves_it_uncovered() {
    let outcome = covered(vec![parcel("P-1", "SKK", [500.0, 0.0, 10.0, 10.0])]);
    let coverage = outcome.summaries[0].by_plan.as_ref().unwrap();
    assert_eq!((coverage.collection.as_str(), coverage.codes.len()), ("plan", 0));
    close(coverage.uncovered_m2, 10_000.0);
    assert!(outcome.summaries[0].by_land_use.is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_lies_on_a_zone_adds_up(
        rectangles in prop::collection::vec((-50.0..140.0_f64, -50.0..140.0_f64, 0.5..150.0_f64, 0.5..150.0_f64), 0..12)
    ) {
        let codes = ["SKK", "LUC", "ONT", "DGT"];
        let parcels = rectangles.iter().enumerate().map(|(i, (x, y, w, h))| {
            parcel(&format!("P-{i}"), codes[i % 4], [*x, *y, *w, *h])
        });
        let outcome = covered(parcels.collect());
        adds_up(outcome.summaries[0].by_plan.as_ref().unwrap(), outcome.summaries[0].area_m2);
    }
}
