//! Making a data source of what comes over the pipe.

mod charset;

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path, PathBuf};

use formats::worker::{FailureKind, Frame, NewLayer, Request};
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};

use crate::ffi_write::{Failed, Making};
use crate::pipe::Pipe;
use crate::{Refusal, drivers, said};

/// Takes everything that is to be written; returns how many features that were.
pub(crate) fn take(request: &Request, from: &mut impl Read, pipe: &mut Pipe) -> Result<u64, Refusal> {
    said::listen(&request.folder);
    let path = path(request).ok_or_else(|| refused(FailureKind::Create, "its name is no plain name"))?;
    let driver = driver(request)?;
    let making = Making::begin(driver, path.as_os_str().as_bytes(), &request.options);
    let mut making = making.map_err(|Failed| told(FailureKind::Create, "GDAL gave no reason"))?;
    let features = all(from, &mut making)?;
    making.finish().map_err(|Failed| told(FailureKind::Write, "the file could not be closed"))?;
    if driver == "MapInfo File" {
        charset::declare(&path).map_err(|error| refused(FailureKind::Write, &error.to_string()))?;
    }
    // Only now: before, nobody listens.
    said::send(pipe)?;
    Ok(features)
}

/// The one driver that writes it.
fn driver(request: &Request) -> Result<&'static str, Refusal> {
    let kept = drivers::keep(&request.drivers);
    let kept = kept.map_err(|error| refused(FailureKind::Create, &error.to_string()))?;
    let first = request.drivers.first().and_then(|wanted| kept.into_iter().find(|kept| kept == wanted));
    first.ok_or_else(|| refused(FailureKind::Create, "this GDAL has no driver for it"))
}

/// Takes frames until the end.
fn all(from: &mut impl Read, making: &mut Making) -> Result<u64, Refusal> {
    let (mut layer, mut count) = (None, 0);
    loop {
        let frame = Frame::read(from, u32::MAX);
        match frame.map_err(|error| refused(FailureKind::Request, &error.to_string()))? {
            Frame::NewLayer(new) => begin(making, &new)?,
            Frame::Begin { layer: number } => {
                layer = usize::try_from(number).ok();
                let begun = making.begin_features();
                begun.map_err(|Failed| told(FailureKind::Write, "no features can be put into it"))?;
            }
            Frame::Feature(feature) => {
                let layer = layer.ok_or_else(|| refused(FailureKind::Request, "a feature of no layer"))?;
                making.feature(layer, &feature).map_err(|Failed| {
                    let reason = said::last_failure("GDAL gave no reason");
                    refused(FailureKind::Write, &format!("feature {count}: {reason}"))
                })?;
                count += 1;
            }
            Frame::End { features } if features == count => return Ok(count),
            _ => return Err(refused(FailureKind::Request, "a frame that is not expected")),
        }
    }
}

fn begin(making: &mut Making, new: &NewLayer) -> Result<(), Refusal> {
    let crs = crs(new).map_err(|error| refused(FailureKind::Create, &error.to_string()))?;
    let made = making.layer(new, crs.as_ref());
    made.map_err(|Failed| told(FailureKind::Create, "a layer or a field of it cannot be made"))
}

/// Easting or longitude comes first here, whatever the authority says.
fn crs(new: &NewLayer) -> Result<Option<SpatialRef>, gdal::errors::GdalError> {
    if new.crs.is_empty() {
        return Ok(None);
    }
    let mut crs = SpatialRef::from_definition(&new.crs)?;
    crs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    Ok(Some(crs))
}

fn refused(kind: FailureKind, message: &str) -> Refusal {
    Refusal::new(kind, message)
}

/// With what GDAL said last.
fn told(kind: FailureKind, otherwise: &str) -> Refusal {
    Refusal::new(kind, said::last_failure(otherwise))
}

/// A plain name in the folder, or the folder itself.
fn path(request: &Request) -> Option<PathBuf> {
    let folder = Path::new(OsStr::from_bytes(&request.folder));
    let name = Path::new(OsStr::from_bytes(&request.name));
    let plain = matches!(name.components().collect::<Vec<_>>().as_slice(), [] | [Component::Normal(_)]);
    let path = if request.name.is_empty() { folder.to_owned() } else { folder.join(name) };
    (folder.is_absolute() && plain).then_some(path)
}
