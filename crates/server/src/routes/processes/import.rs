//! The process `import`: a source of an upload becomes a collection.

use std::sync::Arc;

use planning::{Role, Text, Visibility, ZoneKind};
use project::{Encoding, ImportRequest, LevelCode, LevelCodes, RoleChoice};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::inputs::{Inputs, wrong};
use super::process::{Input, Task};
use super::schema;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::wire::ImportResult;

const ROLES: [&str; 5] = ["zone", "land_use_plan", "land_use", "admin", "constraint"];
const VISIBILITIES: [&str; 2] = ["public", "internal"];

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let input = |name, needed, schema| Input { name, needed, schema };
    let one_of = |words: &[&str]| json!({"type": "string", "enum": words});
    let crs =
        json!({"type": "string", "minLength": 1, "maxLength": limits.input_chars, "examples": ["EPSG:9215"]});
    vec![
        input("upload", true, schema::text(limits)),
        input("source", false, schema::text(limits)),
        input("layer", false, schema::text(limits)),
        input("collection", false, json!({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,59}$"})),
        input("title", false, schema::text(limits)),
        input("role", false, one_of(&ROLES)),
        input("kind", false, one_of(&ZoneKind::ALL.map(ZoneKind::code))),
        input("crs", false, crs),
        input("encoding", false, schema::text(limits)),
        input("visibility", false, one_of(&VISIBILITIES)),
        input("codes", false, codes_schema(limits)),
    ]
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<ImportResult>()
}

/// What there is to do.
pub(super) fn task(app: &App, inputs: &Inputs) -> Result<Task, Problem> {
    let id = inputs.needed_text("upload")?;
    let uploads = app.uploads().ok_or_else(|| Problem::missing("Nothing is taken here."))?;
    let upload = uploads.find(&id).ok_or_else(|| wrong("upload", "names no upload: it may be too old"))?;
    let source = match inputs.text("source")? {
        Some(source) => source,
        None => only(upload.usable())?,
    };
    let request = ImportRequest {
        collection: inputs.text("collection")?,
        title: inputs.text("title")?.map(Text::same),
        role: word::<Role>(inputs, "role", &ROLES)?.map_or(RoleChoice::Auto, RoleChoice::Given),
        zone_kind: word(inputs, "kind", &ZoneKind::ALL.map(ZoneKind::code))?,
        crs: inputs.crs("crs")?,
        layer: inputs.text("layer")?,
        encoding: encoding(inputs)?,
        visibility: word::<Visibility>(inputs, "visibility", &VISIBILITIES)?,
        codes: codes(inputs)?,
        ..ImportRequest::default()
    };
    let (app, uploads) = (app.clone(), Arc::clone(uploads));
    let work = move |job: &Job| {
        let (progress, cancelled) = (|done, total| job.progress(done, total), || job.is_cancelled());
        let request =
            ImportRequest { progress: Some(&progress), cancelled: Some(&cancelled), ..request.clone() };
        let report = app.source().import(&uploads, &upload, &source, &request)?;
        app.refresh()?;
        serde_json::to_vec(&ImportResult::of(report)).map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes: true, work: Box::new(work) })
}

fn codes_schema(limits: &Limits) -> Value {
    let text = schema::text(limits);
    json!({"type": "array", "maxItems": limits.input_items, "items": {"type": "object", "required": ["code"],
        "additionalProperties": false,
        "properties": {"level": text.clone(), "colour": text.clone(), "code": text.clone(), "name": text}}})
}

/// Land-use codes for levels and colours of a drawing.
fn codes(inputs: &Inputs) -> Result<Option<LevelCodes>, Problem> {
    let Some(rows) = inputs.items("codes")? else { return Ok(None) };
    let rows: Vec<LevelCode> = serde_json::from_value(Value::Array(rows.to_vec())).map_err(|error| {
        wrong("codes", &format!("must be a list of rows with level or colour, and code: {error}"))
    })?;
    let table = LevelCodes::of(rows);
    table.map(Some).map_err(|error| wrong("codes", &format!("cannot be used: {error}")))
}

/// The encoding that is named.
fn encoding(inputs: &Inputs) -> Result<Option<Encoding>, Problem> {
    let named = |name: String| {
        Encoding::named(&name).map_err(|error| wrong("encoding", &format!("is none: {error}")))
    };
    inputs.text("encoding")?.map(named).transpose()
}

/// The source of an upload that has one.
fn only<'a>(mut usable: impl Iterator<Item = &'a str>) -> Result<String, Problem> {
    match (usable.next(), usable.next()) {
        (Some(one), None) => Ok(one.to_owned()),
        _ => Err(wrong("source", "is missing: the upload has several")),
    }
}

/// One of several words.
fn word<T: DeserializeOwned>(inputs: &Inputs, name: &str, words: &[&str]) -> Result<Option<T>, Problem> {
    let Some(text) = inputs.text(name)? else { return Ok(None) };
    let known = serde_json::from_value(Value::String(text));
    known.map(Some).map_err(|_| wrong(name, &format!("is one of {}", words.join(", "))))
}
