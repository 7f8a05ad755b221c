//! A store with a plan and zones in it, and what is done to it from outside.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use geo_types::MultiPolygon;
use sample::workload::{Features, Size, workload};
use serde_json::{Value, json};

use super::Options;
use crate::problem::Problem;
use crate::served::import;

/// Codes of the plan in turn; clusters may lie on one of them and on the road.
const CODES: [&str; 8] = ["LUC", "CLN", "HNK", "RSX", "ONT", "DGT", "SKN", "NTS"];

/// The workload's plane: TM-3 105°45', where Đồng Nai lies at its coordinates.
const CRS: &str = "EPSG:9210";

/// The folder with the store and the zones' file.
pub(super) struct Place {
    folder: PathBuf,
    pub(super) store: PathBuf,
    zones: Features,
}

impl Place {
    pub(super) fn make(options: &Options) -> Result<Self, Problem> {
        let folder = options.folder.clone();
        fs::create_dir_all(&folder).map_err(Problem::file(&folder))?;
        let store = folder.join("findings.gpkg");
        if store.exists() {
            fs::remove_file(&store).map_err(Problem::file(&store))?;
        }
        eprintln!("making a store of {} cells and {} zones …", options.cells, options.zones);
        let made = workload(Size { cells: options.cells, zones: options.zones }, options.seed);
        let place = Self { folder, store, zones: made.zones };
        let cell = |k: usize| json!({"code": CODES[k % CODES.len()]});
        place.import("plan", "land_use_plan", &made.cells, cell, None)?;
        place.import_zones(None)?;
        Ok(place)
    }

    /// Imports the zones anew, the first of them moved east by 20 m for every round.
    pub(super) fn move_one_zone(&self, round: u32) -> Result<(), Problem> {
        self.import_zones(Some(f64::from(round) * 20.0))
    }

    fn import_zones(&self, moved_m: Option<f64>) -> Result<(), Problem> {
        let zone = |k: usize| json!({"name": format!("CCN {k}"), "kind": "CCN", "state": "operating"});
        self.import("zones", "zone", &self.zones, zone, moved_m)
    }

    fn import(
        &self,
        name: &str,
        role: &str,
        features: &Features,
        properties: impl Fn(usize) -> Value,
        moved_m: Option<f64>,
    ) -> Result<(), Problem> {
        let file = self.folder.join(format!("{name}.geojsons"));
        write(&file, name, features, properties, moved_m).map_err(Problem::file(&file))?;
        import(&[&file], &self.store, &["--role", role, "--collection", name, "--crs", CRS])
    }
}

/// One feature a line; the first one moved east.
fn write(
    file: &Path,
    name: &str,
    features: &Features,
    properties: impl Fn(usize) -> Value,
    moved_m: Option<f64>,
) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    for k in 0..features.len() {
        let east_m = moved_m.filter(|_| k == 0).unwrap_or(0.0);
        let feature = json!({
            "type": "Feature", "id": format!("{}{k}", &name[..1]), "properties": properties(k),
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates(&features.multi_polygon(k), east_m)},
        });
        writeln!(out, "{feature}")?;
    }
    out.flush()
}

fn coordinates(shape: &MultiPolygon<f64>, east_m: f64) -> Vec<Vec<Vec<[f64; 2]>>> {
    let ring = |ring: &geo_types::LineString<f64>| ring.coords().map(|c| [c.x + east_m, c.y]).collect();
    let polygon = |polygon: &geo_types::Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    shape.iter().map(polygon).collect()
}
