//! Everything that can stop a benchmark.

use std::io;
use std::path::{Path, PathBuf};

/// Why a benchmark could not be finished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    /// A file is not what its name says.
    #[error("{path}: {what}")]
    Content { path: PathBuf, what: String },
    /// A program, this one for one engine or Python, could not be started or failed.
    #[error("{engine} failed: {what}")]
    Engine { engine: String, what: String },
    /// An engine that this build or this machine does not have.
    #[error("{engine} is not here: {why}")]
    Absent { engine: &'static str, why: &'static str },
    /// A thread pool could not be made.
    #[error("no thread pool: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// Some answers came too late; the table above says how late.
    #[error("too late: {0}")]
    Late(String),
    /// The engines do not agree; the table above says where.
    #[error("the engines do not agree: {0}")]
    Disagreement(String),
}

impl Problem {
    /// For `map_err`: the io error together with the path it happened at.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::File { path, source }
    }

    /// A file whose content is not right.
    pub(crate) fn content(path: &Path, what: impl Into<String>) -> Self {
        Self::Content { path: path.to_path_buf(), what: what.into() }
    }
}
