//! What one tile shows, and what its source has there.

use std::collections::BTreeMap;

use fast_mvt::{MvtGeometry, MvtReaderRef, MvtValueRef};
use geo_types::{Coord, CoordNum, Geometry, LineString, MultiPolygon, Polygon};
use serde::Serialize;
use spatial::{Envelope, FillRule, Region};
use tiles::{TileCoord, TileFeature, TileLayer, Value, WORLD_HALF_M};

use super::{polygon_area, unit_m};

/// Units across a tile.
const EXTENT: f64 = 4096.0;

/// How a set of polygons covers a box.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Cover {
    pub(super) features: usize,
    /// Covered more than once, squared units.
    pub(super) overlap: f64,
    /// Holes of the union.
    pub(super) holes: usize,
    /// Their area, squared units.
    pub(super) hole_area: f64,
}

impl Cover {
    pub(super) fn sum<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        all.fold(Self::default(), |a, b| Self {
            features: a.features + b.features,
            overlap: a.overlap + b.overlap,
            holes: a.holes + b.holes,
            hole_area: a.hole_area + b.hole_area,
        })
    }

    /// Of polygons in units of a tile, in its box. Nothing is cut before it is measured: where a cut ends is no whole
    /// number, and what it is rounded to would look like a gap.
    fn of(regions: &[Region]) -> Self {
        let seen = tile_box();
        let union = Region::union(regions).to_multi_polygon();
        let region = |hole: &LineString<f64>| {
            let hole = Polygon::new(hole.clone(), Vec::new());
            Region::from_multi_polygon(&hole.into(), FillRule::EvenOdd).intersection(&seen)
        };
        let holes: Vec<f64> = union
            .iter()
            .flat_map(Polygon::interiors)
            .map(|hole| region(hole).area_m2())
            .filter(|area| *area > 0.0)
            .collect();
        let (_, twice) = Region::covered_more_than_once(regions);
        Self {
            features: regions.len(),
            overlap: twice.intersection(&seen).area_m2(),
            holes: holes.len(),
            hole_area: holes.iter().sum(),
        }
    }
}

/// A feature as it was given to the layer.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) class: String,
    /// Web Mercator, m².
    pub(super) area_m2: f64,
    shape: MultiPolygon<f64>,
    envelope: Envelope,
}

impl Source {
    pub(super) fn of(feature: &TileFeature, class_key: usize) -> Option<Self> {
        let shape = match &feature.geometry {
            Geometry::Polygon(polygon) => polygon.clone().into(),
            Geometry::MultiPolygon(all) => all.clone(),
            _ => return None,
        };
        let class = match feature.values.get(class_key)? {
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        };
        let envelope = Envelope::of(shape.iter().flat_map(|p| p.exterior().coords().map(|c| [c.x, c.y])))?;
        Some(Self { class, area_m2: shape.iter().map(polygon_area).sum(), shape, envelope })
    }
}

/// What a tile draws.
pub(super) struct Drawn {
    pub(super) cover: Cover,
    /// Squared units.
    pub(super) by_class: BTreeMap<String, f64>,
}

/// Reads a tile back.
pub(super) fn of_drawn(layer: &TileLayer, tile: TileCoord, key: &str) -> Drawn {
    let bytes = layer.encode(tile).bytes;
    let (mut regions, mut by_class, seen) = (Vec::new(), BTreeMap::new(), tile_box());
    let reader = MvtReaderRef::new(&bytes).ok();
    for feature in
        reader.iter().flat_map(|reader| reader.layers().next()).flat_map(fast_mvt::MvtLayerRef::features)
    {
        let shape: MultiPolygon<i32> = match feature.geometry() {
            Ok(MvtGeometry::Polygon(polygon)) => polygon.into(),
            Ok(MvtGeometry::MultiPolygon(all)) => all,
            _ => continue,
        };
        let in_units = |c: Coord<i32>| Coord { x: f64::from(c.x), y: f64::from(c.y) };
        let Some(region) = shown(&mapped(&shape, in_units)) else { continue };
        let tags = feature.properties_vec().unwrap_or_default();
        let class = tags.into_iter().find_map(|(name, value)| match value {
            MvtValueRef::String(text) if name == key => Some(text.to_owned()),
            _ => None,
        });
        let area = region.intersection(&seen).area_m2();
        *by_class.entry(class.unwrap_or_default()).or_default() += area;
        regions.push(region);
    }
    Drawn { cover: Cover::of(&regions), by_class }
}

/// What the source has in a tile's box.
pub(super) fn of_source(sources: &[Source], tile: TileCoord) -> Cover {
    let unit = unit_m(tile.z());
    let west = f64::from(tile.x()) * EXTENT * unit - WORLD_HALF_M;
    let north = WORLD_HALF_M - f64::from(tile.y()) * EXTENT * unit;
    let side = EXTENT * unit;
    let there = Envelope { min: [west, north - side], max: [west + side, north] };
    let to_units = |c: Coord<f64>| Coord { x: (c.x - west) / unit, y: (north - c.y) / unit };
    let near = sources.iter().filter(|source| source.envelope.intersects(&there));
    let regions: Vec<Region> = near.filter_map(|source| shown(&mapped(&source.shape, to_units))).collect();
    Cover::of(&regions)
}

fn mapped<T: CoordNum>(
    shape: &MultiPolygon<T>,
    to: impl Fn(Coord<T>) -> Coord<f64> + Copy,
) -> MultiPolygon<f64> {
    let ring = |ring: &LineString<T>| LineString(ring.0.iter().map(|&c| to(c)).collect());
    let polygon = |p: &Polygon<T>| Polygon::new(ring(p.exterior()), p.interiors().iter().map(ring).collect());
    shape.iter().map(polygon).collect()
}

/// A shape in units, unless it lies where the tile shows nothing.
fn shown(shape: &MultiPolygon<f64>) -> Option<Region> {
    let region = Region::from_multi_polygon(shape, FillRule::EvenOdd);
    let seen = Envelope { min: [0.0; 2], max: [EXTENT; 2] };
    region.envelope().is_some_and(|place| place.intersects(&seen)).then_some(region)
}

fn tile_box() -> Region {
    let corner = |x: f64, y: f64| Coord { x, y };
    let ring = vec![corner(0.0, 0.0), corner(EXTENT, 0.0), corner(EXTENT, EXTENT), corner(0.0, EXTENT)];
    let polygon = Polygon::new(ring.into(), Vec::new());
    Region::from_multi_polygon(&polygon.into(), FillRule::EvenOdd)
}
