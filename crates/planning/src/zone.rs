//! Zone kinds and states.

use serde::{Deserialize, Serialize};

/// The kind of a zone; the serialised form is the code used in files and on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ZoneKind {
    /// Industrial park (khu công nghiệp).
    #[serde(rename = "KCN")]
    IndustrialPark,
    /// Industrial cluster (cụm công nghiệp).
    #[serde(rename = "CCN")]
    IndustrialCluster,
    /// Craft-village cluster (cụm công nghiệp làng nghề).
    #[serde(rename = "CCNLN")]
    CraftVillageCluster,
    /// Export processing zone (khu chế xuất).
    #[serde(rename = "KCX")]
    ExportProcessingZone,
    /// Border-gate economic zone (khu kinh tế cửa khẩu).
    #[serde(rename = "KKTCK")]
    BorderGateEconomicZone,
    /// Coastal economic zone (khu kinh tế ven biển).
    #[serde(rename = "KKTVB")]
    CoastalEconomicZone,
    /// Functional area inside an economic zone (khu chức năng).
    #[serde(rename = "KCNANG")]
    FunctionalArea,
}

/// Where a zone stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneState {
    /// Proposed (đề xuất).
    Proposed,
    /// In an approved plan (trong quy hoạch).
    InPlan,
    /// Established (đã thành lập).
    Established,
    /// Under construction (đang xây dựng hạ tầng).
    UnderConstruction,
    /// Operating (đang hoạt động).
    Operating,
    /// Expanded (đã mở rộng).
    Expanded,
    /// Adjusted (đã điều chỉnh).
    Adjusted,
    /// Revoked (đã thu hồi).
    Revoked,
    /// Converted to another use (đã chuyển đổi).
    Converted,
}
