//! Whether the features of a file tile their area: overlaps, gaps, and borders that run beside each other.

mod rows;

use std::path::{Path, PathBuf};

use formats::Limits;
use spatial::coverage::{Coverage, Options, ScopeCover, Totals, check};
use spatial::crs::WorkingReason;
use spatial::repair::Method;
use spatial::{Crs, Prepared, Region};

use crate::overlaps::{LayerReport, choose, prepare, report};
use crate::timing::{Clock, Stage, Timings};
use crate::{Document, ProjectError, read_document};
pub use rows::{CoverageKind, CoverageRow, CoverageShape};

/// What to check, and how.
#[derive(Clone, Default)]
pub struct CoverageRequest<'a> {
    /// File of the features that should tile their area.
    pub file: PathBuf,
    /// CRS of their coordinates, where the file does not say it or says it wrong.
    pub source_crs: Option<Crs>,
    /// File of polygons that they should cover.
    pub scope: Option<PathBuf>,
    /// CRS of those, as `source_crs`.
    pub scope_crs: Option<Crs>,
    /// Borders nearer than this are meant to be one, and gaps at most this wide are cracks, m.
    pub tolerance_m: f64,
    /// How many times as long as it is wide a stretch beside another border is at least; else it is a corner.
    pub least_elongation: f64,
    /// How far below the true value a largest width may be, as a share of it.
    pub width_precision: f64,
    /// Working CRS; else chosen from the data.
    pub crs: Option<Crs>,
    /// Property that names a feature; else its id, else its position.
    pub id_field: Option<String>,
    /// Threads to use; else all.
    pub threads: Option<usize>,
    /// Limits of reading.
    pub limits: Limits,
    /// Called with (done, all), a measure of the work.
    pub progress: Option<&'a (dyn Fn(usize, usize) + Sync)>,
    /// Asked between steps; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// How a file covers its area.
#[derive(Clone, Debug)]
pub struct CoverageReport {
    /// The findings: overlaps, then places under three or more, gaps, near misses, missing vertices.
    pub rows: Vec<CoverageRow>,
    /// Sums over the layer.
    pub totals: Totals,
    /// How the scope is covered, where there is one.
    pub scope_cover: Option<ScopeCover>,
    /// The working CRS: every planar figure is on its plane.
    pub crs: Crs,
    /// Why it was taken.
    pub crs_reason: WorkingReason,
    /// The file.
    pub layer: LayerReport,
    /// The file of the scope, if there is one.
    pub scope: Option<LayerReport>,
    /// What each stage took; the caller adds the writing.
    pub timings: Timings,
}

/// Checks a file.
/// # Errors
/// [`ProjectError`] of reading, of the CRS given, or of the threads asked for; [`ProjectError::Cancelled`].
pub fn coverage(request: &CoverageRequest<'_>) -> Result<CoverageReport, ProjectError> {
    match request.threads {
        None => run(request),
        Some(threads) => {
            rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(|| run(request))
        }
    }
}

fn run(request: &CoverageRequest<'_>) -> Result<CoverageReport, ProjectError> {
    let mut timings = Timings::default();
    let mut read = |path: &Path, crs: &Option<Crs>| {
        timings.time(Stage::Read, || read_document(path, &request.limits, crs.as_ref()))
    };
    let mut document = read(&request.file, &request.source_crs)?;
    let scope = request.scope.as_deref().map(|path| read(path, &request.scope_crs)).transpose()?;
    let layers = std::iter::once(&document.layer).chain(scope.as_ref().map(|scope| &scope.layer));
    let (crs, crs_reason) =
        timings.time(Stage::Project, || choose(&layers.collect::<Vec<_>>(), request.crs.as_ref()))?;
    let prepared = prepare(&document.layer, &crs, Method::default(), &mut timings)?;
    // A country's coordinates are not needed twice.
    document.layer.features.iter_mut().for_each(|feature| feature.geometry = None);
    let scope = scope.map(|scope| in_scope(scope, &crs, &mut timings)).transpose()?;
    let region = scope.as_ref().map(|(region, _)| region);
    let found = find(&prepared, region, request, &mut timings)?;
    let (totals, scope_cover) = (found.totals, found.scope);
    let rows = timings
        .time(Stage::Overlay, || rows::rows(found, &document.layer, &crs, request.id_field.as_deref()));
    Ok(CoverageReport {
        rows,
        totals,
        scope_cover,
        crs,
        crs_reason,
        layer: report(document, prepared),
        scope: scope.map(|(_, report)| report),
        timings,
    })
}

/// What the features of a file cover together.
fn in_scope(
    document: Document,
    crs: &Crs,
    timings: &mut Timings,
) -> Result<(Region, LayerReport), ProjectError> {
    let prepared = prepare(&document.layer, crs, Method::default(), timings)?;
    let regions: Vec<Region> =
        (0..prepared.features.len()).filter_map(|position| prepared.region(position)).collect();
    Ok((Region::union(&regions), report(document, prepared)))
}

fn find(
    prepared: &Prepared,
    scope: Option<&Region>,
    request: &CoverageRequest<'_>,
    timings: &mut Timings,
) -> Result<Coverage, ProjectError> {
    let CoverageRequest { tolerance_m, least_elongation, width_precision, progress, cancelled, .. } =
        *request;
    let options = Options { tolerance_m, least_elongation, width_precision, scope, progress, cancelled };
    let clock = Clock::start();
    let found = check(prepared, &options);
    let time = clock.stop();
    timings.overlay_cpu_s += time.cpu_s;
    timings.add(Stage::Overlay, time);
    found.ok_or(ProjectError::Cancelled)
}
