//! What a request for features asks for.

use spatial::Crs;

use crate::bbox::BBox;
use crate::catalog::Served;
use crate::params::{Params, unknown};
use crate::problem::Problem;
use crate::routes::landing::json_only;
use crate::settings::Limits;

/// Parameters that are not names of properties.
const KNOWN: [&str; 7] = ["f", "bbox", "bbox-crs", "crs", "limit", "offset", "datetime"];

/// The parameters of a request, checked.
pub(super) struct Query {
    /// CRS of the answer.
    pub(super) crs: Crs,
    pub(super) limit: usize,
    pub(super) offset: usize,
    bbox: Option<BBox>,
    /// Properties and the texts that they must have.
    equal: Vec<(String, String)>,
}

impl Query {
    /// Reads the parameters; all are checked before anything is looked for.
    pub(super) fn read(served: &Served, params: &Params, limits: &Limits) -> Result<Self, Problem> {
        json_only(params)?;
        // Features carry no time, so a valid `datetime` leaves all of them in; a senseless one is refused all the same.
        params.datetime()?;
        let storage = &served.layer.crs;
        let bbox = params.bbox_in(&params.crs("bbox-crs", storage)?)?;
        Ok(Self {
            crs: params.crs("crs", storage)?,
            limit: params.limit(limits.default_page, limits.page)?,
            offset: params.offset()?,
            bbox,
            equal: property_filters(served, params)?,
        })
    }

    /// Positions of the features that are asked for, in the order of the collection.
    pub(super) fn select(&self, served: &Served) -> Vec<usize> {
        let mut found = served.meeting(self.bbox.as_ref());
        found.retain(|&i| matches(served, i, &self.equal));
        found
    }
}

/// Parameters that are property names of the collection.
fn property_filters(served: &Served, params: &Params) -> Result<Vec<(String, String)>, Problem> {
    let filters: Vec<_> = params.others(&KNOWN).collect();
    match filters.iter().find(|(name, _)| !served.properties.contains(*name)) {
        None => Ok(filters.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()),
        Some((name, _)) => {
            let known: Vec<&str> =
                KNOWN.into_iter().chain(served.properties.iter().map(String::as_str)).collect();
            Err(unknown(name, &known))
        }
    }
}

fn matches(served: &Served, i: usize, filters: &[(String, String)]) -> bool {
    let Some(feature) = served.layer.features.get(i) else { return false };
    filters.iter().all(|(name, value)| feature.text(name).as_deref() == Some(value.as_str()))
}
