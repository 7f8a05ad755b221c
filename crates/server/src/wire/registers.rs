//! Whole registers: what there are, their versions, and figures that are entered.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Text;

/// The registers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Registers {
    /// The registers, by identifier.
    pub registers: Vec<RegisterFacts>,
}

/// A register, counted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RegisterFacts {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Zones.
    pub zones: usize,
    /// Totals without names.
    pub totals: usize,
    /// Projects.
    pub projects: usize,
    /// Indicators.
    pub indicators: usize,
    /// Documents.
    pub documents: usize,
}

/// What a register said of a zone, version by version.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneVersions {
    /// The versions that changed it, the newest first.
    pub versions: Vec<ZoneVersion>,
}

/// What a version of a register says of a zone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ZoneVersion {
    /// The revision that brought it.
    pub revision: u64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Where it came from: a file, or the document of figures that were entered.
    pub source: Option<String>,
    /// The record; null where it was taken away.
    #[schema(value_type = Option<Object>)]
    pub record: Option<serde_json::Value>,
}

/// Figures to enter. They are added to what the register has.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FiguresEntry {
    /// Day at which they held: 2026-06-14, 2026-06 or 2026.
    pub as_of: String,
    /// Identifier of the document that states them; made where the register has none such.
    pub document: String,
    /// Title of a document that is made.
    pub document_title: Option<String>,
    /// Why, and who enters them.
    pub reason: String,
    /// Figures of zones.
    #[serde(default)]
    pub zones: Vec<ZoneFigures>,
    /// Projects that are new, or stand otherwise than before.
    #[serde(default)]
    pub projects: Vec<ProjectFigures>,
}

/// A project. What is left out stays as it was.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectFigures {
    /// Its identifier in the register; left out for a new one.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// The zone's identifier in the register.
    pub zone: String,
    /// `proposed`, `selecting_investor`, `approved`, `registered`, `under_construction`, `operating`, `monitored`,
    /// `suspended` or `revoked`.
    pub status: String,
    /// Land, ha.
    pub land_ha: Option<f64>,
    /// Registered capital, đồng.
    pub capital_vnd: Option<f64>,
    /// Sector.
    pub sector: Option<String>,
    /// Why, for a suspended or revoked one.
    pub reason: Option<String>,
}

/// Figures of a zone. What is left out says nothing.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ZoneFigures {
    /// The zone's identifier in the register.
    pub zone: String,
    /// Whole area, ha.
    pub total_ha: Option<f64>,
    /// Industrial land, ha.
    pub industrial_ha: Option<f64>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<f64>,
    /// Fill rate as stated, %.
    pub stated_percent: Option<f64>,
}

/// What came of entering figures.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FiguresEntered {
    /// The revision that they are since.
    pub revision: u64,
    /// Zones that say something new.
    pub changed: usize,
    /// Zones of which the register knew it all.
    pub unchanged: usize,
    /// Projects that are new or stand otherwise.
    pub projects: usize,
}

/// What asks for the periodic report on clusters, and for which periods.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportForms {
    /// Number of the circular.
    pub number: String,
    /// Its title.
    pub title: Text,
    /// Day of issue.
    pub issued: String,
    /// First day in force.
    pub in_force: String,
    /// What has changed it.
    pub amended_by: String,
    /// The consolidated text.
    pub consolidated: String,
    /// Where that was read.
    pub source: String,
    /// Whether our tables follow the official forms; where not, columns are our own.
    pub forms_seen: bool,
    /// The kinds of zones that are clusters.
    pub kinds: Vec<String>,
    /// The last days of periods around today, the newest first.
    pub periods: Vec<ReportPeriod>,
    /// How far a stated fill rate may be from the computed one, percentage points.
    pub tolerance_points: Option<f64>,
}

/// A period of which is reported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportPeriod {
    /// Name.
    pub title: Text,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// The day before which firms report.
    pub deadline: String,
}
