//! A finding as one flat row, the same in GeoJSON and CSV.

use planning::{Finding, FindingState, RuleInfo, Standing};
use serde_json::Value;

use super::collection::number;

/// The columns, in their order.
pub(super) const COLUMNS: [&str; 25] = [
    "id",
    "rule",
    "severity",
    "title_vi",
    "title_en",
    "message_vi",
    "message_en",
    "zone_id",
    "zone_name",
    "other_collection",
    "other_id",
    "other_name",
    "code",
    "area_m2",
    "area_ha",
    "area_geodesic_m2",
    "mean_width_m",
    "share",
    "crs",
    "fix_vi",
    "fix_en",
    "state",
    "document",
    "person",
    "until",
];

/// The values of a finding, one per column. The titles are the rule's name. One that stands nowhere is new.
pub(super) fn values(
    finding: &Finding,
    standing: Option<&Standing>,
    rules: &[RuleInfo],
) -> [Value; COLUMNS.len()] {
    let decision = standing.and_then(|standing| standing.decision.as_ref());
    let rule = rules.iter().find(|rule| rule.id == finding.rule);
    let title = |pick: fn(&RuleInfo) -> &str| rule.map(pick).into();
    let optional = |value: Option<f64>| value.map_or(Value::Null, number);
    let (zone, other) = (finding.zone.as_ref(), finding.other.as_ref());
    let fix = finding.fix.as_ref();
    let codes = Some(finding.codes.join(" ")).filter(|codes| !codes.is_empty());
    [
        finding.id.as_str().into(),
        finding.rule.as_str().into(),
        serde_json::to_value(finding.severity).unwrap_or_default(),
        title(|rule| &rule.name.vi),
        title(|rule| &rule.name.en),
        finding.message.vi.as_str().into(),
        finding.message.en.as_str().into(),
        zone.map(|zone| zone.id.as_str()).into(),
        zone.map(|zone| zone.name.as_str()).into(),
        other.map(|other| other.collection.as_str()).into(),
        other.map(|other| other.id.as_str()).into(),
        other.and_then(|other| other.name.as_deref()).into(),
        codes.into(),
        number(finding.area_m2),
        number(finding.area_m2 / 10_000.0),
        optional(finding.area_geodesic_m2),
        optional(finding.mean_width_m),
        optional(finding.share),
        finding.crs.name().into(),
        fix.map(|fix| fix.text.vi.as_str()).into(),
        fix.map(|fix| fix.text.en.as_str()).into(),
        standing.map_or(FindingState::New, |standing| standing.state).code().into(),
        decision.and_then(|decision| decision.document.as_deref()).into(),
        decision.and_then(|decision| decision.person.as_deref()).into(),
        decision.and_then(|decision| decision.until).map(|until| until.to_string()).into(),
    ]
}
