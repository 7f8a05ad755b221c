//! What the rules say, written a second time from their description, so that the key does not repeat an error of
//! the check: allowed codes, limits, steps, tolerances.

use planning::{Severity, ZoneKind, ZoneState};

/// The rules that the key answers.
pub(crate) const RULES: [&str; 8] =
    ["GEO-01", "LUP-01", "LUP-03", "LUP-04", "ZON-01", "ZON-04", "ADM-02", "ADM-03"];
/// Map scales of the layers.
pub(crate) const ZONE_SCALE: u32 = 2_000;
/// Plans, land use, communes.
pub(crate) const PARCEL_SCALE: u32 = 10_000;
/// Rice land from which LUP-03 is an error, m².
pub(crate) const RICE_ERROR_M2: f64 = 100_000.0;
/// Share inside the declared communes below which ADM-02 speaks.
pub(crate) const SHARE_INSIDE: f64 = 0.99;

/// Narrowest significant width between two sources: half a millimetre on each map, m.
pub(crate) fn w_min_m(scale: u32, other: u32) -> f64 {
    let (a, b) = (0.0005 * f64::from(scale), 0.0005 * f64::from(other));
    (a * a + b * b).sqrt()
}

/// Smallest significant area at the scale of the reference: 16 mm² up to 1:10,000, m².
pub(crate) fn a_min_m2(scale: u32) -> f64 {
    16e-6 * f64::from(scale) * f64::from(scale)
}

/// Codes that a kind may hold; `None` when LUP-01 does not judge the kind.
pub(crate) fn allowed(kind: ZoneKind, code: &str) -> Option<bool> {
    let own: &[&str] = match kind {
        ZoneKind::IndustrialPark => &["SKK"],
        ZoneKind::IndustrialCluster | ZoneKind::CraftVillageCluster => &["SKN"],
        ZoneKind::ExportProcessingZone => &["SKK", "SKT"],
        _ => return None,
    };
    Some(own.contains(&code) || ["DGT", "DTL", "DNL", "DRA"].contains(&code))
}

/// Whether rice and forest rules judge the kind.
pub(crate) fn converts_land(kind: ZoneKind) -> bool {
    allowed(kind, "").is_some()
}

/// Whether a zone in this state is judged by more than GEO-01 and ZON-04.
pub(crate) fn living(state: ZoneState) -> bool {
    !matches!(state, ZoneState::Revoked | ZoneState::Converted)
}

/// Severity of a difference between declared and measured area, in per cent of the declared.
pub(crate) fn difference(percent: f64) -> Option<Severity> {
    let off = percent.abs();
    if off > 5.0 {
        Some(Severity::Error)
    } else if off > 1.0 {
        Some(Severity::Warning)
    } else if off > 0.5 {
        Some(Severity::Info)
    } else {
        None
    }
}

/// Codes of rice land.
pub(crate) fn is_rice(code: &str) -> bool {
    matches!(code, "LUC" | "LUK" | "LUN")
}
