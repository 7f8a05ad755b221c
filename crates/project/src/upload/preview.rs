//! The first polygons of a layer as they stand in its file, so that a person sees where they would lie before anything is
//! imported.

use std::ops::ControlFlow;

use formats::worker::Worker;
use formats::{Encoding, ForeignSource, Limits, Watch, read_foreign};
use geo_types::{Geometry, LineString, Polygon};
use serde::Serialize;
use spatial::{Crs, Feature};

/// Vertices that are shown.
const MOST_VERTICES: usize = 2_000;
/// In it every byte is a letter: texts, which are thrown away here, hold nothing up.
const ANY_LETTERS: &str = "windows-1252";
/// Any plane does for numbers that are shown as they stand.
const SOMEWHERE: f64 = 105.0;

/// Polygons in the numbers of their file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Preview {
    /// Rings of each polygon, x (east, longitude) first; the first is the shell, the others are holes.
    pub polygons: Vec<Vec<Vec<[f64; 2]>>>,
    /// Whether they are all that the layer has.
    pub whole: bool,
    /// How many vertices they have.
    #[serde(skip)]
    vertices: usize,
}

impl Preview {
    /// Of features, which are all of the layer where `whole` says so.
    pub(super) fn of(features: &[Feature], whole: bool) -> Self {
        let mut preview = Self { whole, ..Self::default() };
        for feature in features {
            if preview.add(feature).is_break() {
                break;
            }
        }
        preview
    }

    fn add(&mut self, feature: &Feature) -> ControlFlow<()> {
        feature.geometry.as_ref().map_or(ControlFlow::Continue(()), |geometry| self.take(geometry))
    }

    /// Ends before the polygon that is too much.
    fn take(&mut self, geometry: &Geometry<f64>) -> ControlFlow<()> {
        match geometry {
            Geometry::Polygon(polygon) => self.put(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().try_for_each(|polygon| self.put(polygon)),
            Geometry::GeometryCollection(members) => members.iter().try_for_each(|one| self.take(one)),
            Geometry::Rect(rect) => self.put(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.put(&triangle.to_polygon()),
            Geometry::Point(_)
            | Geometry::Line(_)
            | Geometry::LineString(_)
            | Geometry::MultiPoint(_)
            | Geometry::MultiLineString(_) => ControlFlow::Continue(()),
        }
    }

    fn put(&mut self, polygon: &Polygon<f64>) -> ControlFlow<()> {
        let rings = || std::iter::once(polygon.exterior()).chain(polygon.interiors());
        self.vertices += rings().map(|ring| ring.0.len()).fold(0, usize::saturating_add);
        if self.vertices > MOST_VERTICES {
            self.whole = false;
            return ControlFlow::Break(());
        }
        let numbers = |ring: &LineString<f64>| ring.0.iter().map(|at| [at.x, at.y]).collect();
        self.polygons.push(rings().map(numbers).collect());
        ControlFlow::Continue(())
    }
}

/// Of what the worker reads; nothing of what it cannot read: why not, the import says.
pub(super) fn of_foreign(
    worker: &Worker,
    source: &ForeignSource,
    limits: &Limits,
    cancelled: &dyn Fn() -> bool,
) -> Preview {
    let mut preview = Preview { whole: true, ..Preview::default() };
    let crs = Crs::nearest_tm3(SOMEWHERE);
    let watch = Watch { cancelled, ..Watch::default() };
    let given = source.given.or_else(|| Encoding::named(ANY_LETTERS).ok());
    let source = ForeignSource { given, ..source.clone() };
    let read = read_foreign(worker, &source, limits, Some(&crs), watch, &mut |feature| preview.add(&feature));
    preview.whole &= read.is_ok();
    preview
}
