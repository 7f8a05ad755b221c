//! Why an upload is not taken.

use std::io;

use planning::Text;

use crate::ProjectError;

/// What is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It has no name that a file could have.
    #[error("\"{name}\" is no name of a file: give a plain name with its ending, such as plan.geojson")]
    Name {
        /// What was given, the beginning of it.
        name: String,
    },
    /// There is nothing in it.
    #[error("the file is empty: check that it was saved or downloaded whole")]
    Empty,
    /// It is too large.
    #[error("the file has more than the {most} bytes that are taken: divide it, or have the limit raised")]
    TooLarge {
        /// The most.
        most: u64,
    },
    /// There are as many as may be kept, or as many bytes.
    #[error(
        "the server keeps as many uploads as it may: import or remove one, or wait until one is given up"
    )]
    Full,
    /// Whoever sent it has left.
    #[error("the sender left before the end")]
    Left,
    /// It cannot be kept.
    #[error("the server cannot keep the file: {0}")]
    Place(#[from] io::Error),
    /// Nothing in it can be imported.
    #[error("{}", .0.en)]
    Unreadable(Text),
}

impl From<ProjectError> for UploadError {
    fn from(error: ProjectError) -> Self {
        Self::Unreadable(error.text())
    }
}
