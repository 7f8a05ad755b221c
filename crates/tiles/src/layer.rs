//! A layer made ready for tiles.

use std::convert::Infallible;

use geo_types::Geometry;
use spatial::Envelope;

use crate::grid::{BLOCK_SHIFT, GridPoint};
use crate::head::Head;
use crate::labels::Labels;
use crate::level::Level;
use crate::level::build::Stock;
use crate::matrix::World;
use crate::prepare::{Prepared, Scope, prepare};
use crate::rows::{RowsBuilder, Value};
use crate::source::Source;
use crate::tile::clip;
use crate::tile::encode::SMALL_REACH_UNITS;

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

/// What to do with a polygon too small for a zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Small {
    /// Draw it, as one grid unit in the end, and never merge it or leave it out.
    Keep,
    /// Merge it into a neighbour; where it has none, leave it out and count it. The layer's tiles keep to
    /// [`LayerSettings::max_bytes`] by merging more.
    Count,
}

/// How a layer is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSettings {
    /// Name of the layer in the tile; the label points' is `{name}-label`.
    pub name: String,
    /// Attribute names, in the order of [`TileFeature::values`].
    pub keys: Vec<Key>,
    /// Grid units around the tile within which borders are drawn as they are, at most 1,023.
    pub buffer: i64,
    /// What becomes of the smallest.
    pub small: Small,
    /// Size a generalised tile should not exceed, bytes.
    pub max_bytes: usize,
    /// With `Some(n)`, tiles have a third layer `{name}-coarse`: polygons with the vertices of `n` zooms farther out,
    /// for what is drawn at a distance from the border (offset lines fold where the border has small turns).
    pub coarser_by: Option<u8>,
    /// The square that zoom 0 shows; what features lie outside is drawn on its edge.
    pub world: World,
}

impl LayerSettings {
    /// The usual settings: Web Mercator, a buffer of 64 units (8 pixels of a tile drawn at 512), at most 500 kB.
    pub fn new(name: impl Into<String>, keys: Vec<Key>, small: Small) -> Self {
        Self {
            name: name.into(),
            keys,
            buffer: 64,
            small,
            max_bytes: 500_000,
            coarser_by: None,
            world: World::WEB_MERCATOR,
        }
    }

    /// How far around a tile features matter to it, units of its zoom: its buffer, what small features have beyond it, a
    /// block that is merged or simplified as one, and those of all deeper zooms, which together are no wider than that.
    pub fn reach_units(&self) -> i64 {
        self.shown_units() + 3 * (1 << BLOCK_SHIFT)
    }

    /// How near a shape that is edited must come to a tile to change it, units of the tile's zoom: as far as features are
    /// shown around it, and the block in which they are merged and simplified; one more for the rounding of the shape.
    pub fn margin_units(&self) -> i64 {
        self.shown_units() + (1 << BLOCK_SHIFT) + 1
    }

    /// How far around a tile it may show vertices, units.
    fn shown_units(&self) -> i64 {
        self.buffer.clamp(0, clip::MAX_BUFFER_UNITS) + SMALL_REACH_UNITS
    }
}

/// One feature for a layer, in the plane of [`LayerSettings::world`].
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
    /// Of several too small to be drawn, the heaviest may stand for all. Usually the area.
    pub weight: f64,
    /// Small features go into neighbours of their own class rather than into others.
    pub class: u32,
    /// First zoom at which the feature is drawn.
    pub min_zoom: u8,
    /// First zoom at which its label is drawn.
    pub label_min_zoom: u8,
}

/// A layer prepared for every zoom.
#[derive(Debug)]
pub struct TileLayer {
    pub(crate) head: Head,
    pub(crate) levels: Vec<Level>,
    pub(crate) coarse: Vec<Level>,
}

impl TileLayer {
    /// Prepares a layer, on as many threads as the current rayon pool has. A feature that cannot be drawn (a
    /// coordinate that is not finite, a collection of several geometries, nothing at all) is left out and counted in
    /// [`Self::skipped`]. The same features give the same tiles, bit for bit.
    pub fn new(settings: LayerSettings, features: Vec<TileFeature>) -> Self {
        Self::with_progress(settings, features, |_| ())
    }

    /// The same, telling of each zoom when it is ready, the deepest first.
    pub fn with_progress(
        settings: LayerSettings,
        features: Vec<TileFeature>,
        progress: impl FnMut(u8),
    ) -> Self {
        let Ok(layer) = Self::unless(settings, features, progress, &|| Ok::<(), Infallible>(()));
        layer
    }

    /// The same, for as long as `go_on` lets it: that is asked between pieces of the work, from any of its threads.
    /// # Errors
    /// What `go_on` says, as soon as it says it.
    pub fn unless<E: Send>(
        settings: LayerSettings,
        features: Vec<TileFeature>,
        progress: impl FnMut(u8),
        go_on: &(impl Fn() -> Result<(), E> + Sync),
    ) -> Result<Self, E> {
        Self::within(settings, features, Scope::WHOLE, progress, go_on)
    }

    /// From which zoom on parts of the layer can be prepared by themselves ([`Self::part`]): a mosaic is drawn from the
    /// whole layer.
    pub fn parts_from(&self) -> u8 {
        self.head.parts_from()
    }

    /// As far as a part of this layer needs it, after an edit: for tiles from a zoom on, of the features that lie near
    /// them. Where all features are there that come within [`LayerSettings::reach_units`] of a tile, the tile
    /// is that of the whole layer; tiles of lesser zooms are empty. There are no borders of fewer vertices
    /// ([`LayerSettings::coarser_by`]).
    ///
    /// Another tile it is only where tiles were too large and what is small was doubled for them, on the way from the
    /// deepest zoom: a part knows that of its own tiles alone.
    pub fn part(&self, features: Vec<TileFeature>, from_zoom: u8) -> Self {
        self.head.part(features, from_zoom)
    }

    pub(crate) fn within<E: Send>(
        settings: LayerSettings,
        features: Vec<TileFeature>,
        scope: Scope,
        progress: impl FnMut(u8),
        go_on: &(impl Fn() -> Result<(), E> + Sync),
    ) -> Result<Self, E> {
        let all = features.len();
        let Draft { mut source, rows, anchors, weights, classes, labels } = Draft::new(&settings, features);
        let rows = rows.finish();
        let dots = std::mem::take(&mut source.dots);
        let stock =
            Stock { rows: &rows, dots: &dots, anchors: &anchors, weights: &weights, small: settings.small };
        let Prepared { levels, coarse, noded, is_scattered, mosaic_zoom } =
            prepare(&settings, stock, &mut source, classes, scope, progress, go_on)?;
        let skipped = all - rows.ids.len();
        let head = Head {
            skipped,
            noded,
            is_scattered,
            mosaic_zoom,
            ..Head::new(settings, rows, Labels::new(labels))
        };
        Ok(Self { head, levels, coarse })
    }

    /// How the layer is drawn.
    pub fn settings(&self) -> &LayerSettings {
        &self.head.settings
    }

    /// How many features the layer draws.
    pub fn len(&self) -> usize {
        self.head.rows.ids.len()
    }

    /// Whether it draws none.
    pub fn is_empty(&self) -> bool {
        self.head.rows.ids.is_empty()
    }

    /// How many features could not be drawn at all.
    pub fn skipped(&self) -> usize {
        self.head.skipped
    }

    /// How many corners stood on a neighbour's side that had no vertex there, and have one now.
    pub fn noded(&self) -> usize {
        self.head.noded
    }

    /// What the layer takes in memory, bytes.
    pub fn memory_bytes(&self) -> usize {
        let levels = self.levels.iter().chain(&self.coarse).map(Level::memory_bytes).sum::<usize>();
        levels + self.head.rows.memory_bytes() + self.head.labels.memory_bytes()
    }
}

/// A layer's features on the world grid, neighbours near one another.
struct Draft {
    source: Source,
    rows: RowsBuilder,
    anchors: Vec<GridPoint>,
    weights: Vec<f64>,
    classes: Vec<u32>,
    labels: Vec<(u32, u8, GridPoint)>,
}

impl Draft {
    fn new(settings: &LayerSettings, features: Vec<TileFeature>) -> Self {
        let mut draft = Self {
            source: Source::new(settings.world),
            rows: RowsBuilder::new(settings.keys.len()),
            anchors: Vec::new(),
            weights: Vec::new(),
            classes: Vec::new(),
            labels: Vec::new(),
        };
        let order = order(&features, &settings.world);
        let mut features: Vec<Option<TileFeature>> = features.into_iter().map(Some).collect();
        for position in order {
            // Taken out one by one, so that a layer is not twice in memory.
            if let Some(feature) = features[position].take() {
                draft.push(&feature);
            }
        }
        draft
    }

    fn push(&mut self, feature: &TileFeature) {
        let row = self.anchors.len() as u32;
        let vertex = first_point(&feature.geometry).and_then(|at| GridPoint::new(at, &self.source.world));
        let (Some(vertex), Some(kind)) = (vertex, self.source.push(row, &feature.geometry)) else { return };
        let label = feature.label.and_then(|at| GridPoint::new(at, &self.source.world));
        self.rows.push(feature.id, kind, feature.min_zoom, &feature.values);
        self.anchors.push(label.unwrap_or(vertex));
        self.weights.push(feature.weight);
        self.classes.push(feature.class);
        let zoom = feature.label_min_zoom.max(feature.min_zoom);
        self.labels.extend(label.map(|at| (row, zoom, at)));
    }
}

/// The features along a curve through the middles of their boxes; those without a box last. The curve is the world's
/// and not the layer's, so that two features keep their order whatever becomes of the others.
fn order(features: &[TileFeature], world: &World) -> Vec<usize> {
    let place = |feature: &TileFeature| {
        let Envelope { min, max } = envelope(&feature.geometry)?;
        let middle = [0, 1].map(|k| f64::midpoint(min[k], max[k]));
        Some(GridPoint::new(middle, world)?.hilbert())
    };
    let mut order: Vec<(u64, usize)> = features
        .iter()
        .enumerate()
        .map(|(position, feature)| (place(feature).unwrap_or(u64::MAX), position))
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, position)| position).collect()
}

/// Any vertex of a geometry.
fn first_point(geometry: &Geometry<f64>) -> Option<[f64; 2]> {
    let mut first = None;
    visit(geometry, &mut |point| {
        first.get_or_insert(point);
    });
    first
}

/// Box of a geometry; `None` without a vertex, or with one that is not finite.
fn envelope(geometry: &Geometry<f64>) -> Option<Envelope> {
    let mut bounds: Option<Envelope> = None;
    let mut finite = true;
    visit(geometry, &mut |[x, y]| {
        finite &= x.is_finite() && y.is_finite();
        let point = Envelope { min: [x, y], max: [x, y] };
        bounds = Some(bounds.map_or(point, |all| all.merged(&point)));
    });
    bounds.filter(|_| finite)
}

/// Visits the vertices of a geometry, of polygons those of their shells.
fn visit(geometry: &Geometry<f64>, each: &mut impl FnMut([f64; 2])) {
    let mut line = |coords: &[geo_types::Coord<f64>]| coords.iter().for_each(|c| each([c.x, c.y]));
    match geometry {
        Geometry::Point(p) => line(&[p.0]),
        Geometry::MultiPoint(all) => all.iter().for_each(|p| line(&[p.0])),
        Geometry::Line(segment) => line(&[segment.start, segment.end]),
        Geometry::LineString(string) => line(&string.0),
        Geometry::MultiLineString(all) => all.iter().for_each(|string| line(&string.0)),
        Geometry::Polygon(polygon) => line(&polygon.exterior().0),
        Geometry::MultiPolygon(all) => all.iter().for_each(|polygon| line(&polygon.exterior().0)),
        Geometry::Rect(r) => line(&[r.min(), r.max()]),
        Geometry::Triangle(t) => line(&t.to_array()),
        Geometry::GeometryCollection(all) => all.iter().for_each(|g| visit(g, each)),
    }
}
