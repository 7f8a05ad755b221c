//! What GDAL says while it works, kept until it is sent.

use std::sync::{Mutex, PoisonError};

use formats::worker::Frame;
use gdal::errors::CplErrType;

use crate::Refusal;
use crate::pipe::Pipe;

/// Messages that are kept; a file may have one for each of its features.
const MOST: usize = 200;
/// Characters of a message.
const LENGTH: usize = 400;

#[derive(Default)]
struct Said {
    waiting: Vec<String>,
    kept: usize,
    last_failure: String,
    /// The folder, whose place is nobody's business: it is taken out of what is said.
    folder: String,
}

static SAID: Mutex<Said> =
    Mutex::new(Said { waiting: Vec::new(), kept: 0, last_failure: String::new(), folder: String::new() });

/// Listens from now on to what is said of a folder.
pub(crate) fn listen(folder: &[u8]) {
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    said.folder = format!("{}/", String::from_utf8_lossy(folder));
    drop(said);
    gdal::config::set_error_handler(|class, _, message| {
        if matches!(class, CplErrType::None | CplErrType::Debug) {
            return;
        }
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        let message = message.replace(&said.folder, "");
        let message: String = message.chars().filter(|c| !c.is_control()).take(LENGTH).collect();
        if matches!(class, CplErrType::Failure | CplErrType::Fatal) {
            said.last_failure.clone_from(&message);
        }
        if said.kept < MOST {
            said.kept += 1;
            said.waiting.push(message);
        }
    });
}

/// The last failure, as a reason.
pub(crate) fn last_failure(otherwise: &str) -> String {
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.last_failure.is_empty() { otherwise.replace(&said.folder, "") } else { said.last_failure.clone() }
}

/// Sends what is waiting.
pub(crate) fn send(pipe: &mut Pipe) -> Result<(), Refusal> {
    let waiting = std::mem::take(&mut SAID.lock().unwrap_or_else(PoisonError::into_inner).waiting);
    waiting.into_iter().try_for_each(|message| pipe.tell(&Frame::Warning(message)))
}
