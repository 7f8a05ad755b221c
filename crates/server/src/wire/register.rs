//! The zone register. Dates are days, months or years: `2020-12-31`, `2020-12`, `2020`.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Finding, Text};

/// A page of the register's zones.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterZones {
    /// How many match in all.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// The zones of this page.
    pub zones: Vec<RegisterZone>,
}

/// A number as a document states it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Quantity {
    /// The number.
    pub value: f64,
    /// `exactly`, `more_than`, `about`, `nearly` or `less_than`.
    pub qualifier: String,
}

/// A zone of the register with its newest figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterZone {
    /// The register.
    pub register: String,
    /// Identifier in it.
    pub id: String,
    /// Feature that is its boundary; null where no collection has one.
    pub feature: Option<RegisterFeature>,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Province as documents give it.
    pub province: Option<String>,
    /// Newest state; null where nobody says.
    pub state: Option<String>,
    /// Day at which the state held.
    pub state_as_of: Option<String>,
    /// Lists in which it stands.
    pub lists: Vec<RegisterList>,
    /// Day at which the areas held.
    pub area_as_of: Option<String>,
    /// Whole area, ha.
    pub total_ha: Option<Quantity>,
    /// Industrial land, ha.
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<Quantity>,
    /// Fill rate.
    pub fill: RegisterFill,
}

/// A feature of a collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterFeature {
    /// The collection.
    pub collection: String,
    /// The feature.
    pub id: String,
}

/// A list of zones.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterList {
    /// Identifier in the register.
    pub id: String,
    /// `national`, `provincial`, `land_use`, `annual_land_use` or `unspecified`.
    pub level: String,
    /// Title.
    pub title: Text,
    /// Years that it is for, as they are written.
    pub period: Option<String>,
}

/// A fill rate, stated and computed side by side; neither replaces the other.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct RegisterFill {
    /// As stated, %.
    pub stated_percent: Option<Quantity>,
    /// Day at which the stated rate held.
    pub stated_as_of: Option<String>,
    /// Leased ÷ industrial land, %, unrounded.
    pub computed_percent: Option<f64>,
    /// Leased industrial land that went in, ha.
    pub numerator_ha: Option<Quantity>,
    /// Industrial land that went in, ha.
    pub denominator_ha: Option<Quantity>,
    /// `leased_over_industrial`.
    pub formula: Option<String>,
}

/// A zone with everything that the register says of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterZoneDetail {
    /// The zone.
    pub zone: RegisterZone,
    /// The record as its file has it, older statements and quotations included.
    #[schema(value_type = Object)]
    pub record: serde_json::Value,
    /// Documents that the record cites.
    pub documents: Vec<RegisterDocument>,
    /// Projects in it, as their file has them.
    #[schema(value_type = Vec<Object>)]
    pub projects: Vec<serde_json::Value>,
    /// Identifiers of the zones that it holds.
    pub children: Vec<String>,
    /// What the last check found about it.
    pub findings: Vec<Finding>,
}

/// Documents of the registers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterDocuments {
    /// The documents, register by register.
    pub documents: Vec<RegisterDocument>,
}

/// A document. What it says held on `as_of`, was decided on `decided` and became public on `published`.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterDocument {
    /// The register.
    pub register: String,
    /// Identifier in it.
    pub id: String,
    /// `law`, `decree`, `resolution`, `decision`, `programme`, `plan`, `official_letter`, `report` or `table`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Official number.
    pub number: Option<String>,
    /// The body that issued it.
    pub body: Option<String>,
    /// Name of the file in which it was read.
    pub file: Option<String>,
    /// Day at which its content held.
    pub as_of: Option<String>,
    /// Day on which it was decided.
    pub decided: Option<String>,
    /// Day on which it was published.
    pub published: Option<String>,
    /// First day in force.
    pub valid_from: Option<String>,
    /// Last day in force.
    pub valid_to: Option<String>,
    /// What a reader should know of it.
    pub remark: Option<String>,
}

/// Answers per province and for the country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterStatistics {
    /// The day; null for the newest figures.
    pub date: Option<String>,
    /// One line a province and kind, the country first.
    pub lines: Vec<StatisticsLine>,
}

/// Zones of one kind in one province, or in the whole country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatisticsLine {
    /// The province as it was on the day; null for the whole country.
    pub province: Option<String>,
    /// Kind.
    pub kind: String,
    /// Zones on record.
    pub zones: usize,
    /// Those in a plan.
    pub planned: ZoneTally,
    /// Those that are established.
    pub established: ZoneTally,
    /// Those that were revoked or converted.
    pub given_up: usize,
    /// Established ÷ planned by number, %.
    pub established_count_percent: Option<f64>,
    /// Established ÷ planned by area, %.
    pub established_area_percent: Option<f64>,
    /// Totals without names that documents state; never added to the zones on record.
    pub reported: Vec<ReportedTotal>,
}

/// Zones counted and summed; sums are unrounded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneTally {
    /// How many.
    pub zones: usize,
    /// Whole area.
    pub total: AreaSum,
    /// Industrial land.
    pub industrial: AreaSum,
    /// Leased industrial land.
    pub leased: AreaSum,
    /// Leased ÷ industrial land of the zones that give both, %.
    pub fill_percent: Option<f64>,
}

/// A sum of areas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
pub struct AreaSum {
    /// The sum, ha.
    pub ha: f64,
    /// Zones that gave a figure.
    pub zones: usize,
    /// Zones that the sum lacks.
    pub unknown: usize,
    /// Whether a figure in it is approximate.
    pub approximate: bool,
}

/// A total without names, as a document states it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportedTotal {
    /// The register.
    pub register: String,
    /// Identifier in it.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Day at which it held.
    pub as_of: String,
    /// How many.
    pub count: Option<Quantity>,
    /// Whole area, ha.
    pub total_ha: Option<Quantity>,
    /// Industrial land, ha.
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<Quantity>,
    /// Fill rate as stated, %.
    pub stated_fill_percent: Option<Quantity>,
    /// Fill rate computed from the areas, %.
    pub computed_fill_percent: Option<f64>,
}
