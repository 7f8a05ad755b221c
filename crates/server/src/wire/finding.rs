//! Findings.

use serde::Serialize;
use utoipa::ToSchema;

use super::{CheckSummary, FindingStanding, Text};

/// A page of findings.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingList {
    /// The check that made them; null before the first.
    pub check: Option<CheckSummary>,
    /// How many match in all.
    #[serde(rename = "numberMatched")]
    pub number_matched: usize,
    /// How many are on this page.
    #[serde(rename = "numberReturned")]
    pub number_returned: usize,
    /// Hectares of the area conflicts (of any severity) among all that match.
    pub total_area_ha: f64,
    /// The findings of this page.
    pub findings: Vec<Finding>,
}

/// One finding. Areas are planar in `crs`, the zone's own.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Finding {
    /// Stable identifier.
    pub id: String,
    /// Rule.
    pub rule: String,
    /// `B`, `E`, `W` or `I`.
    pub severity: String,
    /// Where it stands, and by which decision.
    pub standing: FindingStanding,
    /// Name of the rule.
    pub title: Text,
    /// What it says.
    pub message: Text,
    /// The zone.
    pub zone: Option<FindingZone>,
    /// The other feature of a pair.
    pub other: Option<FindingOther>,
    /// Land-use codes it is about.
    pub codes: Vec<String>,
    /// Planar area, m².
    pub area_m2: f64,
    /// Planar area, ha.
    pub area_ha: f64,
    /// Geodesic area, m².
    pub area_geodesic_m2: Option<f64>,
    /// Mean width 2A/P, m.
    pub mean_width_m: Option<f64>,
    /// Share of the zone's area, 0 to 1.
    pub share: Option<f64>,
    /// Area per land-use code or commune.
    pub table: Vec<FindingTableLine>,
    /// Significance that was used.
    pub tolerance: Tolerance,
    /// The rule's parameters.
    #[schema(value_type = Object)]
    pub parameters: serde_json::Map<String, serde_json::Value>,
    /// West, south, east, north; null without a place.
    #[schema(value_type = Option<Vec<f64>>)]
    pub bbox: Option<[f64; 4]>,
    /// A point in it: longitude, latitude.
    #[schema(value_type = Option<Vec<f64>>)]
    pub point: Option<[f64; 2]>,
    /// CRS of the areas.
    pub crs: String,
    /// What would mend it; null where nothing is proposed.
    pub fix: Option<FindingFix>,
    /// GeoJSON geometry, where asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<serde_json::Value>,
}

impl Finding {
    /// The same where it stands now; a shape that is not wanted is not copied.
    pub(crate) fn standing_at(&self, standing: FindingStanding, geometry: bool) -> Self {
        Self {
            id: self.id.clone(),
            rule: self.rule.clone(),
            severity: self.severity.clone(),
            standing,
            title: self.title.clone(),
            message: self.message.clone(),
            zone: self.zone.clone(),
            other: self.other.clone(),
            codes: self.codes.clone(),
            table: self.table.clone(),
            parameters: self.parameters.clone(),
            crs: self.crs.clone(),
            fix: self.fix.as_ref().map(|fix| fix.shaped(geometry)),
            geometry: if geometry { self.geometry.clone() } else { None },
            ..*self
        }
    }
}

/// A finding explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingExplanation {
    /// Identifier of the finding.
    pub finding: String,
    /// Rule, what it asks, what was found, tolerance, sources, legal basis and proposed fix, a sentence each.
    pub lines: Vec<Text>,
}

/// What would mend a finding.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FindingFix {
    /// What to do: `cut_off`, `replace_outline`, `close_ring`, `swap_axes`, `read_as`, `shift`, `fill`,
    /// `declare_area`, `reduce_by` or `rename_units`.
    pub action: String,
    /// The same in words.
    pub text: Text,
    /// `finding` where the finding's own geometry is the shape to cut off or to take, `own` where the fix has another;
    /// null where it is no shape.
    pub shape: Option<String>,
    /// GeoJSON geometry of a shape of its own, where asked for: what to add, or where the feature would lie.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub geometry: Option<serde_json::Value>,
}

impl FindingFix {
    /// The same; a shape that is not wanted is not copied.
    fn shaped(&self, geometry: bool) -> Self {
        Self {
            action: self.action.clone(),
            text: self.text.clone(),
            shape: self.shape.clone(),
            geometry: if geometry { self.geometry.clone() } else { None },
        }
    }
}

/// The zone of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingZone {
    /// Feature id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind, where known.
    pub kind: Option<String>,
}

/// The other feature of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingOther {
    /// Its collection.
    pub collection: String,
    /// Feature id.
    pub id: String,
    /// Name, where it has one.
    pub name: Option<String>,
    /// Land-use code, where it has one.
    pub code: Option<String>,
}

/// A line of a finding's table.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FindingTableLine {
    /// Land-use or commune code.
    pub code: String,
    /// Name.
    pub name: Option<String>,
    /// Planar area, m².
    pub area_m2: f64,
}

/// Significance of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Tolerance {
    /// Width below which an overlap is a sliver, m.
    pub w_min_m: Option<f64>,
    /// Area below which the severity is lowered, m².
    pub a_min_m2: Option<f64>,
}
