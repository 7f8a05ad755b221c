//! Patches planted in zones: grown from the rim or from within until they hold what the register asks for.

use super::ground::{Design, Ground, Thing};
use crate::layout::register::{Lies, Patch, Shows, ZONES};
use crate::layout::sites::Site;
use crate::mesh::grow::blob;
use crate::mesh::{Mesh, NONE};
use crate::random::{Dice, rough};

/// A patch on the mesh.
pub(crate) struct PatchArea {
    pub(crate) patch: Patch,
    pub(crate) triangles: Vec<u32>,
}

/// Grows all patches; no two overlap.
pub(crate) fn patches(mesh: &Mesh, design: &Design, ground: &Ground) -> Vec<PatchArea> {
    let mut dice = Dice::new(design.seed, "patches");
    let mut taken = vec![false; mesh.triangles.len()];
    let mut made = Vec::new();
    for site in &design.sites {
        for member in &site.members {
            let zone = member.zone;
            let count = ZONES[zone].patches.len();
            for (k, &patch) in ZONES[zone].patches.iter().enumerate() {
                let turn = (k as f64 + dice.range(0.3, 0.7)) / count as f64;
                let triangles = grown(mesh, design, ground, site, zone, patch, turn, &taken);
                for &t in &triangles {
                    taken[t as usize] = true;
                }
                made.push(PatchArea { patch, triangles });
            }
        }
    }
    made
}

#[allow(clippy::too_many_arguments, reason = "one call, each argument a different thing of the design")]
fn grown(
    mesh: &Mesh,
    design: &Design,
    ground: &Ground,
    site: &Site,
    zone: usize,
    patch: Patch,
    turn: f64,
    taken: &[bool],
) -> Vec<u32> {
    let within = |t: usize| ground.zones[t] >> zone & 1 == 1;
    let rim = rim(mesh, site, &within);
    let slow = |t: usize| 0.5 + 2.2 * rough(design.seed ^ 0xc1, mesh.centre(t), 260.0, 2);
    let area = patch.hectares * 10_000.0;
    // Where one zone lies in another, a patch of the outer one keeps out of the inner one.
    let own = |t: usize| ground.zones[t].count_ones() == 1;
    let free = |t: usize| !taken[t] && (own(t) || ZONES[zone].parent.is_some());
    let fields = |t: usize| {
        !taken[t] && ground.zones[t] == 0 && ground.thing[t] == Thing::Nature && ground.planned[t] == NONE
    };
    let at_rim = rim.get((turn * rim.len() as f64) as usize).copied();
    match patch.lies {
        Lies::Inside => {
            let start = inner(mesh, site, turn, &|t| within(t) && free(t));
            blob(mesh, start.as_slice(), area, |t| within(t) && free(t), slow)
        }
        Lies::Across => {
            let mut all = blob(mesh, at_rim.as_slice(), area, |t| within(t) && free(t), slow);
            let beside: Vec<u32> =
                neighbours(mesh, &all).into_iter().filter(|&t| fields(t as usize)).collect();
            all.extend(blob(mesh, &beside, area * 0.7, fields, slow));
            all
        }
        Lies::Outside => {
            let beside: Vec<u32> =
                neighbours(mesh, at_rim.as_slice()).into_iter().filter(|&t| fields(t as usize)).collect();
            blob(mesh, &beside, area, fields, slow)
        }
    }
}

fn neighbours(mesh: &Mesh, of: &[u32]) -> Vec<u32> {
    let all = of.iter().flat_map(|&t| mesh.neighbours[t as usize]).filter(|&n| n != NONE && !of.contains(&n));
    let mut list: Vec<u32> = all.collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// Triangles of a zone along its outline, in order around the centre of the site.
fn rim(mesh: &Mesh, site: &Site, within: &impl Fn(usize) -> bool) -> Vec<u32> {
    let mut rim: Vec<(f64, u32)> = Vec::new();
    for t in (0..mesh.triangles.len()).filter(|&t| within(t)) {
        if mesh.neighbours[t].iter().any(|&n| n == NONE || !within(n as usize)) {
            let from = mesh.centre(t) - site.centre;
            let (x, y) = (from.dot(site.along), from.dot(site.along.left()));
            // The diamond angle orders like the true one, without trigonometry.
            let sum = (x.abs() + y.abs()).max(1e-9);
            let angle = if y >= 0.0 { 1.0 - x / sum } else { 3.0 + x / sum };
            rim.push((angle, t as u32));
        }
    }
    rim.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    rim.into_iter().map(|(_, t)| t).collect()
}

/// A triangle well inside a zone.
fn inner(mesh: &Mesh, site: &Site, turn: f64, within: &impl Fn(usize) -> bool) -> Vec<u32> {
    let goal = site.centre
        + site.along * ((turn - 0.5) * site.reach_m * 0.7)
        + site.along.left() * (site.reach_m * 0.12);
    let near = |t: &usize| mesh.centre(*t).distance(goal);
    (0..mesh.triangles.len())
        .filter(|&t| within(t))
        .min_by(|a, b| near(a).total_cmp(&near(b)))
        .map(|t| t as u32)
        .into_iter()
        .collect()
}

/// Puts the patches that show in the present into the ground.
pub(crate) fn settle(ground: &mut Ground, patches: &[PatchArea]) {
    for (number, area) in patches.iter().enumerate().filter(|(_, a)| a.patch.shows != Shows::Plan) {
        for &t in &area.triangles {
            ground.thing[t as usize] = Thing::Patch(number as u32);
            ground.code[t as usize] = area.patch.code;
        }
    }
}
