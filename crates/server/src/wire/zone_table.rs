//! The table of all zones, with sums. Hectares are planar, in the working CRS of each zone.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AreaSum, Counts, Quantity, RegisterFill};

/// Zones that pass the filters, with the sums of them all.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneTable {
    /// How many there are without filters.
    pub total: usize,
    /// How many pass the filters.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// The zones of this page.
    pub zones: Vec<ZoneRow>,
    /// Sums of all that match.
    pub sums: ZoneSums,
    /// Sums by kind, each kind by itself: they exceed `sums` by what lies in other zones.
    pub by_kind: Vec<ZoneGroup>,
    /// Sums by state; they add up to `sums`.
    pub by_state: Vec<ZoneGroup>,
    /// Sums by province; they add up to `sums`.
    pub by_province: Vec<ZoneGroup>,
    /// Sums by the commune that holds most of each zone; they add up to `sums`.
    pub by_commune: Vec<ZoneGroup>,
    /// Industrial land and fill at the end of each half-year of which registers have figures, the oldest first.
    pub series: Vec<HalfYear>,
    /// What there is to choose from, filters aside.
    pub choices: ZoneChoices,
}

/// A zone with what is stated, what is measured and what was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneRow {
    /// Feature id; of a zone without boundary, its identifier in the register.
    pub id: String,
    /// The collection that has its boundary; null where none has.
    pub collection: Option<String>,
    /// The registers that know it; figures are of the first.
    pub records: Vec<ZoneRecordRef>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// Identifier of the zone that holds it.
    pub parent: Option<String>,
    /// Communes as measured, the one with most of it first; as declared where nothing is measured.
    pub communes: Vec<ZoneCommune>,
    /// Stated whole area, ha: the boundary's own, else the register's.
    pub declared_ha: Option<Quantity>,
    /// Measured area, ha; null before a check.
    pub area_ha: Option<f64>,
    /// (measured − stated) ÷ stated, %.
    pub difference_percent: Option<f64>,
    /// Day at which the register's areas held.
    pub as_of: Option<String>,
    /// Industrial land, ha.
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<Quantity>,
    /// Industrial − leased land, ha.
    pub free_ha: Option<f64>,
    /// Fill rate.
    pub fill: RegisterFill,
    /// What the last check found that is still open, by severity.
    pub findings: Counts,
    /// The rules of these findings.
    pub rules: Vec<String>,
    /// Land of open conflicts of severity B and E, ha; land that several rules meet counts for each.
    pub conflict_ha: f64,
    /// Decision.
    pub decision: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<String>,
    /// Distance to the nearest of what `near` names, m.
    pub distance_m: Option<f64>,
    /// West, south, east, north.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
}

impl ZoneRow {
    /// Whether an open finding of severity B or E is about it.
    pub(crate) fn is_in_conflict(&self) -> bool {
        self.findings.B + self.findings.E > 0
    }
}

/// A zone in a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZoneRecordRef {
    /// The register.
    pub register: String,
    /// Identifier in it.
    pub id: String,
}

/// A commune in which a zone lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZoneCommune {
    /// Code.
    pub code: String,
    /// Name; the code where no collection tells it.
    pub name: String,
}

/// Sums. A figure of a zone in another one of the same list that has this figure too is not added again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct ZoneSums {
    /// How many.
    pub zones: usize,
    /// How many of them lie in another one of the list.
    pub nested: usize,
    /// Stated whole area.
    pub declared: AreaSum,
    /// Measured area.
    pub measured: AreaSum,
    /// Industrial land.
    pub industrial: AreaSum,
    /// Leased industrial land.
    pub leased: AreaSum,
    /// Industrial land that is not leased.
    pub free: AreaSum,
    /// Leased ÷ industrial land of the zones that give both, %.
    pub fill_percent: Option<f64>,
    /// Open findings by severity.
    pub findings: Counts,
    /// Zones with an open finding of severity B or E.
    pub in_conflict: usize,
    /// Land of open conflicts, ha.
    pub conflict_ha: f64,
}

/// Zones that have something in common.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneGroup {
    /// What: the code of a kind, a state or a commune, the name of a province; null where a zone does not say.
    pub code: Option<String>,
    /// Name of the commune.
    pub name: Option<String>,
    /// Their sums.
    pub sums: ZoneSums,
}

/// What was known at the end of a half-year.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct HalfYear {
    /// Year.
    pub year: u16,
    /// 1 or 2.
    pub half: u8,
    /// Industrial land.
    pub industrial: AreaSum,
    /// Leased industrial land.
    pub leased: AreaSum,
    /// Leased ÷ industrial land of the zones that give both, %.
    pub fill_percent: Option<f64>,
}

/// What there is to choose from.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct ZoneChoices {
    /// Kinds.
    pub kinds: Vec<ZoneChoice>,
    /// States.
    pub states: Vec<ZoneChoice>,
    /// Provinces.
    pub provinces: Vec<ZoneChoice>,
    /// Communes.
    pub communes: Vec<ZoneChoice>,
    /// What distances can be measured to: collections, and kinds of zones.
    pub near: Vec<ZoneChoice>,
}

/// A choice, with how many zones it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ZoneChoice {
    /// What the parameter takes.
    pub code: String,
    /// Name; null where the code is one of `/kinds`.
    pub name: Option<super::Text>,
    /// How many zones, or features of a collection.
    pub count: usize,
}
