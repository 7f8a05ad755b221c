//! `ranh backup` and `ranh restore`.

use std::path::PathBuf;

use clap::Args;

/// Copy a store to a new file, also while it is served and written to.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  ranh backup /var/backups/ranh-2026-11-29.gpkg --store /var/lib/ranh/ranh.gpkg

The copy is one revision, whole and looked through; a file that exists is not written over.")]
pub(crate) struct Backup {
    /// The file to write.
    pub(crate) file: PathBuf,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
}

/// Put a backup in the place of a store; what was there is kept beside it.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  ranh restore /var/backups/ranh-2026-11-29.gpkg --store /var/lib/ranh/ranh.gpkg

A server that has the store open goes on with the backup within seconds. A file that is no store, is damaged or was
written by a newer Ranh is refused, and the store stays as it is.")]
pub(crate) struct Restore {
    /// The backup.
    pub(crate) file: PathBuf,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
}
