//! The process `judge-edit`: zones as they would be with some of them drawn anew.

use project::TrialRequest;
use serde_json::{Value, json};
use spatial::Crs;

use super::edit_geometry::features;
use super::inputs::Inputs;
use super::process::{Input, Task};
use super::schema;
use crate::answers::trial_answer;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::wire::Trial;

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let input = |name, needed, schema| Input { name, needed, schema };
    vec![
        input("collection", true, schema::text(limits)),
        input("features", false, geojson()),
        input("crs", false, schema::crs(limits)),
        input("removed", false, schema::texts(limits)),
        input("zones", false, schema::texts(limits)),
        input("plan", false, schema::text(limits)),
        input("date", false, schema::day()),
        input("pack", false, schema::packs()),
    ]
}

/// GeoJSON features.
fn geojson() -> Value {
    let types = ["Feature", "FeatureCollection"];
    json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": types}},
        "contentMediaType": "application/geo+json"})
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<Trial>()
}

/// What there is to do.
pub(super) fn task(app: &App, inputs: &Inputs) -> Result<Task, Problem> {
    let crs = inputs.crs("crs")?.unwrap_or_else(Crs::wgs84);
    let features = features(inputs, "features", &crs)?;
    let (collection, removed, zones) =
        (inputs.needed_text("collection")?, inputs.texts("removed")?, inputs.texts("zones")?);
    let (plan, date, pack) = (inputs.text("plan")?, inputs.day("date")?, inputs.pack("pack")?);
    let app = app.clone();
    let work = move |job: &Job| {
        let cancelled = || job.is_cancelled();
        let usual = TrialRequest::new(collection);
        let request = TrialRequest {
            features,
            crs,
            removed,
            zones,
            plan,
            date,
            pack,
            cancelled: Some(&cancelled),
            ..usual
        };
        let report = app.source().try_out(&request)?;
        serde_json::to_vec(&trial_answer(&report)).map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes: false, work: Box::new(work) })
}
