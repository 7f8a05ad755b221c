//! The answer key as it is written to `answers.json`.

use planning::Severity;
use serde::Serialize;
use serde_json::{Map, Value};

/// Everything a check of the generated province must say, and every figure it must reach. Areas are planar in the
/// province's CRS, in m², exact: every vertex lies on whole quarter metres.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answers {
    /// Always true: nothing here is real.
    pub generated: bool,
    /// The seed.
    pub seed: u64,
    /// CRS of all figures.
    pub crs: String,
    /// The plan that zones are judged against.
    pub plan: String,
    /// The rules that the key answers: of these a check finds what is below, no more and no fewer.
    pub rules: Vec<&'static str>,
    /// Findings by rule, zone, other feature.
    pub findings: Vec<ExpectedFinding>,
    /// What rules on files and on the place of a zone say of the files in `broken/`, each imported beside the province.
    pub faults: Vec<ExpectedFault>,
    /// Parts too narrow to be findings, by rule, zone, other feature.
    pub slivers: Vec<ExpectedSliver>,
    /// One per zone, in the order of the zones.
    pub summaries: Vec<ExpectedSummary>,
    /// What the layers hold.
    pub totals: Totals,
}

/// A finding that a check must give.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedFinding {
    /// Rule id.
    pub rule: String,
    /// Severity after lowering.
    pub severity: Severity,
    /// Zone id; none of LUP-02, which is about a parcel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Id of the other feature of a rule about pairs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// Land-use codes, largest area first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Area of the parts that are not slivers, m²; 0 for rules that measure none (GEO-01, ZON-04, distances).
    pub area_m2: f64,
    /// How many connected parts it has.
    #[serde(skip_serializing_if = "is_zero")]
    pub parts: usize,
    /// Area per land-use code (LUP-03 to LUP-11), change of code (PLN-04) or commune (ADM-02 to ADM-04), largest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<Line>,
    /// ZON-04: the area that the zone declares, m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_m2: Option<f64>,
    /// ZON-04: the area that it has, m².
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured_m2: Option<f64>,
    /// Other figures, named as the check names its parameters: distances and widths in m, areas in ha, shares in
    /// per cent, counts.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub figures: Map<String, Value>,
}

impl ExpectedFinding {
    /// A finding of which no more is known.
    pub(super) fn new(rule: &str, severity: Severity, area_m2: f64, parts: usize) -> Self {
        Self {
            rule: rule.into(),
            severity,
            zone: None,
            other: None,
            codes: Vec::new(),
            area_m2,
            parts,
            table: Vec::new(),
            declared_m2: None,
            measured_m2: None,
            figures: Map::new(),
        }
    }

    /// With one more figure.
    pub(super) fn figure(&mut self, name: &str, value: f64) -> &mut Self {
        self.figures.insert(name.into(), value.into());
        self
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A finding that a check must give on a file with a fault.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedFault {
    /// Collection, and name of the file without its ending.
    pub file: String,
    /// Rule id.
    pub rule: String,
    /// Severity.
    pub severity: Severity,
    /// Zone id; none where it is the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The collection, where it is the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    /// Figures and words, named as the check names its parameters.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub figures: Map<String, Value>,
}

/// A sliver that a check must report apart from the findings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedSliver {
    /// Rule id.
    pub rule: String,
    /// Zone id.
    pub zone: String,
    /// Id of the parcel, commune or zone on the other side.
    pub other: String,
    /// Its land-use code, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Area, m².
    pub area_m2: f64,
}

/// An area of a land-use code or commune.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Land-use code or commune code.
    pub key: String,
    /// Area, m².
    pub area_m2: f64,
}

/// What a zone lies on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedSummary {
    /// Zone id.
    pub zone: String,
    /// Area, m².
    pub area_m2: f64,
    /// Against the newest plan.
    pub by_plan: ExpectedCoverage,
    /// Against present land use.
    pub by_land_use: ExpectedCoverage,
    /// Per commune, largest first.
    pub by_commune: Vec<Line>,
}

/// How a layer of parcels covers a zone: Σ codes − multiple + uncovered = area.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExpectedCoverage {
    /// Area per code, largest first.
    pub codes: Vec<Line>,
    /// Covered by no parcel, m².
    pub uncovered_m2: f64,
    /// Covered a second time, m².
    pub multiple_m2: f64,
}

/// Sums over the province.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Area of the province, m².
    pub area_m2: f64,
    /// Features per collection.
    pub features: Vec<(String, usize)>,
    /// Findings per rule and severity.
    pub findings: Vec<(String, Severity, usize)>,
    /// Pairs of a zone and a parcel of the newest plan with interior overlap.
    pub zone_plan_pairs: usize,
    /// Pairs of a zone and a present parcel with interior overlap.
    pub zone_land_use_pairs: usize,
    /// Pairs of zones with interior overlap.
    pub zone_zone_pairs: usize,
    /// Pairs of a zone and a commune with interior overlap.
    pub zone_commune_pairs: usize,
}
