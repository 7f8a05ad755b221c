//! Where the vertices of the mesh go: mirrored along rivers and roads, along the sides of zones and streets, on the
//! lattice of towns, and evenly but not regularly everywhere else.

use crate::cover::ground::Design;
use crate::layout::lines::{Line, LineKind};
use crate::layout::shapes::{Crossing, Member};
use crate::layout::sites::{Seat, Site};
use crate::plane::{Point, Spot};
use crate::random::Dice;

/// Spacing of vertices in open country, m.
const OPEN_M: f64 = 116.0;
const VILLAGE_M: f64 = 62.0;
const ZONE_M: f64 = 66.0;
const OUTLINE_M: f64 = 40.0;
const CELL_M: f64 = 100.0;
const CELLS: i64 = 400;

/// The vertices of the mesh before it is one.
pub(crate) struct Seeds {
    pub(crate) points: Vec<Point>,
    /// Whether a vertex follows something drawn and must not be moved.
    pub(crate) fixed: Vec<bool>,
    guards: Vec<f64>,
    cells: Vec<Vec<u32>>,
}

impl Seeds {
    fn empty() -> Self {
        Self {
            points: Vec::new(),
            fixed: Vec::new(),
            guards: Vec::new(),
            cells: vec![Vec::new(); (CELLS * CELLS) as usize],
        }
    }

    fn cell(at: Spot) -> (i64, i64) {
        let clamp = |v: f64| ((v / CELL_M) as i64 + 10).clamp(1, CELLS - 2);
        (clamp(at.x), clamp(at.y))
    }

    /// Whether a spot keeps `apart_m` from every vertex, and out of their guards when `polite`.
    fn free(&self, at: Spot, apart_m: f64, polite: bool) -> bool {
        let (i, j) = Self::cell(at);
        (i - 1..=i + 1).all(|i| {
            (j - 1..=j + 1).all(|j| {
                self.cells[(j * CELLS + i) as usize].iter().all(|&k| {
                    let guard = if polite { self.guards[k as usize] } else { 0.0 };
                    self.points[k as usize].spot().distance(at) >= apart_m.max(guard)
                })
            })
        })
    }

    fn put(&mut self, at: Spot, guard_m: f64, fixed: bool) {
        let point = at.point();
        let (i, j) = Self::cell(point.spot());
        self.cells[(j * CELLS + i) as usize].push(self.points.len() as u32);
        self.points.push(point);
        self.guards.push(guard_m);
        self.fixed.push(fixed);
    }

    fn drawn(&mut self, at: Spot, apart_m: f64, guard_m: f64) {
        if self.free(at.point().spot(), apart_m, false) {
            self.put(at, guard_m, true);
        }
    }

    fn polite(&mut self, at: Spot, apart_m: f64, fixed: bool) {
        if self.free(at.point().spot(), apart_m, true) {
            self.put(at, apart_m, fixed);
        }
    }
}

/// All vertices for a design.
pub(crate) fn seeds(design: &Design) -> Seeds {
    let Design { relief, sites, towns, villages, .. } = design;
    let works = design.works.iter().map(|work| &work.place);
    let mut seeds = Seeds::empty();
    for site in sites {
        for member in &site.members {
            outline(&mut seeds, member, site);
        }
    }
    for site in sites.iter().filter(|site| site.seat == Seat::Across) {
        let count = (site.reach_m / OUTLINE_M) as i64;
        for k in -count..=count {
            let along = k as f64 * OUTLINE_M;
            let up = site.border(relief.seed, along);
            seeds.drawn(site.centre + site.along * along + site.along.left() * up, 12.0, 29.0);
        }
    }
    for site in sites {
        for member in &site.members {
            streets(&mut seeds, member, site);
        }
    }
    for kind in [LineKind::Road, LineKind::PlannedRoad, LineKind::River] {
        for line in relief.lines.iter().filter(|line| line.kind == kind) {
            corridor(&mut seeds, line);
        }
    }
    for town in towns {
        for at in town.lattice().into_iter().filter(|&at| town.will_hold(relief.seed, at)) {
            seeds.polite(at, 29.0, true);
        }
    }
    let mut dice = Dice::new(relief.seed, "vertices");
    for work in works {
        let reach = work.half_m[0] * 1.4;
        let spacing = (work.half_m[1] * 0.75).clamp(38.0, 70.0);
        scatter(
            &mut seeds,
            [work.centre - Spot::new(reach, reach), work.centre + Spot::new(reach, reach)],
            spacing,
            &mut dice,
        );
    }
    for village in villages {
        let reach = village.half_m[0] * 1.35;
        scatter(
            &mut seeds,
            [village.centre - Spot::new(reach, reach), village.centre + Spot::new(reach, reach)],
            VILLAGE_M,
            &mut dice,
        );
    }
    for site in sites {
        let reach = site.reach_m + 200.0;
        scatter(
            &mut seeds,
            [site.centre - Spot::new(reach, reach), site.centre + Spot::new(reach, reach)],
            ZONE_M,
            &mut dice,
        );
    }
    scatter(&mut seeds, [Spot::new(-500.0, -500.0), Spot::new(36_500.0, 35_000.0)], OPEN_M, &mut dice);
    seeds
}

/// Vertices in a box, on a jittered triangular lattice.
fn scatter(seeds: &mut Seeds, [low, high]: [Spot; 2], spacing_m: f64, dice: &mut Dice) {
    let rows = ((high.y - low.y) / (spacing_m * 0.866)) as i64;
    let columns = ((high.x - low.x) / spacing_m) as i64;
    for j in 0..=rows {
        for i in 0..=columns {
            let shift = if j % 2 == 0 { 0.0 } else { 0.5 };
            let jitter = Spot::new(dice.range(-0.36, 0.36), dice.range(-0.36, 0.36)) * spacing_m;
            let at = low + Spot::new((i as f64 + shift) * spacing_m, j as f64 * spacing_m * 0.866) + jitter;
            seeds.polite(at, spacing_m * 0.56, false);
        }
    }
}

fn outline(seeds: &mut Seeds, member: &Member, site: &Site) {
    if let Some(crossing) = member.crossing {
        return crossed(seeds, crossing);
    }
    for ring in member.shape.rings() {
        let [apart_m, along_m] = if site.gapped { [0.9; 2] } else { [12.0, 14.0] };
        // Corners first, so that none is lost to a neighbour on a side.
        for &corner in ring {
            seeds.drawn(corner, apart_m, 30.0);
        }
        let kerbs: Vec<[Spot; 2]> = site.members.iter().flat_map(|m| m.streets.kerbs(site.reach_m)).collect();
        for (k, &a) in ring.iter().enumerate() {
            let b = ring[(k + 1) % ring.len()];
            for crossing in kerbs.iter().filter_map(|&kerb| crossing(kerb, [a, b])) {
                seeds.drawn(crossing, 7.0, 16.0);
            }
            along(seeds, a, b, OUTLINE_M, along_m);
        }
    }
}

/// The arms and the far sides of an outline that crosses itself, all in exact steps.
fn crossed(seeds: &mut Seeds, Crossing { centre, steps: [p, q], count }: Crossing) {
    for k in -count..=count {
        seeds.drawn(centre + p * f64::from(k), 5.0, 26.0);
        seeds.drawn(centre + q * f64::from(k), 5.0, 26.0);
    }
    for side in [-1.0, 1.0] {
        for k in 1..count {
            let far = p * f64::from(count - k) + q * f64::from(k);
            seeds.drawn(centre + far * side, 5.0, 32.0);
        }
    }
}

/// Where two segments cross.
fn crossing([a, b]: [Spot; 2], [c, d]: [Spot; 2]) -> Option<Spot> {
    let (r, s) = (b - a, d - c);
    let turn = r.cross(s);
    let (t, u) = ((c - a).cross(s) / turn, (c - a).cross(r) / turn);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then(|| c + s * u)
}

fn along(seeds: &mut Seeds, a: Spot, b: Spot, every_m: f64, apart_m: f64) {
    let count = (a.distance(b) / every_m).round().max(1.0);
    for k in 1..count as usize {
        seeds.drawn(a + (b - a) * (k as f64 / count), apart_m, every_m * 0.73);
    }
}

fn streets(seeds: &mut Seeds, member: &Member, site: &Site) {
    let every = member.streets.half_m * 2.7;
    for [a, b] in member.streets.kerbs(site.reach_m) {
        let count = (a.distance(b) / every) as usize;
        for k in 0..=count {
            let at = a + (b - a) * (k as f64 / count as f64);
            if member.shape.holds(at) && member.shape.distance(at) > 13.0 {
                seeds.drawn(at, member.streets.half_m * 0.9, every * 0.73);
            }
        }
    }
}

fn corridor(seeds: &mut Seeds, line: &Line) {
    for (station, &at) in line.points.iter().enumerate() {
        let half = line.half_at(station);
        let left = line.direction(station).left();
        for side in [-1.0, 1.0] {
            seeds.drawn(at + left * (side * half), line.step_m * 0.42, line.step_m * 0.73);
        }
    }
}
