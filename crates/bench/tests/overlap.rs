//! The program runs from nothing to a verdict: it makes a workload, measures, and its areas and shapes agree.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::fs;
use std::process::Command;

use geo_types::{LineString, MultiPolygon};
use sample::workload::{Size, workload};

#[test]
fn a_small_run_agrees_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("run.json");
    let output = Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(["overlap", "--no-peers", "--cells", "300", "--zones", "20", "--every", "1", "--repeat", "1"])
        .args(["--folder".as_ref(), folder.path().as_os_str(), "--json".as_ref(), json.as_os_str()])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    for said in ["300 cells", "ours, areas", "ours, measures", "ours, geometry", "Peak memory", "Agreement"] {
        assert!(text.contains(said), "{said} is not in\n{text}");
    }
    let run: serde_json::Value = serde_json::from_str(&fs::read_to_string(json).unwrap()).unwrap();
    assert_eq!(run["zones"], 20);
    assert!(run["candidates"].as_u64().unwrap() >= 20);
    // The coverage has no gaps and these zones lie inside it: what the cells share with them is the zones' area.
    let sum_m2 = run["sums"][0][2].as_f64().unwrap();
    let zones = workload(Size { cells: 300, zones: 20 }, 7).zones;
    let expected_m2: f64 = (0..zones.len()).map(|zone| area_m2(&zones.multi_polygon(zone))).sum();
    assert!((sum_m2 - expected_m2).abs() < 1e-3, "{sum_m2} {expected_m2}");
    assert_eq!(run["agreements"][0]["beyond"], 0);
}

fn area_m2(shape: &MultiPolygon<f64>) -> f64 {
    let ring = |line: &LineString<f64>| {
        let from = |at: usize| line.0[at] - line.0[0];
        (1..line.0.len()).map(|k| from(k - 1).x * from(k).y - from(k).x * from(k - 1).y).sum::<f64>() / 2.0
    };
    shape.iter().map(|p| ring(p.exterior()) + p.interiors().iter().map(ring).sum::<f64>()).sum()
}
