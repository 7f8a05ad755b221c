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

impl ZoneKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::IndustrialPark,
        Self::IndustrialCluster,
        Self::CraftVillageCluster,
        Self::ExportProcessingZone,
        Self::BorderGateEconomicZone,
        Self::CoastalEconomicZone,
        Self::FunctionalArea,
    ];

    /// The code used in files and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::IndustrialPark => "KCN",
            Self::IndustrialCluster => "CCN",
            Self::CraftVillageCluster => "CCNLN",
            Self::ExportProcessingZone => "KCX",
            Self::BorderGateEconomicZone => "KKTCK",
            Self::CoastalEconomicZone => "KKTVB",
            Self::FunctionalArea => "KCNANG",
        }
    }

    /// The kind of a code; case and surrounding space do not matter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code.trim()))
    }
}

impl ZoneState {
    /// All states, in the order of a zone's life.
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::InPlan,
        Self::Established,
        Self::UnderConstruction,
        Self::Operating,
        Self::Expanded,
        Self::Adjusted,
        Self::Revoked,
        Self::Converted,
    ];

    /// The code used in files and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::InPlan => "in_plan",
            Self::Established => "established",
            Self::UnderConstruction => "under_construction",
            Self::Operating => "operating",
            Self::Expanded => "expanded",
            Self::Adjusted => "adjusted",
            Self::Revoked => "revoked",
            Self::Converted => "converted",
        }
    }

    /// The state of a code; case and surrounding space do not matter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code().eq_ignore_ascii_case(code.trim()))
    }
}
