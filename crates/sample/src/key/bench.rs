//! The bench at which one zone is judged: what it knows, what it has found, and how parts are sifted by width.

use std::collections::BTreeSet;

use planning::{Severity, ZoneKind};

use super::answers::{ExpectedFinding, ExpectedSliver, Line};
use super::outline::Edge;
use super::parts::{Part, Survey};
use crate::cover::Cover;
use crate::layout::register::{ZONES, ZoneSpec};
use crate::map::Labels;
use crate::themes::Themed;

/// What zones say of themselves, as far as rules look at it.
pub(crate) struct Declared {
    /// Declared hectares per zone.
    pub(crate) hectares: Vec<Option<f64>>,
    /// Declared communes per zone.
    pub(crate) communes: Vec<Vec<u32>>,
    /// Zones whose geometry is not valid.
    pub(crate) invalid: Vec<usize>,
    /// Class of harm per zone.
    pub(crate) classes: Vec<Option<String>>,
    /// Communes that are wards.
    pub(crate) wards: Vec<u32>,
}

/// Findings, slivers, and what lies too near to a threshold to be trusted.
#[derive(Default)]
pub(crate) struct Verdict {
    pub(crate) findings: Vec<ExpectedFinding>,
    pub(crate) slivers: Vec<ExpectedSliver>,
    pub(crate) doubts: Vec<String>,
}

/// What all zones are judged against.
pub(crate) struct Scene<'a> {
    pub(crate) survey: &'a Survey<'a>,
    pub(crate) cover: &'a Cover,
    pub(crate) declared: &'a Declared,
    pub(crate) themes: &'a [Themed],
    /// Outline of every zone.
    pub(crate) zones: Vec<Vec<Edge>>,
    /// Outline of every present parcel.
    pub(crate) today: Vec<Vec<Edge>>,
}

pub(super) struct Bench<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) zone: usize,
    pub(super) verdict: &'a mut Verdict,
}

/// Parts that are wide enough.
#[derive(Default)]
pub(super) struct Wide {
    pub(super) area_m2: f64,
    pub(super) parts: usize,
    pub(super) atoms: BTreeSet<u32>,
}

impl Wide {
    /// Takes more parts in.
    pub(super) fn add(&mut self, other: Self) {
        self.area_m2 += other.area_m2;
        self.parts += other.parts;
        self.atoms.extend(other.atoms);
    }
}

/// How near to its threshold a figure may come where nothing is planted, of the threshold: figures that decided
/// the look of the first provinces keep further off.
const GUARD: f64 = 0.1;
const NARROW_GUARD: f64 = 0.0005;
const WIDELY_GUARDED: [&str; 7] = ["LUP-01", "LUP-03", "LUP-04", "ZON-01", "ZON-04", "ADM-02", "ADM-03"];

impl<'a> Bench<'a> {
    pub(super) fn spec(&self) -> &'static ZoneSpec {
        &ZONES[self.zone]
    }

    pub(super) fn id(&self) -> &'static str {
        self.spec().id
    }

    pub(super) fn atom(&self, atom: u32) -> &'a Labels {
        &self.scene.survey.map.atoms[atom as usize]
    }

    pub(super) fn is_left_out(&self, kinds: &[ZoneKind]) -> bool {
        kinds.contains(&self.spec().kind)
    }

    pub(super) fn doubt(&mut self, rule: &str, what: &str) {
        self.verdict.doubts.push(format!("{rule} {}: {what}", self.id()));
    }

    /// Notes a figure that lies too near to its threshold, unless the register wants it there.
    pub(super) fn near(&mut self, rule: &str, what: &str, figure: f64, threshold: f64) {
        let planted = !self.spec().plants.is_empty() || !WIDELY_GUARDED.contains(&rule);
        let guard = if planted { NARROW_GUARD } else { GUARD };
        if (figure / threshold - 1.0).abs() < guard {
            self.doubt(rule, &format!("{what} {figure} is too near to {threshold}"));
        }
    }

    /// Splits parts by width and records the slivers.
    pub(super) fn sift(
        &mut self,
        rule: &str,
        other: &str,
        code: Option<&str>,
        parts: Vec<Part>,
        w_min: f64,
    ) -> Wide {
        let (wide, slivers) = self.split(rule, parts, w_min);
        for part in slivers {
            self.verdict.slivers.push(ExpectedSliver {
                rule: rule.into(),
                zone: self.id().into(),
                other: other.into(),
                code: code.map(Into::into),
                area_m2: part.area_m2,
            });
        }
        wide
    }

    /// Splits parts by width.
    pub(super) fn split(&mut self, rule: &str, parts: Vec<Part>, w_min: f64) -> (Wide, Vec<Part>) {
        let (mut wide, mut slivers) = (Wide::default(), Vec::new());
        for part in parts {
            self.near(rule, "mean width", part.mean_width_m, w_min);
            if part.mean_width_m < w_min {
                slivers.push(part);
            } else {
                wide.add(Wide { area_m2: part.area_m2, parts: 1, atoms: part.atoms });
            }
        }
        (wide, slivers)
    }

    /// Records a finding over an area; one below A_min is a step milder.
    pub(super) fn found(
        &mut self,
        rule: &str,
        severity: Severity,
        wide: &Wide,
        a_min: f64,
    ) -> &mut ExpectedFinding {
        self.near(rule, "area", wide.area_m2, a_min);
        let severity = if wide.area_m2 < a_min { severity.lowered() } else { severity };
        self.record(rule, severity, wide.area_m2, wide.parts)
    }

    /// Records a finding.
    pub(super) fn record(
        &mut self,
        rule: &str,
        severity: Severity,
        area_m2: f64,
        parts: usize,
    ) -> &mut ExpectedFinding {
        let zone = Some(self.id().into());
        let finding = ExpectedFinding { zone, ..ExpectedFinding::new(rule, severity, area_m2, parts) };
        let position = self.verdict.findings.len();
        self.verdict.findings.push(finding);
        &mut self.verdict.findings[position]
    }

    pub(super) fn own_area(&self) -> f64 {
        self.scene.survey.map.area_m2(|a| a.in_zone(self.zone))
    }
}

/// Lines, largest first.
pub(super) fn sorted(lines: impl Iterator<Item = (String, f64)>) -> Vec<Line> {
    let mut lines: Vec<Line> = lines.map(|(key, area_m2)| Line { key, area_m2 }).collect();
    lines.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then_with(|| a.key.cmp(&b.key)));
    lines
}
