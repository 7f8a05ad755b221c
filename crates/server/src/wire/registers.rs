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
    pub zones: Vec<ZoneFigures>,
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
}
