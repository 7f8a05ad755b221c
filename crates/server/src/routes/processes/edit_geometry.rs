//! The process `edit-geometry`: an outline split, joined or cut, exactly and with nothing kept.

use project::{RedrawBy, RedrawOperation, RedrawRequest};
use serde_json::{Value, json};
use spatial::{Crs, Feature};

use super::inputs::{Inputs, wrong};
use super::process::{Input, Task};
use super::schema;
use crate::answers::redrawn_answer;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::source::SourceError;
use crate::wire::Redrawn;

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let input = |name, needed, schema| Input { name, needed, schema };
    let operations = json!({"type": "string", "enum": RedrawOperation::ALL.map(RedrawOperation::name)});
    vec![
        input("operation", true, operations),
        input("collection", true, schema::text(limits)),
        input("geometry", true, geojson()),
        input("with", false, geojson()),
        input("crs", false, schema::crs(limits)),
        input("by", false, schema::text(limits)),
        input("by_features", false, schema::texts(limits)),
        input("by_codes", false, schema::texts(limits)),
    ]
}

fn geojson() -> Value {
    json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string"}},
        "contentMediaType": "application/geo+json"})
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<Redrawn>()
}

/// What there is to do.
pub(super) fn task(app: &App, inputs: &Inputs) -> Result<Task, Problem> {
    let name = inputs.needed_text("operation")?;
    let operation = RedrawOperation::ALL.into_iter().find(|one| one.name() == name).ok_or_else(|| {
        let known = RedrawOperation::ALL.map(RedrawOperation::name).join(", ");
        wrong("operation", &format!("is one of {known}, not \"{name}\""))
    })?;
    let crs = inputs.crs("crs")?.unwrap_or_else(Crs::wgs84);
    let by = inputs.text("by")?.map(|collection| {
        let (features, codes) = (inputs.texts("by_features")?, inputs.texts("by_codes")?);
        Ok::<_, Problem>(RedrawBy { collection, features, codes })
    });
    let request = RedrawRequest {
        operation,
        collection: inputs.needed_text("collection")?,
        outline: features(inputs, "geometry", &crs)?,
        with: features(inputs, "with", &crs)?,
        crs,
        by: by.transpose()?,
    };
    let app = app.clone();
    let work = move |_: &Job| {
        let input = app.source().read()?.check_input();
        let redrawn = project::redraw(&input, &request).map_err(SourceError::from)?;
        serde_json::to_vec(&redrawn_answer(&redrawn)).map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes: false, work: Box::new(work) })
}

/// The features of an input, none without it.
pub(super) fn features(inputs: &Inputs, name: &str, crs: &Crs) -> Result<Vec<Feature>, Problem> {
    let Some(given) = inputs.value(name) else { return Ok(Vec::new()) };
    if !given.is_object() {
        return Err(wrong(name, "must be a GeoJSON object"));
    }
    project::features_of_text(&given.to_string(), crs).map_err(|error| match error {
        project::ProjectError::EditText(why) => wrong(name, &format!("cannot be used: {why}")),
        other => other.into(),
    })
}
