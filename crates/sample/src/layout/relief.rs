//! The lie of the land: valleys along the rivers, hills between them, and what grows where.

use super::lines::{Line, LineIndex, LineKind};
use crate::plane::{Spot, inside, to_outline, to_segment};
use crate::random::{noise, rough};

/// Corners of the province in km, counter-clockwise from the south-west; the sea lies in the south-east.
const PROVINCE_KM: [[f64; 2]; 18] = [
    [6.2, 4.2],
    [11.0, 2.6],
    [16.0, 1.6],
    [20.4, 2.8],
    [24.6, 2.0],
    [28.4, 3.4],
    [31.6, 6.4],
    [33.6, 10.6],
    [32.6, 15.6],
    [34.0, 20.6],
    [33.4, 27.4],
    [29.0, 31.2],
    [23.0, 30.6],
    [18.0, 32.8],
    [12.0, 31.4],
    [6.4, 31.0],
    [2.4, 26.4],
    [2.8, 13.0],
];
const COAST_KM: [[f64; 2]; 4] = [[24.6, 2.0], [28.4, 3.4], [31.6, 6.4], [33.6, 10.6]];

/// The terrain of a seed.
pub(crate) struct Relief {
    pub(crate) seed: u64,
    pub(crate) lines: Vec<Line>,
    main_river: LineIndex,
    streams: LineIndex,
    /// Rivers and existing roads.
    pub(crate) corridors: LineIndex,
    pub(crate) roads: LineIndex,
    pub(crate) rivers: LineIndex,
    pub(crate) planned: LineIndex,
    province: Vec<Spot>,
    coast: Vec<Spot>,
}

impl Relief {
    pub(crate) fn new(seed: u64, lines: Vec<Line>) -> Self {
        let main = lines.first().map_or("", |line| line.name);
        let river = |line: &Line| line.kind == LineKind::River;
        let spots = |km: &[[f64; 2]]| km.iter().map(|p| Spot::new(p[0] * 1000.0, p[1] * 1000.0)).collect();
        Self {
            main_river: LineIndex::new(&lines, |line| line.name == main),
            streams: LineIndex::new(&lines, |line| river(line) && line.name != main),
            corridors: LineIndex::new(&lines, |line| line.kind != LineKind::PlannedRoad),
            rivers: LineIndex::new(&lines, river),
            roads: LineIndex::new(&lines, |line| line.kind == LineKind::Road),
            planned: LineIndex::new(&lines, |line| line.kind == LineKind::PlannedRoad),
            province: spots(&PROVINCE_KM),
            coast: spots(&COAST_KM),
            seed,
            lines,
        }
    }

    /// Whether a spot belongs to the province: a rough version of the drawn corners.
    pub(crate) fn in_province(&self, at: Spot) -> bool {
        let shift = |salt: u64| (rough(self.seed ^ salt, at, 5200.0, 5) - 0.5) * 3200.0;
        inside(&self.province, at + Spot::new(shift(0x51), shift(0x52)))
    }

    /// Distance to the drawn outline of the province, m (the real one is up to about a kilometre off).
    pub(crate) fn to_border(&self, at: Spot) -> f64 {
        to_outline(&self.province, at)
    }

    /// Distance to the nearest river, the main one counted as if nearer, since its valley is wider; m.
    fn to_water(&self, at: Spot) -> f64 {
        let reach = 6000.0;
        let far = |index: &LineIndex| index.nearest(&self.lines, at, reach).map_or(reach, |n| n.distance_m);
        (far(&self.main_river) / 1.7).min(far(&self.streams))
    }

    /// How high a spot lies: about 0 in the valley floor, 1 at its edge, above 2 in the hills.
    pub(crate) fn height(&self, at: Spot) -> f64 {
        self.to_water(at) / 900.0 + 4.4 * (rough(self.seed ^ 0x11, at, 3000.0, 4) - 0.5)
    }

    fn to_coast(&self, at: Spot) -> f64 {
        self.coast.windows(2).map(|s| to_segment(at, s[0], s[1]).0).fold(f64::INFINITY, f64::min)
    }

    /// What would grow here without people's works: a land-use code.
    pub(crate) fn natural(&self, at: Spot) -> &'static str {
        let height = self.height(at);
        let coast = self.to_coast(at) + 900.0 * (rough(self.seed ^ 0x21, at, 1400.0, 3) - 0.5);
        if coast < 420.0 {
            return if noise(self.seed ^ 0x22, at, 1900.0) > 0.45 { "RPH" } else { "NTS" };
        }
        if coast < 1300.0 && rough(self.seed ^ 0x23, at, 1100.0, 3) > 0.53 {
            return "NTS";
        }
        if height < 0.85 {
            self.lowland(at)
        } else if height < 1.7 {
            self.slope(at, height)
        } else {
            self.hill(at, height)
        }
    }

    fn lowland(&self, at: Spot) -> &'static str {
        if rough(self.seed ^ 0x31, at, 1400.0, 3) > 0.68 {
            "HNK"
        } else if rough(self.seed ^ 0x32, at, 900.0, 3) > 0.76 {
            "NTS"
        } else if rough(self.seed ^ 0x33, at, 2600.0, 3) > 0.6 {
            "LUK"
        } else {
            "LUC"
        }
    }

    fn slope(&self, at: Spot, height: f64) -> &'static str {
        let mix = rough(self.seed ^ 0x41, at, 2200.0, 3);
        if mix > 0.56 {
            "CLN"
        } else if mix > 0.45 {
            "HNK"
        } else if height > 1.3 || mix < 0.33 {
            "RSX"
        } else {
            "LUK"
        }
    }

    fn hill(&self, at: Spot, height: f64) -> &'static str {
        let reserve = at.distance(Spot::new(29_500.0, 27_600.0))
            + 3600.0 * (rough(self.seed ^ 0x53, at, 2600.0, 4) - 0.5);
        if reserve < 3000.0 {
            return "RDD";
        }
        if rough(self.seed ^ 0x54, at, 1100.0, 3) > 0.77 {
            return if height > 2.4 { "NCS" } else { "DCS" };
        }
        if height < 2.7 && rough(self.seed ^ 0x55, at, 1700.0, 3) > 0.59 {
            return "CLN";
        }
        let guard = height + 5.0 * (rough(self.seed ^ 0x56, at, 3600.0, 4) - 0.5);
        if guard > 3.7 { "RPH" } else { "RSX" }
    }
}
