//! The layers to be measured, in Web Mercator metres.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use formats::{Limits, read_layer, read_seq_layer};
use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use spatial::crs::Transformation;
use spatial::{Crs, Envelope, Layer};
use tiles::{Key, LayerSettings, Small, TileFeature, Value};

use super::Which;
use crate::options;
use crate::problem::Problem;
use crate::ragged::{Ragged, Shape};

/// Where what the benchmark does not make itself lies.
const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
/// The plan of the sample province.
const SAMPLE_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/sample/plan-2021-2030.geojson");
/// VN-2000 / TM-3 106, the plane of the partition.
const CELLS_EPSG: u32 = 9211;

/// A layer as it is given to the tile engine.
pub(super) struct Data {
    pub(super) settings: LayerSettings,
    pub(super) features: Vec<TileFeature>,
    pub(super) source_vertices: usize,
    /// Position of the key whose value is a feature's class.
    pub(super) class_key: usize,
    /// West, south, east, north.
    pub(super) bounds_m: [f64; 4],
}

/// Loads a layer; `None`, said aloud, where its source is not there.
pub(super) fn load(which: Which, common: &options::Options) -> Result<Option<Data>, Problem> {
    match which {
        Which::Parcels => parcels(common),
        Which::Communes => communes(),
        Which::Cells => cells(common).map(Some),
        Which::Plan => plan().map(Some),
    }
}

fn absent<T>(path: &Path) -> Option<T> {
    println!("LEFT OUT: {} is not there", path.display());
    None
}

/// Runs the program that makes the parcels, once; the file that it made.
pub(crate) fn parcels_file(common: &options::Options) -> Result<Option<PathBuf>, Problem> {
    let program = PathBuf::from(SHARED).join("tools/tiles_workload.py");
    if !program.is_file() {
        return Ok(absent(&program));
    }
    fs::create_dir_all(&common.folder).map_err(Problem::file(&common.folder))?;
    let path = common.folder.join("tiles_workload.geojsonl");
    if !path.is_file() {
        eprintln!("making {} …", path.display());
        // Under another name first: what is interrupted must not pass for made.
        let draft = path.with_extension("draft");
        let python = common.python.clone().unwrap_or_else(|| "python3".into());
        let failed = |what: String| Problem::Engine { engine: "tiles_workload.py".to_owned(), what };
        let status = Command::new(python).arg(&program).arg(&draft).status();
        let status = status.map_err(|error| failed(error.to_string()))?;
        if !status.success() {
            return Err(failed(status.to_string()));
        }
        fs::rename(&draft, &path).map_err(Problem::file(&path))?;
    }
    Ok(Some(path))
}

fn parcels(common: &options::Options) -> Result<Option<Data>, Problem> {
    let Some(path) = parcels_file(common)? else { return Ok(None) };
    let file = BufReader::new(File::open(&path).map_err(Problem::file(&path))?);
    let read = read_seq_layer(file, &Limits::default());
    let layer = read.map_err(|error| Problem::content(&path, error.to_string()))?.layer;
    let keys = ["name", "code", "area_ha", "year", "province"];
    data(layer, "parcels", &keys, "code", &path).map(Some)
}

/// The file of the communes.
pub(super) fn communes_file() -> Option<PathBuf> {
    let path = PathBuf::from(SHARED).join("data/vietnam/communes-2025.fgb");
    if path.is_file() { Some(path) } else { absent(&path) }
}

fn communes() -> Result<Option<Data>, Problem> {
    let Some(path) = communes_file() else { return Ok(None) };
    let file = BufReader::new(File::open(&path).map_err(Problem::file(&path))?);
    let read = read_layer(file, &Limits::default());
    let layer = read.map_err(|error| Problem::content(&path, error.to_string()))?.layer;
    let names = layer.features.first().map(|f| f.properties.keys().cloned().collect::<Vec<_>>());
    let names = names.unwrap_or_default();
    let keys: Vec<&str> = names.iter().map(String::as_str).collect();
    let class = keys.iter().find(|key| key.contains("province")).copied().unwrap_or_default();
    data(layer, "communes", &keys, class, &path).map(Some)
}

/// The land-use plan of the sample province.
fn plan() -> Result<Data, Problem> {
    let path = PathBuf::from(SAMPLE_PLAN);
    let file = BufReader::new(File::open(&path).map_err(Problem::file(&path))?);
    let read = read_layer(file, &Limits::default());
    let layer = read.map_err(|error| Problem::content(&path, error.to_string()))?.layer;
    data(layer, "plan", &["code"], "code", &path)
}

/// The cells of the overlap workload.
fn cells(common: &options::Options) -> Result<Data, Problem> {
    let path = common.job("tiles", 1, 1)?.data("cells.bin");
    let file = Ragged::open(&path)?;
    let mut shape = Shape::default();
    let plane = Crs::from_epsg(CELLS_EPSG).map_err(|error| Problem::content(&path, error.to_string()))?;
    let mut layer = Layer { crs: plane, features: Vec::with_capacity(file.len()) };
    for position in 0..file.len() {
        file.read(position, &mut shape)?;
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        for (ring, is_hole) in shape.rings() {
            let line = LineString::from(ring.to_vec());
            match polygons.last_mut() {
                Some(polygon) if is_hole => polygon.interiors_push(line),
                _ => polygons.push(Polygon::new(line, Vec::new())),
            }
        }
        let mut properties = spatial::Properties::new();
        properties.insert("code".to_owned(), format!("K{}", position % 10).into());
        layer.features.push(spatial::Feature {
            position: position as u64,
            id: None,
            geometry: Some(Geometry::MultiPolygon(MultiPolygon(polygons))),
            properties,
        });
    }
    data(layer, "cells", &["code"], "code", &path)
}

/// Projects a layer. Far out features carry their class and nothing else.
fn data(layer: Layer, name: &str, keys: &[&str], class: &str, path: &Path) -> Result<Data, Problem> {
    let projected = Transformation::new(&layer.crs, &Crs::web_mercator());
    let projected = projected.map_err(|error| Problem::content(path, error.to_string()))?;
    let key = |key: &&str| Key {
        name: (*key).to_owned(),
        on_labels: false,
        from_zoom: if *key == class { 0 } else { 8 },
    };
    let settings = LayerSettings::new(name, keys.iter().map(key).collect(), Small::Count);
    let mut classes = HashMap::new();
    let mut source_vertices = 0;
    let mut bounds: Option<Envelope> = None;
    let mut features = Vec::with_capacity(layer.features.len());
    for feature in layer.features {
        let Some(geometry) = feature.geometry.as_ref().and_then(|geometry| projected.geometry(geometry))
        else {
            continue;
        };
        let coords = coords(&geometry);
        source_vertices += coords.len();
        let own = Envelope::of(coords);
        bounds = bounds.into_iter().chain(own).reduce(|a, b| a.merged(&b));
        let next = classes.len() as u32;
        features.push(TileFeature {
            id: feature.position,
            geometry,
            label: None,
            values: keys.iter().map(|key| value(feature.properties.get(*key)?)).collect(),
            weight: 0.0,
            class: *classes.entry(feature.text(class).unwrap_or_default()).or_insert(next),
            min_zoom: 0,
            label_min_zoom: 0,
        });
    }
    let bounds_m = bounds.map_or([0.0; 4], |b| [b.min[0], b.min[1], b.max[0], b.max[1]]);
    let class_key = keys.iter().position(|key| *key == class).unwrap_or_default();
    Ok(Data { class_key, settings, features, source_vertices, bounds_m })
}

fn value(value: &serde_json::Value) -> Option<Value> {
    match value {
        serde_json::Value::String(text) => Some(Value::Text(text.as_str().into())),
        serde_json::Value::Number(number) => {
            number.as_i64().map(Value::Integer).or_else(|| number.as_f64().map(Value::Number))
        }
        serde_json::Value::Bool(truth) => Some(Value::Boolean(*truth)),
        _ => None,
    }
}

/// All vertices of polygons.
fn coords(geometry: &Geometry<f64>) -> Vec<[f64; 2]> {
    let of = |polygon: &Polygon<f64>| {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        rings.flat_map(|ring| ring.0.iter().map(|c| [c.x, c.y])).collect::<Vec<_>>()
    };
    match geometry {
        Geometry::Polygon(polygon) => of(polygon),
        Geometry::MultiPolygon(all) => all.iter().flat_map(of).collect(),
        _ => Vec::new(),
    }
}
