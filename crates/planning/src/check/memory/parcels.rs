//! What was said of the parcels of a plan.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use spatial::{Envelope, Layer};

use crate::check::Report;

/// The parcels of a plan that something was said of, and the zones that it depends on.
#[derive(Clone, Debug)]
pub(in crate::check) struct Parcels {
    /// The plan.
    pub(in crate::check) layer: Arc<Layer>,
    /// The plane of the boxes.
    pub(in crate::check) crs: String,
    /// The box of each zone on that plane, by its mark; `None` for a zone without a place on it.
    pub(in crate::check) zones: HashMap<u64, Option<Envelope>>,
    /// What was said, by the parcel's position on the plane.
    pub(in crate::check) reports: BTreeMap<usize, Arc<Report>>,
}
