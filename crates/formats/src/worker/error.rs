//! What can go wrong with the worker: all of it is a message, none of it harms this process.

use std::io;
use std::path::PathBuf;

/// Why the worker's answer ended early. Each message says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The program cannot be started.
    #[error(
        "ranh-gdal cannot be started ({source}): install Ranh's GDAL worker beside the program, or save the file as GeoJSON \
         or FlatGeobuf first"
    )]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system cannot confine it, so it read nothing.
    #[error(
        "ranh-gdal read nothing, because this system cannot confine it: {reason}; it needs Linux 5.13 or later with \
         Landlock and seccomp"
    )]
    Unconfined {
        /// What is missing.
        reason: String,
    },
    /// Program and worker are of different versions.
    #[error("ranh-gdal is of another version than ranh ({found}): install both from one release")]
    Version {
        /// What was met.
        found: String,
    },
    /// GDAL cannot open the file.
    #[error("GDAL cannot read it: {message}; check that it is whole, and that the parts beside it are there")]
    Open {
        /// What GDAL said.
        message: String,
    },
    /// The layer to read cannot be told.
    #[error("{message}")]
    Layer {
        /// Which layers there are.
        message: String,
    },
    /// GDAL stopped in the middle.
    #[error(
        "GDAL stopped after {features} features: {message}; the file is damaged there: export it anew from the program that made it"
    )]
    Read {
        /// Features before.
        features: u64,
        /// What GDAL said.
        message: String,
    },
    /// GDAL cannot begin a file.
    #[error("GDAL cannot begin the file: {message}; choose another format")]
    Create {
        /// What GDAL said.
        message: String,
    },
    /// GDAL cannot write a feature, or the end.
    #[error("GDAL cannot write it: {message}; nothing was written: choose another format, or leave that out")]
    Write {
        /// Where, and what GDAL said.
        message: String,
    },
    /// A feature is too large for the pipe.
    #[error("a feature takes more than {bytes} bytes: divide it, or raise the limit")]
    TooLarge {
        /// The limit.
        bytes: u64,
    },
    /// A file grows too large.
    #[error(
        "a file would have more than {bytes} bytes: divide the data, or raise the limit; nothing was written"
    )]
    FileSize {
        /// The limit.
        bytes: u64,
    },
    /// The system cannot load it: a library that it is linked with is not there.
    #[error(
        "ranh-gdal cannot be loaded{said}: install the libraries that it is linked with (Debian: apt install libgdal32)"
    )]
    Loader {
        /// What the system said, with a comma before, or nothing.
        said: String,
    },
    /// The process ended without a word.
    #[error(
        "ranh-gdal ended unexpectedly ({how}){said}: the file is damaged or made to harm, or needs more than the \
         worker's memory; nothing of it was taken"
    )]
    Crashed {
        /// Signal or exit code.
        how: String,
        /// The beginning of what it printed, with a comma before, or nothing.
        said: String,
    },
    /// The process ended without a word while it wrote.
    #[error(
        "ranh-gdal ended unexpectedly while it wrote ({how}){said}: the data may need more than the worker's memory; divide \
         them, or choose another format; nothing was written"
    )]
    CrashedWriting {
        /// Signal or exit code.
        how: String,
        /// The beginning of what it printed, with a comma before, or nothing.
        said: String,
    },
    /// It used too much processor time.
    #[error(
        "ranh-gdal was stopped after {seconds} s of processor time, more than should be needed: divide the file, save it in \
         another format, or raise the limit"
    )]
    CpuTime {
        /// The limit.
        seconds: u64,
    },
    /// It took too long.
    #[error("ranh-gdal was stopped after {seconds} s: divide the file, or raise the limit")]
    WallTime {
        /// The limit.
        seconds: u64,
    },
    /// Nothing came from it for too long.
    #[error(
        "ranh-gdal was stopped, because nothing came from the file for {seconds} s: it may be made to harm (such as a view \
         without end), or GDAL is slow with it: save it in another format, such as GeoJSON or Shapefile, or raise the limit"
    )]
    Silent {
        /// The limit.
        seconds: u64,
    },
    /// Whoever asked does not want it any more.
    #[error("the work was stopped")]
    Cancelled,
    /// It sent more than the limit.
    #[error("ranh-gdal sent more than {bytes} bytes: divide the file, or raise the limit")]
    Flood {
        /// The limit.
        bytes: u64,
    },
    /// What it sent is no frame.
    #[error(
        "ranh-gdal sent something that is no frame at byte {at}: the file may be made to harm; nothing of it was taken"
    )]
    Garbage {
        /// Bytes before.
        at: u64,
    },
}

impl WorkerError {
    /// A stable code for translation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Start { .. } => "worker_start",
            Self::Loader { .. } => "worker_loader",
            Self::Unconfined { .. } => "worker_unconfined",
            Self::Version { .. } => "worker_version",
            Self::Open { .. } => "worker_open",
            Self::Layer { .. } => "worker_layer",
            Self::Read { .. } => "worker_read",
            Self::Create { .. } => "worker_create",
            Self::Write { .. } => "worker_write",
            Self::TooLarge { .. } => "worker_too_large",
            Self::FileSize { .. } => "worker_file_size",
            Self::Crashed { .. } | Self::CrashedWriting { .. } => "worker_crashed",
            Self::CpuTime { .. } => "worker_cpu_time",
            Self::WallTime { .. } => "worker_wall_time",
            Self::Silent { .. } => "worker_silent",
            Self::Cancelled => "worker_cancelled",
            Self::Flood { .. } => "worker_flood",
            Self::Garbage { .. } => "worker_garbage",
        }
    }
}
