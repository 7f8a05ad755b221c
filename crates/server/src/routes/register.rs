//! The zone register.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use planning::{PartialDate, Register, ZoneKind, ZoneRecord, ZoneState, search_key};
use serde_json::Value;

use crate::app::{App, Current};
use crate::catalog::{Catalog, documents as wire_documents, statistics_line};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{
    Finding, RegisterDocuments, RegisterStatistics, RegisterZone, RegisterZoneDetail, RegisterZones,
};

/// Zones of the registers, with or without a boundary, a page at a time.
#[utoipa::path(get, path = "/register/zones", tag = "Register",
    params(("register" = Option<String>, Query, description = "Of this register only"),
        ("kind" = Option<String>, Query, description = "Of this kind only, such as KCN"),
        ("state" = Option<String>, Query, description = "In this state only, such as operating"),
        ("province" = Option<String>, Query, description = "Of this province only, by name, without diacritics"),
        ("q" = Option<String>, Query, description = "Whose name holds this, without diacritics"),
        ("limit" = Option<u32>, Query, description = "Zones on a page, 1 to 10,000 (usually 500)"),
        ("offset" = Option<u32>, Query, description = "Zones to skip")),
    responses((status = 200, description = "Zones", body = RegisterZones), (status = 400, description = "No such kind or state"),
        (status = 404, description = "No such register")))]
pub(crate) async fn zones(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["register", "kind", "state", "province", "q", "limit", "offset"])?;
    let (limit, offset) = (params.limit(app.limits().default_findings, app.limits().page)?, params.offset()?);
    let filter = Filter::of(&params)?;
    let matching: Vec<(&Register, &ZoneRecord)> = chosen(&catalog, &params)?
        .into_iter()
        .flat_map(|register| register.zones.iter().map(move |zone| (register, zone)))
        .filter(|(_, zone)| filter.passes(zone))
        .collect();
    let page = matching.iter().skip(offset).take(limit);
    let boundaries = catalog.boundaries();
    let zones: Vec<RegisterZone> =
        page.map(|(register, zone)| catalog.register_zone(register, zone, &boundaries)).collect();
    let answer = RegisterZones { number_matched: matching.len(), number_returned: zones.len(), zones };
    respond::json(&headers, &answer)
}

/// One zone with everything that the register says of it.
#[utoipa::path(get, path = "/register/zones/{zone}", tag = "Register",
    params(("zone" = String, Path, description = "Identifier in the register"),
        ("register" = Option<String>, Query, description = "The register; without it the first that has such a zone")),
    responses((status = 200, description = "The zone", body = RegisterZoneDetail), (status = 404, description = "No such zone")))]
pub(crate) async fn zone(
    Current(catalog): Current,
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["register"])?;
    let found = chosen(&catalog, &params)?
        .into_iter()
        .find_map(|register| Some((register, register.zone(&id)?)))
        .ok_or_else(|| Problem::missing("The registers have no zone of that identifier."))?;
    respond::json(&headers, &detail(&catalog, found)?)
}

/// Planned against established zones, areas and fill, per province and for the country.
#[utoipa::path(get, path = "/register/statistics", tag = "Register",
    params(("register" = Option<String>, Query, description = "Of this register only"),
        ("date" = Option<String>, Query, description = "The day, month or year; without it the newest figures")),
    responses((status = 200, description = "Answers", body = RegisterStatistics), (status = 400, description = "Not a date"),
        (status = 404, description = "No such register")))]
pub(crate) async fn statistics(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["register", "date"])?;
    let date = params.value("date").map(str::parse::<PartialDate>).transpose();
    let date = date.map_err(|error| Problem::bad(format!("\"date\": {error}.")))?;
    let answers = planning::statistics(chosen(&catalog, &params)?, date);
    let answer = RegisterStatistics {
        date: date.map(|date| date.to_string()),
        lines: answers.lines.iter().map(statistics_line).collect(),
    };
    respond::json(&headers, &answer)
}

/// The documents on which the registers rest.
#[utoipa::path(get, path = "/register/documents", tag = "Register",
    params(("register" = Option<String>, Query, description = "Of this register only")),
    responses((status = 200, description = "Documents", body = RegisterDocuments), (status = 404, description = "No such register")))]
pub(crate) async fn documents(
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["register"])?;
    let documents = chosen(&catalog, &params)?.into_iter().flat_map(wire_documents).collect();
    respond::json(&headers, &RegisterDocuments { documents })
}

/// The registers asked for: one, or all.
fn chosen<'a>(catalog: &'a Catalog, params: &Params) -> Result<Vec<&'a Register>, Problem> {
    match params.value("register") {
        None => Ok(catalog.registers.iter().map(AsRef::as_ref).collect()),
        Some(id) => {
            let register = catalog.register(id);
            register.map(|one| vec![one]).ok_or_else(|| Problem::missing("There is no such register."))
        }
    }
}

/// Which zones are wanted.
struct Filter {
    kind: Option<ZoneKind>,
    state: Option<ZoneState>,
    province: Option<String>,
    name: Option<String>,
}

impl Filter {
    fn of(params: &Params) -> Result<Self, Problem> {
        let unknown = |name: &str, text: &str| Problem::bad(format!("\"{name}\": there is no \"{text}\"."));
        let kind = params.value("kind");
        let state = params.value("state");
        Ok(Self {
            kind: kind
                .map(|text| ZoneKind::from_code(text).ok_or_else(|| unknown("kind", text)))
                .transpose()?,
            state: state
                .map(|text| ZoneState::from_code(text).ok_or_else(|| unknown("state", text)))
                .transpose()?,
            province: params.value("province").map(search_key),
            name: params.value("q").map(search_key),
        })
    }

    fn passes(&self, zone: &ZoneRecord) -> bool {
        let state = zone.state_on(None).map(|entry| entry.state);
        let province = zone.province.as_deref().map(search_key);
        let named = |wanted: &String| zone.names().any(|name| search_key(name).contains(wanted.as_str()));
        self.kind.is_none_or(|kind| kind == zone.kind)
            && (self.state.is_none() || self.state == state)
            && (self.province.is_none() || self.province == province)
            && self.name.as_ref().is_none_or(named)
    }
}

fn detail(
    catalog: &Catalog,
    (register, zone): (&Register, &ZoneRecord),
) -> Result<RegisterZoneDetail, Problem> {
    let json = |value: serde_json::Result<Value>| value.map_err(|error| Problem::broken(&error));
    let record = json(serde_json::to_value(zone))?;
    let mut cited = BTreeSet::new();
    documents_in(&record, &mut cited);
    let projects = register.projects.iter().filter(|project| project.zone.as_ref() == Some(&zone.id));
    let children = register.children();
    let children = children.get(zone.id.as_str()).into_iter().flatten().map(|child| child.id.clone());
    Ok(RegisterZoneDetail {
        zone: catalog.register_zone(register, zone, &catalog.boundaries()),
        documents: wire_documents(register).filter(|document| cited.contains(&document.id)).collect(),
        projects: projects.map(|project| json(serde_json::to_value(project))).collect::<Result<_, _>>()?,
        children: children.collect(),
        findings: findings(catalog, zone),
        record,
    })
}

/// Identifiers of all documents that a record names, as sources and as decisions.
fn documents_in(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| documents_in(value, found)),
        Value::Object(members) => {
            for (name, value) in members {
                if let Value::String(text) = value
                    && matches!(name.as_str(), "document" | "decision")
                {
                    found.insert(text.clone());
                }
                documents_in(value, found);
            }
        }
        _ => {}
    }
}

fn findings(catalog: &Catalog, zone: &ZoneRecord) -> Vec<Finding> {
    let all = catalog.check.iter().flat_map(|checked| &checked.findings);
    let about = all.filter(|finding| finding.zone.as_ref().is_some_and(|one| one.id == zone.feature_id()));
    about.map(|finding| catalog.answer(finding, false)).collect()
}
