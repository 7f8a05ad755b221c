//! The process `check`: the zones judged by the rules.

use axum::http::StatusCode;
use planning::{PartialDate, Standings};
use project::CheckRequest;
use serde_json::{Value, json};

use super::inputs::{Inputs, wrong};
use super::process::{Input, Task};
use super::schema;
use crate::app::App;
use crate::catalog::check_answer;
use crate::jobs::Job;
use crate::problem::Problem;
use crate::settings::Limits;
use crate::wire::FindingList;

/// What is asked of a check.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) rules: Vec<String>,
    pub(crate) plan: Option<String>,
    pub(crate) date: Option<PartialDate>,
    pub(crate) pack: Option<String>,
    pub(crate) zones: Vec<String>,
    pub(crate) keep: bool,
}

pub(super) fn inputs(limits: &Limits) -> Vec<Input> {
    let rules: Vec<&str> = planning::rules().unwrap_or_default().iter().map(|rule| rule.id).collect();
    let rules =
        json!({"type": "array", "items": {"type": "string", "enum": rules}, "maxItems": limits.input_items});
    let input = |name, schema| Input { name, needed: false, schema };
    vec![
        input("rules", rules),
        input("plan", schema::text(limits)),
        input("date", schema::day()),
        input("pack", schema::packs()),
        input("zones", schema::texts(limits)),
        input("keep", json!({"type": "boolean"})),
    ]
}

pub(super) fn output() -> Result<Value, Problem> {
    schema::of::<FindingList>()
}

/// What the inputs say.
pub(super) fn read(app: &App, inputs: &Inputs) -> Result<Asked, Problem> {
    let rules = inputs.texts("rules")?;
    let known = planning::rules()?;
    if let Some(unknown) = rules.iter().find(|rule| !known.iter().any(|one| one.id == rule.as_str())) {
        return Err(wrong("rules", &format!("has \"{unknown}\", which is no rule; see /rules")));
    }
    let zones = inputs.texts("zones")?;
    let keep = inputs.flag("keep")?;
    if keep == Some(true) && !zones.is_empty() {
        return Err(wrong(
            "keep",
            "cannot be true with chosen zones: it would stand in the place of a whole check",
        ));
    }
    Ok(Asked {
        rules,
        plan: inputs.text("plan")?,
        date: inputs.day("date")?,
        pack: inputs.pack("pack")?,
        keep: keep.unwrap_or(zones.is_empty() && app.source().keeps()),
        zones,
    })
}

/// What there is to do. Of a check that is kept the output has the sums, and the findings are at `/findings`; of any
/// other it has the findings, as many as a page may have.
pub(crate) fn task(app: &App, asked: Asked) -> Result<Task, Problem> {
    if asked.keep && !app.source().keeps() {
        let detail =
            "This server shows what is public and keeps nothing; ask for a check with \"keep\": false.";
        return Err(Problem::new(StatusCode::FORBIDDEN, detail));
    }
    let (app, writes) = (app.clone(), asked.keep);
    let work = move |job: &Job| {
        let run = app.source().check(&CheckRequest {
            rules: asked.rules,
            plan: asked.plan,
            date: asked.date,
            pack: asked.pack,
            zones: asked.zones,
            dry_run: !asked.keep,
            public: false,
            progress: Some(&|done, total| job.progress(done, total)),
            cancelled: Some(&|| job.is_cancelled()),
        })?;
        if asked.keep {
            app.refresh()?;
        }
        // Where findings stand is known of what is kept alone.
        let standings = Standings::default();
        let most = if asked.keep { 0 } else { app.limits().page };
        let answer = check_answer(&run, &standings, false, most);
        serde_json::to_vec(&answer).map_err(|error| Problem::broken(&error))
    };
    Ok(Task { writes, work: Box::new(work) })
}
