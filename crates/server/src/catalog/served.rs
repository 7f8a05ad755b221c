//! One layer, ready to answer.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use geo_types::{Coord, Geometry};
use planning::{Collection, CollectionInfo};
use rayon::prelude::*;
use spatial::crs::{CrsError, Transformation};
use spatial::{Crs, Envelope, Feature, Index, Layer, relation};
use tiles::{DETAIL_ZOOM, LayerSettings, Tile, TileCoord, TileFeature, TileLayer};

use super::grid::Grid;
use super::grid_tiles::{GridTiles, Preparation, Superseded};
use super::identity::Identities;
use super::keep::{self, Keep};
use super::patch::Patch;
use super::plane::Plane;
use super::tile_layer::{Shapes, Urgency};
use super::waiting::Waiting;
use super::{LayerRole, Output, Schema, tile_layer};
use crate::bbox::BBox;
use crate::wire;

/// What a feature was before.
struct Before {
    bbox: Option<[f64; 4]>,
    /// Whether its geometry is the same.
    is_in_place: bool,
    /// Whether its tiles cannot tell.
    is_same: bool,
}

/// A layer with its boxes, areas and tiles.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) role: LayerRole,
    pub(crate) info: CollectionInfo,
    /// Revision that brought the layer.
    pub(crate) revision: u64,
    pub(crate) layer: Arc<Layer>,
    pub(crate) identities: Identities,
    /// Areas, see [`Self::plane`].
    plane: OnceLock<Option<Plane>>,
    /// The CRS of the plane.
    working: OnceLock<Option<Crs>>,
    /// For each grid, there when first asked for: the rest of a layer must not wait for it.
    tiles: [GridTiles; Grid::ALL.len()],
    /// What stands for them after an edit.
    patch: Mutex<Option<Arc<Patch>>>,
    pub(crate) waiting: Waiting,
    /// Whether another layer has taken its place: then only answers that began before still ask for it.
    is_superseded: AtomicBool,
    /// Whether a map may show it already as it was before.
    is_shown: bool,
    /// Tells apart all versions of all layers of this process.
    number: u64,
    /// Size a generalised tile should not exceed, bytes.
    tile_bytes: usize,
    /// See [`Self::token`].
    token: OnceLock<String>,
    /// Read off the features when first asked for.
    schema: OnceLock<Schema>,
    /// West, south, east, north of each feature; `None` without a geometry that can be placed on Earth.
    boxes: Vec<Option<[f64; 4]>>,
    index: Index,
    to_degrees: Option<Transformation>,
}

impl Served {
    /// `older` is what was served before in its place: where a feature has not moved, its box is taken from there.
    pub(crate) fn new(
        role: LayerRole,
        collection: &Collection,
        revision: u64,
        tile_bytes: usize,
        older: Option<&Arc<Self>>,
    ) -> Self {
        let layer = Arc::clone(&collection.layer);
        let to_degrees = Transformation::new(&layer.crs, &Crs::wgs84());
        let identities = Identities::new(role, &layer.features);
        let is_shown = older.is_some_and(|older| older.is_shown || older.has_tiles(Grid::WebMercator));
        let older = older.filter(|older| older.layer.crs == layer.crs && older.role == role);
        let bbox = |(i, feature): (usize, &Feature)| {
            let before = older.and_then(|older| older.before(identities.id(i), feature));
            let known = before.as_ref().filter(|before| before.is_in_place).and_then(|before| before.bbox);
            let bbox = known.or_else(|| bbox_of(feature, to_degrees.as_ref().ok()?));
            let is_same = before.as_ref().is_some_and(|before| before.is_same);
            let touched = if is_same { [None; 2] } else { [bbox, before.and_then(|before| before.bbox)] };
            (bbox, touched)
        };
        let (boxes, touched): (Vec<_>, Vec<_>) = layer.features.par_iter().enumerate().map(bbox).unzip();
        let patch = older.and_then(|older| {
            let taken_away = older.without(&identities);
            let touched: Vec<_> = touched.into_iter().flatten().flatten().chain(taken_away).collect();
            Patch::after(older, &touched, layer.features.len())
        });
        let entries = boxes.iter().enumerate().filter_map(|(i, b)| Some((envelope((*b)?), i))).collect();
        static COUNT: AtomicU64 = AtomicU64::new(0);
        Self {
            role,
            info: collection.info.clone(),
            revision,
            schema: OnceLock::new(),
            index: Index::bulk_load(entries),
            to_degrees: logged(&collection.info.id, to_degrees),
            layer,
            identities,
            plane: OnceLock::new(),
            working: OnceLock::new(),
            tiles: Default::default(),
            patch: Mutex::new(patch),
            waiting: Waiting::default(),
            is_superseded: AtomicBool::new(false),
            is_shown,
            number: COUNT.fetch_add(1, Ordering::Relaxed),
            tile_bytes,
            token: OnceLock::new(),
            boxes,
        }
    }

    /// What a feature of the layer that follows was here.
    fn before(&self, id: &str, feature: &Feature) -> Option<Before> {
        let at = self.identities.position(id)?;
        let before = self.layer.features.get(at)?;
        let is_in_place = before.geometry == feature.geometry;
        let is_same =
            is_in_place && before.position == feature.position && before.properties == feature.properties;
        Some(Before { bbox: self.boxes.get(at).copied().flatten(), is_in_place, is_same })
    }

    /// The boxes of features that the layer that follows has not any more.
    fn without<'a>(&'a self, following: &'a Identities) -> impl Iterator<Item = [f64; 4]> + 'a {
        let has_gone = |(i, _): &(usize, _)| following.position(self.identities.id(*i)).is_none();
        self.boxes.iter().enumerate().filter(has_gone).filter_map(|(_, bbox)| *bbox)
    }

    /// What stands for the tiles after an edit, while they are not there.
    pub(super) fn patch(&self) -> Option<Arc<Patch>> {
        self.patch.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The layer as those who judge take it.
    pub(crate) fn collection(&self) -> Collection {
        Collection { info: self.info.clone(), layer: Arc::clone(&self.layer) }
    }

    /// A tile after an edit, while the layer is not prepared; `None` where only the whole layer can tell. It may take
    /// some tenths of a second unless it [`Self::is_at_hand`].
    pub(crate) fn patched(&self, grid: Grid, coord: TileCoord) -> Option<Tile> {
        let patch = self.patch().filter(|_| grid == Grid::WebMercator && !self.has_tiles(grid));
        patch?.tile(self, coord)
    }

    /// Prepares what an edit has touched, before all the rest.
    pub(crate) fn prepare_patch(&self) {
        if let Some(patch) = self.patch() {
            patch.prepare(self);
        }
    }

    /// A tile that is there without making the layer's.
    pub(super) fn tile_at_hand(&self, grid: Grid, coord: TileCoord) -> Option<Tile> {
        self.tiles[grid as usize].tile(coord).ok().flatten()
    }

    /// See [`TileLayer::parts_from`]; `None` where its tiles are not there, or have borders of fewer vertices.
    pub(super) fn parts_from(&self, grid: Grid) -> Option<u8> {
        self.tiles[grid as usize].parts_from().filter(|_| tile_layer::coarser_by(self.role).is_none())
    }

    /// A part of this layer after an edit.
    pub(super) fn part(&self, grid: Grid, features: Vec<TileFeature>, from_zoom: u8) -> Option<TileLayer> {
        let part = || self.tiles[grid as usize].part(features, from_zoom);
        tile_layer::on_threads(Urgency::Awaited, part)
    }

    /// How near an edited shape must come to a tile to change it, and how far around a tile features matter to it, units.
    pub(super) fn near_units(&self) -> [f64; 2] {
        let settings = tile_layer::settings(self.role, &self.info.id, Grid::WebMercator, self.tile_bytes);
        [settings.margin_units() as f64, settings.reach_units() as f64]
    }

    /// Some of the features as the tiles of the whole layer have them.
    pub(super) fn tile_features(&self, grid: Grid, positions: &[usize]) -> Option<Vec<TileFeature>> {
        let near = positions.iter().filter_map(|&i| self.layer.features.get(i).cloned()).collect();
        let near = Layer { crs: self.layer.crs.clone(), features: near };
        let plane = self.working().and_then(|working| Plane::in_crs(&near, working).ok());
        let measured = |i: usize| {
            let at = positions.binary_search(&i).ok();
            plane.as_ref().zip(at).map(|(plane, at)| plane.measure(at)).unwrap_or_default()
        };
        let shapes = Shapes { layer: &self.layer, identities: &self.identities, measured: &measured };
        let go_on = || Ok::<(), Infallible>(());
        let Ok(features) = tile_layer::features(self.role, shapes, grid, positions.iter().copied(), &go_on);
        Some(features)
    }

    /// A tile on a grid. Has the layer's tiles there first, which may take seconds unless [`Self::is_at_hand`].
    pub(crate) fn tile(&self, grid: Grid, coord: TileCoord, keep: Option<&Keep>) -> Tile {
        let tiles = &self.tiles[grid as usize];
        loop {
            match tiles.tile(coord) {
                Ok(Some(tile)) => return tile,
                // What was told to the log is not told to who asks: the tile is made another way.
                Err(error) => tracing::warn!(collection = self.info.id, %error, "tiles are prepared anew"),
                Ok(None) => {
                    tiles.want();
                    // Who was told to break off before this answer came leaves the work to it.
                    self.obtain(grid, keep).ok();
                }
            }
        }
    }

    /// Whether a tile can be had at once.
    pub(crate) fn is_at_hand(&self, grid: Grid, coord: TileCoord) -> bool {
        let is_patched = || {
            let patch = self.patch().filter(|_| grid == Grid::WebMercator);
            patch.is_some_and(|patch| patch.is_at_hand(coord))
        };
        self.tiles[grid as usize].is_at_hand(coord) || is_patched()
    }

    /// All its tiles on a grid, made now unless they are; may take seconds.
    pub(crate) fn tiles(&self, grid: Grid) -> &TileLayer {
        let tiles = &self.tiles[grid as usize];
        tiles.want();
        loop {
            if let Ok(made) = tiles.or_made(|| self.make(grid)) {
                return made;
            }
        }
    }

    /// Has its tiles on a grid there: those kept from before, else made, unless the layer is superseded and no answer
    /// waits.
    pub(crate) fn prepare_tiles(&self, grid: Grid, keep: Option<&Keep>) {
        if self.obtain(grid, keep).is_err() {
            let collection = &self.info.id;
            tracing::debug!(collection, "tiles of a replaced layer are not prepared to the end");
        }
    }

    /// Whether tiles on a grid are there.
    pub(crate) fn has_tiles(&self, grid: Grid) -> bool {
        self.tiles[grid as usize].are_there()
    }

    /// Reads more of the tiles that were kept before one is asked for; `false` when there is nothing more to be read.
    pub(crate) fn read_ahead(&self, grid: Grid) -> bool {
        // What cannot be read is made: there is more to do.
        self.tiles[grid as usize].read_ahead().unwrap_or(true)
    }

    /// A grid whose tiles were made and are not kept.
    pub(crate) fn unkept(&self) -> Option<Grid> {
        Grid::ALL.into_iter().find(|grid| self.tiles[*grid as usize].new_ones().is_some())
    }

    /// Keeps the tiles that were made on a grid for the next start, once.
    pub(crate) fn keep_tiles(&self, grid: Grid, keep: &Keep) {
        let tiles = &self.tiles[grid as usize];
        if let Some(made) = tiles.new_ones() {
            keep.keep(&self.kept_name(grid), self.key(grid, made.settings()), made);
            tiles.given();
        }
    }

    fn obtain(&self, grid: Grid, keep: Option<&Keep>) -> Result<(), Superseded> {
        let open = |keep: &Keep| {
            let settings = tile_layer::settings(self.role, &self.info.id, grid, self.tile_bytes);
            keep.open(&self.kept_name(grid), self.key(grid, &settings), settings)
        };
        self.tiles[grid as usize].obtain(|| keep.and_then(open), || self.make(grid))?;
        if grid == Grid::WebMercator {
            // Nobody needs what stood for them any more, nor the layer before.
            self.patch.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        Ok(())
    }

    fn make(&self, grid: Grid) -> Result<TileLayer, Superseded> {
        let (tiles, started) = (&self.tiles[grid as usize], Instant::now());
        let go_on = || tiles.go_on(&self.is_superseded);
        go_on()?;
        tiles.tell(Some(0));
        let plane = self.plane();
        let measured = |i: usize| plane.map(|plane| plane.measure(i)).unwrap_or_default();
        let shapes = Shapes { layer: &self.layer, identities: &self.identities, measured: &measured };
        // Where nothing is shown yet, people wait in front of an empty map.
        let urgency = if self.is_shown { Urgency::Behind } else { Urgency::Awaited };
        let settings = tile_layer::settings(self.role, &self.info.id, grid, self.tile_bytes);
        let progress = |zoom: u8| tiles.tell(Some(DETAIL_ZOOM + 1 - zoom));
        let made = tile_layer::build(self.role, shapes, grid, settings, urgency, progress, &go_on);
        tiles.tell(None);
        let (collection, seconds) = (&self.info.id, started.elapsed().as_secs_f64());
        if made.is_ok() {
            tracing::info!(collection, seconds, features = self.layer.features.len(), "tiles are prepared");
        }
        made
    }

    /// How far its tiles on a grid are.
    pub(crate) fn preparation(&self, grid: Grid) -> Preparation {
        self.tiles[grid as usize].preparation()
    }

    fn kept_name(&self, grid: Grid) -> String {
        format!("{}-{}", self.info.id, grid.id())
    }

    fn key(&self, grid: Grid, settings: &LayerSettings) -> u128 {
        keep::key(&format!("{:?} {grid:?} {settings:?}", self.role), &self.layer, &self.identities)
    }

    /// Says that another layer has taken its place.
    pub(crate) fn supersede(&self) {
        self.is_superseded.store(true, Ordering::Relaxed);
    }

    /// The layer on its plane; made when first asked for, which may take seconds. `None` when no plane can be computed
    /// with.
    pub(crate) fn plane(&self) -> Option<&Plane> {
        let make = || match self.role {
            LayerRole::Data(_) => logged(&self.info.id, Plane::new(&self.layer)),
            // Their areas come from the check, each in its zone's own CRS.
            LayerRole::Finding | LayerRole::Sliver => None,
        };
        self.plane.get_or_init(make).as_ref()
    }

    /// Planar area of a feature, m²; `None` when it has none. Does not wait for the plane.
    pub(crate) fn area_m2(&self, i: usize) -> Option<f64> {
        if let Some(plane) = self.plane.get() {
            return plane.as_ref()?.area_m2(i);
        }
        Plane::area_alone_m2(&self.layer, self.working()?, i)
    }

    /// The CRS of the plane.
    fn working(&self) -> Option<&Crs> {
        let working = || match self.role {
            LayerRole::Data(_) => logged(&self.info.id, Plane::working(&self.layer)),
            LayerRole::Finding | LayerRole::Sliver => None,
        };
        self.working.get_or_init(working).as_ref()
    }

    /// Whether the plane will be asked for, by the legend, and is not there.
    pub(crate) fn needs_plane(&self) -> bool {
        self.role.has_codes() && self.plane.get().is_none()
    }

    /// Tells apart the layer's tiles on a grid from all others of this process.
    pub(crate) fn number(&self, grid: Grid) -> (u64, Grid) {
        (self.number, grid)
    }

    /// What its features have.
    pub(crate) fn schema(&self) -> &Schema {
        self.schema.get_or_init(|| Schema::of(self.role, &self.layer.features))
    }

    /// Names what its tiles are made of and the version of the program that makes them: the same wherever and whenever
    /// these are the same, another with any change. Computed when first asked for.
    ///
    /// An address that names a version may be kept for good by browsers and proxies. Revisions cannot promise that it
    /// never stands for anything else: after a backup was put back, their numbers come a second time.
    pub(crate) fn token(&self) -> &str {
        let grid = Grid::WebMercator;
        self.token.get_or_init(|| {
            let settings = tile_layer::settings(self.role, &self.info.id, grid, self.tile_bytes);
            format!("{}-{:032x}", env!("CARGO_PKG_VERSION"), self.key(grid, &settings))
        })
    }

    /// Whether a text is the token. `false` also while nobody has asked for it: then nobody was told that tiles may be
    /// kept, and computing it would hold up the tile.
    pub(crate) fn is_token(&self, text: &str) -> bool {
        self.token.get().is_some_and(|token| token == text)
    }

    /// A feature by its identifier.
    pub(crate) fn find(&self, id: &str) -> Option<(usize, &Feature)> {
        let i = self.identities.position(id)?;
        Some((i, self.layer.features.get(i)?))
    }

    /// The feature at a position of the store, with its place in the layer: positions ascend.
    pub(crate) fn at_position(&self, position: u64) -> Option<(usize, &Feature)> {
        let i = self.layer.features.binary_search_by_key(&position, |feature| feature.position).ok()?;
        Some((i, self.layer.features.get(i)?))
    }

    /// West, south, east, north of a feature.
    pub(crate) fn bbox(&self, i: usize) -> Option<[f64; 4]> {
        self.boxes.get(i).copied().flatten().map(wire::bbox_json)
    }

    /// West, south, east, north of all features.
    pub(crate) fn extent(&self) -> Option<[f64; 4]> {
        let all = self.boxes.iter().flatten().map(|b| envelope(*b)).reduce(|a, b| a.merged(&b))?;
        Some(wire::bbox_json([all.min[0], all.min[1], all.max[0], all.max[1]]))
    }

    /// Features whose boxes touch the box, in the order of the collection; all of them without one.
    pub(crate) fn within(&self, bbox: Option<&BBox>) -> Vec<usize> {
        let Some(bbox) = bbox else { return (0..self.layer.features.len()).collect() };
        let mut found: Vec<usize> = bbox.boxes.iter().flat_map(|b| self.index.query(b)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Features that have at least a point in common with the box, in its own CRS, in the order of the collection; all
    /// of them without one.
    pub(crate) fn meeting(&self, bbox: Option<&BBox>) -> Vec<usize> {
        let near = self.within(bbox);
        let Some(bbox) = bbox else { return near };
        let Ok(to_given) = Transformation::new(&self.layer.crs, &bbox.crs) else { return Vec::new() };
        let holds = |i: usize| {
            let feature = self.boxes.get(i).copied().flatten().map(envelope);
            feature.is_some_and(|f| bbox.given.iter().any(|b| b.contains(f.min) && b.contains(f.max)))
        };
        let meets = |i: usize| {
            let geometry = self.layer.features.get(i)?.geometry.as_ref()?;
            let geometry = to_given.geometry(geometry)?;
            Some(bbox.given.iter().any(|b| relation::meets_box(&geometry, b)))
        };
        // What lies in the box as a whole need not be looked at.
        let in_degrees = bbox.given == bbox.boxes;
        near.into_iter().filter(|&i| in_degrees && holds(i) || meets(i).unwrap_or(false)).collect()
    }

    /// Features whose boxes touch an envelope in degrees, in the order of the collection.
    pub(crate) fn near(&self, envelope: &Envelope) -> Vec<usize> {
        self.index.query(envelope)
    }

    /// The geometry of a feature in longitude and latitude; `None` when it has none that can be placed on Earth.
    pub(crate) fn degrees(&self, feature: &Feature) -> Option<Geometry<f64>> {
        self.to_degrees.as_ref()?.geometry(feature.geometry.as_ref()?)
    }

    /// A feature as GeoJSON, in the CRS of the output.
    pub(crate) fn wire(&self, i: usize, feature: &Feature, output: &Output) -> wire::Feature {
        wire::Feature {
            kind: "Feature".into(),
            id: self.identities.id(i).to_owned(),
            geometry: output.json(feature),
            properties: feature.properties.clone(),
            links: Vec::new(),
        }
    }

    /// How many features have no place on the map: no geometry, or one that cannot be placed on Earth.
    pub(crate) fn undrawable(&self) -> usize {
        self.boxes.iter().filter(|bbox| bbox.is_none()).count()
    }
}

fn bbox_of(feature: &Feature, to_degrees: &Transformation) -> Option<[f64; 4]> {
    let mut points = Vec::new();
    positions(feature.geometry.as_ref()?, &mut points);
    let points = points.into_iter().filter_map(|c| to_degrees.point([c.x, c.y]));
    let Envelope { min, max } = Envelope::of(points)?;
    Some([min[0], min[1], max[0], max[1]])
}

/// Positions that span a geometry: a polygon's holes lie within its shell.
pub(crate) fn positions(geometry: &Geometry<f64>, into: &mut Vec<Coord<f64>>) {
    match geometry {
        Geometry::Point(p) => into.push(p.0),
        Geometry::MultiPoint(all) => into.extend(all.iter().map(|p| p.0)),
        Geometry::Line(line) => into.extend([line.start, line.end]),
        Geometry::LineString(line) => into.extend(&line.0),
        Geometry::MultiLineString(all) => into.extend(all.iter().flat_map(|line| &line.0)),
        Geometry::Polygon(polygon) => into.extend(&polygon.exterior().0),
        Geometry::MultiPolygon(all) => into.extend(all.iter().flat_map(|p| &p.exterior().0)),
        Geometry::Rect(r) => into.extend([r.min(), r.max()]),
        Geometry::Triangle(t) => into.extend(t.to_array()),
        Geometry::GeometryCollection(all) => all.iter().for_each(|g| positions(g, into)),
    }
}

pub(crate) fn envelope([west, south, east, north]: [f64; 4]) -> Envelope {
    Envelope { min: [west, south], max: [east, north] }
}

fn logged<T>(collection: &str, result: Result<T, CrsError>) -> Option<T> {
    result.inspect_err(|error| tracing::warn!(collection, %error, "this layer cannot be projected")).ok()
}
