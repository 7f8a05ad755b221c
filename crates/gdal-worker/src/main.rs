//! The program `ranh-gdal`: reads one data source of one folder with GDAL and sends its features over a pipe.
//!
//! Reading order: `main` takes a [`Request`] from standard input; [`confine`] gives away everything that reading one
//! folder does not need, and proves it; [`drivers`] leaves GDAL the drivers that are asked for; [`source`] opens and
//! streams. What goes over the pipe is described in `formats::worker`. [`ffi`] is the only place with `unsafe`.
//!
//! Absent on purpose: any judgement of what is read. Texts leave undecoded, geometries as they stand.

mod confine;
mod drivers;
mod ffi;
mod pipe;
mod said;
mod source;

use std::io::Read;
use std::process::ExitCode;

use formats::worker::{FailureKind, Frame, Request};

use pipe::Pipe;

/// Longer requests are none of ours.
const REQUEST_BYTES: u64 = 1 << 20;

/// Why nothing (more) was read.
pub(crate) struct Refusal {
    kind: FailureKind,
    message: String,
}

impl Refusal {
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }
}

fn main() -> ExitCode {
    let mut pipe = Pipe::standard_output();
    let told = match run(&mut pipe) {
        Ok(features) => pipe.send(&Frame::End { features }),
        Err(Refusal { kind, message }) => pipe.send(&Frame::Failure { kind, message }),
    };
    // Nobody is left to tell when the pipe itself is gone.
    if told.and_then(|()| pipe.finish()).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(pipe: &mut Pipe) -> Result<u64, Refusal> {
    let request = asked().ok_or_else(|| {
        let message =
            "it does not ask in the words of this version; ranh-gdal is started by ranh, not by hand";
        Refusal::new(FailureKind::Request, message)
    })?;
    confine::confine(&request).map_err(|reason| Refusal::new(FailureKind::Unconfined, reason))?;
    source::send(&request, pipe)
}

fn asked() -> Option<Request> {
    let mut bytes = Vec::new();
    std::io::stdin().take(REQUEST_BYTES).read_to_end(&mut bytes).ok()?;
    Request::decoded(&bytes)
}
