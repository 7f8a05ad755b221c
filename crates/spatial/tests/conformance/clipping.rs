//! The suites of polygon-clipping and of martinez.

use std::path::{Path, PathBuf};

use geo_types::MultiPolygon;
use spatial::{GRID_STEP_M, Region};

use crate::agree;
use crate::engines::{Overlay, scaled};
use crate::large::BROKEN;
use crate::report::{Outcome, Report};
use crate::rings::{Rule, features, fill, judge, overlay};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// Every case of polygon-clipping: `args.geojson` and a file for each operation, or one for all.
pub(crate) fn polygon_clipping(root: &Path, report: &mut Report) {
    const SUITE: &str = "polygon-clipping";
    for case in entries(root).into_iter().filter(|case| case.join("args.geojson").exists()) {
        let operands: Vec<_> = features(&case.join("args.geojson")).into_iter().map(|(set, _)| set).collect();
        let mut found = 0;
        if let Some((_, expected)) = BROKEN.iter().find(|(name, _)| *name == stem(&case)) {
            let operands = <[_; 2]>::try_from(operands.clone()).unwrap();
            areas(SUITE, Rule::RingByRing, &stem(&case), &operands, *expected, report);
            continue;
        }
        for (name, operation) in [
            ("union", Overlay::Union),
            ("intersection", Overlay::Intersection),
            ("difference", Overlay::Difference),
            ("xor", Overlay::SymmetricDifference),
        ] {
            let files = [case.join(format!("{name}.geojson")), case.join("all.geojson")];
            let Some(file) = files.into_iter().find(|file| file.exists()) else { continue };
            let expected = &features(&file)[0].0;
            found += 1;
            let outcome = Outcome::of(judge(Rule::RingByRing, operation, &operands, expected));
            report.note(SUITE, name, stem(&case), outcome);
        }
        assert!(found > 0, "{} has nothing to compare with", case.display());
        for (i, a) in operands.iter().enumerate() {
            for (j, b) in operands.iter().enumerate().skip(i + 1) {
                agree::compare(SUITE, &format!("{} {i} {j}", stem(&case)), a, b, report);
            }
        }
    }
}

/// The generic cases of martinez: two operands, then what operations give.
pub(crate) fn martinez_generic(root: &Path, report: &mut Report) {
    const SUITE: &str = "martinez";
    for file in entries(root) {
        let all = features(&file);
        let [(a, _), (b, _), results @ ..] = all.as_slice() else { panic!("{}", file.display()) };
        assert!(!results.is_empty(), "{} has nothing to compare with", file.display());
        for (expected, name) in results {
            let name = name.as_deref().unwrap();
            let (operation, operands) = match name {
                "intersection" => (Overlay::Intersection, [a, b]),
                "union" => (Overlay::Union, [a, b]),
                "diff" => (Overlay::Difference, [a, b]),
                "diff_ba" => (Overlay::Difference, [b, a]),
                "xor" => (Overlay::SymmetricDifference, [a, b]),
                _ => panic!("{name}"),
            };
            let outcome = judge(Rule::EvenOdd, operation, &operands.map(Clone::clone), expected);
            report.note(SUITE, name, stem(&file), Outcome::of(outcome));
        }
        agree::compare(SUITE, &stem(&file), a, b, report);
    }
}

/// The cases of martinez by type of feature: one operand each against the same clipping polygon.
pub(crate) fn martinez_types(root: &Path, report: &mut Report) {
    const SUITE: &str = "martinez types";
    let read = |path: PathBuf| features(&path).swap_remove(0).0;
    let clipping = read(root.join("clippingPoly.geojson"));
    for name in ["poly", "polyWithHole", "multiPoly", "multiPolyWithHole"] {
        let subject = read(root.join(format!("{name}.geojson")));
        for (folder, operation) in [
            ("intersection", Overlay::Intersection),
            ("union", Overlay::Union),
            ("difference", Overlay::Difference),
            ("xor", Overlay::SymmetricDifference),
        ] {
            let expected = read(root.join(format!("out/{folder}/{name}ToClipping.geojson")));
            let operands = [subject.clone(), clipping.clone()];
            let outcome = judge(Rule::EvenOdd, operation, &operands, &expected);
            report.note(SUITE, folder, name.to_owned(), Outcome::of(outcome));
        }
        agree::compare(SUITE, name, &subject, &clipping, report);
    }
}

/// Pairs without an expected shape against areas by GEOS, to 1e-11 and the grid's rounding.
pub(crate) fn areas(
    suite: &'static str,
    rule: Rule,
    name: &str,
    operands: &[MultiPolygon<f64>; 2],
    expected: [f64; 4],
    report: &mut Report,
) {
    // A grid of 2⁻²⁰ m is coarse for degrees.
    for power in [0, 18] {
        let regions = operands.each_ref().map(|set| fill(rule, &scaled(set, power)));
        for (operation, expected) in [
            (Overlay::Intersection, expected[0]),
            (Overlay::Union, expected[1]),
            (Overlay::Difference, expected[2]),
            (Overlay::SymmetricDifference, expected[3]),
        ] {
            let found = overlay(operation, &regions);
            let unit = 4f64.powi(power);
            let rounding = 2.0 * GRID_STEP_M * regions.iter().map(Region::perimeter_m).sum::<f64>();
            let allowed = rounding + 1e-11 * expected * unit;
            let off = (found.area_m2() - expected * unit).abs();
            let reason = (off > allowed).then(|| format!("area off by {off:e} m², {allowed:e} allowed"));
            report.note(
                suite,
                &format!("{operation:?}"),
                format!("{name} by 2^{power}"),
                Outcome::of(reason),
            );
        }
    }
    agree::compare(suite, name, &operands[0], &operands[1], report);
}
