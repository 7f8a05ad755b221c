//! What can go wrong with a store, in words for the person at the keyboard.

use std::path::PathBuf;
use std::time::Duration;

use planning::{DecisionError, FindingState};

/// Why the store could not do what was asked. Nothing is half done: a failed change leaves the old revision.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error("there is no store at {}: import a file into it first, or give the path of an existing one", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder that should hold the store does not exist.
    #[error("the folder {} does not exist: create it first", path.display())]
    MissingFolder {
        /// The folder.
        path: PathBuf,
    },
    /// `create` met a file.
    #[error("{} exists already: open it, or give another path", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else; Ranh opens only its own stores.
    #[error("{} is not a Ranh store ({found}): import it as data into a store instead", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        found: &'static str,
    },
    /// The file was written by a later version of Ranh.
    #[error(
        "{} was written by a newer Ranh (store version {found}, this program knows {known}): use the newer program",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema version.
        found: i64,
        /// The version that this program writes.
        known: i64,
    },
    /// Somebody else is writing.
    #[error(
        "another program is writing to {} and did not finish within {} s: wait for it, then try again",
        path.display(),
        waited.as_secs()
    )]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long this one waited.
        waited: Duration,
    },
    /// No such collection.
    #[error("the store has no collection \"{id}\": it has {known}")]
    UnknownCollection {
        /// What was asked for.
        id: String,
        /// What there is, for the message.
        known: String,
    },
    /// Somebody else changed a feature, or took it away, after it was read.
    #[error(
        "feature \"{feature}\" of \"{collection}\" was changed by somebody else meanwhile: read it again, then change it"
    )]
    Changed {
        /// The collection.
        collection: String,
        /// The feature, as it was given.
        feature: String,
    },
    /// The identifier cannot name a collection.
    #[error("\"{id}\" cannot name a collection: {reason}")]
    CollectionId {
        /// The identifier.
        id: String,
        /// Which rule it breaks.
        reason: &'static str,
    },
    /// Features must come in the order of their positions, each position once.
    #[error("feature {position} of \"{collection}\" is out of order: positions must ascend, each used once")]
    Position {
        /// The collection.
        collection: String,
        /// The position met.
        position: u64,
    },
    /// No check has found it.
    #[error("there is no finding \"{id}\": take its id from the list of findings")]
    UnknownFinding {
        /// What was asked for.
        id: String,
    },
    /// A decision that cannot be taken.
    #[error("finding {finding}: {reason}")]
    Decision {
        /// The finding's id.
        finding: String,
        /// Why not.
        reason: DecisionError,
    },
    /// Something happened to a finding since it was looked at.
    #[error(
        "finding {finding} has changed in the meantime: it is \"{state}\" since {since}; look at it again, then decide"
    )]
    Outdated {
        /// The finding's id.
        finding: String,
        /// Where it stands.
        state: FindingState,
        /// Since when (RFC 3339, UTC).
        since: String,
    },
    /// A register has a newer version than the one that was changed.
    #[error(
        "register \"{register}\" was changed by somebody else (revision {newest}, you read {read}): read it again, then write"
    )]
    RegisterChanged {
        /// The register.
        register: String,
        /// The revision that was read.
        read: u64,
        /// The newest one.
        newest: u64,
    },
    /// A row of the file cannot be read back.
    #[error("row {row} of table \"{table}\" cannot be read ({reason}): import that collection again")]
    Damaged {
        /// The table.
        table: String,
        /// The row.
        row: i64,
        /// What is wrong with it.
        reason: String,
    },
    /// A copy of a store that is not whole.
    #[error("{} is damaged ({found}): use another backup", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What SQLite found first.
        found: String,
    },
    /// A file could not be written or moved.
    #[error("{doing} {}: {source}", path.display())]
    File {
        /// What was being done, such as "cannot write".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database itself failed: a full disk, no permission, a damaged file.
    #[error("{doing} {}: {source}", path.display())]
    Database {
        /// What was being done, such as "cannot write to".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}
