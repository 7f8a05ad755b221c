//! Rings that were not closed as written: how far apart their ends are goes with the feature, for GEO-02.

use formats::OpenRing;
use planning::CLOSING_GAP;
use spatial::Crs;
use spatial::crs::Transformation;

use crate::Document;

/// Leaves the gap of each open ring with its feature, in metres.
pub(super) fn mark(document: &mut Document) {
    let layer = &mut document.layer;
    for OpenRing { position, ends } in &document.open_rings {
        let at = layer.features.binary_search_by_key(position, |feature| feature.position);
        let feature = at.ok().and_then(|at| layer.features.get_mut(at));
        if let Some((feature, gap_m)) = feature.zip(gap_m(*ends, &layer.crs)) {
            feature.properties.insert(CLOSING_GAP.to_owned(), gap_m.into());
        }
    }
}

/// How far apart two points are, m; degrees are measured on the UTM plane there. `None` where that cannot be told.
fn gap_m(ends: [[f64; 2]; 2], crs: &Crs) -> Option<f64> {
    let [first, last] = if crs.is_geographic() {
        let [longitude, latitude] = ends[0];
        let to_plane = Transformation::new(crs, &Crs::utm_at(longitude, latitude)).ok()?;
        [to_plane.point(ends[0])?, to_plane.point(ends[1])?]
    } else {
        ends
    };
    let gap_m = (last[0] - first[0]).hypot(last[1] - first[1]);
    gap_m.is_finite().then_some(gap_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_metres_whatever_the_coordinates() {
        let plane = Crs::from_epsg(9215).unwrap();
        assert_eq!(gap_m([[450_000.0, 2_417_000.0], [450_003.0, 2_417_004.0]], &plane), Some(5.0));
        // One second of latitude at 21.86° N is 30.757 m on the ellipsoid (111,132.95 m − 559.85 cos 2φ m … a degree).
        let gap = gap_m([[106.77, 21.86], [106.77, 21.86 + 1.0 / 3600.0]], &Crs::wgs84()).unwrap();
        assert!((gap - 30.757).abs() < 0.02, "{gap}");
    }
}
