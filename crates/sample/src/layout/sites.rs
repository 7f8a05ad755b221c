//! Where zones lie and how they are shaped: straight sides about a direction, lots between streets.

use super::communes::nearest_two;
use super::register::{ZONES, position};
use super::relief::Relief;
use super::settlements::Town;
use super::shapes::{Member, arranged};
use crate::plane::{Spot, inside};
use crate::random::{Dice, noise};

/// How a site lies with regard to communes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seat {
    /// Wholly in one commune.
    Single,
    /// Across the border of two communes.
    Across,
    /// In one commune, one side along the border of the next.
    Edge,
}

/// How the zones of one site lie with regard to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrangement {
    Alone,
    /// One zone in two parts.
    TwoParts,
    /// One zone with a hole.
    Holed,
    /// One zone whose outline crosses itself.
    BowTie,
    /// The second inside the first.
    Inside,
    /// The second over a quarter of the first.
    Overlapping,
    /// Side by side with shared borders.
    Row,
    /// One zone, a rectangle of just its area.
    Exact,
    /// The second is a half of the first.
    Half,
    /// Three rectangles of just their areas, side by side but for two gaps of some metres.
    Gapped,
}

struct SitePlan {
    zones: &'static [&'static str],
    arrangement: Arrangement,
    seat: Seat,
    anchor_km: [f64; 2],
    reach_km: f64,
    height: [f64; 2],
}

const fn site(
    zones: &'static [&'static str],
    arrangement: Arrangement,
    seat: Seat,
    anchor_km: [f64; 2],
    reach_km: f64,
    height: [f64; 2],
) -> SitePlan {
    SitePlan { zones, arrangement, seat, anchor_km, reach_km, height }
}

const LOW: [f64; 2] = [0.2, 1.7];
const HIGH: [f64; 2] = [0.9, 3.4];

/// Large sites first, since they are harder to place.
const SITES: [SitePlan; 30] = [
    site(&["KCN01"], Arrangement::Alone, Seat::Across, [20.5, 20.2], 4.0, LOW),
    site(&["KCNANG01", "KCN08"], Arrangement::Inside, Seat::Single, [6.6, 26.2], 1.6, [-9.0, 9.0]),
    site(&["KCNANG02", "KCX02"], Arrangement::Inside, Seat::Single, [6.6, 26.2], 2.3, [-9.0, 9.0]),
    site(&["KCN05", "CCN09"], Arrangement::Inside, Seat::Single, [10.5, 8.0], 4.0, HIGH),
    site(&["KCN02"], Arrangement::Alone, Seat::Single, [12.0, 22.6], 4.0, LOW),
    site(&["KCN07"], Arrangement::Alone, Seat::Single, [24.0, 28.0], 4.0, HIGH),
    site(&["KCN03"], Arrangement::Alone, Seat::Single, [20.4, 9.6], 4.0, LOW),
    site(&["KCN06"], Arrangement::Alone, Seat::Single, [28.5, 18.4], 4.5, HIGH),
    site(&["KCN04"], Arrangement::Alone, Seat::Single, [14.6, 12.4], 4.0, LOW),
    site(&["KCX01"], Arrangement::Alone, Seat::Single, [25.2, 16.4], 4.0, LOW),
    site(&["KCNANG04"], Arrangement::Alone, Seat::Single, [26.4, 6.6], 1.7, [-9.0, 9.0]),
    site(&["KCNANG05", "KCN09"], Arrangement::Half, Seat::Single, [27.0, 4.6], 2.6, [-9.0, 9.0]),
    site(&["KCNANG03"], Arrangement::Alone, Seat::Single, [6.6, 26.2], 2.6, [-9.0, 9.0]),
    site(&["CCN07", "CCN08"], Arrangement::Overlapping, Seat::Single, [22.4, 22.8], 5.0, LOW),
    site(&["CCN10", "CCN11", "CCN12"], Arrangement::Row, Seat::Single, [12.6, 16.0], 5.0, LOW),
    site(&["CCN01"], Arrangement::Holed, Seat::Single, [14.0, 25.4], 5.0, LOW),
    site(&["CCN02"], Arrangement::TwoParts, Seat::Single, [7.0, 17.0], 5.0, LOW),
    site(&["CCN19"], Arrangement::Exact, Seat::Single, [13.0, 29.0], 7.0, LOW),
    site(&["CCN20", "CCN21", "CCN22"], Arrangement::Gapped, Seat::Single, [6.0, 19.0], 6.0, LOW),
    site(&["CCN16"], Arrangement::Exact, Seat::Single, [30.0, 21.6], 5.0, LOW),
    site(&["CCN15"], Arrangement::Alone, Seat::Single, [18.8, 12.4], 5.0, LOW),
    site(&["CCN06"], Arrangement::BowTie, Seat::Single, [26.0, 21.0], 5.0, LOW),
    site(&["CCN04"], Arrangement::Alone, Seat::Edge, [14.0, 4.0], 4.0, [0.0, 2.6]),
    site(&["CCN05"], Arrangement::Alone, Seat::Edge, [30.0, 12.0], 7.0, [0.0, 2.4]),
    site(&["CCN18"], Arrangement::Alone, Seat::Edge, [20.0, 26.0], 7.0, [0.0, 2.4]),
    site(&["CCN03"], Arrangement::Alone, Seat::Single, [7.4, 8.4], 6.0, LOW),
    site(&["CCN17"], Arrangement::Alone, Seat::Single, [11.4, 28.0], 6.0, LOW),
    site(&["CCN13"], Arrangement::Alone, Seat::Single, [10.0, 13.2], 6.0, [-0.6, 0.7]),
    site(&["CCN14"], Arrangement::Alone, Seat::Single, [14.4, 20.4], 5.0, LOW),
    site(&["CCNLN02"], Arrangement::Alone, Seat::Single, [18.0, 25.0], 6.0, LOW),
];
const CRAFT: SitePlan = site(&["CCNLN01"], Arrangement::Alone, Seat::Single, [12.6, 9.0], 7.0, LOW);

/// A place with its zones.
pub(crate) struct Site {
    pub(crate) centre: Spot,
    /// Direction of the streets.
    pub(crate) along: Spot,
    /// Radius around the centre that holds all of it, m.
    pub(crate) reach_m: f64,
    pub(crate) seat: Seat,
    /// For [`Seat::Across`] and [`Seat::Edge`]: the commune below and the one above (to the left of `along`).
    pub(crate) communes: [usize; 2],
    pub(crate) members: Vec<Member>,
    /// Whether sides run beside each other at a distance of a few metres.
    pub(crate) gapped: bool,
}

impl Site {
    /// Coordinates along and across the direction of the streets, from the centre.
    pub(crate) fn local(&self, at: Spot) -> Spot {
        let from = at - self.centre;
        Spot::new(from.dot(self.along), from.dot(self.along.left()))
    }

    /// Where the border of two communes crosses a site: how far up at a place along.
    pub(crate) fn border(&self, seed: u64, along_m: f64) -> f64 {
        (noise(seed ^ 0x41, Spot::new(along_m, 500.0), 420.0) - 0.5) * 320.0
    }
}

/// Finds a place for every site; `None` when one finds no room.
pub(crate) fn sites(seed: u64, relief: &Relief, towns: &[Town], centres: &[Spot]) -> Option<Vec<Site>> {
    let mut dice = Dice::new(seed, "sites");
    let mut made: Vec<Site> = Vec::new();
    for plan in SITES.iter().chain([&CRAFT]) {
        let found =
            (0..1_500).find_map(|attempt| candidate(plan, attempt, relief, towns, centres, &made, &mut dice));
        made.push(found?);
    }
    Some(made)
}

fn candidate(
    plan: &SitePlan,
    attempt: i32,
    relief: &Relief,
    towns: &[Town],
    centres: &[Spot],
    made: &[Site],
    dice: &mut Dice,
) -> Option<Site> {
    // The search widens slowly, so that a crowded anchor does not fail a seed.
    let reach = plan.reach_km * 1000.0 * (0.5 + f64::from(attempt) / 750.0);
    let mut centre = Spot::new(plan.anchor_km[0] * 1000.0, plan.anchor_km[1] * 1000.0)
        + Spot::new(dice.range(-reach, reach), dice.range(-reach, reach));
    let mut along = dice.direction();
    let first = position(plan.zones[0])?;
    let mut communes = nearest_two(centres, centre);
    if matches!(plan.seat, Seat::Across | Seat::Edge) {
        let (low, high) = (centres[communes[0]], centres[communes[1]]);
        along = (high - low).unit().left() * -1.0;
        let off = (low + high) * 0.5 - centre;
        let shift =
            if plan.seat == Seat::Edge { (ZONES[first].hectares * 10_000.0).sqrt() * 0.4 } else { 0.0 };
        centre = centre + along.left() * (off.dot(along.left()) - shift);
        communes = nearest_two(centres, centre + along.left() * -50.0);
        if centres[communes[0]] != low || centres[communes[1]] != high {
            return None;
        }
    }
    let height = relief.height(centre);
    if height < plan.height[0] || height > plan.height[1] {
        return None;
    }
    let (members, reach_m) = arranged(plan.zones, plan.arrangement, centre, along, dice)?;
    let gapped = plan.arrangement == Arrangement::Gapped;
    let site = Site { centre, along, reach_m, seat: plan.seat, communes, members, gapped };
    fits(&site, relief, towns, made).then_some(site)
}

fn fits(site: &Site, relief: &Relief, towns: &[Town], made: &[Site]) -> bool {
    let apart =
        made.iter().all(|other| other.centre.distance(site.centre) > other.reach_m + site.reach_m + 220.0);
    let out_of_town = towns.iter().all(|t| t.centre.distance(site.centre) > t.radius_m * 1.1 + site.reach_m);
    if !apart || !out_of_town || !economic_zones_apart(site) {
        return false;
    }
    let clear = |at: Spot| {
        relief.in_province(at)
            && relief.corridors.nearest(&relief.lines, at, 150.0).is_none_or(|n| n.distance_m > 95.0)
            && relief.planned.nearest(&relief.lines, at, 150.0).is_none()
    };
    let rim = |at: Spot| relief.in_province(at + (at - site.centre).unit() * 450.0);
    site.members.iter().all(|member| member.shape.sampled().iter().all(|&at| clear(at) && rim(at)))
}

/// Corners of the two economic zones in km.
pub(crate) const BORDER_GATE_KM: [[f64; 2]; 7] =
    [[1.0, 24.6], [4.2, 22.9], [8.6, 23.2], [10.2, 26.0], [9.4, 29.0], [6.0, 30.2], [1.0, 29.0]];
pub(crate) const COASTAL_KM: [[f64; 2]; 6] =
    [[23.4, 1.0], [24.0, 7.0], [25.8, 9.0], [29.0, 8.6], [31.4, 7.2], [30.0, 0.6]];

/// The corners of an economic zone in metres.
pub(crate) fn economic(km: &[[f64; 2]]) -> Vec<Spot> {
    km.iter().map(|p| Spot::new(p[0] * 1000.0, p[1] * 1000.0)).collect()
}

/// Functional areas lie inside the economic zones, all other sites clear of them.
fn economic_zones_apart(site: &Site) -> bool {
    let functional = site.members.iter().any(|m| ZONES[m.zone].parent.is_some_and(|p| p.starts_with("KKT")));
    let near = |reach: f64| {
        let ring = [
            (1.0, 0.0),
            (0.7, 0.7),
            (0.0, 1.0),
            (-0.7, 0.7),
            (-1.0, 0.0),
            (-0.7, -0.7),
            (0.0, -1.0),
            (0.7, -0.7),
        ];
        ring.map(|(x, y)| site.centre + Spot::new(x, y) * reach)
    };
    let zones = [economic(&BORDER_GATE_KM), economic(&COASTAL_KM)];
    if functional {
        zones.iter().any(|zone| near(site.reach_m + 250.0).iter().all(|&at| inside(zone, at)))
    } else {
        zones.iter().all(|zone| {
            !near(site.reach_m + 900.0).iter().any(|&at| inside(zone, at)) && !inside(zone, site.centre)
        })
    }
}
