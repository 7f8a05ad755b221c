//! Starting an engine in a process of its own: this program again, or Python.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::engines::{Engine, Job};
use crate::problem::Problem;
use crate::share::{Share, read_json};

/// Runs an engine's share of `task` and reads what it left.
pub(crate) fn share(engine: Engine, task: &str, job: &Job, python: Option<&Path>) -> Result<Share, Problem> {
    let name = engine.name();
    let mut command = if engine.is_python() {
        let Some(python) = python else {
            return Err(Problem::Absent { engine: "Python", why: "no --python was given" });
        };
        let mut command = Command::new(python);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/python/peers.py"));
        command
    } else {
        let mut command = Command::new(env::current_exe().map_err(Problem::file(Path::new("bench")))?);
        command.arg("share");
        command
    };
    let failed = |what: String| Problem::Engine { engine: name.clone(), what };
    command.args([task, &name]).arg(&job.workload).arg(&job.folder);
    command.args([job.every.to_string(), job.repeat.to_string()]);
    // One thread each, whatever library they stand on.
    for variable in ["RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"] {
        command.env(variable, "1");
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONUTF8", "1").stdin(Stdio::null());
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    read_json(&job.folder.join(format!("{name}.json")))
}
