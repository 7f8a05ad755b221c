//! Parameters of the rules on geometry, files and sizes.

use serde::Deserialize;

use super::LegalBasis;
use crate::{Severity, ZoneKind};

/// A ring whose last point is not its first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingRule {
    /// Severity.
    pub severity: Severity,
    /// Distances up to this one are none, m.
    pub tolerance_m: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Two zones with one boundary.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DuplicateRule {
    /// Severity.
    pub severity: Severity,
    /// Area of both over area of either, from which on they are one, 0 to 1.
    pub min_iou: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// How coordinates of Viet Nam look.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisRule {
    /// Severity.
    pub severity: Severity,
    /// Eastings are below this, northings above, m.
    pub limit_m: f64,
    /// Latitudes of the country, degrees.
    pub latitude: [f64; 2],
    /// Longitudes of the country, degrees.
    pub longitude: [f64; 2],
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Edges that match a plan only after the datum shift.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatumRule {
    /// Severity.
    pub severity: Severity,
    /// An edge matches within this distance, m.
    pub tolerance_m: f64,
    /// Share of the boundary that must match after the shift, 0 to 1.
    pub min_share_shifted: f64,
    /// How much larger that share must be than before the shift, 0 to 1.
    pub min_gain: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// Texts in an old encoding.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncodingRule {
    /// Severity.
    pub severity: Severity,
    /// So many words must look broken.
    pub min_words: usize,
    /// Letters that stand inside words of TCVN3 texts read as Latin-1, and in no Vietnamese word.
    pub tcvn3: String,
    /// Second letters of pairs of VNI texts read as Latin-1.
    pub vni: String,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// A gap between two zones.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapRule {
    /// Severity.
    pub severity: Severity,
    /// Distances up to this many times W_min.
    pub within_w_min: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// The largest area of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxAreaRule {
    /// Severity.
    pub severity: Severity,
    /// Kinds that are judged.
    pub kinds: Vec<ZoneKind>,
    /// The largest area, ha.
    pub max_ha: f64,
    /// More than this beyond it counts, per cent.
    pub tolerance_percent: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// The smallest area of a kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MinAreaRule {
    /// Severity.
    pub severity: Severity,
    /// Severity where nothing tells whether the place is mountainous and that would decide.
    pub doubt_severity: Severity,
    /// Kinds that are judged.
    pub kinds: Vec<ZoneKind>,
    /// The smallest area, ha.
    pub min_ha: f64,
    /// The smallest area in the mountains and of the kinds below, ha.
    pub reduced_min_ha: f64,
    /// Kinds to which the reduced area applies everywhere.
    pub reduced_kinds: Vec<ZoneKind>,
    /// More than this below it counts, per cent.
    pub tolerance_percent: f64,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

/// A distance to keep.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistanceRule {
    /// Severity.
    pub severity: Severity,
    /// Nearer than this, m, is a finding.
    pub distance_m: f64,
    /// Kinds that are not judged.
    #[serde(default)]
    pub kinds_left_out: Vec<ZoneKind>,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<LegalBasis>,
}

impl MinAreaRule {
    pub(super) fn gravest(&self) -> Severity {
        self.severity.min(self.doubt_severity)
    }
}

/// Rules with one severity and nothing graver.
macro_rules! one_severity {
    ($($rule:ty),*) => {
        $(impl $rule {
            pub(super) fn gravest(&self) -> Severity {
                self.severity
            }
        })*
    };
}

one_severity!(
    ClosingRule,
    DuplicateRule,
    AxisRule,
    DatumRule,
    EncodingRule,
    GapRule,
    MaxAreaRule,
    DistanceRule
);
