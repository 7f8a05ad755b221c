//! A layer made ready for tiles.

use std::sync::Arc;

use geo_types::Geometry;
use spatial::{Envelope, Index};

use crate::generalise::generalise;
use crate::grid::GridPoint;
use crate::shape::Shape;

/// An attribute value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(Arc<str>),
    /// A number.
    Number(f64),
    /// An integer.
    Integer(i64),
    /// Truth.
    Boolean(bool),
}

/// An attribute's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its name in the tile.
    pub name: String,
    /// Whether the label points carry it too.
    pub on_labels: bool,
    /// First zoom at which features carry it: far out, attributes weigh more than shapes.
    pub from_zoom: u8,
}

/// What to do with a polygon that falls on one grid unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// Draw it as one grid unit, and never leave it out to save bytes.
    Keep,
    /// Leave it out and count it.
    Count,
}

/// How a layer is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSettings {
    /// Name of the layer in the tile; the label points' is `{name}-label`.
    pub name: String,
    /// Attribute names, in the order of [`TileFeature::values`].
    pub keys: Vec<Key>,
    /// Grid units around the tile within which borders are drawn as they are.
    pub buffer: i64,
    /// What becomes of the smallest.
    pub small: Small,
    /// Size a tile should not exceed, bytes.
    pub max_bytes: usize,
    /// With `Some(n)`, tiles have a third layer `{name}-coarse`: polygons with the vertices of `n` zooms farther out,
    /// for what is drawn at a distance from the border (offset lines fold where the border has small turns).
    pub coarser_by: Option<u8>,
}

impl LayerSettings {
    /// The usual settings: a buffer of 256 units (32 pixels of a tile drawn at 512, so that no casing or inset band
    /// shows where polygons are cut), at most 500 kB.
    pub fn new(name: impl Into<String>, keys: Vec<Key>, small: Small) -> Self {
        Self { name: name.into(), keys, buffer: 256, small, max_bytes: 500_000, coarser_by: None }
    }
}

/// One feature for a layer, in Web Mercator metres.
#[derive(Clone, Debug)]
pub struct TileFeature {
    /// Identifier in the tile.
    pub id: u64,
    /// Points, lines or polygons.
    pub geometry: Geometry<f64>,
    /// Where its label stands; a point inside it.
    pub label: Option<[f64; 2]>,
    /// Values in the order of [`LayerSettings::keys`]; `None` = the feature has no such attribute.
    pub values: Vec<Option<Value>>,
    /// Weight when a tile is too large: the lightest go first. Usually the area.
    pub weight: f64,
    /// First zoom at which the feature is drawn.
    pub min_zoom: u8,
    /// First zoom at which its label is drawn.
    pub label_min_zoom: u8,
}

/// What the layer keeps of a feature.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) id: u64,
    pub(crate) shape: Shape,
    pub(crate) label: Option<GridPoint>,
    pub(crate) values: Vec<Option<Value>>,
    pub(crate) weight: f64,
    pub(crate) min_zoom: u8,
    pub(crate) label_min_zoom: u8,
}

/// Features on the world grid, generalised for every zoom and indexed.
#[derive(Debug)]
pub struct TileLayer {
    pub(crate) settings: LayerSettings,
    pub(crate) features: Vec<Prepared>,
    pub(crate) index: Index,
    skipped: usize,
}

impl TileLayer {
    /// Prepares a layer. A feature that cannot be drawn (a coordinate that is not finite, a collection of several
    /// kinds of geometry, nothing at all) is left out and counted in [`Self::skipped`].
    pub fn new(settings: LayerSettings, features: Vec<TileFeature>) -> Self {
        let all = features.len();
        let mut entries = Vec::with_capacity(all);
        let mut prepared = Vec::with_capacity(all);
        for feature in features {
            let (Some(shape), Some(envelope)) =
                (Shape::new(&feature.geometry), envelope(&feature.geometry, feature.label))
            else {
                continue;
            };
            entries.push((envelope, prepared.len()));
            prepared.push(Prepared {
                id: feature.id,
                shape,
                label: feature.label.and_then(GridPoint::new),
                values: feature.values,
                weight: feature.weight,
                min_zoom: feature.min_zoom,
                label_min_zoom: feature.label_min_zoom.max(feature.min_zoom),
            });
        }
        generalise(&mut prepared.iter_mut().map(|feature| &mut feature.shape).collect::<Vec<_>>());
        let skipped = all - prepared.len();
        Self { settings, features: prepared, index: Index::bulk_load(entries), skipped }
    }

    /// How the layer is drawn.
    pub fn settings(&self) -> &LayerSettings {
        &self.settings
    }

    /// How many features the layer draws.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether it draws none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// How many features could not be drawn at all.
    pub fn skipped(&self) -> usize {
        self.skipped
    }
}

/// Box of a geometry and its label.
fn envelope(geometry: &Geometry<f64>, label: Option<[f64; 2]>) -> Option<Envelope> {
    let mut points: Vec<[f64; 2]> = label.into_iter().collect();
    collect(geometry, &mut points);
    Envelope::of(points)
}

fn collect(geometry: &Geometry<f64>, into: &mut Vec<[f64; 2]>) {
    match geometry {
        Geometry::Point(p) => into.push([p.x(), p.y()]),
        Geometry::MultiPoint(all) => into.extend(all.iter().map(|p| [p.x(), p.y()])),
        Geometry::Line(line) => into.extend([[line.start.x, line.start.y], [line.end.x, line.end.y]]),
        Geometry::LineString(line) => into.extend(line.0.iter().map(|c| [c.x, c.y])),
        Geometry::MultiLineString(all) => {
            into.extend(all.iter().flat_map(|line| &line.0).map(|c| [c.x, c.y]));
        }
        Geometry::Polygon(polygon) => into.extend(polygon.exterior().0.iter().map(|c| [c.x, c.y])),
        Geometry::MultiPolygon(all) => {
            into.extend(all.iter().flat_map(|polygon| &polygon.exterior().0).map(|c| [c.x, c.y]));
        }
        Geometry::Rect(r) => into.extend([[r.min().x, r.min().y], [r.max().x, r.max().y]]),
        Geometry::Triangle(t) => into.extend(t.to_array().map(|c| [c.x, c.y])),
        Geometry::GeometryCollection(all) => all.iter().for_each(|g| collect(g, into)),
    }
}
