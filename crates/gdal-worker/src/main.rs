//! The program `ranh-gdal`: reads one data source of one folder with GDAL and sends its features over a pipe, or makes one
//! of features that come over it.
//!
//! Reading order: `main` takes a [`Request`] from standard input; [`confine`] gives away everything that reading or writing
//! one folder does not need, and proves it; [`drivers`] leaves GDAL the drivers that are asked for; [`source`] opens and
//! streams, [`target`] makes what was asked for. What goes over the pipe is described in `formats::worker`. [`ffi`] and
//! [`ffi_write`] are the only places with `unsafe`.
//!
//! Absent on purpose: any judgement. Texts leave undecoded, geometries as they stand; what is written was made to fit before.

mod confine;
mod drivers;
mod ffi;
mod ffi_write;
mod pipe;
mod said;
mod source;
mod target;

use std::io::BufReader;
use std::process::ExitCode;

use formats::worker::{FailureKind, Frame, Mode, Request};

use pipe::Pipe;

/// Why nothing (more) was read or written.
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
    let mut input = BufReader::with_capacity(1 << 18, std::io::stdin());
    let request = Request::read(&mut input).ok_or_else(|| {
        let message =
            "it does not ask in the words of this version; ranh-gdal is started by ranh, not by hand";
        Refusal::new(FailureKind::Request, message)
    })?;
    confine::confine(&request).map_err(|reason| Refusal::new(FailureKind::Unconfined, reason))?;
    match request.mode {
        Mode::Read => source::send(&request, pipe),
        Mode::Write => target::take(&request, &mut input, pipe),
    }
}
