//! Borders of communes: grown from their centres, slower over rivers, so that rivers become borders.

use super::ground::{Design, Ground, Thing};
use super::pieces::reunite;
use crate::layout::sites::Seat;
use crate::mesh::grow::{Source, flood};
use crate::mesh::{Mesh, NONE};
use crate::plane::{Spot, to_segment};
use crate::random::rough;

/// The commune of every triangle.
pub(crate) fn communes(mesh: &Mesh, design: &Design, ground: &Ground) -> Vec<u32> {
    let group = groups(design, ground);
    let mut labels = vec![NONE; mesh.triangles.len()];
    let sources = sources(mesh, design, ground);
    let slow = |t: usize| {
        let wild = rough(design.seed ^ 0xb1, mesh.centre(t), 1500.0, 4);
        let river = if matches!(ground.thing[t], Thing::River(0)) { 9.0 } else { 1.0 };
        river * (0.35 + 2.6 * wild * wild)
    };
    flood(mesh, &sources, &mut labels, &group, |_, _| true, slow);
    reunite(mesh, &mut labels, |_| true);
    labels
}

/// What goes to one commune as a whole: sites, towns, stretches of roads and streams.
fn groups(design: &Design, ground: &Ground) -> Vec<u32> {
    let (sites, towns) = (design.sites.len() as u32, design.towns.len() as u32);
    let whole =
        |site: u32| site != NONE && matches!(design.sites[site as usize].seat, Seat::Single | Seat::Edge);
    let mut chunks: Vec<u32> = ground.chunk.iter().copied().filter(|&c| c != NONE).collect();
    chunks.sort_unstable();
    chunks.dedup();
    (0..ground.site.len())
        .map(|t| {
            if whole(ground.site[t]) {
                ground.site[t]
            } else if ground.site[t] == NONE && ground.town[t] != NONE {
                sites + ground.town[t]
            } else {
                chunks.binary_search(&ground.chunk[t]).map_or(NONE, |c| sites + towns + c as u32)
            }
        })
        .collect()
}

/// Land between a site at a border and the centres of its two communes, so that both reach the site.
fn ways(design: &Design, at: Spot) -> impl Iterator<Item = usize> + '_ {
    let bordering = design.sites.iter().filter(|site| matches!(site.seat, Seat::Across | Seat::Edge));
    bordering.flat_map(move |site| {
        let starts = [site.centre, site.centre + site.along.left() * site.reach_m];
        let near = move |side: &usize| {
            let [from, to] = [starts[*side], design.centres[site.communes[*side]]];
            to_segment(at, from, to).0 < 170.0 && site.local(at).y * (*side as f64 - 0.5) > 0.0
        };
        [0, 1].into_iter().filter(near).map(|side| site.communes[side])
    })
}

/// Centres, and for sites at a border both communes at once, so that the border runs there.
fn sources(mesh: &Mesh, design: &Design, ground: &Ground) -> Vec<Source> {
    let mut best: Vec<(f64, u32)> = vec![(f64::INFINITY, 0); design.centres.len()];
    let mut sources = Vec::new();
    for t in 0..mesh.triangles.len() {
        let at = mesh.centre(t);
        for (k, &centre) in design.centres.iter().enumerate() {
            let distance = centre.distance(at);
            if distance < best[k].0 {
                best[k] = (distance, t as u32);
            }
        }
        sources.extend(ways(design, at).map(|commune| Source::even(t as u32, commune as u32)));
        for (number, site) in design.sites.iter().enumerate() {
            if !matches!(site.seat, Seat::Across | Seat::Edge)
                || site.centre.distance(at) > site.reach_m + 420.0
            {
                continue;
            }
            let Spot { x: along, y: up } = site.local(at);
            let own = ground.site[t] == number as u32;
            let side = if site.seat == Seat::Across {
                Some(usize::from(up > site.border(design.seed, along)))
            } else if own {
                Some(0)
            } else {
                (up > site.reach_m * 0.35).then_some(1)
            };
            if let Some(side) = side.filter(|_| own || site.seat == Seat::Edge) {
                sources.push(Source::even(t as u32, site.communes[side] as u32));
            }
        }
    }
    sources.extend(best.iter().enumerate().map(|(k, b)| Source::even(b.1, k as u32)));
    sources
}
