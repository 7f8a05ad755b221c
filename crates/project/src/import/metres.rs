//! Metres in a file that names no CRS. Where the features name their province, and it has one TM-3 zone, that is assumed,
//! and GEO-07 says so until somebody names the CRS; where they do not, the file is refused as it was.

use std::path::Path;

use formats::ReadError;
use spatial::Crs;

use crate::document::{Reading, read_document_as};
use crate::{Document, ProjectError, province};

/// A longitude in Viet Nam: on some plane the coordinates must be read for the features to be seen.
const SOMEWHERE: f64 = 105.0;

/// Reads a file.
pub(super) fn read(path: &Path, reading: &Reading<'_>) -> Result<Document, ProjectError> {
    match read_document_as(path, reading) {
        Err(ProjectError::Read { path: file, source: source @ ReadError::NotDegrees { .. } }) => {
            let refused = || ProjectError::Read { path: file, source };
            assumed(path, reading).unwrap_or_else(|| Err(refused()))
        }
        read => read,
    }
}

fn assumed(path: &Path, reading: &Reading<'_>) -> Option<Result<Document, ProjectError>> {
    let read = |crs: &Crs| read_document_as(path, &Reading { crs: Some(crs), told: &|_| (), ..*reading });
    let seen = read(&Crs::nearest_tm3(SOMEWHERE)).ok()?;
    let zones = province::zones(&[&seen.layer]).ok()?;
    let [crs] = zones.as_slice() else { return None };
    Some(read(crs).map(|document| Document { crs_assumed: true, ..document }))
}
