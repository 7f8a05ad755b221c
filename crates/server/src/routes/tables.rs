//! Tables that the screen shows names and colours from.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::problem::Problem;
use crate::respond;
use crate::wire::{Code, Codes, Kinds, Named, PackFacts, Rule, RuleBasis, Rules, Text};

/// Land-use codes with names and prescribed colours.
#[utoipa::path(get, path = "/codes", tag = "Tables",
    responses((status = 200, description = "Land-use codes", body = Codes)))]
pub(crate) async fn codes(headers: HeaderMap) -> Result<Response, Problem> {
    let table = planning::codes()?;
    let code = |code: &planning::LandUseCode| Code {
        code: code.code.clone(),
        name: Text::from(&code.name),
        group: serde_json::to_value(code.group)
            .ok()
            .and_then(|group| group.as_str().map(str::to_owned))
            .unwrap_or_default(),
        rgb: code.hex(),
    };
    let answer = Codes {
        source: Text::from(&table.source),
        date: table.date.clone(),
        codes: table.codes.iter().map(code).collect(),
    };
    respond::json(&headers, &answer)
}

/// Zone kinds and states.
#[utoipa::path(get, path = "/kinds", tag = "Tables",
    responses((status = 200, description = "Zone kinds and states", body = Kinds)))]
pub(crate) async fn kinds(headers: HeaderMap) -> Result<Response, Problem> {
    let names = planning::kinds()?;
    let named = |code: &str, name: &planning::Text| Named { code: code.into(), name: Text::from(name) };
    let answer = Kinds {
        kinds: names.kinds.iter().map(|kind| named(kind.kind.code(), &kind.name)).collect(),
        states: names.states.iter().map(|state| named(state.state.code(), &state.name)).collect(),
    };
    respond::json(&headers, &answer)
}

/// The rule pack and its rules.
#[utoipa::path(get, path = "/rules", tag = "Tables",
    responses((status = 200, description = "Rules", body = Rules)))]
pub(crate) async fn rules(headers: HeaderMap) -> Result<Response, Problem> {
    let pack = planning::pack()?;
    let basis = |basis: &planning::LegalBasis| RuleBasis {
        text: Text { vi: basis.vi.clone(), en: basis.en.clone() },
        valid_from: basis.valid_from.clone(),
        valid_to: basis.valid_to.clone(),
        source: basis.source.clone(),
        verified: basis.verified,
    };
    let rule = |rule: &planning::RuleInfo| Rule {
        id: rule.id.into(),
        name: Text::from(&rule.name),
        severity: rule.severity.code().into(),
        basis: rule.basis.iter().map(basis).collect(),
    };
    let answer = Rules {
        pack: PackFacts {
            id: pack.id.clone(),
            version: pack.version.clone(),
            valid_from: pack.valid_from.clone(),
            title: Text::from(&pack.title),
        },
        rules: planning::rules()?.iter().map(rule).collect(),
    };
    respond::json(&headers, &answer)
}
