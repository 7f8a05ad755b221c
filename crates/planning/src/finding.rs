//! Findings: what a rule has to say about a zone at a place.

use serde::{Deserialize, Serialize};
use spatial::{Crs, Region};

use crate::{Fix, Text, ZoneKind};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Blocks publication or submission.
    #[serde(rename = "B")]
    Block,
    /// Error.
    #[serde(rename = "E")]
    Error,
    /// Warning.
    #[serde(rename = "W")]
    Warning,
    /// Information.
    #[serde(rename = "I")]
    Info,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Block, Self::Error, Self::Warning, Self::Info];

    /// The letter by which it is known everywhere.
    pub fn code(self) -> &'static str {
        match self {
            Self::Block => "B",
            Self::Error => "E",
            Self::Warning => "W",
            Self::Info => "I",
        }
    }

    /// One step milder; information stays information.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Block => Self::Error,
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}

/// The zone a finding is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ZoneRef {
    /// Feature id of the zone.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind, where the file says one that is known.
    pub kind: Option<ZoneKind>,
}

/// The other feature of a finding: a parcel, another zone, or the feature itself when it is not a zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OtherFeature {
    /// Collection it is in.
    pub collection: String,
    /// Feature id.
    pub id: String,
    /// Its name, if any.
    pub name: Option<String>,
    /// Its land-use code, if any.
    pub code: Option<String>,
}

/// A line of a finding's table: an area per land-use code or per commune.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableLine {
    /// Land-use or commune code.
    pub key: String,
    /// Name, where the key alone does not tell.
    pub name: Option<String>,
    /// Planar area in the working CRS, m².
    pub area_m2: f64,
}

/// One finding. Areas are planar in `crs`, the zone's own TM-3 zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Stable: hash of rule, zone id, the other feature's collection and id, and an ordinal among equals.
    pub id: String,
    /// Rule, such as `LUP-01`.
    pub rule: String,
    /// Severity after lowering.
    pub severity: Severity,
    /// What it says, in both languages.
    pub message: Text,
    /// The zone, unless the finding is about a feature of another collection.
    pub zone: Option<ZoneRef>,
    /// The other feature, for rules about a pair.
    pub other: Option<OtherFeature>,
    /// Land-use codes it is about.
    pub codes: Vec<String>,
    /// Planar area, m²; 0 for findings without an area.
    pub area_m2: f64,
    /// Geodesic area, m².
    pub area_geodesic_m2: Option<f64>,
    /// Mean width 2A/P, m.
    pub mean_width_m: Option<f64>,
    /// Share of the zone's area, 0 to 1.
    pub share: Option<f64>,
    /// Area per code or commune, where the rule gives one, largest first.
    pub table: Vec<TableLine>,
    /// Significance width W_min used, m.
    pub w_min_m: Option<f64>,
    /// Significance area A_min used, m².
    pub a_min_m2: Option<f64>,
    /// The rule's parameters as they were filled into the message.
    pub parameters: serde_json::Map<String, serde_json::Value>,
    /// CRS of `region` and `place`.
    pub crs: Crs,
    /// Where: the conflict's shape; for a finding without an area (GEO-01, ZON-04) the shape of the whole feature, if
    /// it has any: not to be drawn as land in conflict, see [`Finding::is_area_conflict`].
    pub region: Option<Region>,
    /// A point to show, in `crs`.
    pub place: Option<[f64; 2]>,
    /// What would mend it, where there is something.
    pub fix: Option<Fix>,
}

/// A part of an overlap narrower than W_min: kept, counted and summed, not a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Sliver {
    /// Rule that met it.
    pub rule: String,
    /// Zone id.
    pub zone: String,
    /// Feature id of the other side (parcel, zone or commune).
    pub other: String,
    /// Land-use code of the other side, if any.
    pub code: Option<String>,
    /// Planar area, m².
    pub area_m2: f64,
    /// Mean width 2A/P, m.
    pub mean_width_m: f64,
    /// CRS of the region.
    pub crs: Crs,
    /// Its shape.
    pub region: Region,
}

impl Finding {
    /// Whether it is about land in conflict; the others (invalid geometry, declared area) only point at a shape.
    pub fn is_area_conflict(&self) -> bool {
        self.area_m2 > 0.0
    }

    /// Whether its region is land of a zone that is in conflict: not land that no zone holds (LUP-02), and not the
    /// area of a feature that is wrong in some other way.
    pub fn is_land_conflict(&self) -> bool {
        is_land_conflict(&self.rule)
    }
}

/// The same of all findings of a rule.
pub fn is_land_conflict(rule: &str) -> bool {
    let on_land = rule.starts_with("LUP-") && rule != "LUP-02";
    on_land || matches!(rule, "ZON-01" | "ADM-01" | "ADM-02" | "PLN-05")
}

/// Joins the parts of an id; no file may contain it in one of them.
const SEPARATOR: &str = "\u{1f}";

/// Hash of rule, features and ordinal, 16 hexadecimal digits. Neither figures nor texts go in: a finding keeps its
/// id when a boundary moves a little or a message gets better words.
pub(crate) fn finding_id(finding: &Finding, ordinal: usize) -> String {
    let zone = finding.zone.as_ref().map_or("", |zone| zone.id.as_str());
    let (collection, other) =
        finding.other.as_ref().map_or(("", ""), |other| (other.collection.as_str(), other.id.as_str()));
    let name = [&finding.rule, zone, collection, other, &ordinal.to_string()].join(SEPARATOR);
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()))
}
