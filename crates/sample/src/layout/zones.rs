//! The table of zones.

use planning::{ZoneKind, ZoneState};

use super::register::{Land, Lies, Plant, Shows, ZoneSpec, patch};
use ZoneKind::{
    BorderGateEconomicZone as Kktck, CoastalEconomicZone as Kktvb, CraftVillageCluster as Ccnln,
    ExportProcessingZone as Kcx, FunctionalArea as Kcnang, IndustrialCluster as Ccn, IndustrialPark as Kcn,
};
use ZoneState::{
    Adjusted, Converted, Established, Expanded, InPlan, Operating, Proposed, Revoked, UnderConstruction,
};

/// A zone of which no more is said: one usual code, declared about right, nothing planted.
const fn zone(
    id: &'static str,
    name: &'static str,
    kind: ZoneKind,
    state: ZoneState,
    hectares: f64,
) -> ZoneSpec {
    ZoneSpec {
        id,
        name,
        kind,
        state,
        parent: None,
        hectares,
        land: Land::Natural,
        lots: &["SKN"],
        old: false,
        declared: Some(0.001),
        mountainous: None,
        patches: &[],
        plants: &[],
    }
}

const RICE_BELOW: Plant = Plant::Total("LUC", [99_000.0, 99_900.0]);
const RICE_ABOVE: Plant = Plant::Total("LUC", [100_100.0, 101_500.0]);
const FOREST_BELOW: Plant = Plant::Total("RPH", [198_500.0, 199_900.0]);
const FOREST_ABOVE: Plant = Plant::Total("RPH", [200_100.0, 202_500.0]);

/// All zones, parents before children.
pub(crate) const ZONES: [ZoneSpec; 44] = [
    ZoneSpec {
        lots: &[],
        old: true,
        declared: Some(0.002),
        plants: &[Plant::Claimed(9_000.0), Plant::Nobodys(7_000.0), Plant::ClaimedStrip(6.4)],
        ..zone("KKT01", "KKT cửa khẩu Cổng Mẫu", Kktck, Operating, 0.0)
    },
    ZoneSpec {
        lots: &[],
        declared: Some(-0.002),
        ..zone("KKT02", "KKT ven biển Vịnh Mẫu", Kktvb, Established, 0.0)
    },
    ZoneSpec {
        parent: Some("KKT01"),
        land: Land::Open("HNK"),
        lots: &["TMD", "SKK", "DKV", "SKK", "TMD"],
        old: true,
        ..zone("KCNANG01", "Khu chức năng số 1 Cổng Mẫu", Kcnang, Operating, 240.0)
    },
    ZoneSpec {
        parent: Some("KKT01"),
        land: Land::Open("CLN"),
        lots: &["SKT", "SKK"],
        ..zone("KCNANG02", "Khu chức năng số 2 Cổng Mẫu", Kcnang, UnderConstruction, 190.0)
    },
    ZoneSpec {
        parent: Some("KKT01"),
        land: Land::Natural,
        lots: &["TMD", "DKV", "TMD"],
        ..zone("KCNANG03", "Khu chức năng số 3 Cổng Mẫu", Kcnang, InPlan, 90.0)
    },
    ZoneSpec {
        parent: Some("KKT02"),
        land: Land::Natural,
        lots: &["TMD", "SKK"],
        ..zone("KCNANG04", "Khu chức năng Bến Sóng", Kcnang, Proposed, 130.0)
    },
    ZoneSpec {
        parent: Some("KKT02"),
        land: Land::Open("CLN"),
        lots: &["SKK", "TMD"],
        ..zone("KCNANG05", "Khu chức năng Mũi Sóng", Kcnang, InPlan, 72.0)
    },
    ZoneSpec {
        land: Land::Built,
        lots: &["SKK", "DNL", "SKK", "DKV", "DRA", "SKK", "DTL"],
        old: true,
        declared: Some(-0.0015),
        patches: &[
            patch("LUC", 24.0, Shows::Both, Lies::Across),
            patch("RPH", 8.7, Shows::Both, Lies::Across),
            patch("HNK", 4.7, Shows::Both, Lies::Across),
            patch("ONT", 8.2, Shows::Both, Lies::Across),
            patch("NTD", 1.2, Shows::Both, Lies::Inside),
        ],
        plants: &[Plant::Midpoints],
        ..zone("KCN01", "KCN Suối Vàng", Kcn, Operating, 345.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        lots: &["SKK", "SKK", "DTL", "SKK", "DNL"],
        declared: Some(0.003),
        plants: &[Plant::TwiceVertex],
        ..zone("KCN02", "KCN Đồng Sim", Kcn, Established, 210.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        lots: &["SKK"],
        old: true,
        declared: Some(0.007),
        patches: &[patch("LUC", 12.6, Shows::Today, Lies::Inside)],
        plants: &[RICE_BELOW, Plant::Class { kept: false }],
        ..zone("KCN03", "KCN Đồi Cọ", Kcn, Expanded, 180.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        lots: &["SKK", "SKK", "DRA"],
        declared: Some(-0.03),
        patches: &[patch("LUC", 12.7, Shows::Today, Lies::Inside)],
        plants: &[RICE_ABOVE],
        ..zone("KCN04", "KCN Bãi Lau", Kcn, UnderConstruction, 150.0)
    },
    ZoneSpec {
        land: Land::Open("RSX"),
        lots: &["SKK", "SKK", "DTL"],
        old: true,
        declared: Some(0.08),
        patches: &[patch("RPH", 24.6, Shows::Today, Lies::Inside)],
        plants: &[FOREST_BELOW],
        ..zone("KCN05", "KCN Khe Giang", Kcn, Adjusted, 230.0)
    },
    ZoneSpec {
        land: Land::Open("RSX"),
        lots: &["SKK"],
        patches: &[patch("RPH", 24.8, Shows::Today, Lies::Inside)],
        plants: &[FOREST_ABOVE],
        ..zone("KCN06", "KCN Đèo Nứa", Kcn, InPlan, 170.0)
    },
    ZoneSpec {
        lots: &[],
        declared: None,
        patches: &[
            patch("RDD", 3.4, Shows::Today, Lies::Across),
            patch("CQP", 2.6, Shows::Today, Lies::Across),
            patch("SKX", 1.8, Shows::Today, Lies::Inside),
        ],
        ..zone("KCN07", "KCN Núi Bông", Kcn, Proposed, 190.0)
    },
    ZoneSpec {
        parent: Some("KCNANG01"),
        land: Land::Open("HNK"),
        lots: &["SKK"],
        old: true,
        ..zone("KCN08", "KCN Cổng Mẫu 1", Kcn, Operating, 0.0)
    },
    ZoneSpec {
        parent: Some("KCNANG05"),
        land: Land::Open("CLN"),
        lots: &["SKK"],
        plants: &[Plant::BeyondStrip(1.28), Plant::Beyond(3_000.0)],
        ..zone("KCN09", "KCN Mũi Sóng", Kcn, Proposed, 0.0)
    },
    ZoneSpec {
        land: Land::Built,
        lots: &["SKT", "SKK", "DNL", "DRA", "DTL"],
        old: true,
        declared: Some(-0.002),
        plants: &[Plant::Midpoints, Plant::Class { kept: true }],
        ..zone("KCX01", "KCX Bến Mẫu", Kcx, Operating, 126.0)
    },
    ZoneSpec {
        parent: Some("KCNANG02"),
        land: Land::Open("CLN"),
        lots: &["SKT"],
        patches: &[patch("TMD", 3.0, Shows::Plan, Lies::Inside)],
        ..zone("KCX02", "KCX Cổng Mẫu 2", Kcx, InPlan, 0.0)
    },
    ZoneSpec {
        land: Land::Built,
        old: true,
        plants: &[Plant::Midpoints],
        ..zone("CCN01", "CCN Bản Mây", Ccn, Operating, 64.0)
    },
    ZoneSpec {
        land: Land::Open("CLN"),
        patches: &[patch("CQP", 7.0, Shows::Today, Lies::Outside)],
        plants: &[Plant::PlanPiece(1_680.0), Plant::TodayStrip("CQP", 4.8)],
        ..zone("CCN02", "CCN Hai Bến", Ccn, Established, 52.0)
    },
    ZoneSpec {
        land: Land::Open("CLN"),
        patches: &[patch("SKN", 6.0, Shows::Plan, Lies::Outside)],
        plants: &[Plant::WrongCommune, Plant::LotStrip(4.8)],
        ..zone("CCN03", "CCN Gò Sành", Ccn, Established, 38.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        plants: &[Plant::CommuneShare(0.0062), Plant::CommuneStrip(4.8)],
        ..zone("CCN04", "CCN Nà Hoa", Ccn, InPlan, 45.0)
    },
    ZoneSpec {
        land: Land::Open("CLN"),
        plants: &[Plant::CommuneShare(0.0118)],
        ..zone("CCN05", "CCN Khe Sậy", Ccn, InPlan, 42.0)
    },
    ZoneSpec { lots: &[], declared: Some(0.001), ..zone("CCN06", "CCN Cầu Chéo", Ccn, Proposed, 0.0) },
    ZoneSpec {
        land: Land::Open("CLN"),
        lots: &["SKN", "DTL"],
        ..zone("CCN07", "CCN Đồng Bưởi", Ccn, Established, 48.0)
    },
    ZoneSpec { land: Land::Open("CLN"), ..zone("CCN08", "CCN Đồng Bưởi 2", Ccn, Proposed, 0.0) },
    ZoneSpec {
        land: Land::Open("RSX"),
        lots: &["SKK"],
        ..zone("CCN09", "CCN Khe Giang Trong", Ccn, Proposed, 0.0)
    },
    ZoneSpec {
        land: Land::Built,
        old: true,
        plants: &[Plant::ZoneStrip("CCN11", 1.28), Plant::ZonePiece("CCN11", 58.0), Plant::Midpoints],
        ..zone("CCN10", "CCN Bờ Tre 1", Ccn, Operating, 32.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        plants: &[Plant::ZoneStrip("CCN12", 1.62)],
        ..zone("CCN11", "CCN Bờ Tre 2", Ccn, Expanded, 0.0)
    },
    ZoneSpec { land: Land::Open("HNK"), ..zone("CCN12", "CCN Bờ Tre 3", Ccn, InPlan, 0.0) },
    ZoneSpec {
        land: Land::Open("LUC"),
        lots: &[],
        old: true,
        declared: Some(0.025),
        ..zone("CCN13", "CCN Đồng Chiêm", Ccn, Revoked, 36.0)
    },
    ZoneSpec {
        land: Land::Built,
        lots: &["TMD", "ODT", "DKV"],
        old: true,
        declared: Some(0.002),
        ..zone("CCN14", "CCN Lò Cũ", Ccn, Converted, 28.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        plants: &[Plant::Gap(1.4), Plant::Double(1.9)],
        ..zone("CCN15", "CCN Gò Hở", Ccn, InPlan, 56.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        patches: &[patch("RDD", 7.0, Shows::Today, Lies::Outside)],
        plants: &[Plant::PlanStrip(4.8), Plant::PlanPiece(1_540.0), Plant::TodayStrip("RDD", 4.8)],
        ..zone("CCN16", "CCN Đồi Chỉ", Ccn, UnderConstruction, 75.2)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        patches: &[
            patch("LUC", 7.0, Shows::Today, Lies::Outside),
            patch("RPH", 7.0, Shows::Today, Lies::Outside),
        ],
        plants: &[
            Plant::PlanStrip(5.5),
            Plant::TodayPiece("LUC", 1_530.0),
            Plant::TodayPiece("RPH", 1_560.0),
        ],
        ..zone("CCN17", "CCN Ruộng Mép", Ccn, Established, 40.0)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        patches: &[patch("LUC", 9.0, Shows::Today, Lies::Outside)],
        plants: &[Plant::TodayStrip("LUC", 4.8), Plant::CommuneStrip(4.8)],
        ..zone("CCN18", "CCN Ruộng Chỉ", Ccn, InPlan, 35.0)
    },
    ZoneSpec { land: Land::Open("CLN"), ..zone("CCN19", "CCN Vườn Trám", Ccn, Proposed, 76.4) },
    ZoneSpec {
        land: Land::Open("HNK"),
        mountainous: Some(false),
        ..zone("CCN20", "CCN Lò Gạch 1", Ccn, Established, 9.6)
    },
    ZoneSpec {
        land: Land::Open("HNK"),
        mountainous: Some(false),
        ..zone("CCN21", "CCN Lò Gạch 2", Ccn, InPlan, 9.98)
    },
    ZoneSpec { land: Land::Open("HNK"), ..zone("CCN22", "CCN Lò Gạch 3", Ccn, Proposed, 9.6) },
    ZoneSpec {
        land: Land::Built,
        old: true,
        patches: &[patch("ONT", 1.1, Shows::Both, Lies::Across)],
        ..zone("CCNLN01", "CCN làng nghề Làng Chum", Ccnln, Operating, 14.0)
    },
    ZoneSpec {
        land: Land::Open("CLN"),
        lots: &["SKN", "SKK"],
        ..zone("CCNLN02", "CCN làng nghề Làng Nón", Ccnln, Adjusted, 18.0)
    },
    ZoneSpec {
        plants: &[Plant::CopyOf("CCNLN02"), Plant::Leave(0.0165)],
        ..zone("CCNLN03", "CCN làng nghề Làng Nón (hồ sơ 2)", Ccnln, Proposed, 0.0)
    },
    ZoneSpec {
        plants: &[Plant::CopyOf("CCN18"), Plant::Leave(0.0072), Plant::Leave(0.0072), Plant::Leave(0.0072)],
        ..zone("CCN23", "CCN Ruộng Chỉ (hồ sơ 2)", Ccn, Proposed, 0.0)
    },
];
