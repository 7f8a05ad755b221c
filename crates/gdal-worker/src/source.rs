//! Opening the source, choosing the layer, streaming its features.

mod values;

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use formats::worker::{FailureKind, Field, Frame, LayerHead, RawFeature, RawGeometry, RawValue, Request};
use gdal::vector::{Layer, LayerAccess};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, Metadata};

use crate::ffi::{self, FieldHead, Next};
use crate::pipe::Pipe;
use crate::{Refusal, drivers, said};

/// Name of the field with what a drawing says of line, fill and label.
const STYLE: &[u8] = b"ogr_style";

/// Sends everything that is asked for; returns how many features that were.
pub(crate) fn send(request: &Request, pipe: &mut Pipe) -> Result<u64, Refusal> {
    said::listen(&request.folder);
    let dataset = open(request)?;
    let driver = dataset.driver().short_name();
    let layers = u32::try_from(dataset.layer_count()).unwrap_or(u32::MAX);
    pipe.tell(&Frame::Dataset { driver: driver.clone(), layers })?;
    let mut heads = Vec::new();
    for layer in dataset.layers() {
        let head = head(&layer, &driver);
        pipe.tell(&Frame::Layer(head.clone()))?;
        heads.push(head);
    }
    said::send(pipe)?;
    let chosen = chosen(&heads, request.layer.as_deref())?;
    pipe.tell(&Frame::Begin { layer: u32::try_from(chosen).unwrap_or(u32::MAX) })?;
    // Whoever wants the layers alone need not wait for features, which may be slow to come.
    pipe.push()?;
    let layer = dataset.layer(chosen);
    let mut layer = layer.map_err(|error| Refusal::new(FailureKind::Layer, error.to_string()))?;
    features(&mut layer, is_drawing(&driver), pipe)
}

fn open(request: &Request) -> Result<Dataset, Refusal> {
    let refused = |message: String| Refusal::new(FailureKind::Open, message);
    let path = path(request).ok_or_else(|| refused("the source's name is no plain name".to_owned()))?;
    let kept = drivers::keep(&request.drivers).map_err(|error| refused(error.to_string()))?;
    if kept.is_empty() {
        return Err(refused("this GDAL has no driver for it".to_owned()));
    }
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
        allowed_drivers: Some(&kept),
        open_options: open_options(&kept),
        ..DatasetOptions::default()
    };
    Dataset::open_ex(path, options).map_err(|error| refused(said::last_failure(&error.to_string())))
}

/// Options that a driver knows; the others would warn of those that they do not.
fn open_options(kept: &[&str]) -> Option<&'static [&'static str]> {
    match kept {
        // Text leaves as it stands.
        ["ESRI Shapefile"] => Some(&["ENCODING="]),
        ["GML"] => Some(&["DOWNLOAD_SCHEMA=NO", "EMPTY_AS_NULL=NO"]),
        ["CSV"] => Some(&[
            "AUTODETECT_TYPE=NO",
            "X_POSSIBLE_NAMES=x,lon,longitude,easting,kinh_do",
            "Y_POSSIBLE_NAMES=y,lat,latitude,northing,vi_do",
            "GEOM_POSSIBLE_NAMES=wkt,geometry,geom,the_geom",
            "KEEP_GEOM_COLUMNS=NO",
        ]),
        _ => None,
    }
}

/// The source's path: a plain name in the folder, whatever that is asked for.
fn path(request: &Request) -> Option<PathBuf> {
    let folder = Path::new(OsStr::from_bytes(&request.folder));
    let name = Path::new(OsStr::from_bytes(&request.name));
    let plain = matches!(name.components().collect::<Vec<_>>().as_slice(), [Component::Normal(_)]);
    (folder.is_absolute() && plain).then(|| folder.join(name))
}

/// Drawings say with colours and levels what others say with attributes.
fn is_drawing(driver: &str) -> bool {
    matches!(driver, "DGN" | "DXF" | "MapInfo File")
}

fn head(layer: &Layer<'_>, driver: &str) -> LayerHead {
    let crs = layer.spatial_ref();
    let crs = crs.as_ref();
    let style = is_drawing(driver).then(|| Field { name: STYLE.to_vec(), boolean: false });
    let fields = ffi::fields(layer).into_iter();
    LayerHead {
        name: ffi::layer_name(layer),
        features: layer.try_feature_count(),
        authority: crs.and_then(|crs| crs.authority().ok()).unwrap_or_default(),
        proj: crs.and_then(|crs| crs.to_proj4().ok()).unwrap_or_default(),
        wkt: crs.and_then(|crs| crs.to_wkt().ok()).unwrap_or_default(),
        encoding: encoding(layer, driver),
        fields: fields.map(|FieldHead { name, boolean, .. }| Field { name, boolean }).chain(style).collect(),
    }
}

/// The encoding that a layer's texts are in as they leave here, as far as the source says.
fn encoding(layer: &Layer<'_>, driver: &str) -> String {
    let said = |key: &str| layer.metadata_item(key, "SHAPEFILE").filter(|value| !value.is_empty());
    match driver {
        "ESRI Shapefile" => said("CPG_VALUE").or_else(|| said("ENCODING_FROM_LDID")).unwrap_or_default(),
        // What their bytes mean stands elsewhere in the file, or nowhere.
        "DGN" | "DXF" | "MapInfo File" | "CSV" => String::new(),
        _ => "UTF-8".to_owned(),
    }
}

/// The layer to read: the named one, else the only one that may have features.
fn chosen(heads: &[LayerHead], named: Option<&[u8]>) -> Result<usize, Refusal> {
    let mut fitting = heads.iter().enumerate().filter(|(_, head)| match named {
        Some(name) => head.name == name,
        None => heads.len() == 1 || head.features != Some(0),
    });
    match (fitting.next(), fitting.next(), named) {
        (Some((at, _)), None, _) | (Some((at, _)), Some(_), Some(_)) => Ok(at),
        (Some(_), Some(_), None) => Err(no_layer("there are several layers", heads, "name one of them")),
        (None, _, Some(name)) => {
            let what = format!("there is no layer \"{}\"", String::from_utf8_lossy(name));
            Err(no_layer(&what, heads, "name one of these"))
        }
        (None, _, None) => Err(no_layer("no layer has features", heads, "check that it is the right file")),
    }
}

fn no_layer(what: &str, heads: &[LayerHead], advice: &str) -> Refusal {
    let names: Vec<_> = heads.iter().take(30).map(|head| String::from_utf8_lossy(&head.name)).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Refusal::new(FailureKind::Layer, format!("{what} (it has: {names}): {advice}"))
}

/// The end of a source of which nothing came, while GDAL said that something failed, is no end but a file that it could not read.
fn ended(sent: u64) -> Result<u64, Refusal> {
    match said::failure() {
        Some(failure) if sent == 0 => Err(Refusal::new(FailureKind::Read, failure)),
        _ => Ok(sent),
    }
}

fn features(layer: &mut Layer<'_>, styled: bool, pipe: &mut Pipe) -> Result<u64, Refusal> {
    let fields = ffi::fields(layer);
    let swapped = layer.spatial_ref().is_some_and(|crs| ffi::northing_first(&crs));
    let mut sent = 0;
    loop {
        let feature = match ffi::next(layer) {
            Next::Feature(feature) => feature,
            Next::End => {
                said::send(pipe)?;
                return ended(sent);
            }
            Next::Failed => {
                said::send(pipe)?;
                return Err(Refusal::new(FailureKind::Read, said::last_failure("it gave no reason")));
            }
        };
        let geometry = match feature.geometry(swapped) {
            Ok(None) => RawGeometry::None,
            Ok(Some((wkb, false))) => RawGeometry::Wkb(wkb),
            Ok(Some((wkb, true))) => RawGeometry::Straightened(wkb),
            Err(()) => {
                let warning = format!("feature {sent}: GDAL cannot hand its geometry on");
                pipe.tell(&Frame::Warning(warning))?;
                RawGeometry::None
            }
        };
        let mut values = values::of(&feature, &fields);
        if styled {
            let style = feature.style();
            values.push(if style.is_empty() { RawValue::Null } else { RawValue::Text(style) });
        }
        said::send(pipe)?;
        pipe.tell(&Frame::Feature(RawFeature { fid: feature.fid(), geometry, values }))?;
        sent += 1;
    }
}
