//! A collection as it is handed on: in the CRS asked for, with what a file of it says of itself.

use std::io::{self, Write};

use formats::worker::WorkerLimits;
use geo_types::Geometry;
use planning::{Collection, DataFacts, Metadata};
use sha2::{Digest, Sha256};
use spatial::{Crs, Layer};
use store::Snapshot;

use super::collection::{each, stored};
use super::{ExportFormat, Exported, export_features};
use crate::ProjectError;

/// What is handed on.
#[derive(Clone, Debug)]
pub struct HandedOn {
    /// The features in the CRS asked for.
    pub layer: Layer,
    /// How many there are, and which have no place in that CRS.
    pub exported: Exported,
    /// Source, date, CRS, counts, revision and hash.
    pub metadata: Metadata,
}

/// A collection of a snapshot as it is handed on.
/// # Errors
/// As [`export()`](super::export()).
pub fn hand_on(snapshot: &Snapshot, id: &str, crs: &Crs) -> Result<HandedOn, ProjectError> {
    let stored = stored(snapshot, id)?;
    hand_on_collection(&stored.collection, (stored.revision, &stored.imported_at), crs)
}

/// The same of a collection with the revision that brought it, and when, as far as that is known (else empty).
/// # Errors
/// As [`export()`](super::export()).
pub fn hand_on_collection(
    collection: &Collection,
    revision: (u64, &str),
    crs: &Crs,
) -> Result<HandedOn, ProjectError> {
    let mut features = Vec::new();
    let exported = each(collection, crs, |feature| {
        features.push(feature.clone());
        Ok(())
    })?;
    let metadata = metadata(collection, revision, crs)?;
    Ok(HandedOn { layer: Layer { crs: crs.clone(), features }, exported, metadata })
}

/// What a file of a collection in a CRS says of itself.
pub(crate) fn metadata(
    collection: &Collection,
    revision: (u64, &str),
    crs: &Crs,
) -> Result<Metadata, ProjectError> {
    let mut all = 0;
    let exported = each(collection, crs, |feature| {
        all += feature.geometry.as_ref().map_or(0, positions);
        Ok(())
    })?;
    let sha256 = sha256(collection, crs)?;
    let (info, features) = (&collection.info, exported.features);
    Ok(Metadata::of(&DataFacts { info, crs, features, positions: all, revision, sha256: &sha256 })?)
}

/// The SHA-256 of a collection's canonical form: what it is as GeoJSONSeq in the CRS.
fn sha256(collection: &Collection, crs: &Crs) -> Result<String, ProjectError> {
    let mut hash = Hashing(Sha256::new());
    export_features(collection, ExportFormat::GeoJsonSeq, crs, WorkerLimits::default(), &mut hash)?;
    Ok(hash.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many positions a geometry has, those that close rings included.
pub(crate) fn positions(geometry: &Geometry<f64>) -> usize {
    let rings = |polygon: &geo_types::Polygon<f64>| {
        let holes = polygon.interiors().iter().map(|ring| ring.0.len());
        polygon.exterior().0.len() + holes.sum::<usize>()
    };
    match geometry {
        Geometry::Point(_) => 1,
        Geometry::Line(_) => 2,
        Geometry::LineString(line) => line.0.len(),
        Geometry::MultiPoint(points) => points.0.len(),
        Geometry::MultiLineString(lines) => lines.0.iter().map(|line| line.0.len()).sum(),
        Geometry::Polygon(polygon) => rings(polygon),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().map(rings).sum(),
        Geometry::GeometryCollection(parts) => parts.0.iter().map(positions).sum(),
        Geometry::Rect(_) | Geometry::Triangle(_) => 4,
    }
}
