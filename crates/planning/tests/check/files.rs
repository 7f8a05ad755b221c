//! GEO-02, GEO-04, GEO-07, GEO-09 and the codes of LUP-01: what a collection is as it came in.

use std::sync::Arc;

use planning::{CheckOutcome, Collection, Severity};
use serde_json::json;
use spatial::{Crs, Layer};

use crate::drawing::*;

/// A zone from a coordinate list whose ring was open by so much.
pub(crate) fn open_by(gap: f64) -> CheckOutcome {
    judge(vec![zones(vec![zone("Z-1", "KCN", [0.0, 0.0, 100.0, 100.0], json!({"closing_gap_m": gap}))])])
}

/// A zone with its corner at (x, y) of EPSG:9215.
pub(crate) fn corner_at(x: f64, y: f64) -> CheckOutcome {
    let zones = zones(vec![zone("Z-1", "KCN", [x - ORIGIN[0], y - ORIGIN[1], 100.0, 100.0], json!({}))]);
    judge(vec![zones])
}

fn in_crs(mut collection: Collection, crs: Crs) -> Collection {
    let features = collection.layer.features.clone();
    collection.layer = Arc::new(Layer { crs, features });
    collection
}

/// Parcels whose CRS was assumed, or not.
pub(crate) fn assumed(is_assumed: bool) -> CheckOutcome {
    let mut parcels = land_use(vec![parcel("L-1", "LUC", [0.0, 0.0, 100.0, 100.0])]);
    parcels.info.crs_assumed = is_assumed;
    judge(vec![parcels])
}

/// Parcels in a TM-3 zone that is written as a PROJ string with its seven parameters.
pub(crate) fn tm3_with_datum() -> CheckOutcome {
    let written = Crs::from_epsg(9215).unwrap().proj_string().to_owned();
    let parcels = land_use(vec![parcel("L-1", "LUC", [0.0, 0.0, 100.0, 100.0])]);
    judge(vec![in_crs(parcels, Crs::parse(&written).unwrap())])
}

/// Parcels with these names.
pub(crate) fn named(names: &[&str]) -> CheckOutcome {
    let of = |(i, name): (usize, &&str)| {
        let at = rectangle([100.0 * i as f64, 0.0, 100.0, 100.0]);
        feature(&format!("L-{i}"), at, json!({"code": "LUC", "name": name}))
    };
    judge(vec![land_use(names.iter().enumerate().map(of).collect())])
}

#[test]
fn an_open_ring_is_told_beyond_a_centimetre() {
    let found = only(&open_by(0.25), "GEO-02");
    assert_eq!(found.severity, Severity::Warning);
    assert_eq!(found.message.vi, "Khu Z-1: điểm cuối cách điểm đầu 0,25 m (cho phép 0,01 m)");
    assert!(findings(&open_by(0.01), "GEO-02").is_empty());
    assert_eq!(findings(&open_by(0.011), "GEO-02").len(), 1);
}

#[test]
fn northing_first_is_certain_by_its_size() {
    let found = only(&corner_at(2_417_000.0, 450_000.0), "GEO-04");
    assert_eq!((found.severity, found.zone.unwrap().id.as_str()), (Severity::Block, "Z-1"));
    let [x, y] = found.place.unwrap();
    assert_eq!((x, y), (450_050.0, 2_417_050.0));
    assert!(findings(&corner_at(450_000.0, 2_417_000.0), "GEO-04").is_empty());
    // Neither is beyond the limit: the corners at 800,000 m themselves are not.
    assert!(findings(&corner_at(800_000.0, 450_000.0), "GEO-04").is_empty());
}

#[test]
fn latitude_first_is_certain_inside_the_country() {
    let square = |x: f64, y: f64| {
        let at = rectangle([x - ORIGIN[0], y - ORIGIN[1], 0.01, 0.01]);
        judge(vec![in_crs(zones(vec![feature("Z-1", at, json!({"kind": "KCN"}))]), Crs::wgs84())])
    };
    assert_eq!(only(&square(21.8, 106.7), "GEO-04").place.map(|[x, _]| x > 106.0), Some(true));
    assert!(findings(&square(106.7, 21.8), "GEO-04").is_empty());
    assert!(findings(&square(30.0, 106.7), "GEO-04").is_empty());
}

#[test]
fn a_collection_says_where_it_lies_or_blocks() {
    let found = only(&assumed(true), "GEO-07");
    assert_eq!((found.severity, found.other.unwrap().collection.as_str()), (Severity::Block, "land-use"));
    assert_eq!(found.message.vi, "land-use: tệp không khai hệ tọa độ, tạm lấy EPSG:9215");
    assert!(findings(&assumed(false), "GEO-07").is_empty());
}

#[test]
fn metres_are_no_degrees_and_tm3_is_not_on_wgs84() {
    let parcels = || land_use(vec![parcel("L-1", "LUC", [0.0, 0.0, 100.0, 100.0])]);
    let metres = only(&judge(vec![in_crs(parcels(), Crs::wgs84())]), "GEO-07");
    assert_eq!(metres.message.vi, "land-use: khai OGC:CRS84 nhưng tọa độ là mét");
    let tagged = "+proj=tmerc +lat_0=0 +lon_0=107.25 +k=0.9999 +x_0=500000 +y_0=0 +datum=WGS84 +units=m";
    let mapinfo = judge(vec![in_crs(parcels(), Crs::parse(tagged).unwrap())]);
    let message = only(&mapinfo, "GEO-07").message.vi;
    assert!(message.contains("lệch khoảng 223 m"), "{message}");
}

#[test]
fn old_encodings_are_known_by_their_letters() {
    // The bytes of TCVN3 and VNI read as Latin-1.
    let tcvn3 = only(&named(&["Côm c«ng nghiÖp §ång Bµnh", "X· Chi L¨ng"]), "GEO-09");
    assert_eq!(tcvn3.severity, Severity::Warning);
    assert!(tcvn3.message.vi.contains("bảng mã TCVN3"), "{}", tcvn3.message.vi);
    let vni = only(&named(&["Cuïm coâng nghieäp Ñoàng Baønh"]), "GEO-09");
    assert!(vni.message.vi.contains("bảng mã VNI"), "{}", vni.message.vi);
    let right = ["Cụm công nghiệp Đồng Bành", "Khu § 2 · ½", "Café Ñ", "Đường 2×2 µ"];
    assert!(findings(&named(&right), "GEO-09").is_empty());
    // Two words are below the three that it takes.
    assert!(findings(&named(&["c«ng nghiÖp"]), "GEO-09").is_empty());
}

#[test]
fn a_code_that_no_table_has_is_told_once_per_collection() {
    let parcels = |codes: &[&str]| {
        let of =
            |(i, code): (usize, &&str)| parcel(&format!("L-{i}"), code, [100.0 * i as f64, 0.0, 99.0, 99.0]);
        judge(vec![land_use(codes.iter().enumerate().map(of).collect())])
    };
    let found = only(&parcels(&["LUC", "QQQ", "ONT+QQQ", "qqq"]), "LUP-01");
    assert_eq!((found.severity, found.codes.as_slice()), (Severity::Warning, &["QQQ".to_owned()][..]));
    assert_eq!(found.message.vi, "land-use: 3 thửa có mã QQQ không có trong bảng, như thửa L-1");
    assert!(findings(&parcels(&["LUC", "ONT+CLN"]), "LUP-01").is_empty());
}
