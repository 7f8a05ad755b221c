//! The two plans: the present with what each of them changes.

use std::collections::BTreeMap;

use super::ground::{Design, Ground, Thing, lot_code};
use super::patches::PatchArea;
use super::pieces::absorb;
use super::{Parcel, Parcels};
use crate::layout::register::{Shows, ZONES};
use crate::mesh::grow::{blob, components};
use crate::mesh::{Mesh, NONE};
use crate::random::{Dice, hashed, rough, weighted};

/// What a plan puts on a triangle instead of the present parcel.
type Change = (Thing, &'static str);

/// The newest plan.
pub(crate) fn newest(
    mesh: &Mesh,
    design: &Design,
    ground: &Ground,
    communes: &[u32],
    today: &Parcels,
    patches: &[PatchArea],
) -> Parcels {
    let mut dice = Dice::new(design.seed, "plan");
    let mut change: Vec<Option<Change>> = vec![None; mesh.triangles.len()];
    grow_villages(mesh, design, ground, communes, &mut dice, &mut change);
    for (t, slot) in change.iter_mut().enumerate() {
        let corridor = matches!(ground.thing[t], Thing::River(_) | Thing::Road(_));
        if ground.planned[t] != NONE && !corridor {
            *slot = Some((Thing::Road(ground.planned[t]), "DGT"));
        } else if let Some(lot) = lot(mesh, design, ground, t, |zone| !ZONES[zone].lots.is_empty()) {
            *slot = Some(lot);
        } else if slot.is_none() {
            *slot = grow_town(mesh, design, ground, t);
        }
    }
    for (number, area) in patches.iter().enumerate().filter(|(_, a)| a.patch.shows != Shows::Today) {
        for &t in &area.triangles {
            change[t as usize] = Some((Thing::Patch(number as u32), area.patch.code));
        }
    }
    let mut made = changed(mesh, communes, today, &change);
    let areas = made.areas_m2(mesh);
    for (parcel, area) in made.parcels.iter_mut().zip(&areas) {
        parcel.code = planned_code(parcel, *area, &mut dice);
    }
    merge(mesh, &mut made, &mut dice, 0.1, 300_000.0);
    made
}

/// The plan before: coarser, without the newest zones and roads.
pub(crate) fn older(
    mesh: &Mesh,
    design: &Design,
    ground: &Ground,
    communes: &[u32],
    today: &Parcels,
) -> Parcels {
    let mut dice = Dice::new(design.seed, "older plan");
    let change: Vec<Option<Change>> = (0..mesh.triangles.len())
        .map(|t| {
            let (thing, code) = lot(mesh, design, ground, t, |zone| ZONES[zone].old)?;
            let Thing::Lot(zone, _) = thing else { return None };
            let code = if code == "SKT" || code == "SKK" { code } else { "SKN" };
            let park =
                ZONES[zone as usize].id.starts_with("KCN") || ZONES[zone as usize].id.starts_with("KCX");
            Some((Thing::Lot(zone, 0), if park && code == "SKN" { "SKK" } else { code }))
        })
        .collect();
    let mut made = changed(mesh, communes, today, &change);
    for parcel in &mut made.parcels {
        if parcel.thing == Thing::Nature && dice.chance(0.07) {
            parcel.code = match parcel.code {
                "HNK" => "CLN",
                "CLN" => "HNK",
                "RSX" => weighted(&mut dice, &[("RPH", 0.6), ("CLN", 0.4)], "RPH"),
                "LUC" => weighted(&mut dice, &[("LUK", 0.5), ("SKN", 0.1), ("HNK", 0.4)], "LUK"),
                other => other,
            };
        }
    }
    for most_m2 in [400_000.0, 800_000.0, 1_200_000.0, 1_600_000.0] {
        merge(mesh, &mut made, &mut dice, 1.0, most_m2);
    }
    made
}

/// The lot of a zone at a triangle; a zone inside another comes before it.
fn lot(
    mesh: &Mesh,
    design: &Design,
    ground: &Ground,
    t: usize,
    has: impl Fn(usize) -> bool,
) -> Option<Change> {
    let zone = (0..ZONES.len()).rev().find(|&z| ground.zones[t] >> z & 1 == 1 && has(z))?;
    let site = design.sites.get(ground.site[t] as usize)?;
    let member = site.members.iter().find(|m| m.zone == zone)?;
    let lot = member.streets.lot(mesh.centre(t)).map_or(NONE, |lot| lot as u32);
    let code = if lot == NONE { "DGT" } else { lot_code(ZONES[zone].lots, lot) };
    Some((Thing::Lot(zone as u32, lot), code))
}

/// Some villages get more room.
fn grow_villages(
    mesh: &Mesh,
    design: &Design,
    ground: &Ground,
    communes: &[u32],
    dice: &mut Dice,
    change: &mut [Option<Change>],
) {
    let mut homes: Vec<Vec<u32>> = vec![Vec::new(); design.villages.len()];
    for t in 0..mesh.triangles.len() {
        if let Thing::Village(v) = ground.thing[t] {
            homes[v as usize].push(t as u32);
        }
    }
    for (number, home) in homes.iter().enumerate().filter(|(_, home)| !home.is_empty()) {
        if !dice.chance(0.33) {
            continue;
        }
        let commune = communes[home[0] as usize];
        let open = |t: usize| {
            ground.thing[t] == Thing::Nature
                && ground.zones[t] == 0
                && communes[t] == commune
                && ground.site[t] == NONE
        };
        let beside: Vec<u32> = home
            .iter()
            .flat_map(|&t| mesh.neighbours[t as usize])
            .filter(|&n| n != NONE && open(n as usize))
            .collect();
        let start = beside.get(dice.below(beside.len())).copied();
        let slow = |t: usize| 0.5 + 2.0 * rough(design.seed ^ 0xe1, mesh.centre(t), 240.0, 2);
        for t in blob(mesh, start.as_slice(), dice.range(1.5, 5.5) * 10_000.0, open, slow) {
            change[t as usize] = Some((Thing::Village(10_000 + number as u32), "ONT"));
        }
    }
}

/// Towns grow by a ring of blocks.
fn grow_town(mesh: &Mesh, design: &Design, ground: &Ground, t: usize) -> Option<Change> {
    let at = mesh.centre(t);
    if ground.thing[t] != Thing::Nature || ground.zones[t] != 0 {
        return None;
    }
    let number = design.towns.iter().position(|town| town.will_hold(design.seed, at))?;
    let block = design.towns[number].block(at)? as u32;
    let chance = hashed(design.seed ^ 0x92, number as i64, i64::from(block));
    let codes = ["ODT", "ODT", "TMD", "ODT", "DKV", "ODT", "DGD", "ODT"];
    Some((Thing::Block(100 + number as u32, block), codes[((chance * 8.0) as usize).min(7)]))
}

/// Present parcels outside of the changes, cut where they fall apart, and the changed land beside them.
fn changed(mesh: &Mesh, communes: &[u32], today: &Parcels, change: &[Option<Change>]) -> Parcels {
    let mut keys: BTreeMap<(u32, u32, Option<Change>), u32> = BTreeMap::new();
    let class: Vec<u32> = (0..mesh.triangles.len())
        .map(|t| {
            let kept = if change[t].is_some() { NONE } else { today.label[t] };
            let next = keys.len() as u32;
            *keys.entry((communes[t], kept, change[t])).or_insert(next)
        })
        .collect();
    let label = components(mesh, &class);
    let count = label.iter().map(|&l| l as usize + 1).max().unwrap_or(0);
    let mut parcels = vec![Parcel { code: "", thing: Thing::Nature, commune: 0 }; count];
    for (t, &l) in label.iter().enumerate() {
        parcels[l as usize] = match change[t] {
            Some((thing, code)) => Parcel { code, thing, commune: communes[t] },
            None => today.parcels[today.label[t] as usize],
        };
    }
    let mut made = Parcels { label, parcels };
    let parcels = &made.parcels;
    absorb(
        mesh,
        &mut made.label,
        |l| parcels[l as usize].thing.least_m2().min(6_000.0),
        |a, b| parcels[a as usize].joins(&parcels[b as usize]),
    );
    made.renumber();
    made
}

/// What the newest plan wants of a parcel that it does not redraw.
fn planned_code(parcel: &Parcel, area_m2: f64, dice: &mut Dice) -> &'static str {
    let small = area_m2 < 90_000.0;
    match (parcel.thing, parcel.code) {
        (Thing::Nature, "DCS") if dice.chance(0.6) => "RSX",
        (Thing::Nature, "RSX") if dice.chance(0.03) => "RPH",
        (Thing::Nature, "HNK") if dice.chance(0.05) => "CLN",
        (Thing::Nature, "LUC" | "HNK" | "LUK") if small && dice.chance(0.14) => {
            weighted(dice, &[("ONT", 0.4), ("TMD", 0.15), ("SKC", 0.2), ("NTD", 0.1), ("DKV", 0.15)], "ONT")
        }
        (Thing::Nature, "LUK") if dice.chance(0.06) => "HNK",
        (Thing::Block(..), "HNK" | "LUK" | "CLN") if dice.chance(0.8) => {
            weighted(dice, &[("ODT", 0.6), ("TMD", 0.2), ("DKV", 0.2)], "ODT")
        }
        (_, code) => code,
    }
}

fn may_merge(a: &Parcel, b: &Parcel) -> bool {
    let kin = match (a.thing, b.thing) {
        (Thing::Block(town, _), Thing::Block(other, _)) => town == other,
        (thing, other) => thing == Thing::Nature && other == Thing::Nature,
    };
    kin && a.code == b.code && a.commune == b.commune
}

/// Merges neighbouring parcels of the same kind and commune, up to a size.
fn merge(mesh: &Mesh, parcels: &mut Parcels, dice: &mut Dice, chance: f64, most_m2: f64) {
    let mut areas = parcels.areas_m2(mesh);
    let mut heir: Vec<u32> = (0..parcels.parcels.len() as u32).collect();
    let mut done = vec![false; heir.len()];
    for t in 0..mesh.triangles.len() {
        for &n in mesh.neighbours[t].iter().filter(|&&n| n != NONE) {
            let (a, b) = (parcels.label[t] as usize, parcels.label[n as usize] as usize);
            let alike = a < b && !done[a] && !done[b] && may_merge(&parcels.parcels[a], &parcels.parcels[b]);
            if alike && areas[a] + areas[b] < most_m2 && dice.chance(chance * 0.3) {
                (done[a], done[b]) = (true, true);
                heir[b] = a as u32;
                areas[a] += areas[b];
            }
        }
    }
    for label in &mut parcels.label {
        *label = heir[*label as usize];
    }
    parcels.renumber();
}
