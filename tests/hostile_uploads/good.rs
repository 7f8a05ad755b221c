//! Small files of every format that nobody need fear, of which others are made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::kind::zipped;

/// How many polygons each file has.
pub(crate) const COUNT: usize = 12;

/// Files of every format, made by `ranh convert` through the worker.
pub(crate) struct Good {
    folder: TempDir,
}

impl Good {
    pub(crate) fn made() -> Self {
        let good = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(good.path("good.geojson"), geojson()).unwrap();
        for name in ["gpkg", "shp", "fgb", "kml", "gml", "tab", "mif", "dxf", "dgn", "gdb.zip"] {
            let crs = if name == "kml" { "CRS84" } else { "EPSG:9211" };
            let mut convert = Command::new(env!("CARGO_BIN_EXE_ranh"));
            convert.arg("convert").arg(good.path("good.geojson")).args(["--to", crs, "--out"]);
            let done = convert.arg(good.path(&format!("good.{name}"))).output().unwrap();
            assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        }
        good
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The bytes of one of its files.
    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The parts of a file that has several, by their endings.
    pub(crate) fn parts(&self, endings: &[&str]) -> Vec<(String, Vec<u8>)> {
        let part = |ending: &&str| {
            let name = format!("good.{ending}");
            self.path(&name).exists().then(|| (name.clone(), self.bytes(&name)))
        };
        endings.iter().filter_map(part).collect()
    }

    /// A copy of the GeoPackage that a program of GDAL's was told statements.
    pub(crate) fn told(&self, name: &str, statements: &[&str]) -> Vec<u8> {
        let path = self.path(name);
        fs::copy(self.path("good.gpkg"), &path).unwrap();
        for statement in statements {
            ogrinfo(&path, statement);
        }
        fs::read(path).unwrap()
    }
}

fn ogrinfo(path: &Path, statement: &str) {
    let told = Command::new("ogrinfo").arg("-q").arg(path).args(["-sql", statement]).output();
    let told = told.expect("ogrinfo: Debian's gdal-bin");
    let said = String::from_utf8_lossy(&told.stderr).into_owned();
    assert!(told.status.success() && !said.contains("ERROR"), "{statement}: {said}");
}

/// Parts of a file in an archive, one of them changed.
pub(crate) fn archive(
    parts: &[(String, Vec<u8>)],
    changed: &str,
    with: impl Fn(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let parts: Vec<(String, Vec<u8>)> = parts
        .iter()
        .map(|(name, bytes)| {
            let bytes = if name.ends_with(changed) { with(bytes) } else { bytes.clone() };
            (name.clone(), bytes)
        })
        .collect();
    let entries: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&entries)
}

/// Polygons of 100 m on the TM-3 zone of 106°.
pub(crate) fn geojson() -> String {
    let feature = |at: usize| {
        let (x, y) = (500_000.0 + 200.0 * at as f64, 2_350_000.0);
        let ring = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
        json!({"type": "Feature", "properties": {"ten": format!("Đất số {at}"), "ma": "SKK", "so": at},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let features: Vec<_> = (0..COUNT).map(feature).collect();
    json!({"type": "FeatureCollection", "crs": crs, "features": features}).to_string()
}
