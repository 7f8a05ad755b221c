//! What the rules have found, put into findings with texts, order and stable ids.

use spatial::{Crs, Region};

use super::context::{Crossing, Scene, ZoneContext};
use super::tolerance::Tolerance;
use crate::finding::finding_id;
use crate::{
    Finding, Fix, FixAction, OtherFeature, Parameter, Parameters, Severity, Skipped, Sliver, TableLine, Text,
    ZoneRef,
};

/// What one rule wants to say; the report adds texts, figures and place.
pub(crate) struct Draft<'a> {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    /// Key of the text below `rules.{rule}`, such as `message`.
    pub(crate) message: &'static str,
    pub(crate) parameters: Parameters,
    pub(crate) zone: Option<ZoneRef>,
    pub(crate) other: Option<OtherFeature>,
    pub(crate) codes: Vec<String>,
    pub(crate) table: Vec<TableLine>,
    pub(crate) crs: &'a Crs,
    pub(crate) region: Option<Region>,
    /// A place that the rule knows better than the middle of the shape.
    pub(crate) place: Option<[f64; 2]>,
    /// Whether the shape's area is a conflict; a shape without one only shows where.
    pub(crate) conflict: Option<Conflict>,
    /// Whether a small area is as grave as a large one.
    pub(crate) keeps_severity: bool,
    /// What would mend it; its text may name the parameters.
    pub(crate) fix: Option<FixAction>,
}

impl<'a> Draft<'a> {
    /// A finding in this CRS that is about nothing yet.
    pub(crate) fn new(rule: &'static str, severity: Severity, parameters: Parameters, crs: &'a Crs) -> Self {
        Self {
            rule,
            severity,
            message: "message",
            parameters,
            zone: None,
            other: None,
            codes: Vec::new(),
            table: Vec::new(),
            crs,
            region: None,
            place: None,
            conflict: None,
            keeps_severity: false,
            fix: None,
        }
    }

    /// A finding about a zone.
    pub(crate) fn of_zone(
        rule: &'static str,
        severity: Severity,
        parameters: Parameters,
        context: &'a ZoneContext<'_>,
    ) -> Self {
        Self { zone: Some(context.zone_ref()), ..Self::new(rule, severity, parameters, context.crs()) }
    }
}

/// An area in conflict.
pub(crate) struct Conflict {
    /// Share of the zone; `None` where a width or a distance was judged and no area.
    pub(crate) share: Option<f64>,
    /// The tolerance by which it was found.
    pub(crate) tolerance: Tolerance,
}

/// Findings, slivers and what could not be judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(super) findings: Vec<Finding>,
    pub(super) slivers: Vec<Sliver>,
    pub(super) skipped: Vec<Skipped>,
}

impl Report {
    /// Adds a finding. One whose area is below A_min is a step milder; one that had to assume a scale says so.
    pub(crate) fn add(&mut self, scene: &Scene<'_>, draft: Draft<'_>) {
        let tolerance = draft.conflict.as_ref().map(|conflict| conflict.tolerance);
        let share = draft.conflict.as_ref().and_then(|conflict| conflict.share);
        let measured = draft.region.as_ref().filter(|_| share.is_some());
        let area_m2 = measured.map_or(0.0, Region::area_m2);
        let small = measured.is_some() && tolerance.is_some_and(|tolerance| area_m2 < tolerance.a_min_m2);
        let message =
            scene.messages.text(&format!("rules.{}.{}", draft.rule, draft.message), &draft.parameters);
        let fix = draft.fix.map(|action| fix(scene, action, &draft.parameters));
        let (message, parameters) = with_assumed_scale(scene, message, draft.parameters, tolerance);
        let parameters = with_scales(parameters, tolerance);
        self.findings.push(Finding {
            id: String::new(),
            rule: draft.rule.to_owned(),
            severity: if small && !draft.keeps_severity { draft.severity.lowered() } else { draft.severity },
            message,
            zone: draft.zone,
            other: draft.other,
            codes: draft.codes,
            area_m2,
            area_geodesic_m2: measured.map(|region| region.area_geodesic_m2(draft.crs)),
            mean_width_m: measured.map(Region::mean_width_m),
            share,
            table: draft.table,
            w_min_m: tolerance.map(|tolerance| tolerance.w_min_m),
            a_min_m2: tolerance.map(|tolerance| tolerance.a_min_m2),
            parameters: parameters.to_map(),
            crs: draft.crs.clone(),
            place: draft.place.or_else(|| draft.region.as_ref().and_then(Region::inner_point)),
            region: draft.region,
            fix,
        });
    }

    /// Adds what was too narrow in an overlap with a feature.
    pub(crate) fn slivers_with(
        &mut self,
        rule: &'static str,
        context: &ZoneContext<'_>,
        crossing: &Crossing<'_>,
        slivers: Vec<Region>,
    ) {
        self.slivers(rule, context, &crossing.id(), crossing.code().as_deref(), slivers);
    }

    /// Adds what was too narrow beside a feature of this id.
    pub(crate) fn slivers(
        &mut self,
        rule: &'static str,
        context: &ZoneContext<'_>,
        other: &str,
        code: Option<&str>,
        slivers: Vec<Region>,
    ) {
        self.slivers.extend(slivers.into_iter().map(|region| Sliver {
            rule: rule.to_owned(),
            zone: context.zone().id.clone(),
            other: other.to_owned(),
            code: code.map(str::to_owned),
            area_m2: region.area_m2(),
            mean_width_m: region.mean_width_m(),
            crs: context.crs().clone(),
            region,
        }));
    }

    /// Notes that a rule could not judge.
    pub(crate) fn skip(
        &mut self,
        scene: &Scene<'_>,
        rule: &str,
        zone: Option<&str>,
        reason: &str,
        parameters: &Parameters,
    ) {
        let reason = scene.messages.text(&format!("skipped.{reason}"), parameters);
        self.skipped.push(Skipped { rule: rule.to_owned(), zone: zone.map(str::to_owned), reason });
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.findings.is_empty() && self.slivers.is_empty() && self.skipped.is_empty()
    }

    /// Takes in the findings of another report and nothing else.
    pub(crate) fn append_findings(&mut self, other: Self) {
        self.findings.extend(other.findings);
    }

    /// Takes in what was said of another zone.
    pub(super) fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.slivers.extend(other.slivers);
        self.skipped.extend(other.skipped);
    }

    /// Orders everything and gives findings their ids. Findings of one rule about the same features are told apart
    /// by an ordinal, largest first, so that the order of features in a file does not reach the ids.
    pub(super) fn finish(&mut self) {
        self.findings.sort_by(|a, b| pair(a).cmp(&pair(b)).then_with(|| by_size(a, b)));
        let mut ordinal = 0_usize;
        for at in 0..self.findings.len() {
            let same = at > 0 && pair(&self.findings[at - 1]) == pair(&self.findings[at]);
            ordinal = if same { ordinal + 1 } else { 0 };
            self.findings[at].id = finding_id(&self.findings[at], ordinal);
        }
        // Stable: rule, zone, other and ordinal stay in order within a severity.
        self.findings.sort_by_key(|finding| finding.severity);
        self.slivers
            .sort_by(|a, b| sliver_key(a).cmp(&sliver_key(b)).then_with(|| b.area_m2.total_cmp(&a.area_m2)));
        let key = |s: &Skipped| (s.rule.clone(), s.zone.clone(), s.reason.vi.clone());
        self.skipped.sort_by_key(key);
        self.skipped.dedup();
    }
}

type Pair<'a> = (&'a str, Option<&'a str>, Option<(&'a str, &'a str)>);

fn pair(finding: &Finding) -> Pair<'_> {
    let zone = finding.zone.as_ref().map(|zone| zone.id.as_str());
    let other = finding.other.as_ref().map(|other| (other.collection.as_str(), other.id.as_str()));
    (&finding.rule, zone, other)
}

fn sliver_key(sliver: &Sliver) -> (&str, &str, &str) {
    (&sliver.rule, &sliver.zone, &sliver.other)
}

fn by_size(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let place = |finding: &Finding| finding.place.unwrap_or_default();
    let ([ax, ay], [bx, by]) = (place(a), place(b));
    b.area_m2.total_cmp(&a.area_m2).then(ax.total_cmp(&bx)).then(ay.total_cmp(&by))
}

/// A fix with its text, filled in from the finding's parameters and the fix's own.
fn fix(scene: &Scene<'_>, action: FixAction, parameters: &Parameters) -> Fix {
    let parameters = parameters.clone();
    let parameters = match &action {
        FixAction::ReadAs { to, .. } => parameters.name("fix_crs", to),
        FixAction::Shift { easting_m, northing_m } => parameters
            .with("fix_easting", Parameter::Number(*easting_m))
            .with("fix_northing", Parameter::Number(*northing_m)),
        FixAction::Fill { strip } => parameters.with("fix_area", Parameter::Number(strip.area_m2())),
        FixAction::DeclareArea { area_m2 } | FixAction::ReduceBy { area_m2 } => {
            parameters.with("fix_ha", Parameter::Area(*area_m2))
        }
        _ => parameters,
    };
    let text = scene.messages.text(&format!("fixes.{}", action.name()), &parameters);
    Fix { action, text }
}

/// The scale denominators of both sources, among the parameters of a finding that was judged by them.
fn with_scales(parameters: Parameters, tolerance: Option<Tolerance>) -> Parameters {
    let Some(tolerance) = tolerance else { return parameters };
    let names = ["scale", "reference_scale"].into_iter().zip(tolerance.scales);
    let known = names.filter_map(|(name, scale)| Some((name, Parameter::Count(scale?.into()))));
    known.fold(parameters, |parameters, (name, scale)| parameters.with(name, scale))
}

fn with_assumed_scale(
    scene: &Scene<'_>,
    message: Text,
    parameters: Parameters,
    tolerance: Option<Tolerance>,
) -> (Text, Parameters) {
    let Some(scale) = tolerance.and_then(|tolerance| tolerance.assumed_scale) else {
        return (message, parameters);
    };
    let scale = Parameter::Count(scale.into());
    let note = Parameters::new().with("message", Parameter::Words(message)).with("scale", scale.clone());
    (scene.messages.text("phrases.scale_assumed", &note), parameters.with("scale_assumed", scale))
}
