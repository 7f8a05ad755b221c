//! Plants that need exact pieces: strips and small places moved from one parcel, commune or zone to its neighbour.

use super::carve::{self, Cut};
use super::{Labels, PlanarMap};
use crate::cover::Cover;
use crate::key::law::{allowed, is_rice};
use crate::layout::register::{Plant, ZONES, position};
use crate::mesh::NONE;

/// How large a piece should be.
#[derive(Clone, Copy)]
enum Size {
    /// Along a whole edge, of this mean width in m.
    Strip(f64),
    /// On the middle of an edge, of this area in m², compact.
    Piece(f64),
    /// Along a whole edge, of this area in m².
    Slab(f64),
}

/// What of an atom goes to its neighbour.
#[derive(Clone, Copy)]
enum Hands {
    Plan,
    Today,
    Commune,
    /// The neighbouring zone takes it too.
    Zone(usize),
    /// The zone gives it up.
    Leave(usize),
    /// The neighbouring commune claims it too.
    Claim,
    /// No commune has it.
    Nobody,
}

impl Hands {
    fn over(self, piece: &mut Labels, beside: Labels) {
        match self {
            Self::Plan => piece.plan = beside.plan,
            Self::Today => piece.today = beside.today,
            Self::Commune => piece.commune = beside.commune,
            Self::Zone(zone) => piece.zones |= 1 << zone,
            Self::Leave(zone) => piece.zones &= !(1 << zone),
            Self::Claim => piece.claimed = beside.commune,
            Self::Nobody => piece.commune = NONE,
        }
    }
}

/// A wish: cut from an atom `inside` accepts, next to one `beside` accepts.
struct Wish<'a> {
    size: Size,
    hands: Hands,
    inside: &'a dyn Fn(&Labels) -> bool,
    beside: &'a dyn Fn(&Labels) -> bool,
}

/// Puts all plants of the register into the map; fails with the first that finds no room.
pub(crate) fn plant_all(map: &mut PlanarMap, cover: &Cover) -> Result<(), String> {
    let mut touched = vec![false; map.atoms.len()];
    for (zone, spec) in ZONES.iter().enumerate() {
        for &plant in spec.plants {
            put(map, cover, zone, plant, &mut touched).ok_or_else(|| format!("{} {plant:?}", spec.id))?;
        }
    }
    Ok(())
}

/// What a plant asks for; `None` when nothing is cut for it.
fn asked(map: &PlanarMap, zone: usize, plant: Plant) -> Option<(Size, Hands)> {
    let share = |share: f64| Size::Slab(map.area_m2(|a| a.in_zone(zone)) * share);
    Some(match plant {
        Plant::PlanStrip(width) | Plant::LotStrip(width) => (Size::Strip(width), Hands::Plan),
        Plant::PlanPiece(area) => (Size::Piece(area), Hands::Plan),
        Plant::TodayStrip(_, width) => (Size::Strip(width), Hands::Today),
        Plant::TodayPiece(_, area) => (Size::Piece(area), Hands::Today),
        Plant::CommuneStrip(width) => (Size::Strip(width), Hands::Commune),
        Plant::CommuneShare(part) => (share(part), Hands::Commune),
        Plant::ZoneStrip(id, width) => (Size::Strip(width), Hands::Zone(position(id)?)),
        Plant::ZonePiece(id, area) => (Size::Piece(area), Hands::Zone(position(id)?)),
        Plant::Leave(part) => (share(part), Hands::Leave(zone)),
        Plant::BeyondStrip(width) => (Size::Strip(width), Hands::Zone(zone)),
        Plant::Beyond(area) => (Size::Slab(area), Hands::Zone(zone)),
        Plant::Claimed(area) => (Size::Slab(area), Hands::Claim),
        Plant::ClaimedStrip(width) => (Size::Strip(width), Hands::Claim),
        Plant::Nobodys(area) => (Size::Slab(area), Hands::Nobody),
        _ => return None,
    })
}

fn put(map: &mut PlanarMap, cover: &Cover, zone: usize, plant: Plant, touched: &mut Vec<bool>) -> Option<()> {
    match plant {
        Plant::Total(code, limits) => return trim(map, cover, zone, code, limits, touched),
        Plant::CopyOf(id) => return copy(map, zone, position(id)?),
        _ => {}
    }
    let Some((size, hands)) = asked(map, zone, plant) else { return Some(()) };
    let home = main_commune(map, zone)?;
    let parent = ZONES[zone].parent.and_then(position);
    let outside = |a: &Labels| a.zones == 0 && a.second == NONE;
    let today = |a: &Labels| cover.today.parcels[a.today as usize].code;
    let fits = |a: &Labels| {
        a.plan != NONE && allowed(ZONES[zone].kind, cover.plan.parcels[a.plan as usize].code) == Some(true)
    };
    let own_lot =
        |a: &Labels| a.plan != NONE && ZONES[zone].lots.contains(&cover.plan.parcels[a.plan as usize].code);
    let protected = |a: &Labels| is_rice(today(a)) || ["RPH", "RDD", "CQP"].contains(&today(a));
    let undisputed = |a: &Labels| a.commune != NONE && a.claimed == NONE;
    let inside = |a: &Labels| match plant {
        Plant::LotStrip(_) => outside(a) && !fits(a) && a.plan != NONE,
        Plant::BeyondStrip(_) | Plant::Beyond(_) => {
            a.zones != 0 && !a.in_zone(zone) && parent.is_some_and(|parent| !a.in_zone(parent))
        }
        Plant::Claimed(_) | Plant::ClaimedStrip(_) | Plant::Nobodys(_) => {
            a.zones == 1 << zone && a.commune == home && undisputed(a)
        }
        Plant::Leave(_) => a.in_zone(zone),
        _ => a.in_zone(zone) && a.second == NONE && !protected(a) && fits(a),
    };
    let beside = |a: &Labels| match (plant, hands) {
        (Plant::LotStrip(_), _) => a.in_zone(zone) && own_lot(a) && a.second == NONE,
        (Plant::BeyondStrip(_) | Plant::Beyond(_), _) => a.in_zone(zone),
        (Plant::Claimed(_) | Plant::ClaimedStrip(_) | Plant::Nobodys(_), _) => {
            a.zones == 1 << zone && a.commune != home && undisputed(a)
        }
        (Plant::Leave(_), _) => a.zones == 0,
        (_, Hands::Zone(other)) => a.in_zone(other),
        (Plant::TodayStrip(code, _) | Plant::TodayPiece(code, _), _) => outside(a) && today(a) == code,
        (_, Hands::Commune) => outside(a) && a.commune != home,
        _ => outside(a) && a.plan != NONE && !fits(a),
    };
    one(map, touched, &Wish { size, hands, inside: &inside, beside: &beside })
}

/// Gives a zone the land of another.
fn copy(map: &mut PlanarMap, zone: usize, of: usize) -> Option<()> {
    for atom in map.atoms.iter_mut().filter(|atom| atom.in_zone(of)) {
        atom.zones |= 1 << zone;
    }
    Some(())
}

/// The commune that holds most of a zone.
fn main_commune(map: &PlanarMap, zone: usize) -> Option<u32> {
    let areas = map.twice_areas();
    let mut held = std::collections::BTreeMap::new();
    let of_zone = |atom: &Labels| atom.in_zone(zone) && atom.commune != NONE;
    for (atom, area) in map.atoms.iter().zip(areas).filter(|(a, _)| of_zone(a)) {
        *held.entry(atom.commune).or_insert(0) += area;
    }
    held.into_iter().max_by_key(|&(_, area)| area).map(|(commune, _)| commune)
}

/// Fulfils a wish at the longest edge that has room.
fn one(map: &mut PlanarMap, touched: &mut Vec<bool>, wish: &Wish<'_>) -> Option<()> {
    let incident = map.incident();
    // Land may be peeled off layer by layer; other pieces keep apart.
    let peels = matches!(wish.size, Size::Slab(_));
    let mut edges: Vec<(usize, u32)> = Vec::new();
    for (number, s) in map.segments.iter().enumerate() {
        for (atom, beyond) in [(s.left, s.right), (s.right, s.left)] {
            let known = atom != NONE && beyond != NONE;
            if known
                && !touched[atom as usize]
                && (peels || !touched[beyond as usize])
                && (wish.inside)(&map.atoms[atom as usize])
                && (wish.beside)(&map.atoms[beyond as usize])
            {
                edges.push((number, atom));
            }
        }
    }
    edges.sort_by(|a, b| map.length_m(b.0).total_cmp(&map.length_m(a.0)).then(a.0.cmp(&b.0)));
    let cut = edges
        .iter()
        .find_map(|&(segment, atom)| sized(map, &incident[atom as usize], segment, atom, wish.size))?;
    let giver = map.atoms[cut.beyond as usize];
    let new = carve::apply(map, &cut);
    wish.hands.over(&mut map.atoms[new as usize], giver);
    touched.resize(map.atoms.len(), false);
    touched[new as usize] = true;
    // The neighbour keeps off too: a second piece beside the first would make one part of both.
    touched[cut.beyond as usize] |= !peels;
    Some(())
}

/// A piece of the wished size on an edge, found by trying depths a quarter metre apart or finer.
fn sized(map: &PlanarMap, incident: &[u32], segment: usize, atom: u32, size: Size) -> Option<Cut> {
    let length = map.length_m(segment);
    let (stretch, wanted, guess): ([i64; 2], f64, f64) = match size {
        Size::Strip(width) => ([0, 4], width, width * 1.1),
        Size::Piece(area) if length * length < area * 6.0 => ([1, 3], area, area / (length * 0.44)),
        Size::Piece(area) => ([1, 2], area, area / (length * 0.22)),
        Size::Slab(area) => ([0, 4], area, area / (length * 0.88)),
    };
    if matches!(size, Size::Strip(_)) && length < 48.0 {
        return None;
    }
    // How far off, in tolerances: 12 cm of width, 2 % of area.
    let off = |cut: &Cut| match size {
        Size::Strip(_) => (cut.mean_width_m() - wanted).abs() / 0.12,
        _ => (cut.area_m2() / wanted - 1.0).abs() / 0.02,
    };
    let depths = (0..160).map(|k| guess * (0.8 + 0.0025 * f64::from(k)));
    let cuts = depths.filter_map(|depth| carve::cut(map, segment, atom, stretch, depth));
    let best = cuts.min_by(|a, b| off(a).total_cmp(&off(b)))?;
    // A compact piece must be far from a sliver.
    let compact =
        !matches!(size, Size::Piece(_)) || best.mean_width_m() * best.mean_width_m() > best.area_m2() * 0.12;
    (off(&best) < 1.0 && compact && carve::fits(map, incident, &best)).then_some(best)
}

/// Brings the present area of a code in a zone between two limits by cutting from it.
fn trim(
    map: &mut PlanarMap,
    cover: &Cover,
    zone: usize,
    code: &str,
    [low, high]: [f64; 2],
    touched: &mut Vec<bool>,
) -> Option<()> {
    let today = |a: &Labels| cover.today.parcels[a.today as usize].code;
    let of_code = |a: &Labels| a.in_zone(zone) && today(a) == code;
    let other = |a: &Labels| a.in_zone(zone) && today(a) != code;
    for _ in 0..24 {
        let total = map.area_m2(of_code);
        if total < low {
            return None;
        }
        if total <= high {
            return Some(());
        }
        let need = total - (low + high) / 2.0;
        let sizes = [need, need * 0.6, need * 0.35, 2_500.0, 1_200.0];
        let found = sizes.into_iter().filter(|s| *s <= need).find_map(|area| {
            one(
                map,
                touched,
                &Wish { size: Size::Slab(area), hands: Hands::Today, inside: &of_code, beside: &other },
            )
        });
        found?;
    }
    None
}
