//! Conformance with the suites of other implementations: JTS, polygon-clipping, martinez. Each prints a table of
//! what passed, failed and is not offered, and fails when other cases fail than those that are explained.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, reason = "tests")]

mod support;

#[path = "conformance/agree.rs"]
mod agree;
#[path = "conformance/cases.rs"]
mod cases;
#[path = "conformance/clipping.rs"]
mod clipping;
#[path = "conformance/distances.rs"]
mod distances;
#[path = "conformance/engines.rs"]
mod engines;
#[path = "conformance/explained.rs"]
mod explained;
#[path = "conformance/jts.rs"]
mod jts;
#[path = "conformance/judge.rs"]
mod judge;
#[path = "conformance/large.rs"]
mod large;
#[path = "conformance/overlay.rs"]
mod overlay;
#[path = "conformance/relate.rs"]
mod relate;
#[path = "conformance/report.rs"]
mod report;
#[path = "conformance/rings.rs"]
mod rings;
#[path = "conformance/wkb.rs"]
mod wkb;

use report::Report;
use support::shared;

#[test]
fn jts() {
    let Some(root) = shared("fixtures/jts") else { return };
    let mut report = Report::default();
    for suite in ["general", "validate", "misc", "robust", "failure"] {
        for case in cases::read(suite, &root) {
            jts::run(&case, &mut report);
        }
    }
    eprintln!("{}", report.table());
    report.assert_only(explained::JTS);
}

#[test]
fn polygon_clipping() {
    let Some(root) = shared("fixtures/polygon-clipping") else { return };
    let mut report = Report::default();
    clipping::polygon_clipping(&root, &mut report);
    let [a, b]: [_; 2] = rings::features(&root.join("_large/asia-with-poly.geojson")).try_into().unwrap();
    let expected = large::COUNTRIES[0].2;
    clipping::areas(
        "polygon-clipping",
        rings::Rule::RingByRing,
        "asia-with-poly",
        &[a.0, b.0],
        expected,
        &mut report,
    );
    eprintln!("{}", report.table());
    report.assert_only(&[]);
}

#[test]
fn martinez() {
    let Some(root) = shared("fixtures/martinez") else { return };
    let mut report = Report::default();
    clipping::martinez_generic(&root.join("generic"), &mut report);
    clipping::martinez_types(&root.join("feature-types"), &mut report);
    eprintln!("{}", report.table());
    report.assert_only(explained::MARTINEZ);
}

#[test]
fn large_pairs() {
    let Some(root) = shared("fixtures/martinez/large") else { return };
    let mut report = Report::default();
    let read = |name: &str| rings::features(&root.join(format!("{name}.geojson")));
    let first = |name: &str| read(name).swap_remove(0).0;
    for (name, expected) in large::PAIRS {
        let [a, b]: [_; 2] = read(name).try_into().unwrap();
        clipping::areas("martinez large", rings::Rule::EvenOdd, name, &[a.0, b.0], *expected, &mut report);
    }
    for (a, b, expected) in large::COUNTRIES {
        clipping::areas(
            "martinez large",
            rings::Rule::EvenOdd,
            a,
            &[first(a), first(b)],
            *expected,
            &mut report,
        );
    }
    for (name, expected) in large::MOVED {
        use geo::Translate;
        let country = first(name);
        let moved = country.translate(0.125, 0.125);
        clipping::areas(
            "martinez large",
            rings::Rule::EvenOdd,
            &format!("{name} moved"),
            &[country, moved],
            *expected,
            &mut report,
        );
    }
    eprintln!("{}", report.table());
    report.assert_only(&[]);
}
