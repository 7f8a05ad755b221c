//! What lasts: one GeoPackage file that QGIS and GDAL open as it is, with collections, revisions and check runs.
//!
//! A [`Store`] is the file; a [`Snapshot`] is everything in it at one revision, immutable and in memory, which is
//! what checks and the server read. Coordinates, ids and properties come back bit for bit as they went in.
//!
//! Reading order: [`Store`] opens and creates; `gpkg` knows the OGC GeoPackage 1.3 tables, spatial reference
//! systems and geometry blobs and nothing of planning; `features` writes and reads the table of one collection, and
//! `edit` changes rows of it, keeping what was there;
//! `history` tells what was there; `checks` keeps check runs and `life` what happened to their findings; `register` keeps registers and tables of
//! units; `snapshot` puts it all in memory; `backup` copies it while it is in use; `derived` keeps beside it what was computed from it. What is absent on purpose: opening
//! a GeoPackage that Ranh did not make (that is data to import, not a store).

mod backup;
mod checks;
mod collection;
mod derived;
mod edit;
mod error;
mod features;
mod gpkg;
mod history;
mod life;
mod part;
mod register;
mod revision;
mod schema;
mod snapshot;
mod store;

pub use backup::{Copied, restore};
pub use checks::CheckRun;
pub use collection::check_collection_id;
pub use derived::{Derived, DerivedFile};
pub use edit::{Edit, Edited};
pub use error::StoreError;
pub use history::FeatureHistory;
pub use life::{DecisionRequest, RunChanges};
pub use register::StoredRegister;
pub use revision::{Action, Revision};
pub use snapshot::{Snapshot, StoredCollection};
pub use store::Store;
