//! Shells and holes.

use super::{UnitPoint, doubled_area};

type Ring = Vec<UnitPoint>;

/// The rings, each shell followed by the holes in it. Shells have a positive area, holes a negative one; a hole that
/// lies in no shell, which only borders that cross each other give, is turned and counts as a shell.
pub(super) fn classified(rings: Vec<Ring>) -> Vec<Ring> {
    let mut rings = rings;
    rings.iter_mut().for_each(from_least);
    if let [ring] = rings.as_slice()
        && doubled_area(ring) > 0
    {
        return rings;
    }
    let mut shells: Vec<(i64, Ring, Vec<Ring>)> = Vec::new();
    let mut holes: Vec<Ring> = Vec::new();
    for ring in rings {
        match doubled_area(&ring) {
            0 => {}
            area if area > 0 => shells.push((area, ring, Vec::new())),
            _ => holes.push(ring),
        }
    }
    if let [(_, _, only)] = shells.as_mut_slice() {
        *only = holes;
    } else {
        let alone: Vec<Ring> = holes.into_iter().filter_map(|hole| placed(hole, &mut shells)).collect();
        shells.extend(alone.into_iter().map(|mut ring| {
            ring.reverse();
            from_least(&mut ring);
            (0, ring, Vec::new())
        }));
    }
    shells.sort_unstable_by(|a, b| a.1.cmp(&b.1));
    shells.iter_mut().for_each(|(_, _, holes)| holes.sort_unstable());
    shells.into_iter().flat_map(|(_, shell, holes)| std::iter::once(shell).chain(holes)).collect()
}

/// Turns a ring so that it begins with its least vertex, wherever its arcs began.
fn from_least(ring: &mut Ring) {
    if let Some((least, _)) = ring.iter().enumerate().min_by_key(|(_, point)| **point) {
        ring.rotate_left(least);
    }
}

/// Puts a hole into the smallest shell around it, or gives it back.
fn placed(hole: Ring, shells: &mut [(i64, Ring, Vec<Ring>)]) -> Option<Ring> {
    let around = shells
        .iter_mut()
        .filter(|(_, shell, _)| hole.iter().find_map(|&point| holds(shell, point)) == Some(true))
        .min_by_key(|(area, _, _)| *area);
    match around {
        Some((_, _, holes)) => {
            holes.push(hole);
            None
        }
        None => Some(hole),
    }
}

/// Whether a point lies in a ring; `None` on its border.
pub(super) fn holds(ring: &[UnitPoint], point: UnitPoint) -> Option<bool> {
    let mut inside = false;
    for (i, &b) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()];
        let d = |p: UnitPoint, k: usize| i64::from(p[k]) - i64::from(point[k]);
        let side = d(a, 0) * d(b, 1) - d(a, 1) * d(b, 0);
        let between = (0..2).all(|k| a[k].min(b[k]) <= point[k] && point[k] <= a[k].max(b[k]));
        if side == 0 && between {
            return None;
        }
        if (a[1] <= point[1]) != (b[1] <= point[1]) && (side > 0) == (b[1] > a[1]) {
            inside = !inside;
        }
    }
    Some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELL: [UnitPoint; 4] = [[0, 0], [8, 0], [8, 8], [0, 8]];

    #[test]
    fn inside_outside_and_on_the_border() {
        assert_eq!(holds(&SHELL, [3, 3]), Some(true));
        assert_eq!(holds(&SHELL, [9, 3]), Some(false));
        assert_eq!(holds(&SHELL, [-1, 8]), Some(false));
        assert_eq!(holds(&SHELL, [8, 3]), None);
        assert_eq!(holds(&[[0, 0], [4, 4], [0, 8]], [1, 4]), Some(true));
        assert_eq!(holds(&[[0, 0], [4, 4], [0, 8]], [5, 4]), Some(false));
    }

    #[test]
    fn a_hole_follows_its_shell() {
        let moved = |dx: i32| SHELL.map(|[x, y]| [x + dx, y]).to_vec();
        let hole = vec![[22, 2], [22, 4], [24, 4]];
        assert!(doubled_area(&hole) < 0);
        let rings = classified(vec![hole.clone(), moved(0), moved(20)]);
        assert_eq!(rings, [moved(0), moved(20), hole]);
    }
}
