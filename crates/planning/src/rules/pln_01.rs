//! PLN-01, a zone is named in a list or document, but has no boundary or stands in no plan.

use crate::check::{RegisterContext, Report, Subject};
use crate::{ListLevel, Parameters, ZoneRecord, units::name_key};

pub(super) const ID: &str = "PLN-01";

/// One finding per zone of the register that lacks a boundary or a plan; the message says which.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.pln_01 else { return };
    let drawn = !context.scene.zones.is_empty();
    if !drawn && !context.register.zones.is_empty() {
        context.skip(report, ID, None, "no_boundaries");
    }
    for zone in &context.register.zones {
        if !context.scene.pack.judges(context.state(zone)) {
            continue;
        }
        let named_in = sources(zone, context);
        let has_boundary = !drawn || has_boundary(zone, context);
        let message = match (is_listed(zone, context), has_boundary, named_in.is_empty()) {
            (true, true, _) => continue,
            (true, false, _) => "message_no_boundary",
            (false, true, false) => "message_unlisted",
            (false, false, false) => "message",
            (false, true, true) => "message_undocumented_unlisted",
            (false, false, true) => "message_undocumented",
        };
        let mut parameters = Parameters::new().name("zone", &zone.name);
        if !named_in.is_empty() {
            parameters = parameters.name("where", named_in);
        }
        context.add(report, ID, rule.severity, (message, parameters), Subject::Zone(zone));
    }
}

/// A yearly land-use plan says what is done this year, not what is planned.
fn is_listed(zone: &ZoneRecord, context: &RegisterContext<'_>) -> bool {
    let lists = zone.listings.iter().filter_map(|listing| context.register.list(&listing.list));
    lists.into_iter().any(|list| list.level != ListLevel::AnnualLandUse)
}

/// Whether a feature is its boundary: by identifier, else by one of its names.
fn has_boundary(zone: &ZoneRecord, context: &RegisterContext<'_>) -> bool {
    let names: Vec<String> = zone.names().map(name_key).collect();
    let mut entries = context.scene.zones.iter().map(|entry| &entry.zone);
    entries.any(|feature| feature.id == zone.feature_id() || names.contains(&name_key(&feature.name)))
}

/// The documents that say something of it; empty for one of a table that was imported without any.
fn sources(zone: &ZoneRecord, context: &RegisterContext<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in zone.citations().map(|citation| context.document_name(&citation.document)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}
