//! Zones on the mesh: the drawn ones as they are, economic zones as sets of whole present parcels; and the two
//! faults of the newest plan.

use std::collections::BTreeMap;

use super::Parcels;
use super::ground::{Design, Ground, Thing, economic_zone};
use super::pieces::reunite;
use crate::layout::register::{Plant, ZONES};
use crate::mesh::grow::{blob, components};
use crate::mesh::{Mesh, NONE};
use crate::plane::Spot;
use crate::random::rough;

/// Zones on every triangle, as a bit set.
pub(crate) fn zones(mesh: &Mesh, design: &Design, ground: &Ground, today: &Parcels) -> Vec<u64> {
    let mut bits = ground.zones.clone();
    let mut sum = vec![(Spot::new(0.0, 0.0), 0.0); today.parcels.len()];
    for (t, &label) in today.label.iter().enumerate() {
        let area = mesh.area_m2(t);
        let slot = &mut sum[label as usize];
        *slot = (slot.0 + mesh.centre(t) * area, slot.1 + area);
    }
    let home: Vec<Option<usize>> =
        sum.iter().map(|(s, area)| economic_zone(design, *s * (1.0 / area))).collect();
    for (zone, spec) in ZONES.iter().enumerate().take(2) {
        let functional =
            |t: usize| (0..ZONES.len()).any(|z| ground.zones[t] >> z & 1 == 1 && belongs(z, spec.id));
        let mut class: Vec<u32> = (0..mesh.triangles.len())
            .map(|t| {
                let near = home[today.label[t] as usize] == Some(zone) && ground.chunk[t] == NONE;
                u32::from(functional(t) || (near && foreign(ground, t, zone)))
            })
            .collect();
        // The coastal zone lies on both sides of the estuary, without the river.
        let crosses =
            |thing: Thing| matches!(thing, Thing::Road(_)) || (zone == 0 && matches!(thing, Thing::River(_)));
        add_corridors(mesh, ground, &mut class, crosses);
        drop_small(mesh, &mut class);
        for t in (0..class.len()).filter(|&t| class[t] == 1) {
            bits[t] |= 1 << zone;
        }
    }
    bits
}

/// Adds the stretches of roads and rivers that mostly run between land of the zone.
fn add_corridors(mesh: &Mesh, ground: &Ground, class: &mut [u32], crosses: impl Fn(Thing) -> bool) {
    let mut sides: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    let corridor = |t: usize| ground.chunk[t] != NONE && crosses(ground.thing[t]);
    for t in (0..class.len()).filter(|&t| corridor(t)) {
        for &n in mesh.neighbours[t].iter().filter(|&&n| n != NONE && ground.chunk[n as usize] == NONE) {
            sides.entry(ground.chunk[t]).or_default()[class[n as usize] as usize] += 1;
        }
    }
    for t in (0..class.len()).filter(|&t| corridor(t)) {
        if sides.get(&ground.chunk[t]).is_some_and(|[out, within]| within > &(2 * out)) {
            class[t] = 1;
        }
    }
}

/// No zone of another family on the triangle.
fn foreign(ground: &Ground, t: usize, zone: usize) -> bool {
    (0..ZONES.len()).all(|z| ground.zones[t] >> z & 1 == 0 || belongs(z, ZONES[zone].id))
}

/// Whether a zone is the ancestor of another.
pub(crate) fn belongs(zone: usize, ancestor: &str) -> bool {
    let mut next = ZONES[zone].parent;
    while let Some(parent) = next {
        if parent == ancestor {
            return true;
        }
        next = ZONES.iter().find(|z| z.id == parent).and_then(|z| z.parent);
    }
    false
}

/// Parts of less than 150 ha are dropped, and holes filled, so that few parts are left.
fn drop_small(mesh: &Mesh, class: &mut [u32]) {
    let pieces = components(mesh, class);
    let mut size = vec![0.0; pieces.iter().map(|&p| p as usize + 1).max().unwrap_or(0)];
    for (t, &piece) in pieces.iter().enumerate() {
        size[piece as usize] += mesh.area_m2(t);
    }
    for t in 0..class.len() {
        if size[pieces[t] as usize] < 1_500_000.0 {
            class[t] = 1 - class[t];
        }
    }
}

/// Takes a place out of the newest plan, and lays a second parcel over another; `None` when there is no room.
pub(crate) fn faults(mesh: &Mesh, design: &Design, bits: &[u64], plan: &mut Parcels) -> Option<Vec<u32>> {
    let mut second = vec![NONE; bits.len()];
    let slow = |t: usize| 0.6 + rough(design.seed ^ 0xf1, mesh.centre(t), 200.0, 2);
    for (zone, spec) in ZONES.iter().enumerate() {
        let inner = |t: usize| {
            let within = |t: u32| t != NONE && bits[t as usize] >> zone & 1 == 1;
            within(t as u32) && mesh.neighbours[t].iter().all(|&n| within(n))
        };
        for plant in spec.plants {
            let (hectares, doubled) = match *plant {
                Plant::Gap(hectares) => (hectares, false),
                Plant::Double(hectares) => (hectares, true),
                _ => continue,
            };
            let lots = lots_by_size(mesh, plan, &inner);
            let lot = *lots.get(usize::from(doubled))?;
            let (start, over) = if doubled {
                seam(mesh, plan, &inner, lot)?
            } else {
                (by_middle(mesh, plan, lot).first().copied()?, NONE)
            };
            let place = blob(mesh, &[start], hectares * 10_000.0, |t| inner(t) && plan.label[t] == lot, slow);
            let held: f64 = place.iter().map(|&t| mesh.area_m2(t as usize)).sum();
            if held < hectares * 8_000.0 {
                return None;
            }
            for t in place {
                let labels = if doubled { &mut second } else { &mut plan.label };
                labels[t as usize] = over;
            }
        }
    }
    reunite(mesh, &mut plan.label, |label| label != NONE);
    Some(second)
}

/// Parcels by how much of them lies well inside a zone, largest first.
fn lots_by_size(mesh: &Mesh, plan: &Parcels, inner: &impl Fn(usize) -> bool) -> Vec<u32> {
    let mut held = vec![0.0; plan.parcels.len()];
    for t in (0..plan.label.len()).filter(|&t| inner(t) && plan.label[t] != NONE) {
        held[plan.label[t] as usize] += mesh.area_m2(t);
    }
    let mut order: Vec<u32> = (0..held.len() as u32).filter(|&l| held[l as usize] > 0.0).collect();
    order.sort_by(|&a, &b| held[b as usize].total_cmp(&held[a as usize]).then(a.cmp(&b)));
    order
}

/// The triangles of a parcel, those nearest to its middle first.
fn by_middle(mesh: &Mesh, plan: &Parcels, lot: u32) -> Vec<u32> {
    let mut own: Vec<u32> = (0..plan.label.len() as u32).filter(|&t| plan.label[t as usize] == lot).collect();
    let area: f64 = own.iter().map(|&t| mesh.area_m2(t as usize)).sum();
    let sum = own
        .iter()
        .fold(Spot::new(0.0, 0.0), |sum, &t| sum + mesh.centre(t as usize) * mesh.area_m2(t as usize));
    let off = |t: u32| mesh.centre(t as usize).distance(sum * (1.0 / area));
    own.sort_by(|&a, &b| off(a).total_cmp(&off(b)).then(a.cmp(&b)));
    own
}

/// A triangle of a parcel at another parcel of the zone, and that parcel.
fn seam(mesh: &Mesh, plan: &Parcels, inner: &impl Fn(usize) -> bool, lot: u32) -> Option<(u32, u32)> {
    by_middle(mesh, plan, lot).into_iter().filter(|&t| inner(t as usize)).find_map(|t| {
        let other =
            |n: &&u32| **n != NONE && inner(**n as usize) && ![lot, NONE].contains(&plan.label[**n as usize]);
        let beside = mesh.neighbours[t as usize].iter().find(other)?;
        Some((t, plan.label[*beside as usize]))
    })
}
