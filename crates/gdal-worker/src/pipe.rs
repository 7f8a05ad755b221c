//! Frames going out.

use std::io::{self, BufWriter, Stdout, Write};
use std::time::{Duration, Instant};

use formats::worker::{FailureKind, Frame, opening};

use crate::Refusal;

/// What is waiting is sent at least so often: who listens takes silence for a sign that something is wrong.
const OFTEN: Duration = Duration::from_secs(1);

/// Standard output with what every answer begins with.
pub(crate) struct Pipe {
    out: BufWriter<Stdout>,
    begun: bool,
    frame: Vec<u8>,
    flushed: Instant,
}

impl Pipe {
    pub(crate) fn standard_output() -> Self {
        let out = BufWriter::with_capacity(1 << 18, io::stdout());
        Self { out, begun: false, frame: Vec::new(), flushed: Instant::now() }
    }

    /// Sends a frame.
    pub(crate) fn send(&mut self, frame: &Frame) -> io::Result<()> {
        if !self.begun {
            self.out.write_all(&opening())?;
            self.begun = true;
        }
        self.frame.clear();
        frame.encode(&mut self.frame);
        self.out.write_all(&self.frame)?;
        if self.flushed.elapsed() > OFTEN { self.finish() } else { Ok(()) }
    }

    /// Sends a frame; a pipe that is gone ends the work.
    pub(crate) fn tell(&mut self, frame: &Frame) -> Result<(), Refusal> {
        self.send(frame).map_err(|error| Refusal::new(FailureKind::Read, error.to_string()))
    }

    /// Lets go what is waiting; a pipe that is gone ends the work.
    pub(crate) fn push(&mut self) -> Result<(), Refusal> {
        self.finish().map_err(|error| Refusal::new(FailureKind::Read, error.to_string()))
    }

    /// Lets everything go.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.flushed = Instant::now();
        self.out.flush()
    }
}
