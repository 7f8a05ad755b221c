//! Standard output and standard error. A reader that goes away (`ranh … | head`) ends the output, not the program.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use serde::Serialize;

use crate::failure::Failure;

/// Says a line on standard error; there is nobody left to tell when that fails.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Hands `write` standard output, buffered; a closed pipe counts as done.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>) -> Result<(), Failure> {
    let mut out = Tolerant { inner: BufWriter::new(io::stdout().lock()), closed: false };
    write(&mut out)?;
    Ok(out.flush()?)
}

/// Writes a value as JSON on a line.
pub(crate) fn json(value: &impl Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(|e| Failure::new(e.to_string()))?;
    Ok(writeln!(out)?)
}

/// Hands `write` a new file beside `path`, and moves it there when it is whole: what was there is kept until then.
pub(crate) fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    to_part(path, |out| write(out))
}

/// The same for a writer that goes back and forth.
pub(crate) fn to_part(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let name =
        path.file_name().ok_or_else(|| Failure::new(format!("{}: not a file name", path.display())))?;
    let mut part_name = name.to_os_string();
    part_name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(part_name);
    let written = write_part(&part, write)
        .and_then(|()| std::fs::rename(&part, path).map_err(|e| Failure::at(path, &e)));
    if written.is_err() {
        // Already failing: what matters is the first error.
        let _ = std::fs::remove_file(&part);
    }
    written
}

fn write_part(
    part: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let file = File::create(part).map_err(|e| Failure::at(part, &e))?;
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush().map_err(|e| Failure::at(part, &e))
}

/// A writer that swallows what comes after its reader has gone.
struct Tolerant<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> Write for Tolerant<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        match self.inner.write(bytes) {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(bytes.len())
            }
            other => other,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.inner.flush() {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}
