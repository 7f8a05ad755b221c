//! Overlaps between real communes, pair for pair against GEOS 3.14.1 (shapely 2.2.0) after projection by PROJ
//! 9.5.1 (pyproj 3.7.2): `shapely.area(shapely.intersection(a, b))` over all pairs whose boxes meet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "tests")]

mod support;

use spatial::overlay::{Options, Overlap, Want, overlaps, self_overlaps};
use spatial::{Crs, Layer, Prepared, PreparedFeature};
use support::{read_geojson, shared};

/// File, TM-3 zone, features, pairs above 1e-3 m², their summed area and the summed area of all communes, m².
#[rustfmt::skip]
const PROVINCES: [(&str, u32, usize, usize, f64, f64); 5] = [
    ("08-tuyen-quang", 9211, 124, 6, 15_497.005_907, 13_795_542_539.373_644),
    ("12-lai-chau", 9205, 38, 7, 0.529_461, 9_067_804_868.560_472),
    ("15-lao-cai", 9208, 99, 11, 10_467_762.071_897, 13_262_108_811.503_742),
    ("20-lang-son", 9215, 65, 9, 9_999.258_171, 8_307_076_767.631_812),
    ("52-gia-lai", 9218, 135, 5, 11.674_049, 21_578_227_014.304_276),
];

/// Lào Cai's pairs above 1e-3 m². The first three are one patch that three communes claim.
const LAO_CAI: [(&str, &str, f64); 11] = [
    ("02647", "02683", 3489244.272670),
    ("02647", "02746", 3489247.543251),
    ("02683", "02746", 3489245.846506),
    ("02989", "03061", 0.479364),
    ("03006", "03013", 8.564629),
    ("03091", "04402", 0.010531),
    ("03091", "04423", 0.010537),
    ("04309", "04336", 1.614002),
    ("04336", "04363", 6.865757),
    ("04363", "04750", 6.853775),
    ("04402", "04423", 0.010645),
];

fn province(name: &str, code: u32) -> Option<(Layer, Prepared)> {
    let layer = read_geojson(&shared(&format!("data/vietnam/communes-{name}.geojson"))?);
    let prepared = Prepared::new(&layer, &Crs::from_epsg(code).unwrap()).unwrap();
    Some((layer, prepared))
}

fn labels(layer: &Layer, overlap: &Overlap) -> (String, String) {
    (layer.features[overlap.subject].label(), layer.features[overlap.reference].label())
}

#[test]
fn every_province_has_the_pairs_and_areas_that_geos_finds() {
    for (name, code, features, pairs, overlap_m2, total_m2) in PROVINCES {
        let Some((_, prepared)) = province(name, code) else { return };
        assert_eq!(prepared.features.len(), features, "{name}");
        assert!(prepared.features.iter().all(PreparedFeature::is_valid), "{name}");
        let found = self_overlaps(&prepared, &Options { want: Want::Areas, ..Options::default() }).pairs;
        let counted: Vec<&Overlap> = found.iter().filter(|o| o.area_m2 > 1e-3).collect();
        assert_eq!(counted.len(), pairs, "{name}");
        let sum: f64 = found.iter().map(|o| o.area_m2).sum();
        assert!((sum - overlap_m2).abs() < 1e-3 + 1e-9 * overlap_m2, "{name}: {sum}");
        let total: f64 = (0..features).map(|i| prepared.area_m2(i)).sum();
        assert!((total / total_m2 - 1.0).abs() < 1e-12, "{name}: {total}");
    }
}

#[test]
fn lao_cais_pairs_agree_one_by_one() {
    let Some((layer, prepared)) = province("15-lao-cai", 9208) else { return };
    let found = self_overlaps(&prepared, &Options::default()).pairs;
    let counted: Vec<&Overlap> = found.iter().filter(|o| o.area_m2 > 1e-3).collect();
    assert_eq!(counted.len(), LAO_CAI.len());
    for (overlap, (a, b, area_m2)) in counted.into_iter().zip(LAO_CAI) {
        assert_eq!(labels(&layer, overlap), (a.to_owned(), b.to_owned()));
        let off = (overlap.area_m2 - area_m2).abs();
        assert!(off < 1e-3 + 1e-9 * area_m2, "{a} {b}: {off}");
        let region = overlap.region.as_ref().unwrap();
        assert!((region.area_m2() - overlap.area_m2).abs() < 1e-3 + 1e-9 * area_m2);
        let subject_m2 = prepared.area_m2(overlap.subject);
        assert!((overlap.subject_share - area_m2 / subject_m2).abs() < 1e-9);
    }
}

/// The patch on the ellipsoid, ha: pyproj's `Geod` on GEOS's patch of each pair, edges cut to 5 m before they go to
/// WGS 84.
const GEODESIC_HA: [f64; 3] = [348.9377584, 348.9377584, 348.9379159];

#[test]
fn the_patch_that_three_communes_claim_is_one_patch() {
    let Some((layer, prepared)) = province("15-lao-cai", 9208) else { return };
    let found = self_overlaps(&prepared, &Options::default()).pairs;
    let patches: Vec<&Overlap> = found.iter().filter(|o| o.area_m2 > 1e6).collect();
    assert_eq!(patches.len(), 3);
    for (patch, geodesic_ha) in patches.iter().zip(GEODESIC_HA) {
        let region = patch.region.as_ref().unwrap();
        let largest = region.parts().into_iter().max_by(|a, b| a.area_m2().total_cmp(&b.area_m2())).unwrap();
        let off = largest.area_geodesic_m2(&prepared.crs) / 10_000.0 - geodesic_ha;
        assert!(off.abs() < 1e-6, "{off} ha, {:?}", labels(&layer, patch));
        assert!(largest.mean_width_m() > 100.0);
    }
}

#[test]
fn a_layer_against_itself_gives_each_pair_both_ways_and_each_feature_whole() {
    let Some((_, prepared)) = province("12-lai-chau", 9205) else { return };
    let options = Options { want: Want::Areas, ..Options::default() };
    let within = self_overlaps(&prepared, &options).pairs;
    let between = overlaps(&prepared, &prepared, &options).pairs;
    assert_eq!(between.len(), 2 * within.len() + prepared.features.len());
    assert!(between.is_sorted_by_key(|o| (o.subject, o.reference)));
    for own in between.iter().filter(|o| o.subject == o.reference) {
        assert!((own.subject_share - 1.0).abs() < 1e-9);
    }
    for pair in within {
        let area = |s, r| between.iter().find(|o| (o.subject, o.reference) == (s, r)).map(|o| o.area_m2);
        assert_eq!(area(pair.subject, pair.reference), Some(pair.area_m2));
        // The other way about it is another sum, rounded on its own.
        let mirrored_m2 = area(pair.reference, pair.subject).unwrap();
        assert!((mirrored_m2 - pair.area_m2).abs() < 1e-6 + 1e-9 * pair.area_m2);
    }
}
