//! What if a zone grew.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CommuneArea, Conversion, Coverage, Finding, FindingZone};

/// A zone as it is and as it would be.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WhatIf {
    /// The zone.
    pub zone: FindingZone,
    /// Rule pack, id and version.
    pub pack: String,
    /// The day on which it was judged.
    pub date: Option<String>,
    /// CRS of every planar figure.
    pub crs: String,
    /// Whether that CRS was guessed by the nearest meridian.
    pub crs_guessed: bool,
    /// As it is.
    pub before: WhatIfState,
    /// As it would be.
    pub after: WhatIfState,
    /// What it would gain, m²; what the polygon shares with the zone is no gain.
    pub added_m2: f64,
    /// The same, ha.
    pub added_ha: f64,
    /// The largest area of its kind (ZON-05); null where there is none.
    pub area_limit: Option<AreaLimit>,
    /// The fill rate asked for (ZON-10); null where it is not asked or no register knows it.
    pub fill_limit: Option<FillLimit>,
    /// Findings that it would have and does not have now.
    pub appearing: Vec<Finding>,
    /// Findings that it has now and would no longer have.
    pub vanishing: Vec<Finding>,
}

/// A zone measured.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WhatIfState {
    /// Planar area, m².
    pub area_m2: f64,
    /// Planar area, ha.
    pub area_ha: f64,
    /// Geodesic area, m².
    pub area_geodesic_m2: f64,
    /// Areas per planned code; null without a plan.
    pub by_plan: Option<Coverage>,
    /// Areas per present code; null without such a collection.
    pub by_land_use: Option<Coverage>,
    /// Areas per commune.
    pub by_commune: Vec<CommuneArea>,
    /// Rice and forest to convert, with who decides.
    pub conversions: Vec<Conversion>,
}

/// A limit on a zone's area.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct AreaLimit {
    /// The largest area, ha.
    pub max_ha: f64,
    /// Whether the grown zone stays within it.
    pub holds: bool,
}

/// The fill rate that a zone must have before it may grow.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct FillLimit {
    /// Leased ÷ industrial land by the register, %.
    pub percent: f64,
    /// What it must reach, %.
    pub min_percent: f64,
    /// Whether it does.
    pub holds: bool,
}
