//! Which features a request asks for.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use spatial::crs::Transformation;
use spatial::{Crs, Envelope};

use super::filters::Wanted;
use super::query::Query;
use crate::bbox::in_degrees;
use crate::catalog::{Catalog, FeatureRecord, Served};
use crate::problem::Problem;

/// Tells work to stop when its request is given up.
pub(in crate::routes) struct Guard(Arc<AtomicBool>);

impl Guard {
    pub(in crate::routes) fn new() -> (Self, Arc<AtomicBool>) {
        let stopped = Arc::new(AtomicBool::new(false));
        (Self(Arc::clone(&stopped)), stopped)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Positions of the features that are asked for, in the order of the collection. Blocks.
pub(super) fn select(
    catalog: &Catalog,
    served: &Served,
    query: &Query,
    most: Duration,
    stopped: &AtomicBool,
) -> Result<Vec<usize>, Problem> {
    let near = served.meeting(query.bbox.as_ref());
    let wanted = &query.wanted;
    if wanted.filters.is_empty() && wanted.texts.is_empty() {
        return Ok(near);
    }
    let near = narrowed(served, near, wanted);
    let to_filter = Transformation::new(&served.layer.crs, &wanted.crs).ok();
    let begun = Instant::now();
    let mut found = Vec::new();
    for i in near {
        if begun.elapsed() > most || stopped.load(Ordering::Relaxed) {
            let detail = format!(
                "The filter takes longer than {} s on this collection; narrow it with \"bbox\" or a simpler geometry.",
                most.as_secs()
            );
            return Err(Problem::bad(detail));
        }
        let Some(record) = FeatureRecord::new(catalog, served, i, to_filter.as_ref()) else { continue };
        let texts = || wanted.texts.iter().all(|(name, text)| record.has_text(name, text));
        if texts() && wanted.filters.iter().all(|filter| filter.holds(&record)) {
            found.push(i);
        }
    }
    Ok(found)
}

/// Without those that lie where no filter can hold.
fn narrowed(served: &Served, mut near: Vec<usize>, wanted: &Wanted) -> Vec<usize> {
    for boxes in wanted.filters.iter().filter_map(cql2::Filter::window) {
        let Some(boxes) = widened(&boxes, &wanted.crs) else { continue };
        let mut inside: Vec<usize> = boxes.iter().flat_map(|b| served.near(b)).collect();
        inside.sort_unstable();
        near.retain(|i| inside.binary_search(i).is_ok());
    }
    near
}

/// Boxes in degrees that hold the boxes; `None` where the CRS does not reach that far.
fn widened(boxes: &[Envelope], crs: &Crs) -> Option<Vec<Envelope>> {
    in_degrees(boxes, crs).ok()
}
