//! The register of zones: what each is, what lies there, and what is planted in it. All names are made up.

use planning::{ZoneKind, ZoneState};

use ZoneKind::{
    BorderGateEconomicZone as Kktck, CoastalEconomicZone as Kktvb, CraftVillageCluster as Ccnln,
    ExportProcessingZone as Kcx, FunctionalArea as Kcnang, IndustrialCluster as Ccn, IndustrialPark as Kcn,
};
use ZoneState::{
    Adjusted, Converted, Established, Expanded, InPlan, Operating, Proposed, Revoked, UnderConstruction,
};

/// What lies in a zone today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Land {
    /// Lots in use.
    Built,
    /// One kind of open land, around it too.
    Open(&'static str),
    /// Whatever the terrain gives.
    Natural,
}

/// The layers that a patch shows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    Today,
    Plan,
    Both,
}

/// Where a patch lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lies {
    Inside,
    /// Across the outline.
    Across,
    /// Outside, along the outline.
    Outside,
}

/// A patch of one code in or at a zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    pub(crate) code: &'static str,
    pub(crate) hectares: f64,
    pub(crate) shows: Shows,
    pub(crate) lies: Lies,
}

const fn patch(code: &'static str, hectares: f64, shows: Shows, lies: Lies) -> Patch {
    Patch { code, hectares, shows, lies }
}

/// Something planted after the mesh is drawn, by moving exact pieces between parcels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plant {
    /// Present area of the code inside the zone brought between two values, m².
    Total(&'static str, [f64; 2]),
    /// A planned parcel of another code reaches into the zone by a strip of this mean width, m.
    PlanStrip(f64),
    /// The same by a compact piece of this area, m².
    PlanPiece(f64),
    /// A present parcel of the code reaches in by a strip of this mean width, m.
    TodayStrip(&'static str, f64),
    /// The same by a compact piece of this area, m².
    TodayPiece(&'static str, f64),
    /// The neighbouring commune reaches in by this share of the zone's area.
    CommuneShare(f64),
    /// The neighbouring commune reaches in by a strip of this mean width, m.
    CommuneStrip(f64),
    /// The zone overlaps its neighbour by a strip of this mean width, m.
    ZoneStrip(&'static str, f64),
    /// The zone overlaps its neighbour by a compact piece of this area, m².
    ZonePiece(&'static str, f64),
    /// A place that no parcel of the newest plan covers, about this many hectares.
    Gap(f64),
    /// A place that two parcels of the newest plan cover, about this many hectares.
    Double(f64),
    /// A midpoint in every third side of the outline, which the neighbours don't have.
    Midpoints,
    /// A vertex twice in a row: worth a note, no finding.
    TwiceVertex,
    /// Declares a commune where the zone is not.
    WrongCommune,
}

/// One zone of the register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ZoneSpec {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: ZoneKind,
    pub(crate) state: ZoneState,
    pub(crate) parent: Option<&'static str>,
    pub(crate) hectares: f64,
    pub(crate) land: Land,
    /// Codes of its lots in the newest plan, the usual one first; empty: the plan ignores the zone.
    pub(crate) lots: &'static [&'static str],
    /// Whether the plan of 2016–2020 had it already.
    pub(crate) old: bool,
    /// Declared over measured area, minus one; `None`: nothing declared.
    pub(crate) declared: Option<f64>,
    pub(crate) patches: &'static [Patch],
    pub(crate) plants: &'static [Plant],
}

const PLAIN: ZoneSpec = ZoneSpec {
    id: "",
    name: "",
    kind: Ccn,
    state: InPlan,
    parent: None,
    hectares: 50.0,
    land: Land::Natural,
    lots: &["SKN"],
    old: false,
    declared: Some(0.001),
    patches: &[],
    plants: &[],
};

const RICE_BELOW: Plant = Plant::Total("LUC", [99_000.0, 99_900.0]);
const RICE_ABOVE: Plant = Plant::Total("LUC", [100_100.0, 101_500.0]);
const FOREST_BELOW: Plant = Plant::Total("RPH", [198_500.0, 199_900.0]);
const FOREST_ABOVE: Plant = Plant::Total("RPH", [200_100.0, 202_500.0]);

/// All zones, parents before children.
pub(crate) const ZONES: [ZoneSpec; 36] = [
    ZoneSpec { id: "KKT01", name: "KKT cửa khẩu Cổng Mẫu", kind: Kktck, state: Operating, hectares: 0.0, lots: &[], old: true, declared: Some(0.002), ..PLAIN },
    ZoneSpec { id: "KKT02", name: "KKT ven biển Vịnh Mẫu", kind: Kktvb, state: Established, hectares: 0.0, lots: &[], declared: Some(-0.002), ..PLAIN },
    ZoneSpec { id: "KCNANG01", name: "Khu chức năng số 1 Cổng Mẫu", kind: Kcnang, state: Operating, parent: Some("KKT01"), hectares: 240.0, land: Land::Open("HNK"), lots: &["TMD", "SKK", "DKV", "SKK", "TMD"], old: true, ..PLAIN },
    ZoneSpec { id: "KCNANG02", name: "Khu chức năng số 2 Cổng Mẫu", kind: Kcnang, state: UnderConstruction, parent: Some("KKT01"), hectares: 190.0, land: Land::Open("CLN"), lots: &["SKT", "SKK"], ..PLAIN },
    ZoneSpec { id: "KCNANG03", name: "Khu chức năng số 3 Cổng Mẫu", kind: Kcnang, state: InPlan, parent: Some("KKT01"), hectares: 90.0, land: Land::Natural, lots: &["TMD", "DKV", "TMD"], ..PLAIN },
    ZoneSpec { id: "KCNANG04", name: "Khu chức năng Bến Sóng", kind: Kcnang, state: Proposed, parent: Some("KKT02"), hectares: 130.0, land: Land::Natural, lots: &["TMD", "SKK"], ..PLAIN },
    ZoneSpec {
        id: "KCN01", name: "KCN Suối Vàng", kind: Kcn, state: Operating, hectares: 345.0, land: Land::Built,
        lots: &["SKK", "DNL", "SKK", "DKV", "DRA", "SKK", "DTL"], old: true, declared: Some(-0.0015),
        patches: &[patch("LUC", 24.0, Shows::Both, Lies::Across), patch("RPH", 8.7, Shows::Both, Lies::Across), patch("HNK", 4.7, Shows::Both, Lies::Across), patch("ONT", 8.2, Shows::Both, Lies::Across), patch("NTD", 1.2, Shows::Both, Lies::Inside)],
        plants: &[Plant::Midpoints], ..PLAIN
    },
    ZoneSpec { id: "KCN02", name: "KCN Đồng Sim", kind: Kcn, state: Established, hectares: 210.0, land: Land::Open("HNK"), lots: &["SKK", "SKK", "DTL", "SKK", "DNL"], declared: Some(0.003), plants: &[Plant::TwiceVertex], ..PLAIN },
    ZoneSpec { id: "KCN03", name: "KCN Đồi Cọ", kind: Kcn, state: Expanded, hectares: 180.0, land: Land::Open("HNK"), lots: &["SKK"], old: true, declared: Some(0.007), patches: &[patch("LUC", 11.0, Shows::Today, Lies::Inside)], plants: &[RICE_BELOW], ..PLAIN },
    ZoneSpec { id: "KCN04", name: "KCN Bãi Lau", kind: Kcn, state: UnderConstruction, hectares: 150.0, land: Land::Open("HNK"), lots: &["SKK", "SKK", "DRA"], declared: Some(-0.03), patches: &[patch("LUC", 11.2, Shows::Today, Lies::Inside)], plants: &[RICE_ABOVE], ..PLAIN },
    ZoneSpec { id: "KCN05", name: "KCN Khe Giang", kind: Kcn, state: Adjusted, hectares: 230.0, land: Land::Open("RSX"), lots: &["SKK", "SKK", "DTL"], old: true, declared: Some(0.08), patches: &[patch("RPH", 22.2, Shows::Today, Lies::Inside)], plants: &[FOREST_BELOW], ..PLAIN },
    ZoneSpec { id: "KCN06", name: "KCN Đèo Nứa", kind: Kcn, state: InPlan, hectares: 170.0, land: Land::Open("RSX"), lots: &["SKK"], patches: &[patch("RPH", 22.4, Shows::Today, Lies::Inside)], plants: &[FOREST_ABOVE], ..PLAIN },
    ZoneSpec { id: "KCN07", name: "KCN Núi Bông", kind: Kcn, state: Proposed, hectares: 190.0, lots: &[], declared: None, ..PLAIN },
    ZoneSpec { id: "KCN08", name: "KCN Cổng Mẫu 1", kind: Kcn, state: Operating, parent: Some("KCNANG01"), hectares: 0.0, land: Land::Open("HNK"), lots: &["SKK"], old: true, ..PLAIN },
    ZoneSpec { id: "KCX01", name: "KCX Bến Mẫu", kind: Kcx, state: Operating, hectares: 126.0, land: Land::Built, lots: &["SKT", "SKK", "DNL", "DRA", "DTL"], old: true, declared: Some(-0.002), plants: &[Plant::Midpoints], ..PLAIN },
    ZoneSpec { id: "KCX02", name: "KCX Cổng Mẫu 2", kind: Kcx, state: InPlan, parent: Some("KCNANG02"), hectares: 0.0, land: Land::Open("CLN"), lots: &["SKT"], patches: &[patch("TMD", 3.0, Shows::Plan, Lies::Inside)], ..PLAIN },
    ZoneSpec { id: "CCN01", name: "CCN Bản Mây", state: Operating, hectares: 64.0, land: Land::Built, old: true, plants: &[Plant::Midpoints], ..PLAIN },
    ZoneSpec { id: "CCN02", name: "CCN Hai Bến", state: Established, hectares: 52.0, land: Land::Open("CLN"), ..PLAIN },
    ZoneSpec { id: "CCN03", name: "CCN Gò Sành", state: Established, hectares: 38.0, land: Land::Open("CLN"), plants: &[Plant::WrongCommune], ..PLAIN },
    ZoneSpec { id: "CCN04", name: "CCN Nà Hoa", hectares: 45.0, land: Land::Open("HNK"), plants: &[Plant::CommuneShare(0.008)], ..PLAIN },
    ZoneSpec { id: "CCN05", name: "CCN Khe Sậy", hectares: 42.0, land: Land::Open("CLN"), plants: &[Plant::CommuneShare(0.0118)], ..PLAIN },
    ZoneSpec { id: "CCN06", name: "CCN Cầu Chéo", state: Proposed, hectares: 0.0, lots: &[], declared: Some(0.001), ..PLAIN },
    ZoneSpec { id: "CCN07", name: "CCN Đồng Bưởi", state: Established, hectares: 48.0, land: Land::Open("CLN"), lots: &["SKN", "DTL"], ..PLAIN },
    ZoneSpec { id: "CCN08", name: "CCN Đồng Bưởi 2", state: Proposed, hectares: 0.0, land: Land::Open("CLN"), ..PLAIN },
    ZoneSpec { id: "CCN09", name: "CCN Khe Giang Trong", state: Proposed, hectares: 0.0, land: Land::Open("RSX"), lots: &["SKK"], ..PLAIN },
    ZoneSpec { id: "CCN10", name: "CCN Bờ Tre 1", state: Operating, hectares: 32.0, land: Land::Built, old: true, plants: &[Plant::ZoneStrip("CCN11", 1.28), Plant::ZonePiece("CCN11", 58.0), Plant::Midpoints], ..PLAIN },
    ZoneSpec { id: "CCN11", name: "CCN Bờ Tre 2", state: Expanded, hectares: 0.0, land: Land::Open("HNK"), plants: &[Plant::ZoneStrip("CCN12", 1.62)], ..PLAIN },
    ZoneSpec { id: "CCN12", name: "CCN Bờ Tre 3", state: InPlan, hectares: 0.0, land: Land::Open("HNK"), ..PLAIN },
    ZoneSpec { id: "CCN13", name: "CCN Đồng Chiêm", state: Revoked, hectares: 36.0, land: Land::Open("LUC"), lots: &[], old: true, declared: Some(0.025), ..PLAIN },
    ZoneSpec { id: "CCN14", name: "CCN Lò Cũ", state: Converted, hectares: 28.0, land: Land::Built, lots: &["TMD", "ODT", "DKV"], old: true, declared: Some(0.002), ..PLAIN },
    ZoneSpec { id: "CCN15", name: "CCN Gò Hở", hectares: 56.0, land: Land::Open("HNK"), plants: &[Plant::Gap(1.4), Plant::Double(1.9)], ..PLAIN },
    ZoneSpec { id: "CCN16", name: "CCN Đồi Chỉ", state: UnderConstruction, hectares: 60.0, land: Land::Open("HNK"), plants: &[Plant::PlanStrip(4.8), Plant::PlanStrip(5.5), Plant::PlanPiece(1_540.0), Plant::PlanPiece(1_680.0)], ..PLAIN },
    ZoneSpec { id: "CCN17", name: "CCN Ruộng Mép", state: Established, hectares: 40.0, land: Land::Open("HNK"), patches: &[patch("LUC", 7.0, Shows::Today, Lies::Outside), patch("RPH", 7.0, Shows::Today, Lies::Outside)], plants: &[Plant::TodayPiece("LUC", 1_530.0), Plant::TodayPiece("RPH", 1_560.0)], ..PLAIN },
    ZoneSpec { id: "CCN18", name: "CCN Ruộng Chỉ", hectares: 35.0, land: Land::Open("HNK"), patches: &[patch("LUC", 9.0, Shows::Today, Lies::Outside)], plants: &[Plant::TodayStrip("LUC", 4.8), Plant::CommuneStrip(4.8)], ..PLAIN },
    ZoneSpec { id: "CCNLN01", name: "CCN làng nghề Làng Chum", kind: Ccnln, state: Operating, hectares: 14.0, land: Land::Built, old: true, patches: &[patch("ONT", 1.1, Shows::Both, Lies::Across)], ..PLAIN },
    ZoneSpec { id: "CCNLN02", name: "CCN làng nghề Làng Nón", kind: Ccnln, state: Adjusted, hectares: 18.0, land: Land::Open("CLN"), lots: &["SKN", "SKK"], ..PLAIN },
];

/// Position of a zone in [`ZONES`].
pub(crate) fn position(id: &str) -> Option<usize> {
    ZONES.iter().position(|zone| zone.id == id)
}
