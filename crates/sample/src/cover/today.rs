//! Present land use: land of one kind in one commune, divided into parcels of natural size and shape.

use std::collections::BTreeMap;

use super::ground::{Design, Ground, Thing};
use super::pieces::absorb;
use super::{Parcel, Parcels};
use crate::mesh::grow::{Source, components, flood};
use crate::mesh::{Mesh, NONE};
use crate::plane::Spot;
use crate::random::{Dice, hashed, rough};

/// Divides the ground into parcels.
pub(crate) fn today(mesh: &Mesh, design: &Design, ground: &Ground, communes: &[u32]) -> Parcels {
    let mut keys: BTreeMap<(u32, &str, Thing), u32> = BTreeMap::new();
    let class: Vec<u32> = (0..mesh.triangles.len())
        .map(|t| {
            let next = keys.len() as u32;
            *keys.entry((communes[t], ground.code[t], ground.thing[t])).or_insert(next)
        })
        .collect();
    let pieces = components(mesh, &class);
    let sources = sources(mesh, design, ground, &pieces);
    let mut label = vec![NONE; mesh.triangles.len()];
    let of_source: Vec<u32> = sources.iter().map(|s| pieces[s.triangle as usize]).collect();
    let slow = |t: usize| {
        let at = mesh.centre(t);
        let wild = rough(design.seed ^ 0xd1, at, 480.0, 3);
        // Along the level lines of a slow noise growth nearly stops: borders gather there like on ridges and brooks.
        let level = (rough(design.seed ^ 0xd2, at, 1300.0, 2) - 0.5).abs();
        let ridge = (1.0 - level / 0.03).max(0.0);
        0.25 + 3.0 * wild * wild + 0.4 * hashed(design.seed, t as i64, 3) + 9.0 * ridge
    };
    flood(mesh, &sources, &mut label, &[], |source, t| pieces[t] == of_source[source], slow);
    let mut parcels: Vec<Parcel> = sources
        .iter()
        .map(|s| {
            let t = s.triangle as usize;
            Parcel { code: ground.code[t], thing: ground.thing[t], commune: communes[t] }
        })
        .collect();
    absorb(
        mesh,
        &mut label,
        |l| parcels[l as usize].thing.least_m2(),
        |a, b| parcels[a as usize].joins(&parcels[b as usize]),
    );
    let mut made = Parcels { label, parcels: std::mem::take(&mut parcels) };
    made.renumber();
    made
}

/// Usual size of a parcel in hectares.
fn usual_ha(code: &str, thing: Thing) -> f64 {
    match (thing, code) {
        (Thing::Road(_), _) => 9.0,
        (Thing::River(0), _) => 50.0,
        (Thing::River(_), _) => 22.0,
        (Thing::Village(_), _) => 20.0,
        (Thing::Nature, "LUC") => 44.0,
        (Thing::Nature, "LUK" | "CLN") => 40.0,
        (Thing::Nature, "HNK") => 34.0,
        (Thing::Nature, "NTS") => 16.0,
        (Thing::Nature, "RSX") => 145.0,
        (Thing::Nature, "RPH") => 140.0,
        (Thing::Nature, "RDD") => 150.0,
        (Thing::Nature, _) => 25.0,
        _ => f64::INFINITY,
    }
}

/// Where parcels begin to grow, piece by piece.
fn sources(mesh: &Mesh, design: &Design, ground: &Ground, pieces: &[u32]) -> Vec<Source> {
    let mut dice = Dice::new(design.seed, "parcels");
    let mut of_piece: Vec<Vec<u32>> = Vec::new();
    for (t, &piece) in pieces.iter().enumerate() {
        if of_piece.len() <= piece as usize {
            of_piece.resize(piece as usize + 1, Vec::new());
        }
        of_piece[piece as usize].push(t as u32);
    }
    let mut sources = Vec::new();
    for triangles in &of_piece {
        let first = triangles[0] as usize;
        let area: f64 = triangles.iter().map(|&t| mesh.area_m2(t as usize)).sum();
        let usual = usual_ha(ground.code[first], ground.thing[first]) * 10_000.0;
        let count = (area / usual * dice.range(0.85, 1.15)).round().max(1.0) as usize;
        for t in spread(mesh, triangles, area, count, &mut dice) {
            sources.push(source(mesh, design, ground, t, sources.len() as u32, &mut dice));
        }
    }
    sources
}

/// Triangles of a piece at some distance from each other, chosen by area.
fn spread(mesh: &Mesh, triangles: &[u32], area: f64, count: usize, dice: &mut Dice) -> Vec<u32> {
    let mut chosen: Vec<u32> = Vec::new();
    for _ in 0..count {
        let mut best = (-1.0, triangles[0]);
        for _ in 0..5 {
            let mut left = dice.unit() * area;
            let hit = triangles.iter().find(|&&t| {
                left -= mesh.area_m2(t as usize);
                left < 0.0
            });
            let t = hit.copied().unwrap_or(triangles[0]);
            let at = mesh.centre(t as usize);
            let room =
                chosen.iter().map(|&c| mesh.centre(c as usize).distance(at)).fold(f64::INFINITY, f64::min);
            if room > best.0 && !chosen.contains(&t) {
                best = (room, t);
            }
        }
        if !chosen.contains(&best.1) {
            chosen.push(best.1);
        }
    }
    chosen
}

/// Fields are long and lie across the nearest river or along it; woods are anything.
fn source(mesh: &Mesh, design: &Design, ground: &Ground, t: u32, label: u32, dice: &mut Dice) -> Source {
    let at = mesh.centre(t as usize);
    let relief = &design.relief;
    let field = matches!(ground.code[t as usize], "LUC" | "LUK" | "HNK" | "NTS");
    let river = relief.rivers.nearest(&relief.lines, at, 3_000.0).filter(|_| field);
    let along = match river {
        Some(n) if dice.chance(0.75) => {
            let way = relief.lines[n.line].direction(n.station);
            let turned = if dice.chance(0.6) { way.left() } else { way };
            (turned + Spot::new(dice.range(-0.3, 0.3), dice.range(-0.3, 0.3))).unit()
        }
        _ => dice.direction(),
    };
    let stretch = if field { dice.range(1.2, 2.6) } else { dice.range(1.0, 1.9) };
    Source { triangle: t, label, along, stretch, speed: dice.range(0.65, 1.6) }
}
