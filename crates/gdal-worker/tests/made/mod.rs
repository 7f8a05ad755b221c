//! Files for the tests, made by Debian's `ogr2ogr`: another program than the one that reads them here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use formats::worker::{Frame, LayerHead, RawFeature, Request, Worker, WorkerError, WorkerLimits};
use serde_json::json;
use tempfile::TempDir;

/// How many polygons each file has.
pub const COUNT: usize = 40;

/// The name of a polygon: letters that no Western encoding has.
pub fn name(at: usize) -> String {
    format!("Đất ở đô thị – khu số {at}, Bố Hạ")
}

/// The area of a polygon, m²: a rectangle of 100 m by 50 m + 2⁻³ m for each before it.
pub fn area_m2(at: usize) -> f64 {
    100.0 * (50.0 + at as f64 / 8.0)
}

/// A folder with the polygons in `plan.geojson`, on the TM-3 zone of 106°.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let feature = |at: usize| {
        let (x, y) = (500_000.0 + 100.0 * at as f64, 2_350_000.0);
        let (right, top) = (x + 100.0, y + area_m2(at) / 100.0);
        json!({"type": "Feature", "properties": {"ten": name(at), "ma": "ODT", "so": at},
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [right, y], [right, top], [x, top], [x, y]]]}})
    };
    let features: Vec<_> = (0..COUNT).map(feature).collect();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9211"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(folder.path().join("plan.geojson"), all.to_string()).unwrap();
    folder
}

/// Has `ogr2ogr` write `plan.geojson` as another file beside it.
pub fn convert(folder: &Path, driver: &str, file: &str, more: &[&str]) -> PathBuf {
    let mut command = Command::new("ogr2ogr");
    command.current_dir(folder).args(["-q", "-f", driver, file, "plan.geojson"]).args(more);
    let made = command.output().expect("ogr2ogr: Debian's gdal-bin");
    assert!(made.status.success(), "{driver}: {}", String::from_utf8_lossy(&made.stderr));
    folder.join(file)
}

/// All that the worker said.
#[derive(Debug, Default)]
pub struct Answer {
    pub driver: String,
    pub layers: Vec<LayerHead>,
    pub features: Vec<RawFeature>,
    pub warnings: Vec<String>,
}

pub fn worker(limits: WorkerLimits) -> Worker {
    Worker::new(env!("CARGO_BIN_EXE_ranh-gdal").into(), limits)
}

pub fn request(folder: &Path, name: &str, drivers: &[&str]) -> Request {
    Request {
        folder: folder.as_os_str().as_encoded_bytes().to_vec(),
        name: name.as_bytes().to_vec(),
        drivers: drivers.iter().map(|driver| (*driver).to_owned()).collect(),
        ..Request::default()
    }
}

/// Asks the worker under limits.
pub fn ask(worker: &Worker, request: &Request) -> Result<Answer, WorkerError> {
    let mut job = worker.start(request)?;
    let mut answer = Answer::default();
    while let Some(frame) = job.next_frame()? {
        match frame {
            Frame::Dataset { driver, .. } => answer.driver = driver,
            Frame::Layer(head) => answer.layers.push(head),
            Frame::Feature(feature) => answer.features.push(feature),
            Frame::Warning(warning) => answer.warnings.push(warning),
            Frame::NewLayer(_) | Frame::Begin { .. } | Frame::End { .. } | Frame::Failure { .. } => {}
        }
    }
    Ok(answer)
}
