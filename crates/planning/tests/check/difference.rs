//! Two versions of a plan.

use planning::{Collection, newly_in_conflict, pack, plan_difference};
use serde_json::json;
use spatial::Crs;

use crate::drawing::*;

/// Three parcels of the older version side by side, 1,000 m high: 300 m of LUC, 200 m of SKK, 100 m of ONT.
fn older() -> Collection {
    plan(vec![
        parcel("A", "LUC", [0.0, 0.0, 300.0, 1000.0]),
        parcel("B", "SKK", [300.0, 0.0, 200.0, 1000.0]),
        parcel("C", "ONT", [500.0, 0.0, 100.0, 1000.0]),
    ])
}

/// The newer one: 196 m of LUC, 304 m of SKK, then 5 m of SKK in what was ONT, 95 m of ONT, and 50 m of DGT beyond.
fn newer() -> Collection {
    plan(vec![
        parcel("D", "LUC", [0.0, 0.0, 196.0, 1000.0]),
        parcel("E", "SKK", [196.0, 0.0, 309.0, 1000.0]),
        parcel("F", "ONT", [505.0, 0.0, 95.0, 1000.0]),
        parcel("G", "DGT", [600.0, 0.0, 50.0, 1000.0]),
    ])
}

#[test]
fn the_matrix_holds_every_square_metre_of_the_older_version() {
    let significance = &pack().unwrap().significance;
    let crs = Crs::from_epsg(9215).unwrap();
    let found = plan_difference(&older(), &newer(), significance, &crs, None).unwrap();
    assert!(!found.cancelled);
    let matrix: Vec<_> =
        found.matrix.iter().map(|t| (t.from.as_str(), t.to.as_str(), t.area_m2.round())).collect();
    let expected = [
        ("LUC", "LUC", 196_000.0),
        ("LUC", "SKK", 104_000.0),
        ("ONT", "ONT", 95_000.0),
        ("ONT", "SKK", 5_000.0),
        ("SKK", "SKK", 200_000.0),
    ];
    assert_eq!(matrix, expected);
    let sum: f64 = found.matrix.iter().map(|transition| transition.area_m2).sum();
    close(sum + found.only_older_m2, 600_000.0);
    close(found.only_newer_m2, 50_000.0);
    // 5 m × 1,000 m are 4.975 m wide, below √50 m: a sliver, in the matrix and in no shape.
    let changes: Vec<_> =
        found.changes.iter().map(|c| (c.older.as_str(), c.newer.as_str(), c.region.area_m2())).collect();
    assert_eq!(changes, [("A", "E", 104_000.0)]);
    assert_eq!((found.slivers.0, found.slivers.1.round()), (1, 5_000.0));
    let stopped = plan_difference(&older(), &newer(), significance, &crs, Some(&|| true)).unwrap();
    assert!(stopped.cancelled);
}

#[test]
fn zones_newly_in_conflict_are_named() {
    let judged = |plan: Collection| {
        let parks = vec![
            zone("both", "KCN", [0.0, 0.0, 100.0, 100.0], json!({})),
            zone("healed", "KCN", [200.0, 0.0, 90.0, 100.0], json!({})),
            zone("new", "KCN", [420.0, 0.0, 230.0, 100.0], json!({})),
        ];
        judge(vec![zones(parks), plan])
    };
    // "new" lies on SKK and 100 m of ONT in both, so only a version without ONT is free of conflict.
    let free = plan(vec![
        parcel("A", "LUC", [0.0, 0.0, 300.0, 1000.0]),
        parcel("B", "SKK", [300.0, 0.0, 400.0, 1000.0]),
    ]);
    assert_eq!(newly_in_conflict(&judged(free), &judged(newer())), ["new"]);
    assert!(newly_in_conflict(&judged(older()), &judged(newer())).is_empty());
}
