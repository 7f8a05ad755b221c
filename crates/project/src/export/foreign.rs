//! Formats that GDAL writes, through the worker, in a folder that is moved to its place when it is whole.

use std::path::Path;

use formats::worker::WorkerLimits;
use formats::{Foreign, ForeignTarget, ForeignWriter, Survey, WriteError, Written};
use spatial::{Crs, Feature};

use super::drawing::Drawing;
use super::kmz;
use super::made::Made;
use crate::document::sources::worker;
use crate::{LevelCodes, ProjectError};

/// Takes a feature that is to be written.
pub(crate) type Take<'t> = dyn FnMut(&Feature) -> Result<(), WriteError> + 't;

/// What the files are called, and where they are made.
pub(crate) struct Place<'a> {
    /// What the names of the files begin with.
    pub(crate) stem: &'a str,
    /// Name of the layer.
    pub(crate) layer: &'a str,
    /// The folder that the files will stand in, if that is known.
    pub(crate) inside: Option<&'a Path>,
    /// What the worker may use.
    pub(crate) worker: WorkerLimits,
    /// Levels and colours for the codes of a drawing.
    pub(crate) codes: Option<&'a LevelCodes>,
}

impl<'a> Place<'a> {
    /// Of files whose layer is called as they are.
    pub(crate) fn of(stem: &'a str, inside: Option<&'a Path>) -> Self {
        Self { stem, layer: stem, inside, worker: WorkerLimits::default(), codes: None }
    }
}

/// Writes what `pass` hands over, which is called twice: formats ask for columns and bounds at their beginning. `crs` is
/// known after the first time.
pub(crate) fn made<T>(
    format: Foreign,
    place: &Place<'_>,
    crs: impl FnOnce(&T) -> Crs,
    mut pass: impl FnMut(&mut Take<'_>) -> Result<T, ProjectError>,
) -> Result<(T, Written, Made), ProjectError> {
    let (mut survey, mut drawing) = (Survey::default(), Drawing::of(format, place.codes));
    let first = pass(&mut |feature| {
        survey.observe(&drawing.drawn(feature));
        Ok(())
    })?;
    let made = Made::new(place.inside, format.companions(), format.is_single_file())?;
    let target = ForeignTarget {
        format,
        folder: made.folder().as_os_str().as_encoded_bytes().to_vec(),
        stem: place.stem.to_owned(),
        layer: place.layer.to_owned(),
        crs: crs(&first),
    };
    let mut writer = ForeignWriter::begin(&worker(place.worker)?, &target, &survey)?;
    let told = pass(&mut |feature| writer.feature(&drawing.drawn(feature)))?;
    let mut written = writer.finish()?;
    written.notes.extend(drawing.notes());
    if format == Foreign::Kmz {
        kmz::pack(made.folder(), &format!("{}.{}", place.stem, format.ending()))?;
    }
    Ok((told, written, made))
}
