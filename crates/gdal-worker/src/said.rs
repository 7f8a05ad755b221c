//! What GDAL says while it works, kept until it is sent: once each, and without what only who runs GDAL by hand can follow.

use std::sync::{Mutex, PoisonError};

use formats::worker::Frame;
use gdal::errors::CplErrType;

use crate::Refusal;
use crate::pipe::Pipe;

/// Messages that are kept; a file may have one for each of its features.
const MOST: usize = 200;
/// Characters of a message.
const LENGTH: usize = 400;
/// Messages that tell of what this process is forbidden, or reads by itself, and of nothing in the file.
const OURS: [&str; 2] = [
    "GFS file saving asked, but failed",
    "Cannot find iconv encoding corresponding to MapInfo UTF-8 charset",
];
/// Words by which a sentence asks for a setting of GDAL's, which nobody can give here.
const SETTINGS: [&str; 2] = ["config option", "configuration option"];

#[derive(Default)]
struct Said {
    waiting: Vec<String>,
    kept: Vec<String>,
    last_failure: String,
    /// The folder, whose place is nobody's business: it is taken out of what is said.
    folder: String,
}

static SAID: Mutex<Said> = Mutex::new(Said {
    waiting: Vec::new(),
    kept: Vec::new(),
    last_failure: String::new(),
    folder: String::new(),
});

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
        let message = plain(&message);
        if OURS.contains(&message.as_str()) {
            return;
        }
        if matches!(class, CplErrType::Failure | CplErrType::Fatal) {
            said.last_failure.clone_from(&message);
        }
        if said.kept.len() < MOST && !said.kept.contains(&message) {
            said.kept.push(message.clone());
            said.waiting.push(message);
        }
    });
}

/// The last failure, as a reason.
pub(crate) fn last_failure(otherwise: &str) -> String {
    failure().unwrap_or_else(|| {
        let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        plain(&otherwise.replace(&said.folder, ""))
    })
}

/// The last failure, if there was one.
pub(crate) fn failure() -> Option<String> {
    let said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    Some(said.last_failure.clone()).filter(|message| !message.is_empty())
}

/// The message for a person who has the file and not GDAL: without places in GDAL's own sources, and without its settings.
fn plain(message: &str) -> String {
    if message.ends_with("not recognized as a supported file format.") {
        return "what is in it is not of this format".to_owned();
    }
    let is_setting = |sentence: &str| SETTINGS.iter().any(|word| sentence.contains(word));
    let sentences = message.split_inclusive(". ").filter(|sentence| !is_setting(sentence));
    let kept: String = sentences.collect();
    let kept = match kept.split_once(".cpp") {
        // "./ogr/…/a.cpp, 728: error at line 28 of d.dxf", or "Error occurred in ./ogr/…/a.cpp at line 728".
        Some((_, behind)) => match behind.split_once(": ") {
            Some((_, what)) => what.to_owned(),
            None => "its inner structure is broken".to_owned(),
        },
        None => kept,
    };
    let kept = kept.trim().trim_end_matches('.');
    if kept.is_empty() { message.to_owned() } else { kept.to_owned() }
}

/// Sends what is waiting.
pub(crate) fn send(pipe: &mut Pipe) -> Result<(), Refusal> {
    let waiting = std::mem::take(&mut SAID.lock().unwrap_or_else(PoisonError::into_inner).waiting);
    waiting.into_iter().try_for_each(|message| pipe.tell(&Frame::Warning(message)))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn messages_are_for_people_who_have_the_file_alone() {
        for (said, told) in [
            ("`a.tab' not recognized as a supported file format.", "what is in it is not of this format"),
            (
                "Unable to open a.shx or a.SHX. Set SHAPE_RESTORE_SHX config option to YES to restore or create it.",
                "Unable to open a.shx or a.SHX",
            ),
            (
                "./ogr/ogrsf_frmts/dxf/ogrdxflayer.cpp, 2093: error at line 28 of d.dxf",
                "error at line 28 of d.dxf",
            ),
            (
                "Error occurred in ./ogr/ogrsf_frmts/openfilegdb/filegdbtable.cpp at line 728",
                "its inner structure is broken",
            ),
            ("database disk image is malformed", "database disk image is malformed"),
            ("Set the X config option.", "Set the X config option."),
        ] {
            assert_eq!(plain(said), told);
        }
    }
}
