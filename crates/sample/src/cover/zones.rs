//! Zones on the mesh: the drawn ones as they are, economic zones as sets of whole present parcels; and the two
//! faults of the newest plan.

use super::Parcels;
use super::ground::{Design, Ground, economic_zone};
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
    let home: Vec<Option<usize>> = sum.iter().map(|(s, area)| economic_zone(design, *s * (1.0 / area))).collect();
    for zone in 0..2 {
        let functional = |t: usize| (0..ZONES.len()).any(|z| ground.zones[t] >> z & 1 == 1 && belongs(z, ZONES[zone].id));
        let estuary = |label: u32| zone == 1 && today.parcels[label as usize].code == "SON";
        let mut class: Vec<u32> = (0..mesh.triangles.len())
            .map(|t| {
                let label = today.label[t];
                let near = home[label as usize] == Some(zone) && !estuary(label) && foreign(ground, t, zone);
                u32::from(near || functional(t))
            })
            .collect();
        drop_small(mesh, &mut class);
        for t in (0..class.len()).filter(|&t| class[t] == 1) {
            bits[t] |= 1 << zone;
        }
    }
    bits
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

/// Takes a place out of the newest plan, and lays a second parcel over another.
pub(crate) fn faults(mesh: &Mesh, design: &Design, bits: &[u64], plan: &mut Parcels) -> Vec<u32> {
    let mut second = vec![NONE; bits.len()];
    for (zone, spec) in ZONES.iter().enumerate() {
        let within = |t: usize| bits[t] >> zone & 1 == 1;
        let slow = |t: usize| 0.6 + rough(design.seed ^ 0xf1, mesh.centre(t), 200.0, 2);
        for plant in spec.plants {
            match *plant {
                Plant::Gap(hectares) => {
                    let inner = |t: usize| within(t) && mesh.neighbours[t].iter().all(|&n| n != NONE && within(n as usize));
                    let lot = largest_lot(mesh, plan, &within, NONE);
                    let start = (0..bits.len()).find(|&t| inner(t) && plan.label[t] == lot);
                    let start: Vec<u32> = start.into_iter().map(|t| t as u32).collect();
                    for t in blob(mesh, &start, hectares * 10_000.0, |t| inner(t) && plan.label[t] == lot, slow) {
                        plan.label[t as usize] = NONE;
                    }
                }
                Plant::Double(hectares) => {
                    let under = largest_lot(mesh, plan, &within, NONE);
                    let beside = (0..bits.len()).filter(|&t| within(t) && plan.label[t] == under).find_map(|t| {
                        let other = mesh.neighbours[t].iter().find(|&&n| {
                            n != NONE && within(n as usize) && ![under, NONE].contains(&plan.label[n as usize])
                        })?;
                        Some((t as u32, plan.label[*other as usize]))
                    });
                    let Some((start, over)) = beside else { continue };
                    for t in blob(mesh, &[start], hectares * 10_000.0, |t| within(t) && plan.label[t] == under, slow) {
                        second[t as usize] = over;
                    }
                }
                _ => {}
            }
        }
    }
    reunite(mesh, &mut plan.label, |label| label != NONE);
    second
}

/// The parcel with most land in a zone.
fn largest_lot(mesh: &Mesh, plan: &Parcels, within: &impl Fn(usize) -> bool, except: u32) -> u32 {
    let mut held = vec![0.0; plan.parcels.len()];
    for t in (0..plan.label.len()).filter(|&t| within(t) && plan.label[t] != except) {
        held[plan.label[t] as usize] += mesh.area_m2(t);
    }
    (0..held.len()).max_by(|&a, &b| held[a].total_cmp(&held[b])).map_or(NONE, |l| l as u32)
}
