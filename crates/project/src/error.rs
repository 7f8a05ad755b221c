//! Why something could not be done, in words for the person who asked.

use std::io;
use std::path::{Path, PathBuf};

use formats::{ReadError, SheetError, WriteError};
use planning::{DataError, RegisterError, TrialError, UnitsError, WhatIfError};
use spatial::crs::CrsError;
use store::StoreError;

use crate::redraw::RedrawError;
use crate::{LevelCodesError, StagingError};

/// What went wrong, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// A file could not be opened.
    #[error("{} cannot be opened: {source}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A source could not be put where the GDAL worker reads it.
    #[error("{}: {source}", path.display())]
    Staging {
        /// The file.
        path: PathBuf,
        /// Why.
        source: StagingError,
    },
    /// An archive cannot be unpacked, or holds nothing or too much that could be read.
    #[error("{}: {reason}", path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// Nothing usable came out of a file.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ReadError,
    },
    /// The coordinates cannot be in the CRS that they are said to be in.
    #[error("{}: {found}: {advice}", path.display())]
    Coordinates {
        /// The file.
        path: PathBuf,
        /// What was seen, with an example.
        found: String,
        /// What to do.
        advice: &'static str,
    },
    /// Nothing was given to change.
    #[error("nothing is to be changed: give at least one feature")]
    NothingToEdit,
    /// A text with features to put in cannot be taken as it is written.
    #[error("the GeoJSON cannot be taken as it is: {0}")]
    EditText(String),
    /// The coordinates of a changed feature cannot be in the CRS that they are said to be in.
    #[error("{found}: {advice}")]
    EditCoordinates {
        /// What was seen, with an example.
        found: String,
        /// What to do.
        advice: &'static str,
    },
    /// What a file is for cannot be told.
    #[error("{}: what it is for cannot be told: {reason}; name its role", path.display())]
    Role {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The member `ranh` of a file does not say what it should.
    #[error("{}: its member \"ranh\", with which a file tells what it is, cannot be used: {reason}", path.display())]
    SelfDescription {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A table of codes for levels and colours cannot be used.
    #[error("{}: {source}", path.display())]
    LevelCodes {
        /// The file.
        path: PathBuf,
        /// Why.
        source: LevelCodesError,
    },
    /// A kind of zones was given for something else.
    #[error(
        "a kind of zones was given, but the collection holds no zones: leave the kind out, or give the role zone"
    )]
    KindWithoutZones,
    /// No collection id can be made of the file's name.
    #[error("{}: no identifier can be made of this name: name the collection", path.display())]
    CollectionName {
        /// The file.
        path: PathBuf,
    },
    /// Files that should become one collection do not fit together.
    #[error("{} is in {crs}, but {} is in {other_crs}: import them as two collections", path.display(), other.display())]
    MixedCrs {
        /// The file.
        path: PathBuf,
        /// Its CRS.
        crs: String,
        /// The first file.
        other: PathBuf,
        /// The first file's CRS.
        other_crs: String,
    },
    /// An upload has no such source that can be imported.
    #[error("the upload has no source \"{name}\" that can be imported: it has {known}")]
    UnknownSource {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// No file was named.
    #[error("no file was named: name at least one")]
    NoFile,
    /// A decision on nothing.
    #[error("no finding was named: name at least one by its id")]
    NothingDecided,
    /// There is no such rule pack, or none that holds on the day.
    #[error("there is no rule pack for \"{asked}\": there are {known}, each from the day in its name on")]
    UnknownPack {
        /// The version, or the day, asked for.
        asked: String,
        /// The versions that there are.
        known: String,
    },
    /// There is no such land-use plan.
    #[error("there is no land-use plan \"{id}\": the store has {known}")]
    UnknownPlan {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// A plan does not differ from itself.
    #[error("\"{id}\" was given twice: name two land-use plans")]
    SamePlan {
        /// The plan.
        id: String,
    },
    /// There is no such zone.
    #[error("there is no zone \"{id}\": give the id of a feature of a collection of zones")]
    UnknownZone {
        /// What was asked for.
        id: String,
    },
    /// What a zone would grow by cannot be read.
    #[error("what the zone grows by cannot be used: {0}")]
    Growth(String),
    /// Nothing can be said of a zone that grows.
    #[error(transparent)]
    WhatIf(WhatIfError),
    /// An outline cannot be redrawn so.
    #[error(transparent)]
    Redraw(#[from] RedrawError),
    /// Nothing can be said of zones as they would be.
    #[error(transparent)]
    Trial(TrialError),
    /// There is no such rule.
    #[error("there is no rule \"{id}\": there are {known}")]
    UnknownRule {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// There is no such collection.
    #[error("there is no collection \"{id}\": the store has {known}")]
    UnknownCollection {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// A register's file says something that cannot be.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// A workbook cannot be read.
    #[error("{}: {source}", path.display())]
    Sheet {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SheetError,
    },
    /// Workbooks are documents, which another crate writes.
    #[error("a workbook is written by `report`, not as an export")]
    Workbook,
    /// A file's name does not tell the form of a register.
    #[error("{}: the form cannot be told: a register is a .toml, .json, .csv or .xlsx file", path.display())]
    RegisterFormat {
        /// The file.
        path: PathBuf,
    },
    /// There is no such register.
    #[error("there is no register \"{id}\": the store has {known}")]
    UnknownRegister {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// Figures were entered without a reason.
    #[error("figures need a reason: say why they are entered, and by whom")]
    WithoutReason,
    /// Figures were entered that the register has already, or none.
    #[error("nothing new was entered: the register has these figures already")]
    NothingEntered,
    /// A register was changed since it was read.
    #[error(
        "register \"{register}\" was changed since you read it (it is of revision {newest} now): read it again"
    )]
    RegisterRead {
        /// The register.
        register: String,
        /// The revision that it is of.
        newest: u64,
    },
    /// A register has no such table.
    #[error("a register has no table \"{name}\": there are {known}")]
    UnknownTable {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// A table of units cannot be used.
    #[error(transparent)]
    Units(#[from] UnitsError),
    /// A file is too large to be what it is said to be.
    #[error("{} has {bytes} bytes: {most} at most are read", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The most.
        most: u64,
    },
    /// The work was stopped before its end.
    #[error("the work was stopped")]
    Cancelled,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A CRS.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// A table that is compiled in.
    #[error(transparent)]
    Data(#[from] DataError),
    /// Writing GeoJSON.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Writing CSV.
    #[error("the table could not be written: {0}")]
    Csv(#[from] csv::Error),
    /// Writing anything else.
    #[error("the answer could not be written: {0}")]
    Io(#[from] io::Error),
    /// The threads asked for could not be had.
    #[error("the threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl ProjectError {
    /// Why a file could not be read.
    pub(crate) fn of_reading(path: &Path, source: ReadError) -> Self {
        match source {
            ReadError::Stopped => Self::Cancelled,
            source => Self::Read { path: path.to_owned(), source },
        }
    }

    /// The same, with files named from a folder on, as the person knows them.
    pub(crate) fn named_from(mut self, folder: &Path) -> Self {
        match &mut self {
            Self::Open { path, .. }
            | Self::Staging { path, .. }
            | Self::Archive { path, .. }
            | Self::Read { path, .. }
            | Self::Coordinates { path, .. }
            | Self::Role { path, .. }
            | Self::SelfDescription { path, .. }
            | Self::CollectionName { path }
            | Self::Sheet { path, .. }
            | Self::TooLarge { path, .. } => *path = shortened(path, folder),
            _ => {}
        }
        self
    }
}

/// A path from a folder on; one that lies elsewhere stays.
pub(crate) fn shortened(path: &Path, folder: &Path) -> PathBuf {
    path.strip_prefix(folder).unwrap_or(path).to_owned()
}

/// Names for a message: `a, b, c`, or `none`.
pub(crate) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
