//! The zones: 60 parts in a hundred drawn freely, 15 exactly on the cells' borders, 15 beside them, 5 long and thin,
//! 5 in two parts; a tenth of the free ones have a hole.

use std::collections::BTreeMap;

use super::blob::{Look, blob, closed};
use super::borders::Borders;
use super::features::{Features, Ring, is_valid};
use super::functions::{exponential, normal};
use super::partition::Partition;
use super::union::{Finder, union};
use super::{ORIGIN_M, SIDE_M};
use crate::random::Dice;

/// How far beside the cells' borders the near zones lie, m (standard deviation of each coordinate).
const NEAR_M: [(f64, &str); 4] =
    [(0.0005, "near 0.0005 m"), (0.005, "near 0.005 m"), (0.05, "near 0.05 m"), (0.5, "near 0.5 m")];
/// Zones keep this far from the edge, m.
const MARGIN_M: f64 = 3000.0;

/// Natural logarithm of 75: half of the zones are smaller than 75 ha.
const LN_75: f64 = 4.317_488_113_536_31;

/// So many valid zones, and how many of each kind.
pub(super) fn zones(
    count: usize,
    partition: &Partition,
    borders: &Borders,
    seed: u64,
) -> (Features, BTreeMap<&'static str, usize>) {
    let finder = Finder::new(partition);
    let mut dice = Dice::new(seed, "workload zones");
    let (mut zones, mut kinds) = (Features::new(), BTreeMap::new());
    while zones.len() < count {
        let drawn = draw(&mut dice, &finder, partition, borders);
        if let Some((polygons, kind)) = drawn.filter(|(polygons, _)| is_valid(polygons)) {
            zones.push(&polygons);
            *kinds.entry(kind).or_default() += 1;
        }
    }
    (zones, kinds)
}

type Zone = (Vec<Vec<Ring>>, &'static str);

fn draw(dice: &mut Dice, finder: &Finder, partition: &Partition, borders: &Borders) -> Option<Zone> {
    let kind = dice.unit();
    let centre = place(dice);
    let area_m2 = (exponential(LN_75 + 0.9 * normal(dice))).clamp(10.0, 500.0) * 1e4;
    let vertices = (area_m2.sqrt() * 4.0 / 15.0 * dice.range(0.6, 1.4)).clamp(60.0, 900.0) as usize;
    if kind < 0.60 {
        Some(free(dice, centre, area_m2, vertices))
    } else if kind < 0.90 {
        let cells = finder.around(centre, (area_m2 / std::f64::consts::PI).sqrt());
        let rings = union(&cells, partition, borders)?;
        Some(if kind <= 0.75 { (vec![rings], "exact") } else { near(dice, &rings) })
    } else if kind < 0.95 {
        let area_m2 = dice.range(4e4, 12e4);
        let stretch = dice.range(60.0, 160.0).sqrt();
        let look = Look { area_m2, vertices: 200, unrest: 0.02, stretch };
        Some((vec![vec![closed(blob(dice, centre, look))]], "sliver"))
    } else {
        let aside = area_m2.sqrt() * 1.5;
        let look = Look::round(area_m2 / 2.0, vertices / 2 + 10);
        let mut part = |centre| vec![closed(blob(dice, centre, look))];
        let parts = vec![part(centre), part([centre[0] + aside, centre[1] + aside])];
        Some((parts, "multi"))
    }
}

/// Somewhere in the square.
pub(super) fn place(dice: &mut Dice) -> [f64; 2] {
    ORIGIN_M.map(|low| low + dice.range(MARGIN_M, SIDE_M - MARGIN_M))
}

fn free(dice: &mut Dice, centre: [f64; 2], area_m2: f64, vertices: usize) -> Zone {
    let shell = closed(blob(dice, centre, Look::round(area_m2, vertices)));
    if !dice.chance(0.1) {
        return (vec![vec![shell]], "blob");
    }
    let mut hole = closed(blob(dice, centre, Look::round(area_m2 * 0.03, (vertices / 6).max(20))));
    hole.reverse();
    (vec![vec![shell, hole]], "hole")
}

/// Every vertex moved a little.
fn near(dice: &mut Dice, rings: &[Ring]) -> Zone {
    let (spread_m, kind) = NEAR_M[dice.below(NEAR_M.len())];
    let moved = |ring: &Ring| {
        let open = &ring[..ring.len() - 1];
        closed(open.iter().map(|at| at.map(|value| value + spread_m * normal(dice))).collect())
    };
    (vec![rings.iter().map(moved).collect()], kind)
}
