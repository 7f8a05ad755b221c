//! How much of each cell a feature covers, exactly, from its borders in any order.
//!
//! A border piece of height h that goes down through a cell at a mean distance m from its left side takes h·(1 − m) from
//! the cell and h from every cell to its right. So each piece adds to two cells, and a running sum along every row
//! gives the rest.

use rayon::prelude::*;

use super::{CELL_UNITS, Mosaic, Place, Share};
use crate::coverage::Coverage;
use crate::coverage::merge::Faces;
use crate::grid::GridPoint;
use crate::matrix::MAX_ZOOM;

/// Most cells that one feature may reach over; a layer with a larger one is no layer of small polygons.
const MOST_CELLS: usize = 1 << 22;

/// The mosaic of a zoom in its smallest cells; `None` when a feature is too large for it.
pub(crate) fn raster(coverage: &Coverage, faces: &Faces, anchors: &[GridPoint], z: u8) -> Option<Mosaic> {
    let side = f64::from(CELL_UNITS) * f64::from(1_u32 << (MAX_ZOOM - z));
    let (starts, walks) = coverage.borders(anchors.len());
    let rows: Vec<usize> = (0..anchors.len()).filter(|&row| starts[row] < starts[row + 1]).collect();
    let parts: Vec<Option<Vec<(Place, Share)>>> = rows
        .par_iter()
        .map(|&row| {
            let mut patch = Patch::default();
            for walk in &walks[starts[row] as usize..starts[row + 1] as usize] {
                patch.lines.push((coverage.arc(walk.arc as usize), walk.backwards));
            }
            let shares = patch.covered(side)?.into_iter().map(|(place, covered)| {
                let (class, row) = (faces.class[row], row as u32);
                (place, Share { class, covered, row, most: covered, count: 0 })
            });
            let anchor = anchors[row].wide().map(|c| (c as f64 / side).floor() as i32);
            let here = Share { class: faces.class[row], covered: 0.0, row: row as u32, most: 0.0, count: 1 };
            Some(shares.chain([([anchor[1], anchor[0]], here)]).collect())
        })
        .collect();
    Some(Mosaic::new(parts.into_iter().collect::<Option<Vec<_>>>()?.concat()))
}

/// The borders of one feature.
#[derive(Default)]
struct Patch<'a> {
    lines: Vec<(&'a [GridPoint], bool)>,
}

impl Patch<'_> {
    /// The cells that the feature covers something of.
    fn covered(&self, side: f64) -> Option<Vec<(Place, f64)>> {
        let points = || self.lines.iter().flat_map(|(line, _)| line.iter());
        let bound = |v: Option<u32>| (f64::from(v.unwrap_or(0)) / side).floor();
        let least = [bound(points().map(|p| p.x).min()), bound(points().map(|p| p.y).min())];
        let most = [bound(points().map(|p| p.x).max()), bound(points().map(|p| p.y).max())];
        // A cell more to the right takes the rest of every row.
        let [width, height] = [0, 1].map(|k| (most[k] - least[k]) as usize + 2);
        if width.saturating_mul(height) > MOST_CELLS {
            return None;
        }
        let mut cells = vec![0.0; width * height];
        for (line, backwards) in &self.lines {
            let sign = if *backwards { -1.0 } else { 1.0 };
            for pair in line.windows(2) {
                let local =
                    |p: GridPoint| [f64::from(p.x) / side - least[0], f64::from(p.y) / side - least[1]];
                edge(local(pair[0]), local(pair[1]), sign, width, &mut cells);
            }
        }
        let mut covered = Vec::new();
        for (j, row) in cells.chunks(width).enumerate() {
            let mut sum = 0.0;
            for (i, cell) in row.iter().enumerate() {
                sum -= cell;
                if sum > 1e-9 {
                    covered.push(([least[1] as i32 + j as i32, least[0] as i32 + i as i32], sum));
                }
            }
        }
        Some(covered)
    }
}

/// Adds an edge, cut at the rows and columns of cells.
fn edge(a: [f64; 2], b: [f64; 2], sign: f64, width: usize, cells: &mut [f64]) {
    if a[1] == b[1] {
        return;
    }
    let (top, bottom, sign) = if a[1] < b[1] { (a, b, sign) } else { (b, a, -sign) };
    let slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
    let x_at = |y: f64| top[0] + (y - top[1]) * slope;
    let mut y = top[1];
    while y < bottom[1] {
        let row = y.floor();
        let end = bottom[1].min(row + 1.0);
        let (left, right) = if slope >= 0.0 { (x_at(y), x_at(end)) } else { (x_at(end), x_at(y)) };
        let row_cells = &mut cells[row as usize * width..(row as usize + 1) * width];
        let mut x = left;
        loop {
            let column = x.floor().max(0.0);
            let next = right.min(column + 1.0);
            // The share of the height that lies in this column; all of it where the edge stands upright.
            let share = if right > left { (next - x) / (right - left) } else { 1.0 };
            let (height, middle) = (sign * (end - y) * share, (x + next) / 2.0 - column);
            let i = (column as usize).min(width - 2);
            row_cells[i] += height * (1.0 - middle);
            row_cells[i + 1] += height * middle;
            if next >= right {
                break;
            }
            x = next;
        }
        y = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(x: u32, y: u32) -> GridPoint {
        GridPoint { x, y }
    }

    #[test]
    fn a_triangle_covers_half_of_what_it_cuts() {
        // In cells of 10: from (10, 10) to (30, 10) to (30, 30), clockwise on the map.
        let ring = [point(10, 10), point(30, 10), point(30, 30), point(10, 10)];
        let patch = Patch { lines: vec![(&ring, false)] };
        let covered = patch.covered(10.0).unwrap();
        assert_eq!(covered, [([1, 1], 0.5), ([1, 2], 1.0), ([2, 2], 0.5)]);
    }

    #[test]
    fn a_slanted_square_covers_its_area() {
        let ring = [point(57, 3), point(103, 61), point(45, 107), point(0, 49), point(57, 3)];
        let doubled = crate::grid::doubled_area(&ring) as f64;
        let patch = Patch { lines: vec![(&ring, false)] };
        for side in [1.0, 7.0, 16.0, 200.0] {
            let sum: f64 = patch.covered(side).unwrap().iter().map(|(_, covered)| covered).sum();
            assert!((sum * side * side - doubled / 2.0).abs() < 1e-6, "{side}");
        }
    }
}
