//! Starting an engine in a process of its own: this program again, Python, or a program that is measured from outside.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

use crate::clock::{Cost, status_bytes};
use crate::engines::{Engine, Job};
use crate::problem::Problem;
use crate::share::{Share, read_json};

/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// Processor time in `/proc` is counted in hundredths of a second on every Linux that Debian ships.
const TICKS_PER_S: f64 = 100.0;

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

/// Runs a program, whose temporary files go to `folder`: what it and those that it started cost, and the most memory that
/// they held together, bytes.
pub(crate) fn measured(program: &Path, arguments: &[&OsStr], folder: &Path) -> Result<(Cost, u64), Problem> {
    let engine = program.display().to_string();
    let failed = |what: String| Problem::Engine { engine: engine.clone(), what };
    let mut command = Command::new(program);
    command.args(arguments).env("TMPDIR", folder).stdout(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let place = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak = 0;
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let id = WaitId::Pid(Pid::from_child(&child));
    // A process that has ended stays to be looked at until it is waited for.
    while waitid(id.clone(), options).map_err(|error| failed(error.to_string()))?.is_none() {
        peak = peak.max(held(&place));
        std::thread::sleep(LOOK);
    }
    let wall_s = started.elapsed().as_secs_f64();
    let cpu_s = cpu_s(&fs::read_to_string(place.join("stat")).unwrap_or_default());
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok((Cost { cpu_s, wall_s }, peak)) } else { Err(failed(status.to_string())) }
}

/// The most memory of a process, and of those that its threads have started.
fn held(place: &Path) -> u64 {
    let children = fs::read_dir(place.join("task")).into_iter().flatten().flatten();
    let children = children.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let children: u64 = children
        .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .map(|child| status_bytes(&Path::new("/proc").join(child).join("status"), "VmHWM:"))
        .sum();
    status_bytes(&place.join("status"), "VmHWM:") + children
}

/// Processor time of all threads and of children that were waited for, by the 14th to 17th field; the second may have
/// spaces and ends with a bracket.
fn cpu_s(stat: &str) -> f64 {
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(4).filter_map(|field| field.parse().ok()).collect();
    ticks.iter().sum::<f64>() / TICKS_PER_S
}

#[cfg(test)]
mod tests {
    use super::cpu_s;

    #[test]
    fn processor_time_is_read_behind_the_name() {
        let stat = "7 (a (b) c) S 1 7 7 0 -1 4194304 90 0 0 0 125 50 30 20 20 0 1 0 5 0 0";
        assert_eq!(cpu_s(stat), 2.25);
    }
}
