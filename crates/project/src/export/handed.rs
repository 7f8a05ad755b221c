//! A collection as it is handed on: in the CRS asked for, with what a file of it says of itself.

use std::io::{self, Write};

use formats::{GeoJsonSeqWriter, Header, Separator, WriteError, WriteOptions};
use geo_types::Geometry;
use planning::{Collection, DataFacts, Metadata, Origin};
use sha2::{Digest, Sha256};
use spatial::{Crs, Feature, Layer};
use store::Snapshot;

use super::collection::{each, stored};
use super::{Exported, shape};
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
    let metadata = metadata(collection, revision, crs, &exported)?;
    Ok(HandedOn { layer: Layer { crs: crs.clone(), features }, exported, metadata })
}

/// What a file of a collection in a CRS says of itself, and of what writing it has noted.
pub(crate) fn metadata(
    collection: &Collection,
    (revision, at): (u64, &str),
    crs: &Crs,
    exported: &Exported,
) -> Result<Metadata, ProjectError> {
    let mut tally = Tally::begin(crs, shape::options(&collection.layer.crs, crs))?;
    each(collection, crs, |feature| tally.feature(feature))?;
    let Tallied { features, positions, sha256 } = tally.finish()?;
    let info = &collection.info;
    let command = format!("ranh export {} --format geojsonseq --crs {}", info.id, quoted(crs.name()));
    let origin = Origin::Store { revision, at };
    let (sha256, command) = (&*sha256, &*command);
    let facts = DataFacts { info, crs, features, positions, origin, sha256, command };
    Ok(Metadata::of(&facts)?.noted(exported.texts(crs))?)
}

/// Counts features that pass, and hashes their canonical form: what they are as GeoJSONSeq in their CRS.
#[derive(Debug)]
pub(crate) struct Tally {
    features: usize,
    positions: usize,
    hash: GeoJsonSeqWriter<Hashing>,
}

/// What has passed.
pub(crate) struct Tallied {
    pub(crate) features: usize,
    /// Positions of all geometries.
    pub(crate) positions: usize,
    /// SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Tally {
    pub(crate) fn begin(crs: &Crs, options: WriteOptions) -> Result<Self, WriteError> {
        let header = Header { crs: Some(crs.clone()), ..Header::default() };
        let hash =
            GeoJsonSeqWriter::begin(Hashing(Sha256::new()), &header, options, Separator::RecordSeparator)?;
        Ok(Self { features: 0, positions: 0, hash })
    }

    pub(crate) fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        self.features += 1;
        self.positions += feature.geometry.as_ref().map_or(0, positions);
        self.hash.feature(feature)
    }

    pub(crate) fn finish(self) -> Result<Tallied, WriteError> {
        let digest = self.hash.finish()?.0.finalize();
        let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Tallied { features: self.features, positions: self.positions, sha256 })
    }
}

#[derive(Debug)]
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

/// A word of a command line as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:,+=@%".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
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

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_as_a_shell_takes_them() {
        assert_eq!(quoted("đất/ở-1.gpkg"), "đất/ở-1.gpkg");
        assert_eq!(quoted("quy hoạch.gpkg"), "'quy hoạch.gpkg'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
