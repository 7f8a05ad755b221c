//! What lies on each triangle today, before land is divided into parcels.

use crate::layout::lines::Line;
use crate::layout::register::{Land, ZONES};
use crate::layout::relief::Relief;
use crate::layout::settlements::{Town, Village, Work};
use crate::layout::sites::{BORDER_GATE_KM, COASTAL_KM, Site, economic};
use crate::mesh::{Mesh, NONE};
use crate::plane::{Spot, inside};
use crate::random::{hashed, noise};

/// The design a province is made from.
pub(crate) struct Design {
    pub(crate) seed: u64,
    pub(crate) relief: Relief,
    pub(crate) towns: Vec<Town>,
    pub(crate) villages: Vec<Village>,
    pub(crate) works: Vec<Work>,
    pub(crate) sites: Vec<Site>,
    pub(crate) centres: Vec<Spot>,
}

/// What kind of thing a triangle belongs to; decides how it is divided and what may swallow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Thing {
    /// Fields and woods, divided into parcels of natural size.
    Nature,
    Road(u32),
    River(u32),
    /// Town and block.
    Block(u32, u32),
    Village(u32),
    Work(u32),
    /// Zone and lot; lot [`NONE`] is a street.
    Lot(u32, u32),
    /// A planted patch.
    Patch(u32),
    /// A hole of a zone.
    Hole(u32),
}

/// What lies on each triangle.
pub(crate) struct Ground {
    pub(crate) thing: Vec<Thing>,
    pub(crate) code: Vec<&'static str>,
    /// Line and station of a corridor, if any.
    pub(crate) chunk: Vec<u32>,
    /// Planned road on the triangle, or [`NONE`].
    pub(crate) planned: Vec<u32>,
    /// Zones drawn by hand (bit = position in the register).
    pub(crate) zones: Vec<u64>,
    /// Site on the triangle (its zones and holes), or [`NONE`].
    pub(crate) site: Vec<u32>,
    /// Town on the triangle, or [`NONE`].
    pub(crate) town: Vec<u32>,
}

/// Surveys the mesh.
pub(crate) fn survey(mesh: &Mesh, design: &Design) -> Ground {
    let count = mesh.triangles.len();
    let mut ground = Ground {
        thing: vec![Thing::Nature; count],
        code: vec![""; count],
        chunk: vec![NONE; count],
        planned: vec![NONE; count],
        zones: vec![0; count],
        site: vec![NONE; count],
        town: vec![NONE; count],
    };
    for t in 0..count {
        let at = mesh.centre(t);
        ground.code[t] = design.relief.natural(at);
        corridors(&mut ground, design, t, at);
        zoned(&mut ground, design, t, at);
        if ground.thing[t] == Thing::Nature {
            settled(&mut ground, design, t, at);
        }
    }
    ground
}

fn within(lines: &[Line], nearest: Option<crate::layout::lines::Nearest>) -> Option<(u32, u32)> {
    let near = nearest?;
    let line = &lines[near.line];
    (near.distance_m < line.half_at(near.station)).then_some((near.line as u32, near.station as u32))
}

fn corridors(ground: &mut Ground, design: &Design, t: usize, at: Spot) {
    let relief = &design.relief;
    let lines = &relief.lines;
    if let Some((line, station)) = within(lines, relief.roads.nearest(lines, at, 30.0)) {
        (ground.thing[t], ground.code[t]) = (Thing::Road(line), "DGT");
        ground.chunk[t] = line * 4096 + station / 16;
    } else if let Some((line, station)) = within(lines, relief.rivers.nearest(lines, at, 110.0)) {
        (ground.thing[t], ground.code[t]) = (Thing::River(line), "SON");
        ground.chunk[t] = line * 4096 + station / 14;
    }
    if let Some((line, _)) = within(lines, relief.planned.nearest(lines, at, 40.0)) {
        ground.planned[t] = line;
    }
}

fn zoned(ground: &mut Ground, design: &Design, t: usize, at: Spot) {
    for (number, site) in design.sites.iter().enumerate() {
        if site.centre.distance(at) > site.reach_m + 320.0 {
            continue;
        }
        for member in &site.members {
            if !member.shape.encloses(at) {
                open_land(ground, design, t, at, member);
                continue;
            }
            ground.site[t] = number as u32;
            if !member.shape.holds(at) {
                (ground.thing[t], ground.code[t]) = (Thing::Hole(member.zone as u32), "ONT");
                continue;
            }
            let first = ground.zones[t] == 0;
            ground.zones[t] |= 1 << member.zone;
            let lot = member.streets.lot(at).map_or(NONE, |lot| lot as u32);
            match ZONES[member.zone].land {
                Land::Built if first => {
                    ground.thing[t] = Thing::Lot(member.zone as u32, lot);
                    // What has been converted to other uses by now was a cluster before.
                    let converted = ZONES[member.zone].state == planning::ZoneState::Converted;
                    let codes = if converted { &["SKN"] } else { ZONES[member.zone].lots };
                    ground.code[t] = if lot == NONE { "DGT" } else { lot_code(codes, lot) };
                }
                Land::Open(code) if first => ground.code[t] = code,
                _ => {}
            }
        }
    }
}

/// The code of a lot: the first lots get the codes of the register in turn, the others the first code.
pub(crate) fn lot_code(codes: &[&'static str], lot: u32) -> &'static str {
    codes.get(lot as usize).or(codes.first()).copied().unwrap_or("SKN")
}

/// Around a zone with one kind of open land that kind goes on for a while.
fn open_land(
    ground: &mut Ground,
    design: &Design,
    t: usize,
    at: Spot,
    member: &crate::layout::shapes::Member,
) {
    let Land::Open(code) = ZONES[member.zone].land else { return };
    let reach = 40.0 + 230.0 * noise(design.seed ^ 0x81, at, 420.0);
    if ground.thing[t] == Thing::Nature && ground.zones[t] == 0 && member.shape.distance(at) < reach {
        ground.code[t] = code;
    }
}

fn settled(ground: &mut Ground, design: &Design, t: usize, at: Spot) {
    if ground.zones[t] != 0 {
        return;
    }
    let seed = design.seed;
    for (number, town) in design.towns.iter().enumerate() {
        if town.centre.distance(at) < town.radius_m * 1.4 && town.holds(seed, at) {
            let block = town.block(at).map_or(0, |b| b as u32);
            ground.town[t] = number as u32;
            ground.thing[t] = Thing::Block(number as u32, block);
            let far = town.centre.distance(at) / town.radius_m;
            ground.code[t] = block_code(hashed(seed ^ 0x91, number as i64, i64::from(block)), far);
            return;
        }
    }
    for (number, work) in design.works.iter().enumerate() {
        if work.place.centre.distance(at) < work.place.half_m[0] * 1.4 && work.place.holds(seed ^ 5, at) {
            (ground.thing[t], ground.code[t]) = (Thing::Work(number as u32), work.code);
            return;
        }
    }
    for (number, village) in design.villages.iter().enumerate() {
        if village.centre.distance(at) < village.half_m[0] * 1.4 && village.holds(seed, at) {
            (ground.thing[t], ground.code[t]) = (Thing::Village(number as u32), "ONT");
            return;
        }
    }
}

fn block_code(chance: f64, far: f64) -> &'static str {
    const CENTRE: [&str; 14] =
        ["ODT", "TMD", "ODT", "TSC", "DYT", "ODT", "DGD", "DKV", "TMD", "ODT", "DTT", "DCH", "DVH", "ODT"];
    const RIM: [&str; 14] =
        ["ODT", "ODT", "ODT", "ODT", "DGD", "ODT", "HNK", "ODT", "TMD", "LUK", "ODT", "DKV", "CLN", "SKC"];
    let list = if far < 0.45 { CENTRE } else { RIM };
    if far < 0.45 && chance > 0.985 { "CAN" } else { list[((chance * 14.0) as usize).min(13)] }
}

/// Which economic zone a spot is in, on the drawing board: position in the register.
pub(crate) fn economic_zone(design: &Design, at: Spot) -> Option<usize> {
    let wobble = |salt: u64| (noise(design.seed ^ salt, at, 1300.0) - 0.5) * 700.0;
    let moved = at + Spot::new(wobble(0xa1), wobble(0xa2));
    [(0, &BORDER_GATE_KM[..]), (1, &COASTAL_KM[..])]
        .into_iter()
        .find(|(_, km)| inside(&economic(km), moved))
        .map(|(zone, _)| zone)
}
