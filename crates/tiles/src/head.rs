//! What all zooms of a layer have in common.

use std::convert::Infallible;

use crate::labels::Labels;
use crate::layer::{LayerSettings, TileFeature, TileLayer};
use crate::matrix::MAX_ZOOM;
use crate::prepare::{DETAIL_ZOOM, Scope};
use crate::rows::Rows;

/// Settings, attributes and labels of a layer.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) settings: LayerSettings,
    pub(crate) label_name: String,
    pub(crate) coarse_name: String,
    /// For each zoom the columns that its features carry.
    pub(crate) columns: Vec<Vec<usize>>,
    pub(crate) rows: Rows,
    pub(crate) labels: Labels,
    /// How many features could not be drawn at all.
    pub(crate) skipped: usize,
    /// How many corners were put into neighbours' sides.
    pub(crate) noded: usize,
    /// Whether most polygons have no neighbour.
    pub(crate) is_scattered: bool,
    /// The deepest zoom that is a mosaic.
    pub(crate) mosaic_zoom: Option<u8>,
}

impl Head {
    pub(crate) fn new(mut settings: LayerSettings, rows: Rows, labels: Labels) -> Self {
        if settings.name.is_empty() {
            // A layer of a tile must have a name (specification 4.1).
            "layer".clone_into(&mut settings.name);
        }
        let columns =
            |z: u8| (0..settings.keys.len()).filter(|&column| settings.keys[column].from_zoom <= z).collect();
        Self {
            label_name: format!("{}-label", settings.name),
            coarse_name: format!("{}-coarse", settings.name),
            columns: (0..=MAX_ZOOM).map(columns).collect(),
            settings,
            rows,
            labels,
            skipped: 0,
            noded: 0,
            is_scattered: false,
            mosaic_zoom: None,
        }
    }

    /// See [`TileLayer::parts_from`].
    pub(crate) fn parts_from(&self) -> u8 {
        self.mosaic_zoom.map_or(0, |zoom| zoom + 1)
    }

    /// See [`TileLayer::part`].
    pub(crate) fn part(&self, features: Vec<TileFeature>, from_zoom: u8) -> TileLayer {
        let settings = LayerSettings { coarser_by: None, ..self.settings.clone() };
        let scope = Scope { last_zoom: from_zoom.min(DETAIL_ZOOM), is_scattered: Some(self.is_scattered) };
        let Ok(part) = TileLayer::within(settings, features, scope, |_| (), &|| Ok::<(), Infallible>(()));
        part
    }
}
