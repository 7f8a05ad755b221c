//! Frames going out.

use std::io::{self, BufWriter, Stdout, Write};

use formats::worker::{FailureKind, Frame, opening};

use crate::Refusal;

/// Standard output with what every answer begins with.
pub(crate) struct Pipe {
    out: BufWriter<Stdout>,
    begun: bool,
    frame: Vec<u8>,
}

impl Pipe {
    pub(crate) fn standard_output() -> Self {
        Self { out: BufWriter::with_capacity(1 << 18, io::stdout()), begun: false, frame: Vec::new() }
    }

    /// Sends a frame.
    pub(crate) fn send(&mut self, frame: &Frame) -> io::Result<()> {
        if !self.begun {
            self.out.write_all(&opening())?;
            self.begun = true;
        }
        self.frame.clear();
        frame.encode(&mut self.frame);
        self.out.write_all(&self.frame)
    }

    /// Sends a frame; a pipe that is gone ends the work.
    pub(crate) fn tell(&mut self, frame: &Frame) -> Result<(), Refusal> {
        self.send(frame).map_err(|error| Refusal::new(FailureKind::Read, error.to_string()))
    }

    /// Lets everything go.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
