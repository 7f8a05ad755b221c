//! What a request for features asks for.

use spatial::Crs;

use super::filters::{Wanted, wanted};
use crate::bbox::BBox;
use crate::catalog::Served;
use crate::params::Params;
use crate::problem::Problem;
use crate::settings::Limits;

/// Parameters that are not names of properties.
pub(crate) const KNOWN: [&str; 10] =
    ["f", "bbox", "bbox-crs", "crs", "limit", "offset", "datetime", "filter", "filter-lang", "filter-crs"];

/// The parameters of a request, checked.
pub(super) struct Query {
    /// CRS of the answer.
    pub(super) crs: Crs,
    pub(super) limit: usize,
    pub(super) offset: usize,
    pub(super) bbox: Option<BBox>,
    pub(super) wanted: Wanted,
}

impl Query {
    /// Reads the parameters; all are checked before anything is looked for.
    pub(super) fn read(served: &Served, params: &Params, limits: &Limits) -> Result<Self, Problem> {
        // Features carry no time, so a valid `datetime` leaves all of them in; a senseless one is refused all the same.
        params.datetime()?;
        let storage = &served.layer.crs;
        let bbox = params.bbox_in(&params.crs("bbox-crs", storage)?)?;
        Ok(Self {
            crs: params.crs("crs", storage)?,
            limit: params.limit(limits.default_page, limits.page)?,
            offset: params.offset()?,
            bbox,
            wanted: wanted(served, params)?,
        })
    }
}
