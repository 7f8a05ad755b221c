//! Wall and CPU time of each stage of a piece of work.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::{Serialize, Serializer};

/// A stage of finding overlaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bytes to features.
    Read,
    /// Choosing the working CRS, projecting, snapping to the grid.
    Project,
    /// Looking for problems of geometries.
    Validate,
    /// Building the indexes.
    Index,
    /// Finding the overlaps and measuring them.
    Overlay,
    /// Writing the answer.
    Write,
}

impl Stage {
    const ALL: [Self; 6] =
        [Self::Read, Self::Project, Self::Validate, Self::Index, Self::Overlay, Self::Write];
}

/// What one stage took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct StageTime {
    /// Seconds on the clock.
    pub wall_s: f64,
    /// Seconds of CPU over all threads of this process.
    pub cpu_s: f64,
}

/// What every stage took. Serialises to one object with a member per stage, and `overlay_cpu_s`: the CPU time of the
/// engine alone, without measuring widths and geodesic areas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timings {
    stages: BTreeMap<Stage, StageTime>,
    /// CPU seconds of the overlay engine alone.
    pub overlay_cpu_s: f64,
}

impl Timings {
    /// Runs a piece of work and counts its time to a stage.
    pub fn time<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        let clock = Clock::start();
        let done = work();
        self.add(stage, clock.stop());
        done
    }

    /// What a stage took so far.
    pub fn stage(&self, stage: Stage) -> StageTime {
        self.stages.get(&stage).copied().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, stage: Stage, time: StageTime) {
        let total = self.stages.entry(stage).or_default();
        total.wall_s += time.wall_s;
        total.cpu_s += time.cpu_s;
    }
}

impl Serialize for Timings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            stages: &'a BTreeMap<Stage, StageTime>,
            overlay_cpu_s: f64,
        }
        let stages = Stage::ALL.into_iter().map(|stage| (stage, self.stage(stage))).collect();
        Whole { stages: &stages, overlay_cpu_s: self.overlay_cpu_s }.serialize(serializer)
    }
}

/// A running clock.
pub(crate) struct Clock {
    wall: Instant,
    cpu: Duration,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), cpu: process_cpu() }
    }

    pub(crate) fn stop(&self) -> StageTime {
        let cpu = process_cpu().saturating_sub(self.cpu);
        StageTime { wall_s: self.wall.elapsed().as_secs_f64(), cpu_s: cpu.as_secs_f64() }
    }
}

/// CPU time of all threads of this process, to the nanosecond; `/proc/self/stat` counts in hundredths of a second.
fn process_cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or(0))
}
