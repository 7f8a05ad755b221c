//! The GDAL worker from this side: a process per job that is believed nothing.
//!
//! GDAL reads what others made, in C and C++, and shares SQLite's names with ours; so it lives in the program
//! `ranh-gdal` (`crates/gdal-worker`), which confines itself before it opens anything. This side starts it with an
//! empty environment in a process group of its own, sends a [`Request`], takes [`Frame`]s (or sends them, where it is to
//! write: the pipe holds who is faster), and ends the whole group when the job ends, in whatever way. Crash, hang, flood and garbage are a [`WorkerError`].

mod creation;
mod error;
mod frame;
mod limits;
mod listening;
mod request;
mod wire;

use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

pub use creation::{FieldKind, NewField, NewLayer};
pub use error::WorkerError;
pub use frame::{FailureKind, Field, Frame, LayerHead, RawFeature, RawGeometry, RawValue, VERSION, opening};
pub use limits::WorkerLimits;
pub use request::{Mode, Request};

use frame::FRAME_HEAD;
use listening::{GivenUp, Listening};

/// How much of what the worker prints is kept for a message, bytes.
const SAID_BYTES: u64 = 4 << 10;
/// Characters of it that a message shows.
const SAID_SHOWN: usize = 300;
/// With this the system's loader ends a program that lacks a library.
const LOADER: i32 = 127;
/// Name of the program.
const PROGRAM: &str = "ranh-gdal";

/// The worker's program, and what a job of it may use.
#[derive(Clone, Debug)]
pub struct Worker {
    program: PathBuf,
    limits: WorkerLimits,
}

impl Worker {
    /// A worker that is this program.
    pub fn new(program: PathBuf, limits: WorkerLimits) -> Self {
        Self { program, limits }
    }

    /// Where the worker stands that belongs to a program: in the same folder.
    pub fn beside(program: &Path) -> PathBuf {
        program.with_file_name(PROGRAM)
    }

    /// Starts a job; the limits that the worker sets itself come from here, whatever the request says.
    /// # Errors
    /// [`WorkerError::Start`].
    pub fn start(&self, request: &Request) -> Result<Job<'static>, WorkerError> {
        self.start_until(request, &|| false)
    }

    /// The same; while something is waited for, `cancelled` is asked ten times a second whether to end the job.
    /// # Errors
    /// [`WorkerError::Start`].
    pub fn start_until<'a>(
        &self,
        request: &Request,
        cancelled: &'a dyn Fn() -> bool,
    ) -> Result<Job<'a>, WorkerError> {
        let failed = |source| WorkerError::Start { program: self.program.clone(), source };
        let WorkerLimits { memory_bytes, cpu_s, file_bytes, .. } = self.limits;
        let request = Request { memory_bytes, cpu_s, file_bytes, ..request.clone() };
        let mut command = Command::new(&self.program);
        command.env_clear().current_dir("/").process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(failed)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
            let _ = child.kill();
            return Err(failed(ErrorKind::BrokenPipe.into()));
        };
        // A worker that ends before it has read its request says why on the other pipe.
        let _ = stdin.write_all(&request.encoded());
        let writes = request.mode == Mode::Write;
        // What is written may take its time behind the last feature; it is ours.
        let patience = if writes { Duration::MAX } else { Duration::from_secs(self.limits.silence_s) };
        let stdout = Listening::new(stdout, patience, cancelled);
        Ok(Job {
            limits: self.limits,
            writes,
            sink: writes.then(|| BufWriter::with_capacity(1 << 18, stdin)),
            frames: BufReader::with_capacity(1 << 18, stdout),
            printed: Some(std::thread::spawn(move || printed(stderr))),
            guard: Guard::new(child, Duration::from_secs(self.limits.wall_s)),
            received: 0,
            features: 0,
            opened: false,
            payload: Vec::new(),
            outgoing: Vec::new(),
        })
    }
}

/// A job under way. Dropping it ends its processes.
pub struct Job<'a> {
    limits: WorkerLimits,
    writes: bool,
    /// Where frames go, until the last is sent.
    sink: Option<BufWriter<ChildStdin>>,
    frames: BufReader<Listening<'a, ChildStdout>>,
    printed: Option<JoinHandle<String>>,
    guard: Guard,
    /// Bytes received.
    received: u64,
    /// Features received, or sent.
    features: u64,
    opened: bool,
    payload: Vec<u8>,
    outgoing: Vec<u8>,
}

impl Job<'_> {
    /// The next frame; none when the worker has sent its end. Failures come as errors.
    /// # Errors
    /// [`WorkerError`]; the job is over then.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, WorkerError> {
        if !self.opened {
            self.open()?;
        }
        let mut head = [0; FRAME_HEAD];
        self.fill(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length);
        if length > self.limits.frame_bytes {
            return Err(self.garbage());
        }
        let mut payload = std::mem::take(&mut self.payload);
        self.take(length, &mut payload)?;
        let frame = Frame::decoded(kind, &payload).ok_or_else(|| self.garbage())?;
        self.payload = payload;
        match frame {
            Frame::End { features } if features == self.features => Ok(None),
            Frame::End { .. } => Err(self.garbage()),
            Frame::Failure { kind, message } => Err(self.failure(kind, message)),
            Frame::NewLayer(_) => Err(self.garbage()),
            frame => {
                self.features += u64::from(matches!(frame, Frame::Feature(_)));
                Ok(Some(frame))
            }
        }
    }

    /// Sends a frame to a worker that writes; waits where it is slower.
    /// # Errors
    /// [`WorkerError`]; the job is over then.
    pub fn send(&mut self, frame: &Frame) -> Result<(), WorkerError> {
        self.outgoing.clear();
        frame.encode(&mut self.outgoing);
        let most = u64::from(self.limits.frame_bytes);
        if self.outgoing.len() as u64 > most {
            return Err(WorkerError::TooLarge { bytes: most });
        }
        let sent = self.sink.as_mut().map(|sink| sink.write_all(&self.outgoing));
        self.features += u64::from(matches!(frame, Frame::Feature(_)));
        if matches!(sent, Some(Ok(()))) { Ok(()) } else { Err(self.refusal()) }
    }

    /// Says that all was sent.
    /// # Errors
    /// [`WorkerError`]; the job is over then.
    pub fn sent(&mut self) -> Result<(), WorkerError> {
        self.send(&Frame::End { features: self.features })?;
        let flushed = self.sink.take().map(|mut sink| sink.flush());
        if matches!(flushed, Some(Ok(()))) { Ok(()) } else { Err(self.refusal()) }
    }

    /// Why the worker takes no more.
    fn refusal(&mut self) -> WorkerError {
        self.sink = None;
        loop {
            match self.next_frame() {
                Ok(Some(_)) => {}
                Ok(None) => return self.garbage(),
                Err(error) => return error,
            }
        }
    }

    fn open(&mut self) -> Result<(), WorkerError> {
        let expected = opening();
        let mut bytes = vec![0; expected.len()];
        self.fill(&mut bytes)?;
        self.opened = true;
        if bytes == expected {
            return Ok(());
        }
        let found = match bytes.strip_prefix(frame::MAGIC.as_slice()) {
            Some([low, high]) => format!("frames {}, not {VERSION}", u16::from_le_bytes([*low, *high])),
            _ => "it does not answer as one".to_owned(),
        };
        Err(WorkerError::Version { found })
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), WorkerError> {
        self.count(bytes.len() as u64)?;
        self.frames.read_exact(bytes).map_err(|_| self.ended())
    }

    /// Takes a payload in. Memory grows with what comes, not with what was announced.
    fn take(&mut self, length: u32, payload: &mut Vec<u8>) -> Result<(), WorkerError> {
        self.count(length.into())?;
        payload.clear();
        let read = (&mut self.frames).take(length.into()).read_to_end(payload);
        if read.ok() == usize::try_from(length).ok() { Ok(()) } else { Err(self.ended()) }
    }

    fn count(&mut self, bytes: u64) -> Result<(), WorkerError> {
        self.received = self.received.saturating_add(bytes);
        let limit = self.limits.output_bytes;
        if self.received > limit { Err(WorkerError::Flood { bytes: limit }) } else { Ok(()) }
    }

    fn garbage(&self) -> WorkerError {
        WorkerError::Garbage { at: self.received }
    }

    fn failure(&self, kind: FailureKind, message: String) -> WorkerError {
        match kind {
            FailureKind::Unconfined => WorkerError::Unconfined { reason: message },
            FailureKind::Request => WorkerError::Version { found: message },
            FailureKind::Open => WorkerError::Open { message },
            FailureKind::Layer => WorkerError::Layer { message },
            FailureKind::Read => WorkerError::Read { features: self.features, message },
            FailureKind::Create => WorkerError::Create { message },
            FailureKind::Write => WorkerError::Write { message },
        }
    }

    /// The pipe ended before the end: why?
    fn ended(&mut self) -> WorkerError {
        match self.frames.get_ref().given_up() {
            Some(GivenUp::Silent) => return WorkerError::Silent { seconds: self.limits.silence_s },
            Some(GivenUp::Cancelled) => return WorkerError::Cancelled,
            None => {}
        }
        let (status, late) = self.guard.end();
        if late {
            return WorkerError::WallTime { seconds: self.limits.wall_s };
        }
        let signal = status.and_then(|status| status.signal());
        if signal == Some(Signal::XCPU.as_raw()) {
            return WorkerError::CpuTime { seconds: self.limits.cpu_s };
        }
        if signal == Some(Signal::XFSZ.as_raw()) {
            return WorkerError::FileSize { bytes: self.limits.file_bytes };
        }
        let code = status.and_then(|status| status.code());
        let how = match (signal, code) {
            (Some(signal), _) => format!("signal {signal}"),
            (None, Some(code)) => format!("exit code {code}"),
            (None, None) => "it closed its pipe".to_owned(),
        };
        let said = self.printed.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        let said = if said.is_empty() { said } else { format!(", saying \"{said}\"") };
        if code == Some(LOADER) {
            return WorkerError::Loader { said };
        }
        if self.writes {
            WorkerError::CrashedWriting { how, said }
        } else {
            WorkerError::Crashed { how, said }
        }
    }
}

/// The processes of a job, and the clock beside them.
struct Guard {
    child: Child,
    clock: Arc<Clock>,
    watch: Option<JoinHandle<()>>,
    ended: Option<(Option<ExitStatus>, bool)>,
}

#[derive(Default)]
struct Clock {
    state: Mutex<ClockState>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default)]
struct ClockState {
    stopped: bool,
    late: bool,
}

impl Guard {
    fn new(child: Child, wall: Duration) -> Self {
        let clock = Arc::new(Clock::default());
        let group = Pid::from_child(&child);
        let shared = Arc::clone(&clock);
        let watch = std::thread::spawn(move || shared.watch(group, wall));
        Self { child, clock, watch: Some(watch), ended: None }
    }

    /// Ends whatever is left of the group; the status of the worker, and whether its time was up.
    fn end(&mut self) -> (Option<ExitStatus>, bool) {
        if let Some(ended) = self.ended {
            return ended;
        }
        self.let_it_end();
        let late = self.clock.stop();
        if let Some(watch) = self.watch.take() {
            let _ = watch.join();
        }
        // It has not been waited for yet, so that its number is still its own.
        let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
        let status = self.child.wait().ok();
        *self.ended.insert((status, late))
    }

    /// Gives a process whose pipe has ended a moment to end by itself, so that its status says why.
    fn let_it_end(&self) {
        let id = WaitId::Pid(Pid::from_child(&self.child));
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        for _ in 0..100 {
            if !matches!(waitid(id.clone(), look), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.ended.is_none() {
            let _ = self.clock.stop();
            let _ = kill_process_group(Pid::from_child(&self.child), Signal::KILL);
            self.watch.take().map(JoinHandle::join);
            let _ = self.child.wait();
        }
    }
}

impl Clock {
    fn watch(&self, group: Pid, wall: Duration) {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(state, wall, |state| !state.stopped);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if !state.stopped {
            state.late = true;
            let _ = kill_process_group(group, Signal::KILL);
        }
    }

    /// Stops the clock; whether it had run out.
    fn stop(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.stopped = true;
        self.changed.notify_all();
        state.late
    }
}

/// The beginning of what the worker prints, as one line of plain characters. The rest is read and thrown away, so that
/// nothing can wait for it.
fn printed(mut stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let _ = (&mut stderr).take(SAID_BYTES).read_to_end(&mut kept);
    let _ = std::io::copy(&mut stderr, &mut std::io::sink());
    let text = String::from_utf8_lossy(&kept);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(SAID_SHOWN).collect()
}
