//! Overlaps between the features of two files, or inside one.

mod proof;
mod rows;

use std::path::{Path, PathBuf};

use formats::{Limits, Notes};
use serde::Serialize;
use spatial::crs::{WorkingReason, working};
use spatial::overlay::{self, Options, Overlaps, Want};
use spatial::repair::Method;
use spatial::{Crs, Layer, Prepared};

use crate::timing::{Clock, Stage, Timings};
use crate::{Document, ProblemSummary, ProjectError, province, read_document};
pub use proof::{Proofs, SubjectProof};
pub use rows::OverlapRow;
pub(crate) use rows::label;

/// What to compare, and how.
#[derive(Clone, Default)]
pub struct OverlapsRequest<'a> {
    /// File of the subjects.
    pub subject: PathBuf,
    /// CRS of the subjects' coordinates, where their file does not say it or says it wrong.
    pub subject_crs: Option<Crs>,
    /// File that they are held against; without it, pairs inside the first.
    pub reference: Option<PathBuf>,
    /// CRS of the second file's coordinates, as `subject_crs`.
    pub reference_crs: Option<Crs>,
    /// Working CRS; else chosen from the data.
    pub crs: Option<Crs>,
    /// Property that names a feature; else its id, else its position.
    pub id_field: Option<String>,
    /// No shapes: areas and mean widths alone; shapes and geodesic areas stay empty.
    pub area_only: bool,
    /// Prove each subject's figures; only where there is a second file.
    pub prove: bool,
    /// Compute every shape even so, and hold its area against the one measured without.
    pub self_check: bool,
    /// How invalid features are repaired.
    pub repair: Method,
    /// Threads to use; else all.
    pub threads: Option<usize>,
    /// Limits of reading.
    pub limits: Limits,
    /// Called with (subjects done, subjects in all).
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between subjects; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// What there is to say of one of the files.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LayerReport {
    /// The file.
    pub path: PathBuf,
    /// The CRS of its coordinates.
    pub crs: String,
    /// Features read.
    pub features: usize,
    /// Notes of the reading.
    pub notes: Notes,
    /// Problems of geometries, with places in the working CRS, and what the repair of each changed.
    pub problems: ProblemSummary,
}

/// The overlaps of files.
#[derive(Clone, Debug)]
pub struct OverlapsReport {
    /// One per pair, ordered by the subject's, then the reference's position.
    pub rows: Vec<OverlapRow>,
    /// The working CRS: every planar figure is on its plane.
    pub crs: Crs,
    /// Why it was taken.
    pub crs_reason: WorkingReason,
    /// That the areas add up.
    pub proofs: Proofs,
    /// The first file.
    pub subject: LayerReport,
    /// The second file, if there is one.
    pub reference: Option<LayerReport>,
    /// What each stage took; the caller adds the writing.
    pub timings: Timings,
}

/// Finds the overlaps of files.
/// # Errors
/// [`ProjectError`] of reading, of the CRS given, or of the threads asked for; [`ProjectError::Cancelled`].
pub fn overlaps(request: &OverlapsRequest<'_>) -> Result<OverlapsReport, ProjectError> {
    match request.threads {
        None => run(request),
        Some(threads) => {
            rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| run(request))
        }
    }
}

fn run(request: &OverlapsRequest<'_>) -> Result<OverlapsReport, ProjectError> {
    let mut timings = Timings::default();
    let mut read = |path: &Path, crs: &Option<Crs>| {
        timings.time(Stage::Read, || read_document(path, &request.limits, crs.as_ref()))
    };
    let subject = read(&request.subject, &request.subject_crs)?;
    let reference =
        request.reference.as_deref().map(|path| read(path, &request.reference_crs)).transpose()?;
    let (crs, crs_reason) = timings.time(Stage::Project, || {
        let layers = std::iter::once(&subject.layer).chain(reference.as_ref().map(|other| &other.layer));
        choose(&layers.collect::<Vec<_>>(), request.crs.as_ref())
    })?;
    let mut prepare = |document: &Document| prepare(&document.layer, &crs, request.repair, &mut timings);
    let prepared = prepare(&subject)?;
    let other = reference.as_ref().map(prepare).transpose()?;
    let found = overlay(&prepared, other.as_ref(), request, &mut timings)?;
    let layers = (&subject.layer, reference.as_ref().map_or(&subject.layer, |document| &document.layer));
    let id_field = request.id_field.as_deref();
    let proofs = Proofs::new(&found, layers.0, id_field);
    let rows = timings.time(Stage::Overlay, || rows::rows(found.pairs, layers, &crs, id_field));
    Ok(OverlapsReport {
        rows,
        crs,
        crs_reason,
        proofs,
        subject: report(subject, prepared),
        reference: reference.zip(other).map(|(document, prepared)| report(document, prepared)),
        timings,
    })
}

/// The working CRS of layers, and why.
pub(crate) fn choose(layers: &[&Layer], given: Option<&Crs>) -> Result<(Crs, WorkingReason), ProjectError> {
    let province = province::zones(layers)?;
    Ok(working(layers, given, &province)?)
}

pub(crate) fn prepare(
    layer: &Layer,
    crs: &Crs,
    method: Method,
    timings: &mut Timings,
) -> Result<Prepared, ProjectError> {
    use spatial::Stage as Step;
    let mut running = (Stage::Project, Clock::start());
    let mut begins = |step: Step| {
        let next = match step {
            Step::Validate => Stage::Validate,
            Step::Project => Stage::Project,
            Step::Index => Stage::Index,
        };
        timings.add(running.0, running.1.stop());
        running = (next, Clock::start());
    };
    let prepared = Prepared::staged(layer, crs, method, &mut begins)?;
    timings.add(running.0, running.1.stop());
    Ok(prepared)
}

fn overlay(
    subject: &Prepared,
    reference: Option<&Prepared>,
    request: &OverlapsRequest<'_>,
    timings: &mut Timings,
) -> Result<Overlaps, ProjectError> {
    let OverlapsRequest { area_only, prove, self_check, progress, cancelled, .. } = *request;
    let want = if area_only { Want::Widths } else { Want::Shapes };
    let options = Options { want, prove, self_check, progress, cancelled, ..Options::default() };
    let clock = Clock::start();
    let found = match reference {
        Some(reference) => overlay::overlaps(subject, reference, &options),
        None => overlay::self_overlaps(subject, &options),
    };
    let time = clock.stop();
    timings.overlay_cpu_s += time.cpu_s;
    timings.add(Stage::Overlay, time);
    if cancelled.is_some_and(|cancelled| cancelled()) { Err(ProjectError::Cancelled) } else { Ok(found) }
}

pub(crate) fn report(document: Document, prepared: Prepared) -> LayerReport {
    let Document { path, layer, notes, .. } = document;
    let problems = ProblemSummary::of_prepared(&layer, prepared);
    LayerReport { path, crs: layer.crs.name().to_owned(), features: layer.features.len(), notes, problems }
}
