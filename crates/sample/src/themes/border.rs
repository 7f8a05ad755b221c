//! The national border: the western outline of the province, drawn with fewer vertices, as maps of 1:50,000 have it.

use crate::map::PlanarMap;
use crate::map::trace::set;
use crate::plane::{Point, Spot};

/// Between these places of the drawing board the province ends at the border, km: in the north-west, in the west,
/// in the south-west.
const ENDS_KM: [[f64; 2]; 3] = [[7.6, 31.0], [2.4, 26.4], [2.8, 17.0]];
/// Every so many vertices of the outline is one of the border.
const STEP: usize = 3;

/// The line, from north to south; `None` when the outline is not one ring.
pub(super) fn line(map: &PlanarMap) -> Option<Vec<Point>> {
    let parts = set(map, |_| true);
    let ring: Vec<Point> = parts.first()?.first()?.iter().map(|&v| map.points[v as usize]).collect();
    let nearest = |km: [f64; 2]| {
        let at = Spot::new(km[0] * 1000.0, km[1] * 1000.0);
        (0..ring.len()).min_by(|&a, &b| ring[a].spot().distance(at).total_cmp(&ring[b].spot().distance(at)))
    };
    let [start, middle, end] = ENDS_KM.map(nearest);
    let (start, middle, end) = (start?, middle?, end?);
    // The ring runs counter-clockwise, so from the north-west it goes down the west.
    let steps = |to: usize| (to + ring.len() - start) % ring.len();
    (steps(middle) < steps(end)).then(|| {
        let all = steps(end);
        let kept = (0..=all).filter(|k| k % STEP == 0 || *k == all);
        kept.map(|k| ring[(start + k) % ring.len()]).collect()
    })
}
