//! How a document is to be read.

use std::ops::ControlFlow;

use formats::worker::WorkerLimits;
use formats::{Encoding, Limits, Outcome};
use spatial::{Crs, Feature, Layer};

/// What archives and the GDAL worker may take, apart from the [`Limits`] of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceLimits {
    /// Bytes that an archive may unpack to.
    pub unpacked_bytes: u64,
    /// Files that an archive may hold.
    pub archive_files: usize,
    /// What one job of the worker may use.
    pub worker: WorkerLimits,
}

impl Default for SourceLimits {
    fn default() -> Self {
        Self { unpacked_bytes: 4 << 30, archive_files: 2_000, worker: WorkerLimits::default() }
    }
}

/// A way of reading.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) limits: &'a Limits,
    pub(crate) sources: SourceLimits,
    /// CRS of the coordinates, where the file does not say it or says it wrong.
    pub(crate) crs: Option<&'a Crs>,
    /// Encoding of the texts, where the file does not declare it or declares it wrong.
    pub(crate) encoding: Option<Encoding>,
    /// Of a file with several layers the one to read.
    pub(crate) layer: Option<&'a str>,
    /// Called with the bytes of each read.
    pub(crate) told: &'a dyn Fn(usize),
    /// Asked at every feature: whether to stop.
    pub(crate) cancelled: &'a dyn Fn() -> bool,
}

impl<'a> Reading<'a> {
    /// Everything that there is, as far as the limits go.
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            sources: SourceLimits::default(),
            crs: None,
            encoding: None,
            layer: None,
            told: &|_| (),
            cancelled: &|| false,
        }
    }

    /// Where features go, until it is to stop.
    pub(super) fn sink<'f>(
        &'f self,
        features: &'f mut Vec<Feature>,
    ) -> impl FnMut(Feature) -> ControlFlow<()> + 'f {
        |feature| {
            if (self.cancelled)() {
                return ControlFlow::Break(());
            }
            features.push(feature);
            ControlFlow::Continue(())
        }
    }
}

/// What was read, with the features that came.
pub(super) fn document(outcome: Outcome, features: Vec<Feature>) -> formats::Document {
    let Outcome { header, crs, crs_assumed, open_rings, notes, .. } = outcome;
    formats::Document { layer: Layer { crs, features }, header, crs_assumed, open_rings, notes }
}
