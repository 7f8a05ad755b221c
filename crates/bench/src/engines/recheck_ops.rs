//! GEOS in the place of our recheck: the zone prepared, each of its candidates overlaid.

use geos::Geom;

use super::geos_ops::{geometry, prepared_area};
use super::{Job, peer};
use crate::clock::thread_s;
use crate::pairs::Pairs;
use crate::problem::Problem;

/// The time of each zone, s: preparing it, then `intersects`, `covers` or the intersection for every candidate. The
/// candidates themselves are given.
pub(crate) fn geos(job: &Job, pairs: &Pairs) -> Result<Vec<f64>, Problem> {
    let made = peer::make(job, pairs, geometry)?;
    let recheck = |(zone, cells): &(&geos::Geometry, Vec<&geos::Geometry>)| {
        let (area_m2, time_s) = thread_s(|| {
            let ready = zone.to_prepared_geom()?;
            cells.iter().map(|cell| prepared_area(&ready, zone, cell)).sum::<geos::GResult<f64>>()
        });
        std::hint::black_box(area_m2.ok());
        time_s
    };
    Ok(made.turns(pairs).iter().map(recheck).collect())
}
