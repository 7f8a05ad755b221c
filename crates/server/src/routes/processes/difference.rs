//! The process `plan-difference`: how a land-use plan differs from the version before.

use project::DifferenceRequest;
use serde_json::{Value, json};

use super::inputs::{Inputs, wrong};
use super::process::{Input, Task};
use super::schema;
use crate::answers::difference_answer;
use crate::app::App;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::wire::PlanDifference;

/// Changes that may be skipped at most: beyond any plan.
const FARTHEST: usize = 1_000_000_000;

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let input = |name, needed, schema| Input { name, needed, schema };
    let count = |from: usize, most: usize, usual: usize| json!({"type": "integer", "minimum": from, "maximum": most, "default": usual});
    vec![
        input("older", true, schema::text(limits)),
        input("newer", true, schema::text(limits)),
        input("date", false, schema::day()),
        input("pack", false, schema::packs()),
        input("limit", false, count(0, limits.page, limits.default_changes)),
        input("offset", false, count(0, FARTHEST, 0)),
    ]
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<PlanDifference>()
}

/// What there is to do.
pub(super) fn task(app: &App, inputs: &Inputs) -> Result<Task, Problem> {
    let (older, newer) = (inputs.needed_text("older")?, inputs.needed_text("newer")?);
    if older == newer {
        return Err(wrong("newer", "must be another land-use plan than \"older\""));
    }
    let (date, pack) = (inputs.day("date")?, inputs.pack("pack")?);
    let limits = *app.limits();
    let limit = inputs.count("limit", 0..=limits.page)?.unwrap_or(limits.default_changes);
    let offset = inputs.count("offset", 0..=FARTHEST)?.unwrap_or(0);
    let app = app.clone();
    let work = move |job: &Job| {
        let input = app.source().read()?.check_input();
        let (progress, cancelled) = (|done, total| job.progress(done, total), || job.is_cancelled());
        let request = DifferenceRequest {
            older,
            newer,
            date,
            pack,
            progress: Some(&progress),
            cancelled: Some(&cancelled),
            ..DifferenceRequest::default()
        };
        let report = project::plan_difference(&input, &request)?;
        serde_json::to_vec(&difference_answer(&report, offset, limit))
            .map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes: false, work: Box::new(work) })
}
