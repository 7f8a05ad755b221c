//! Rough borders by midpoint displacement: the middle of a piece moves sideways and a little along, then the same
//! with both halves, as often as it takes to come to pieces of some nine metres.

use super::functions::normal;
use super::partition::Partition;
use crate::random::Dice;

/// Length of the pieces that borders are cut down to, m.
const PIECE_M: f64 = 9.0;
/// Most halvings of a border.
const LEVELS: u32 = 7;

/// The vertices of every border from its first corner to its second.
pub(super) struct Borders {
    points: Vec<[f64; 2]>,
    starts: Vec<usize>,
    is_straight: Vec<bool>,
}

impl Borders {
    /// Roughens every border of a partition but those along the edge of the square.
    pub(super) fn rough(partition: &Partition, seed: u64) -> Self {
        let mut dice = Dice::new(seed, "workload borders");
        let (mut points, mut starts) = (Vec::new(), vec![0]);
        for (ends, &is_outer) in partition.borders.iter().zip(&partition.is_outer) {
            let ends = ends.map(|corner| partition.corners[corner]);
            let mut line = ends.to_vec();
            for _ in 0..if is_outer { 0 } else { levels(ends) } {
                line = halved(&line, &mut dice);
            }
            points.append(&mut line);
            starts.push(points.len());
        }
        let is_straight = vec![false; partition.borders.len()];
        Self { points, starts, is_straight }
    }

    /// Takes everything between the corners off a border.
    pub(super) fn straighten(&mut self, border: usize) {
        self.is_straight[border] = true;
    }

    /// Adds the vertices of a border to a ring, in the direction asked for, without the last.
    pub(super) fn append(&self, (border, forwards): (usize, bool), ring: &mut Vec<[f64; 2]>) {
        let line = &self.points[self.starts[border]..self.starts[border + 1]];
        let inner = line.len() - 1;
        match (self.is_straight[border], forwards) {
            (true, true) => ring.push(line[0]),
            (true, false) => ring.push(line[inner]),
            (false, true) => ring.extend_from_slice(&line[..inner]),
            (false, false) => ring.extend(line[1..].iter().rev()),
        }
    }
}

/// How often a border is halved: the whole number nearest to log₂(length / 9 m).
fn levels([a, b]: [[f64; 2]; 2]) -> u32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length_m = (dx * dx + dy * dy).sqrt();
    let mut limit_m = PIECE_M * 2f64.sqrt();
    let mut levels = 0;
    while levels < LEVELS && length_m >= limit_m {
        levels += 1;
        limit_m *= 2.0;
    }
    levels
}

fn halved(line: &[[f64; 2]], dice: &mut Dice) -> Vec<[f64; 2]> {
    let mut finer = Vec::with_capacity(2 * line.len());
    for w in line.windows(2) {
        let ([ax, ay], [bx, by]) = (w[0], w[1]);
        let (dx, dy) = (bx - ax, by - ay);
        let aside = (0.09 * normal(dice)).clamp(-0.2, 0.2);
        let along = 0.5 + (0.05 * normal(dice)).clamp(-0.15, 0.15);
        finer.push(w[0]);
        finer.push([ax + along * dx - aside * dy, ay + along * dy + aside * dx]);
    }
    finer.extend(line.last());
    finer
}
