//! Rivers and roads: centre lines with a width, drawn through rough waypoints and made to wind.

use crate::plane::{Spot, to_segment};
use crate::random::Dice;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    River,
    Road,
    /// A road that only the newest plan knows.
    PlannedRoad,
}

/// A river or road.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) kind: LineKind,
    pub(crate) name: &'static str,
    /// Centre line, evenly spaced by [`Line::step_m`].
    pub(crate) points: Vec<Spot>,
    /// Half of the width where it begins and where it ends, m.
    pub(crate) half_m: [f64; 2],
    /// Distance between two stations, m.
    pub(crate) step_m: f64,
}

impl Line {
    /// Half of the width at a station.
    pub(crate) fn half_at(&self, station: usize) -> f64 {
        let t = station as f64 / (self.points.len().max(2) - 1) as f64;
        self.half_m[0] * (1.0 - t) + self.half_m[1] * t
    }

    /// Direction at a station, length 1.
    pub(crate) fn direction(&self, station: usize) -> Spot {
        let last = self.points.len() - 1;
        (self.points[(station + 1).min(last)] - self.points[station.saturating_sub(1)]).unit()
    }
}

struct Course {
    kind: LineKind,
    name: &'static str,
    half_m: [f64; 2],
    wander_m: f64,
    /// Waypoints in km.
    via: &'static [[f64; 2]],
}

const fn course(
    kind: LineKind,
    name: &'static str,
    half_m: [f64; 2],
    wander_m: f64,
    via: &'static [[f64; 2]],
) -> Course {
    Course { kind, name, half_m, wander_m, via }
}

use LineKind::{PlannedRoad, River, Road};

/// Rivers first, the main one before the streams that end in it.
const COURSES: [Course; 19] = [
    course(
        River,
        "Sông Mẫu",
        [38.0, 95.0],
        700.0,
        &[
            [0.0, 25.6],
            [4.6, 24.6],
            [8.4, 21.6],
            [12.4, 19.6],
            [15.6, 16.6],
            [18.8, 14.6],
            [21.4, 11.4],
            [24.6, 8.8],
            [27.4, 5.2],
            [31.0, 1.0],
        ],
    ),
    course(
        River,
        "Suối Trắng",
        [12.0, 26.0],
        500.0,
        &[[14.6, 34.0], [14.0, 28.6], [16.4, 24.4], [14.8, 20.6], [14.6, 17.6]],
    ),
    course(
        River,
        "Suối Vàng",
        [12.0, 30.0],
        550.0,
        &[[35.0, 24.6], [29.0, 22.4], [24.6, 18.6], [21.0, 16.0], [20.0, 13.2]],
    ),
    course(River, "Suối Lau", [12.0, 24.0], 450.0, &[[0.0, 13.4], [6.6, 12.6], [10.6, 14.4], [14.0, 18.1]]),
    course(River, "Suối Đá", [10.0, 22.0], 450.0, &[[11.6, 0.0], [13.4, 6.0], [17.0, 9.2], [20.6, 12.2]]),
    course(River, "Suối Mây", [10.0, 20.0], 400.0, &[[36.0, 13.6], [30.4, 12.6], [27.0, 10.4], [23.6, 9.6]]),
    course(
        Road,
        "QL.99",
        [22.0, 22.0],
        320.0,
        &[
            [0.0, 22.6],
            [4.4, 22.6],
            [8.2, 19.6],
            [12.4, 17.6],
            [16.4, 18.4],
            [20.6, 17.4],
            [24.6, 13.2],
            [30.0, 9.4],
            [36.0, 8.6],
        ],
    ),
    course(
        Road,
        "QL.98",
        [20.0, 20.0],
        300.0,
        &[[18.6, 35.0], [18.0, 29.4], [17.2, 24.4], [16.4, 18.4], [17.0, 12.0], [15.6, 6.4], [16.4, 0.0]],
    ),
    course(Road, "ĐT.901", [14.0, 14.0], 260.0, &[[8.2, 19.6], [8.0, 24.6], [10.6, 28.4], [18.0, 29.4]]),
    course(Road, "ĐT.902", [14.0, 14.0], 260.0, &[[20.6, 17.4], [24.6, 20.6], [28.6, 23.8], [34.6, 27.0]]),
    course(Road, "ĐT.903", [14.0, 14.0], 260.0, &[[12.4, 17.6], [8.6, 14.4], [5.0, 10.4], [0.0, 9.6]]),
    course(Road, "ĐT.904", [14.0, 14.0], 260.0, &[[15.6, 6.4], [20.6, 7.2], [24.4, 10.6], [24.6, 13.2]]),
    course(Road, "ĐT.905", [13.0, 13.0], 260.0, &[[17.2, 24.4], [22.6, 25.6], [28.6, 23.8]]),
    course(Road, "ĐT.906", [13.0, 13.0], 260.0, &[[20.6, 7.2], [23.0, 4.6], [25.6, 4.4]]),
    course(Road, "ĐT.907", [13.0, 13.0], 260.0, &[[8.6, 14.4], [10.6, 9.6], [15.6, 6.4]]),
    course(Road, "ĐT.908", [13.0, 13.0], 260.0, &[[24.6, 13.2], [28.6, 16.4], [31.6, 19.4], [28.6, 23.8]]),
    course(Road, "ĐT.909", [13.0, 13.0], 220.0, &[[17.0, 12.0], [12.0, 11.4], [10.6, 9.6]]),
    course(
        PlannedRoad,
        "CT.09",
        [30.0, 30.0],
        200.0,
        &[[12.6, 34.0], [13.2, 26.0], [11.0, 20.4], [12.6, 13.6], [19.4, 5.2], [22.6, 0.0]],
    ),
    course(
        PlannedRoad,
        "ĐT.910",
        [16.0, 16.0],
        220.0,
        &[[20.6, 17.4], [23.0, 15.6], [30.6, 15.6], [36.0, 17.0]],
    ),
];

/// The lines of a seed.
pub(crate) fn lines(seed: u64) -> Vec<Line> {
    let mut dice = Dice::new(seed, "lines");
    let mut made: Vec<Line> = Vec::new();
    for plan in &COURSES {
        let line = drawn(plan, &made, &mut dice);
        made.push(line);
    }
    made
}

fn drawn(plan: &Course, earlier: &[Line], dice: &mut Dice) -> Line {
    let via: Vec<Spot> = plan.via.iter().map(|p| Spot::new(p[0] * 1000.0, p[1] * 1000.0)).collect();
    let wound = wind(&via, plan.wander_m, dice);
    let widest = plan.half_m[0].max(plan.half_m[1]);
    let step_m = (widest * 1.5).clamp(30.0, 75.0);
    let mut curve = rounded(&wound, 4);
    let last = curve.len() - 1;
    for end in [0, last] {
        curve[end] = joined(curve[end], plan.kind == River, earlier);
    }
    Line { kind: plan.kind, name: plan.name, points: evenly(&curve, step_m), half_m: plan.half_m, step_m }
}

/// Where a line that ends near an earlier one meets it: a stream in its river, a road at its junction.
fn joined(end: Spot, river: bool, earlier: &[Line]) -> Spot {
    let mut best = (1500.0, end);
    for line in earlier.iter().filter(|line| (line.kind == River) == river) {
        for &point in &line.points {
            if point.distance(end) < best.0 {
                best = (point.distance(end), point);
            }
        }
    }
    best.1
}

/// Puts bends between the waypoints, alternately left and right; waypoints themselves stay, so that lines meet.
fn wind(via: &[Spot], wander_m: f64, dice: &mut Dice) -> Vec<Spot> {
    let mut points = vec![via[0]];
    let mut side = if dice.chance(0.5) { 1.0 } else { -1.0 };
    for pair in via.windows(2) {
        let along = pair[1] - pair[0];
        let bends = (along.length() / (wander_m * 2.2)).round().max(1.0) as usize;
        for bend in 0..bends {
            let t = (bend as f64 + dice.range(0.35, 0.65)) / bends as f64;
            let swing = side * wander_m * dice.range(0.25, 0.75);
            points.push(pair[0] + along * t + along.unit().left() * swing);
            side = -side;
        }
        points.push(pair[1]);
    }
    points
}

/// Cuts corners (Chaikin), which tends to a smooth curve through the middle of every edge.
pub(crate) fn rounded(points: &[Spot], times: usize) -> Vec<Spot> {
    let mut line = points.to_vec();
    for _ in 0..times {
        let mut next = vec![line[0]];
        for pair in line.windows(2) {
            next.push(pair[0] * 0.75 + pair[1] * 0.25);
            next.push(pair[0] * 0.25 + pair[1] * 0.75);
        }
        next.extend(line.last());
        line = next;
    }
    line
}

/// The same line with a vertex every `step_m`.
fn evenly(points: &[Spot], step_m: f64) -> Vec<Spot> {
    let mut even = vec![points[0]];
    let mut wanted = step_m;
    let mut run = 0.0;
    for pair in points.windows(2) {
        let length = pair[0].distance(pair[1]);
        while length > 0.0 && run + length >= wanted {
            even.push(pair[0] + (pair[1] - pair[0]) * ((wanted - run) / length));
            wanted += step_m;
        }
        run += length;
    }
    even
}

/// Where a spot is with regard to a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nearest {
    pub(crate) line: usize,
    pub(crate) station: usize,
    pub(crate) distance_m: f64,
}

/// Finds the nearest line quickly: segments in square buckets.
pub(crate) struct LineIndex {
    bucket_m: f64,
    columns: i64,
    rows: i64,
    buckets: Vec<Vec<(usize, usize)>>,
}

impl LineIndex {
    /// Indexes the lines that `keep` accepts.
    pub(crate) fn new(lines: &[Line], keep: impl Fn(&Line) -> bool) -> Self {
        let (columns, rows, bucket_m) = (76, 76, 500.0);
        let mut index =
            Self { bucket_m, columns, rows, buckets: vec![Vec::new(); (columns * rows) as usize] };
        for (number, line) in lines.iter().enumerate().filter(|(_, line)| keep(line)) {
            for station in 0..line.points.len().saturating_sub(1) {
                let at = index.bucket(line.points[station]);
                index.buckets[at].push((number, station));
            }
        }
        index
    }

    fn cell(&self, at: Spot) -> (i64, i64) {
        let clamp = |v: f64, n: i64| ((v / self.bucket_m) as i64 + 1).clamp(0, n - 1);
        (clamp(at.x, self.columns), clamp(at.y, self.rows))
    }

    fn bucket(&self, at: Spot) -> usize {
        let (i, j) = self.cell(at);
        (j * self.columns + i) as usize
    }

    /// The nearest line within about `reach_m`.
    pub(crate) fn nearest(&self, lines: &[Line], at: Spot, reach_m: f64) -> Option<Nearest> {
        let (ci, cj) = self.cell(at);
        let far = (reach_m / self.bucket_m) as i64 + 1;
        let mut best: Option<Nearest> = None;
        for ring in 0..=far {
            if best.is_some_and(|b| b.distance_m < (ring - 1) as f64 * self.bucket_m) {
                break;
            }
            for (i, j) in ring_cells(ci, cj, ring) {
                if i >= 0 && j >= 0 && i < self.columns && j < self.rows {
                    self.closest_in((j * self.columns + i) as usize, lines, at, &mut best);
                }
            }
        }
        best.filter(|b| b.distance_m <= reach_m)
    }

    fn closest_in(&self, bucket: usize, lines: &[Line], at: Spot, best: &mut Option<Nearest>) {
        for &(line, station) in &self.buckets[bucket] {
            let (a, b) = (lines[line].points[station], lines[line].points[station + 1]);
            let (distance_m, t) = to_segment(at, a, b);
            if best.is_none_or(|b| distance_m < b.distance_m) {
                *best = Some(Nearest { line, station: station + usize::from(t > 0.5), distance_m });
            }
        }
    }
}

/// The cells of a square ring around a cell; the only one of ring 0 comes twice.
fn ring_cells(ci: i64, cj: i64, ring: i64) -> impl Iterator<Item = (i64, i64)> {
    (-ring..=ring).flat_map(move |k| {
        let sides = (k.abs() < ring).then_some([(ci - ring, cj + k), (ci + ring, cj + k)]);
        [(ci + k, cj - ring), (ci + k, cj + ring)].into_iter().chain(sides.into_iter().flatten())
    })
}
