//! Everything that can stop a task, each with what the person can do about it.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why a task could not be finished; its text is all that the person sees.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// Debian packages are missing and may not be installed from here.
    #[error("Missing: {what}\nType: {line}")]
    Packages { what: String, line: String },
    /// Node.js is missing or too old.
    #[error(
        "Node.js 20.19 or newer is needed to build the web map; found {found}.\n\
         {why}\nType: {line}\nor install a newer one from nodejs.org; then start again."
    )]
    Node { found: String, why: &'static str, line: String },
    /// A program ended with an error of its own, which it has already printed.
    #[error("`{line}` failed ({ending})")]
    Failed { line: String, ending: String },
    /// A program could not be started at all.
    #[error("`{line}` could not be started: {source}")]
    NotStarted { line: String, source: io::Error },
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    File { path: PathBuf, source: io::Error },
    /// A file that the task needs is not in the tree.
    #[error("{path} is missing: {need}")]
    Absent { path: PathBuf, need: &'static str },
    /// A package names a licence whose text is nowhere.
    #[error(
        "{package} brings no text of its licence, {licence}; put the text into crates/xtask/packaging/licences and \
         name it in crates/xtask/src/dist/notices/texts.rs"
    )]
    NoLicence { package: String, licence: String },
    /// The address to serve on cannot be had.
    #[error("{listen} cannot be listened on: {reason}\nType: cargo xtask run --listen {other}")]
    Address { listen: SocketAddr, reason: String, other: SocketAddr },
    /// The new store still has a journal beside it, so moving it would lose what the journal holds.
    #[error("{journal} still holds part of the new store; start again")]
    Journal { journal: PathBuf },
    /// Things that stand in the way independently, so that a person can mend them together.
    #[error("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Several { problems: Vec<Problem> },
    /// Some of several scripts failed, after all were run.
    #[error("failed: {}", names.join(", "))]
    Scripts { names: Vec<String> },
}

impl Problem {
    /// For `map_err`: the io error together with the path it happened at.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::File { path, source }
    }
}
