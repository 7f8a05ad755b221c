//! Handlers, one file per resource. A handler's signature and its attribute are its contract: OpenAPI is generated
//! from them.

pub(crate) mod api;
pub(crate) mod check;
pub(crate) mod cluster_report;
pub(crate) mod collections;
pub(crate) mod decisions;
pub(crate) mod edges;
pub(crate) mod edit;
pub(crate) mod explanation;
pub(crate) mod export;
pub(crate) mod files;
pub(crate) mod findings;
pub(crate) mod formats;
pub(crate) mod history;
pub(crate) mod items;
pub(crate) mod jobs;
pub(crate) mod land;
pub(crate) mod landing;
pub(crate) mod legend;
pub(crate) mod operation;
pub(crate) mod pick;
pub(crate) mod processes;
pub(crate) mod qgis;
pub(crate) mod register;
pub(crate) mod registers;
pub(crate) mod schemas;
pub(crate) mod search;
pub(crate) mod style;
pub(crate) mod tables;
pub(crate) mod tiles;
pub(crate) mod unit_changes;
pub(crate) mod uploads;
pub(crate) mod zone_table;
pub(crate) mod zones;

pub(crate) use tiles::vector_layers;

use std::sync::Arc;

use crate::catalog::{Catalog, Served};
use crate::problem::Problem;

/// The layer of a path.
fn layer<'a>(catalog: &'a Catalog, id: &str) -> Result<&'a Arc<Served>, Problem> {
    catalog.layer(id).ok_or_else(|| {
        let known: Vec<&str> = catalog.layers.iter().map(|served| served.info.id.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Problem::missing(format!("There is no collection of that name. There are: {known}."))
    })
}
