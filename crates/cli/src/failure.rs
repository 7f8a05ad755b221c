//! Why a command could not do its work, in one message for the person who typed it.

use std::{fmt, path::Path};

/// Exit code when nothing could be read or done.
pub(crate) const NOTHING_DONE: u8 = 2;

/// A message that says what is wrong, where, and what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure in these words.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A failure to write or read a file.
    pub(crate) fn at(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(format!("the answer could not be written: {error}"))
    }
}

impl From<project::ProjectError> for Failure {
    fn from(error: project::ProjectError) -> Self {
        Self(error.to_string())
    }
}

impl From<planning::DataError> for Failure {
    fn from(error: planning::DataError) -> Self {
        Self(error.to_string())
    }
}
