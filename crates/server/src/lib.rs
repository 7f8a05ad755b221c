//! The server: OGC API Features and Processes, vector tiles, the check and its findings, and the web map. The only crate that
//! knows HTTP and the JSON of the wire; it knows no files and no SQL.
//!
//! Reading order: `router` is the table of contents; `routes` holds the handlers; each sees one immutable `catalog`,
//! which `app` swaps when the [`Source`] has a new revision; `respond` makes answers with entity tags, `tile_cache` keeps tiles, `problem`
//! and `answer` make errors; `net` holds the threads that answer, and connections to their time; `security` says who may ask, `turns` when; `jobs` is work that outlives its request; [`wire`] is the JSON; `style` draws the map, `qgis` the same for QGIS; `archive` writes all tiles of a collection into a file. [`Settings`]
//! and [`Limits`] hold everything that can be set.
//!
//! Absent on purpose: geometry is never judged here (that is the check's), and nothing is written but check runs.

mod answer;
mod answers;
mod app;
mod archive;
mod assets;
mod base;
mod bbox;
mod bounded;
mod catalog;
mod coding;
mod crs;
mod doorkeeper;
mod entrance;
mod html;
mod jobs;
mod language;
mod metrics;
mod net;
mod openapi;
mod params;
mod problem;
mod public;
mod qgis;
mod respond;
mod router;
mod routes;
mod security;
mod serve;
mod settings;
mod source;
mod style;
mod tile_cache;
mod turns;
pub mod wire;

pub use answers::{difference_answer, redrawn_answer, trial_answer, what_if_answer};
pub use archive::write_pmtiles;
pub use catalog::{check_answer, findings_answer};
pub use metrics::ProcessUse;
pub use net::serve_on;
pub use public::Public;
pub use security::{Tokens, TokensError};
pub use serve::{ServeError, app_router, serve, service};
pub use settings::{
    BaseUrl, ENVIRONMENT_PREFIX, Layers, Limits, LogForm, Origin, Settings, SettingsError, Shown,
};
pub use source::{Content, Source, SourceError};
