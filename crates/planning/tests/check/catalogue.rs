//! Every rule of the pack has a file of its own and three fixtures: one that it finds, one that it does not, and one
//! just within its tolerance, which gives no finding or a milder one.

use std::path::Path;

use planning::{CheckOutcome, Collection, Finding};
use serde_json::json;

use crate::drawing::*;
use crate::{belts, borders, coordinates, family, files, forest, nearby, sizes, versions};

/// What a rule is shown.
struct Fixtures {
    rule: &'static str,
    positive: fn() -> CheckOutcome,
    negative: fn() -> CheckOutcome,
    just_below: fn() -> CheckOutcome,
}

const fn fixtures(
    rule: &'static str,
    positive: fn() -> CheckOutcome,
    negative: fn() -> CheckOutcome,
    just_below: fn() -> CheckOutcome,
) -> Fixtures {
    Fixtures { rule, positive, negative, just_below }
}

/// A park of 1,000 m × 1,000 m on parcels of one code that reach this far into it.
fn park_on(as_plan: bool, code: &str, depth: f64) -> CheckOutcome {
    let park = zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], json!({}));
    let parcels = vec![parcel("P-1", code, [1000.0 - depth, 0.0, 500.0, 1000.0])];
    judge(vec![zones(vec![park]), if as_plan { plan(parcels) } else { land_use(parcels) }])
}

/// The same park in commune A, but for a strip of this width in commune B.
fn park_in(strip: f64) -> CheckOutcome {
    judge(vec![park(json!({"communes": ["00001"]})), units(1000.0 - strip)])
}

fn park(more: serde_json::Value) -> Collection {
    zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 1000.0, 1000.0], more)])
}

fn units(border: f64) -> Collection {
    communes(vec![
        commune("00001", "A", [-10.0, -10.0, 10.0 + border, 2000.0]),
        commune("00002", "B", [border, -10.0, 2000.0, 2000.0]),
    ])
}

/// A park whose outline is a bow tie, a square, or a square with a vertex twice.
fn outline(points: &[[f64; 2]]) -> CheckOutcome {
    judge(vec![zones(vec![feature("Z-1", ring(points), json!({"kind": "KCN"}))])])
}

const FIXTURES: &[Fixtures] = &[
    fixtures(
        "GEO-01",
        || outline(&[[0.0, 0.0], [100.0, 100.0], [100.0, 0.0], [0.0, 100.0], [0.0, 0.0]]),
        || outline(&[[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 0.0]]),
        || outline(&[[0.0, 0.0], [100.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 0.0]]),
    ),
    fixtures("GEO-02", || files::open_by(0.25), || files::open_by(0.0), || files::open_by(0.01)),
    fixtures("GEO-03", || family::twins(0.0), || family::twins(500.0), || family::twins(10.2)),
    fixtures(
        "GEO-04",
        || files::corner_at(2_417_000.0, 450_000.0),
        || files::corner_at(450_000.0, 2_417_000.0),
        || files::corner_at(800_000.0, 450_000.0),
    ),
    fixtures(
        "GEO-05",
        || coordinates::read_by(9214, json!(["00001"])),
        || coordinates::read_by(9215, json!(["00001"])),
        || coordinates::read_by(9214, json!(["00002"])),
    ),
    fixtures(
        "GEO-06",
        || coordinates::moved_by_the_shift(0.0),
        || coordinates::moved(0.0, 0.0),
        || coordinates::moved_by_the_shift(6.0),
    ),
    fixtures("GEO-07", || files::assumed(true), || files::assumed(false), files::tm3_with_datum),
    fixtures("GEO-08", || family::two_parts(50.0), || family::gap(5.0), || family::two_parts(0.0)),
    fixtures(
        "GEO-09",
        || files::named(&["Côm c«ng nghiÖp §ång Bµnh"]),
        || files::named(&["Cụm công nghiệp Đồng Bành"]),
        || files::named(&["c«ng nghiÖp"]),
    ),
    fixtures(
        "LUP-01",
        || park_on(true, "LUC", 100.0),
        || park_on(true, "SKK", 100.0),
        || park_on(true, "LUC", 5.12),
    ),
    fixtures(
        "LUP-02",
        || versions::planned_beyond(200.0),
        || versions::planned_beyond(0.0),
        || versions::planned_beyond(5.12),
    ),
    fixtures(
        "LUP-03",
        || park_on(false, "LUC", 100.0),
        || park_on(false, "CLN", 100.0),
        || park_on(false, "LUC", 5.12),
    ),
    fixtures(
        "LUP-04",
        || park_on(false, "RPH", 100.0),
        || park_on(false, "CLN", 100.0),
        || park_on(false, "RPH", 5.12),
    ),
    fixtures(
        "LUP-05",
        || park_on(false, "RDD", 100.0),
        || park_on(false, "CLN", 100.0),
        || park_on(false, "RDD", 5.12),
    ),
    fixtures(
        "LUP-06",
        || park_on(false, "RSX", 500.0),
        || park_on(false, "CLN", 100.0),
        || park_on(false, "RSX", 499.9),
    ),
    fixtures(
        "LUP-07",
        || forest::on("CCN", "ONT", 100.0, 100.0),
        || forest::on("CCN", "CLN", 100.0, 100.0),
        || forest::on("CCN", "ONT", 5.12, 1000.0),
    ),
    fixtures(
        "LUP-08",
        || forest::on("KCN", "CQP", 20.0, 20.0),
        || forest::on("KCN", "CLN", 20.0, 20.0),
        || forest::on("KCN", "CAN", 5.12, 1000.0),
    ),
    fixtures(
        "LUP-09",
        || nearby::beside("NTD", -45.0),
        || nearby::beside("CLN", -45.0),
        || nearby::beside("NTD", 100.0),
    ),
    fixtures(
        "LUP-10",
        || nearby::beside("SON", -45.0),
        || nearby::beside("CLN", -45.0),
        || nearby::beside("SON", 20.0),
    ),
    fixtures(
        "LUP-11",
        || nearby::beside("SKX", 150.0),
        || nearby::beside("CLN", -45.0),
        || nearby::beside("SKX", 300.0),
    ),
    fixtures(
        "PLN-04",
        || versions::changed("LUC", 100.0),
        || versions::changed("SKK", 100.0),
        || versions::changed("LUC", 7.12),
    ),
    fixtures(
        "PLN-05",
        || versions::other_plan(100.0),
        || versions::other_plan(0.0),
        || versions::other_plan(5.12),
    ),
    fixtures("ZON-01", || family::gap(-20.0), || family::gap(50.0), || family::gap(-1.41)),
    fixtures(
        "ZON-02",
        || family::child_outside(100.0),
        || family::child_outside(0.0),
        || family::child_outside(1.41),
    ),
    fixtures("ZON-03", || family::gap(2.8), || family::gap(50.0), || family::gap(2.83)),
    fixtures(
        "ZON-04",
        || sizes::sized("KCN", 100.0, json!({"declared_area_ha": 95.0})),
        || sizes::sized("KCN", 100.0, json!({"declared_area_ha": 100.0})),
        || sizes::sized("KCN", 100.0, json!({"declared_area_ha": 99.51})),
    ),
    fixtures(
        "ZON-05",
        || sizes::sized("CCN", 80.0, json!({})),
        || sizes::sized("CCN", 70.0, json!({})),
        || sizes::sized("CCN", 75.37, json!({})),
    ),
    fixtures(
        "ZON-06",
        || sizes::sized("CCN", 4.0, json!({})),
        || sizes::sized("CCN", 20.0, json!({})),
        || sizes::sized("CCN", 9.95, json!({"mountainous": false})),
    ),
    fixtures(
        "ADM-01",
        || borders::over_the_border(100.0, json!({})),
        || borders::over_the_border(0.0, json!({})),
        || borders::over_the_border(5.12, json!({})),
    ),
    fixtures("ADM-02", || park_in(20.0), || park_in(0.0), || park_in(10.0)),
    fixtures("ADM-03", || park_in(20.0), || park_in(0.0), || park_in(5.12)),
    fixtures(
        "ADM-04",
        || borders::claimed_twice(100.0),
        || borders::claimed_twice(0.0),
        || borders::claimed_twice(7.12),
    ),
    fixtures("ADM-06", || nearby::border(999.0), || nearby::border(5000.0), || nearby::border(1000.0)),
    fixtures(
        "ENV-01",
        || nearby::beside("ONT", 10.0),
        || nearby::beside("CLN", 10.0),
        || nearby::beside("ONT", 50.0),
    ),
    fixtures("ENV-02", || belts::strip(8.0), || belts::strip(12.0), || belts::strip(10.0)),
];

/// Rules judged from registers, on records instead of drawings: their fixtures are in `tests/register`.
const OF_REGISTERS: [&str; 13] = [
    "LUP-12", "PLN-01", "PLN-02", "PLN-03", "PLN-06", "ZON-07", "ZON-08", "ZON-09", "ZON-10", "ZON-11",
    "ZON-12", "ZON-13", "ADM-05",
];

fn gravest(found: &[Finding]) -> Option<planning::Severity> {
    found.iter().map(|finding| finding.severity).min()
}

#[test]
fn every_rule_of_the_pack_has_a_file_and_three_fixtures() {
    let rules = planning::rules().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    println!("{:<8} {:<12} {:>8} {:>8} {:>10}", "rule", "file", "positive", "negative", "just below");
    for info in &rules {
        let file = format!("{}.rs", info.id.to_lowercase().replace('-', "_"));
        assert!(root.join(&file).is_file(), "{} has no file src/rules/{file}", info.id);
        if OF_REGISTERS.contains(&info.id) {
            println!("{:<8} {file:<12} on records: tests/register", info.id);
            continue;
        }
        let shown: Vec<&Fixtures> = FIXTURES.iter().filter(|one| one.rule == info.id).collect();
        let [fixtures] = shown.as_slice() else { panic!("{}: {} sets of fixtures", info.id, shown.len()) };
        let of = |make: fn() -> CheckOutcome| findings(&make(), info.id);
        let (positive, negative, below) =
            (of(fixtures.positive), of(fixtures.negative), of(fixtures.just_below));
        println!("{:<8} {file:<12} {:>8} {:>8} {:>10}", info.id, positive.len(), negative.len(), below.len());
        assert!(!positive.is_empty(), "{}: the positive fixture is not found", info.id);
        assert!(negative.is_empty(), "{}: {:?}", info.id, negative[0].message.vi);
        let milder = below.is_empty() || gravest(&below) > gravest(&positive);
        assert!(milder, "{}: within its tolerance: {:?}", info.id, below.first().map(|f| &f.message.vi));
    }
    assert_eq!((rules.len(), FIXTURES.len()), (48, 48 - OF_REGISTERS.len()));
}
