//! Jobs: work that may outlive the request that asked for it. They live in memory; a bounded number runs at a time,
//! a bounded number waits, and of those that have ended the newest are kept.

mod job;

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher, Hasher};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

pub(crate) use job::{Job, JobState, JobStatus};

use crate::problem::Problem;
use crate::settings::Limits;

/// What a job does, on a thread that may block. It gives the JSON of its output.
pub(crate) type Work = Box<dyn FnOnce(&Job) -> Result<Vec<u8>, Problem> + Send>;

/// How a job comes to write, which only one may at a time.
pub(crate) enum Turn {
    /// It does not write.
    None,
    /// It has been given leave.
    Taken(OwnedSemaphorePermit),
    /// It waits for leave.
    Wait(Arc<Semaphore>),
}

/// A job to be taken on.
pub(crate) struct Order {
    /// Identifier of the process.
    pub(crate) process: &'static str,
    /// Whether results are wrapped in a document instead of given as they are.
    pub(crate) document: bool,
    /// How long it may run.
    pub(crate) limit: Duration,
    pub(crate) turn: Turn,
    pub(crate) work: Work,
}

/// All jobs.
#[derive(Debug)]
pub(crate) struct Jobs {
    limits: Limits,
    /// In the order in which they came.
    list: Mutex<VecDeque<Arc<Job>>>,
    running: Arc<Semaphore>,
    /// For work that is on no list.
    passing: Arc<Semaphore>,
    stopping: AtomicBool,
    /// How many had their end, by process and how.
    ended: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
}

impl Jobs {
    pub(crate) fn new(limits: Limits) -> Self {
        let [running, passing] = [0, 1].map(|_| Arc::new(Semaphore::new(limits.jobs_running)));
        let stopping = AtomicBool::new(false);
        Self { limits, list: Mutex::default(), running, passing, stopping, ended: Mutex::default() }
    }

    /// Takes a job on; the handle ends with it. Must be called within the runtime.
    pub(crate) fn submit(self: &Arc<Self>, order: Order) -> Result<(Arc<Job>, JoinHandle<()>), Problem> {
        let Order { process, document, limit, turn, work } = order;
        let job = Arc::new(Job::new(unguessable(), process, document, limit));
        {
            let mut list = self.lock();
            let open = list.iter().filter(|job| !job.state().status.is_final()).count();
            if open >= self.limits.jobs || self.is_stopping() {
                let detail = "Too many jobs are waiting or running already; ask again in a while.";
                let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
                return Err(problem.with_retry_after(self.limits.retry_after));
            }
            list.push_back(Arc::clone(&job));
        }
        let running = tokio::spawn(Arc::clone(self).run(Arc::clone(&job), turn, work));
        Ok((job, running))
    }

    /// Does a piece of work that is on no list, in a turn of its own. When whoever waits for it leaves, it is stopped.
    pub(crate) async fn pass(&self, order: Order) -> Result<(Arc<Job>, Bytes), Problem> {
        let Order { process, document, limit, work, .. } = order;
        let job = Arc::new(Job::new(String::new(), process, document, limit));
        let _leaving = DismissOnDrop(Arc::clone(&job));
        let permit = Arc::clone(&self.passing).acquire_owned().await;
        let permit = permit.map_err(|error| Problem::broken(&error))?;
        job.begin();
        let worker = Arc::clone(&job);
        let done = tokio::task::spawn_blocking(move || {
            let done = work(&worker);
            drop(permit);
            done
        });
        let outcome = done.await.map_err(|error| Problem::broken(&error))?;
        Ok((Arc::clone(&job), outcome.map(Bytes::from)?))
    }

    async fn run(self: Arc<Self>, job: Arc<Job>, turn: Turn, work: Work) {
        let allowed = async {
            let writing = match turn {
                Turn::None => None,
                Turn::Taken(permit) => Some(permit),
                Turn::Wait(semaphore) => semaphore.acquire_owned().await.ok(),
            };
            (writing, Arc::clone(&self.running).acquire_owned().await.ok())
        };
        let permits = tokio::select! {
            permits = allowed => permits,
            () = job.woken.notified() => return self.ended_as(&job),
        };
        if !job.begin() {
            return self.ended_as(&job);
        }
        let worker = Arc::clone(&job);
        let work = tokio::task::spawn_blocking(move || {
            let done = work(&worker);
            // Only now may the next one begin, even where the job was dismissed long before.
            drop(permits);
            done
        });
        let outcome = work.await.unwrap_or_else(|panic| Err(Problem::broken(&panic)));
        job.finish(outcome.map(Bytes::from));
        self.ended_as(&job);
    }

    /// Counts a job that has ended, and forgets the oldest.
    fn ended_as(&self, job: &Job) {
        let how = (job.process, job.state().status.name());
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner).entry(how).or_default() += 1;
        self.forget();
    }

    /// How many had their end so far, by process and how.
    pub(crate) fn ended(&self) -> BTreeMap<(&'static str, &'static str), u64> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All jobs, the newest first.
    pub(crate) fn all(&self) -> Vec<Arc<Job>> {
        self.lock().iter().rev().cloned().collect()
    }

    /// The job of an id.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.lock().iter().find(|job| job.id == id).cloned()
    }

    /// Stops a job; one that has ended is forgotten with its results.
    pub(crate) fn dismiss(&self, job: &Job) {
        if !job.dismiss() {
            self.lock().retain(|known| known.id != job.id);
        }
    }

    /// Whether the server is going to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Stops all jobs: the server is going to stop.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        for job in self.lock().iter() {
            job.dismiss();
        }
    }

    /// Forgets the oldest of those that have ended, as far as there are more, or more bytes of results, than are kept.
    fn forget(&self) {
        let mut list = self.lock();
        let [mut many, mut bytes] = [0, 0];
        let mut kept: Vec<bool> = Vec::with_capacity(list.len());
        for job in list.iter().rev() {
            let Some(size) = job.ended_bytes() else {
                kept.push(true);
                continue;
            };
            many += 1;
            bytes += size;
            // Whoever waits for the newest has not had its results yet.
            let stays = many == 1 || bytes <= self.limits.jobs_bytes;
            kept.push(stays && many <= self.limits.jobs_kept);
        }
        list.retain(|_| kept.pop().unwrap_or(true));
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 128 bits that nobody can guess: each hasher has a key of the system's random numbers, which its outcome does not
/// tell.
pub(crate) fn unguessable() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// Dismisses a job when it goes: the client that waited for it has left.
pub(crate) struct DismissOnDrop(pub(crate) Arc<Job>);

impl Drop for DismissOnDrop {
    fn drop(&mut self) {
        self.0.dismiss();
    }
}
