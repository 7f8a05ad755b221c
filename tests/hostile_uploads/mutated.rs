//! Good files of every format, broken in several ways; the same each time.

use crate::good::{Good, archive};
use crate::kind::{DAMAGED, Kind, PARTS, WHOLE, either, noise};

/// A way of breaking bytes, and what it is called.
type Way = (&'static str, fn(&[u8]) -> Vec<u8>);

const WAYS: [Way; 5] = [
    ("cut", |bytes| bytes[..bytes.len() * 3 / 5].to_vec()),
    ("bytes changed", |bytes| {
        let mut broken = bytes.to_vec();
        for pair in noise(bytes.len() as u64, 48).chunks(3) {
            let at = (usize::from(pair[0]) << 8 | usize::from(pair[1])) * 31 % broken.len();
            broken[at] = pair[2];
        }
        broken
    }),
    ("largest numbers", |bytes| {
        // Counts and lengths stand at even places; what is text there is spoilt as well.
        let mut broken = bytes.to_vec();
        let from = (broken.len() / 7) & !3;
        for at in (from..broken.len().saturating_sub(4)).step_by((broken.len() / 9) & !3 | 4) {
            broken[at..at + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
        }
        broken
    }),
    ("a hole of zeros", |bytes| {
        let mut broken = bytes.to_vec();
        let (from, to) = (broken.len() / 3, broken.len() * 2 / 3);
        broken[from..to].fill(0);
        broken
    }),
    ("twice", |bytes| [bytes, bytes].concat()),
];

/// Formats of one file.
const SINGLE: [&str; 7] = ["geojson", "gpkg", "fgb", "kml", "gml", "dxf", "dgn"];
/// Formats of several, and the parts that are broken.
const SEVERAL: [(&[&str], &[&str]); 3] = [
    (&["shp", "shx", "dbf", "prj", "cpg"], &["shp", "shx", "dbf"]),
    (&["tab", "dat", "map", "id"], &["dat", "map", "id"]),
    (&["mif", "mid"], &["mif", "mid"]),
];

/// What is told of a file that GDAL reads: it cannot be opened, breaks off, or has nothing left in it.
const BY_GDAL: &[&str] = &[
    PARTS,
    DAMAGED,
    "is missing: a",
    "no layers: check",
    "has a geometry",
    "no layer has features",
    "ended unexpectedly",
    "stopped",
];
/// What is told of one that is read here: where it breaks, of which feature, or what its CRS should be like.
const BY_US: &[&str] = &[
    WHOLE,
    "was left out",
    "write {\"type\":\"name\"",
    "should be",
    "should start",
    "give EPSG:n",
    "the limit",
];
/// An archive breaks, or what is in it.
const PACKED: &[&str] = &[WHOLE, PARTS, DAMAGED, "is missing: a", "nothing of it was taken"];

/// Every format, broken in every way.
pub(crate) fn all(good: &Good) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (way, change) in WAYS {
        for format in SINGLE {
            let bytes = change(&good.bytes(&format!("good.{format}")));
            let some = if matches!(format, "geojson" | "fgb") { BY_US } else { BY_GDAL };
            kinds.push(either(&format!("{format}, {way}"), &format!("broken.{format}"), bytes, some));
        }
        for (endings, changed) in SEVERAL {
            let parts = good.parts(endings);
            for part in changed {
                let bytes = archive(&parts, part, change);
                kinds.push(either(&format!("{part} beside its parts, {way}"), "broken.zip", bytes, BY_GDAL));
            }
        }
        let bytes = change(&good.bytes("good.gdb.zip"));
        kinds.push(either(&format!("archive of a geodatabase, {way}"), "broken.gdb.zip", bytes, PACKED));
    }
    kinds
}
