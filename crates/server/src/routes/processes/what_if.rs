//! The process `what-if`: a zone as it is and as it would be.

use project::{ProjectError, WhatIfRequest};
use serde_json::{Value, json};

use super::inputs::{Inputs, wrong};
use super::process::{Input, Task};
use super::schema;
use crate::answers::what_if_answer;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::wire::WhatIf;

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let input = |name, needed, schema| Input { name, needed, schema };
    vec![
        input("zone", true, schema::text(limits)),
        input("geometry", true, geometry()),
        input("crs", false, schema::crs(limits)),
        input("plan", false, schema::text(limits)),
        input("date", false, schema::day()),
        input("pack", false, schema::packs()),
    ]
}

/// GeoJSON with polygons in it.
fn geometry() -> Value {
    let types = ["Polygon", "MultiPolygon", "GeometryCollection", "Feature", "FeatureCollection"];
    json!({"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "enum": types}},
        "contentMediaType": "application/geo+json"})
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<WhatIf>()
}

/// What there is to do.
pub(super) fn task(app: &App, inputs: &Inputs) -> Result<Task, Problem> {
    let zone = inputs.needed_text("zone")?;
    let crs = inputs.crs("crs")?;
    let geometry = inputs.value("geometry").filter(|value| value.is_object());
    let geometry = geometry.ok_or_else(|| wrong("geometry", "must be a GeoJSON object"))?;
    let growth = project::growth_of_text(&geometry.to_string(), crs.as_ref());
    let growth = growth.map_err(|error| match error {
        ProjectError::Growth(reason) => wrong("geometry", &format!("cannot be used: {reason}")),
        other => other.into(),
    })?;
    let (plan, date, pack) = (inputs.text("plan")?, inputs.day("date")?, inputs.pack("pack")?);
    let app = app.clone();
    let work = move |job: &Job| {
        let input = app.source().read()?.check_input();
        let cancelled = || job.is_cancelled();
        let usual = WhatIfRequest::new(zone, growth);
        let request = WhatIfRequest { plan, date, pack, cancelled: Some(&cancelled), ..usual };
        let report = project::what_if(&input, &request)?;
        serde_json::to_vec(&what_if_answer(&report)).map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes: false, work: Box::new(work) })
}
