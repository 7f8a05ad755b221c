//! Whether a finding is still what was decided on.
//!
//! The Hausdorff distance of two borders says so where it is small. Where it is large it may say too much: a zone
//! drawn along a parcel's border and moved by 0.2 m gets a strip of the next parcel, 0.2 m wide and as long as the
//! border, and the end of that strip is far from everything that was there before. So what counts then is how wide
//! the change is: whether a circle of more than the tolerance fits into what one shape has and the other lacks.

use geo_types::{Geometry, MultiPolygon};
use spatial::crs::Transformation;
use spatial::distance::{HAUSDORFF_TOLERANCE_M, Shape};
use spatial::{FillRule, Region};

use super::Reopening;
use crate::Finding;

/// How far a shape may stray from the one decided on, where W_min is less, m. Surveys of one border by two teams
/// differ by as much; the figure is ours, no law's.
pub const CARRY_OVER_M: f64 = 1.0;

/// Why a finding is no longer what was decided on; `None` while it is. Shapes are compared on the plane of the new one,
/// points by their distance; what has no place by its figures.
pub(super) fn strayed(decided: &Finding, now: &Finding) -> Option<Reopening> {
    if now.severity < decided.severity {
        return Some(Reopening::Graver { from: decided.severity, to: now.severity });
    }
    if same_place(decided, now) {
        return None;
    }
    let tolerance_m = now.w_min_m.unwrap_or(0.0).max(CARRY_OVER_M);
    match distance_m(decided, now) {
        Some(distance_m) if distance_m <= tolerance_m || is_narrow(decided, now, tolerance_m) => None,
        Some(distance_m) => Some(Reopening::Moved { distance_m, tolerance_m }),
        None if is_placeless(decided) && is_placeless(now) && decided.parameters == now.parameters => None,
        None => Some(Reopening::Changed),
    }
}

fn is_placeless(finding: &Finding) -> bool {
    finding.region.is_none() && finding.place.is_none()
}

/// Bit for bit the same shape, or point: the usual case, and cheap.
fn same_place(decided: &Finding, now: &Finding) -> bool {
    let crs = decided.crs.name() == now.crs.name();
    let placed = !is_placeless(now);
    crs && placed && decided.region == now.region && (now.region.is_some() || decided.place == now.place)
}

/// Whether what one of the shapes has and the other lacks is nowhere wider than the tolerance.
fn is_narrow(decided: &Finding, now: &Finding, tolerance_m: f64) -> bool {
    let (Some(old), Some(new)) = (on_plane(decided, now), &now.region) else { return false };
    let old = Region::from_multi_polygon(&old, FillRule::EvenOdd);
    let wide = |change: Region| {
        let shape = Shape::new(&change.to_multi_polygon().into());
        shape.is_some_and(|shape| shape.holds_circle(tolerance_m / 2.0))
    };
    !wide(old.difference(new)) && !wide(new.difference(&old))
}

/// The shape that was decided on, on the plane of the one found now.
fn on_plane(decided: &Finding, now: &Finding) -> Option<MultiPolygon<f64>> {
    let there = Transformation::new(&decided.crs, &now.crs).ok()?;
    match there.geometry(&decided.region.as_ref()?.to_multi_polygon().into())? {
        Geometry::MultiPolygon(shape) => Some(shape),
        _ => None,
    }
}

/// Between their shapes, or points; `None` where one has what the other lacks, or no plane has both.
fn distance_m(decided: &Finding, now: &Finding) -> Option<f64> {
    match (&decided.region, &now.region, decided.place, now.place) {
        (Some(_), Some(new), ..) => {
            let old = on_plane(decided, now)?;
            let (old, new) = (Shape::new(&old.into())?, Shape::new(&new.to_multi_polygon().into())?);
            Some(new.hausdorff(&old, HAUSDORFF_TOLERANCE_M).distance_m)
        }
        (None, None, Some(old), Some(new)) => {
            let [x, y] = Transformation::new(&decided.crs, &now.crs).ok()?.point(old)?;
            Some((new[0] - x).hypot(new[1] - y))
        }
        _ => None,
    }
}
