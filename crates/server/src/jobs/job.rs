//! One job: what it is asked to do is elsewhere; this is where it stands.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::StatusCode;
use jiff::Timestamp;
use tokio::sync::Notify;

use crate::problem::Problem;

/// Where a job stands (OGC 18-062r2, 7.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobStatus {
    /// Waiting for its turn.
    Accepted,
    /// Being done.
    Running,
    /// Done; there are results.
    Successful,
    /// Given up; the results are the reason.
    Failed,
    /// Stopped because somebody asked.
    Dismissed,
}

impl JobStatus {
    /// All of them, in the order of a job's life.
    pub(crate) const ALL: [Self; 5] =
        [Self::Accepted, Self::Running, Self::Successful, Self::Failed, Self::Dismissed];

    /// Its name on the wire.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Running => "running",
            Self::Successful => "successful",
            Self::Failed => "failed",
            Self::Dismissed => "dismissed",
        }
    }

    /// Whether nothing more will come of it.
    pub(crate) fn is_final(self) -> bool {
        !matches!(self, Self::Accepted | Self::Running)
    }
}

/// What is known of a job at one moment.
#[derive(Clone, Debug)]
pub(crate) struct JobState {
    pub(crate) status: JobStatus,
    /// How much of it is done, 0 to 100.
    pub(crate) progress: u8,
    pub(crate) started: Option<Timestamp>,
    pub(crate) finished: Option<Timestamp>,
    pub(crate) updated: Timestamp,
    /// The JSON of its one output, or why there is none.
    pub(crate) outcome: Option<Result<Bytes, Problem>>,
}

/// A job.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) process: &'static str,
    pub(crate) created: Timestamp,
    /// Whether results are wrapped in a document instead of given as they are.
    pub(crate) document: bool,
    /// How long it may run.
    limit: Duration,
    stopped: AtomicBool,
    /// Wakes it where it waits for its turn.
    pub(super) woken: Notify,
    state: Mutex<JobState>,
    deadline: Mutex<Option<Instant>>,
}

impl Job {
    pub(super) fn new(id: String, process: &'static str, document: bool, limit: Duration) -> Self {
        let created = Timestamp::now();
        let state = JobState {
            status: JobStatus::Accepted,
            progress: 0,
            started: None,
            finished: None,
            updated: created,
            outcome: None,
        };
        Self {
            id,
            process,
            created,
            document,
            limit,
            stopped: AtomicBool::new(false),
            woken: Notify::new(),
            state: Mutex::new(state),
            deadline: Mutex::default(),
        }
    }

    /// Where it stands.
    pub(crate) fn state(&self) -> JobState {
        self.lock().clone()
    }

    /// Bytes of its results; none as long as it has not ended.
    pub(super) fn ended_bytes(&self) -> Option<usize> {
        let state = self.lock();
        let results = state.outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
        state.status.is_final().then(|| results.map_or(0, Bytes::len))
    }

    /// Whether the work is to stop: asked by the work itself, as often as it likes.
    pub(crate) fn is_cancelled(&self) -> bool {
        let late = || *self.deadline.lock().unwrap_or_else(PoisonError::into_inner);
        self.stopped.load(Ordering::Relaxed) || late().is_some_and(|deadline| Instant::now() > deadline)
    }

    /// Tells how far the work is.
    pub(crate) fn progress(&self, done: usize, total: usize) {
        let percent = (done * 100).checked_div(total).unwrap_or_default().min(99);
        let mut state = self.lock();
        let percent = u8::try_from(percent).unwrap_or(99);
        if state.status == JobStatus::Running && percent > state.progress {
            state.progress = percent;
            state.updated = Timestamp::now();
        }
    }

    /// Stops it; `false` when it had ended before. The work itself ends at the next place where it asks.
    pub(crate) fn dismiss(&self) -> bool {
        self.stopped.store(true, Ordering::Relaxed);
        self.woken.notify_one();
        let gone = Problem::new(StatusCode::CONFLICT, "The job was dismissed before its end.");
        self.end(JobStatus::Dismissed, Err(gone))
    }

    /// Begins the work; `false` when it was dismissed before.
    pub(super) fn begin(&self) -> bool {
        let mut state = self.lock();
        if state.status != JobStatus::Accepted {
            return false;
        }
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + self.limit);
        state.status = JobStatus::Running;
        state.started = Some(Timestamp::now());
        state.updated = Timestamp::now();
        true
    }

    /// Ends the work, unless it was dismissed.
    pub(super) fn finish(&self, outcome: Result<Bytes, Problem>) {
        let status = if outcome.is_ok() { JobStatus::Successful } else { JobStatus::Failed };
        self.end(status, outcome);
    }

    fn end(&self, status: JobStatus, outcome: Result<Bytes, Problem>) -> bool {
        let mut state = self.lock();
        if state.status.is_final() {
            return false;
        }
        state.status = status;
        if status == JobStatus::Successful {
            state.progress = 100;
        }
        state.updated = Timestamp::now();
        state.finished = Some(state.updated);
        state.outcome = Some(outcome);
        true
    }

    fn lock(&self) -> MutexGuard<'_, JobState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
