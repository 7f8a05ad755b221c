//! The subject: one feature prepared once for all its candidates.

use std::sync::OnceLock;

use super::frame::{Frame, length_per_run};
use super::grid::{Columns, MOST_ROWS, Occupancy, Rows};
use super::kernel::{Edges, pairs};
use super::lanes::{Lanes, Path, Task};
use super::lines::{Table, boundary, thickness};
use super::pieces::{LANES, Pieces, Rings};
use super::walk::{Crossed, Near, Walk};
use super::{Measure, References};
use crate::Polygons;

/// A subject prepared once for all its candidates.
#[derive(Debug, Default)]
pub struct Subject {
    pub(super) frame: Frame,
    pub(super) least_run_m: f64,
    pub(super) columns: Columns,
    pub(super) rows: Rows,
    pub(super) pieces: Pieces,
    pub(super) thickness: Table,
    pub(super) occupancy: Occupancy,
    boundary: OnceLock<Boundary>,
}

/// What lengths need beside areas.
#[derive(Debug)]
pub(super) struct Boundary {
    /// Length of each piece for each metre along x.
    pub lengths: Vec<[f64; LANES]>,
    pub table: Table,
}

/// Room that is used again from subject to subject.
#[derive(Debug)]
pub struct Scratch {
    /// Candidates whose boxes the subject's border meets.
    pub(super) crossed: Vec<Crossed>,
    pub(super) near: Vec<Near>,
    pub(super) selected: Vec<u32>,
    pub(super) selected_count: usize,
    path: Path,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            crossed: Vec::new(),
            near: Vec::new(),
            selected: Vec::new(),
            selected_count: 0,
            path: Path::fastest(),
        }
    }
}

impl Scratch {
    /// Room whose use measures one pair at a time, as on machines without vectors; to compare.
    #[doc(hidden)]
    pub fn scalar() -> Self {
        Self { path: Path::Scalar, ..Self::default() }
    }

    /// The same with four at a time, as on machines with vectors of that width at the most.
    #[doc(hidden)]
    pub fn four() -> Self {
        Self { path: Path::four(), ..Self::default() }
    }

    fn clear(&mut self) {
        self.crossed.clear();
        self.near.clear();
        self.selected_count = 0;
    }
}

impl Subject {
    /// Prepares one feature.
    pub fn new(polygons: &Polygons, position: usize) -> Self {
        Path::fastest().run(Preparation { polygons, position })
    }

    /// The area that the subject shares with each candidate, m², in their order.
    pub fn areas(
        &self,
        references: &References,
        candidates: &[usize],
        scratch: &mut Scratch,
        areas_m2: &mut Vec<f64>,
    ) {
        areas_m2.clear();
        let mut measures = Vec::with_capacity(candidates.len());
        self.run::<false>(references, candidates, scratch, &mut measures);
        areas_m2.extend(measures.iter().map(|measure| measure.area_m2));
    }

    /// Area and boundary length of the overlap with each candidate, in their order.
    pub fn measures(
        &self,
        references: &References,
        candidates: &[usize],
        scratch: &mut Scratch,
        measures: &mut Vec<Measure>,
    ) {
        measures.clear();
        self.run::<true>(references, candidates, scratch, measures);
    }

    fn run<const LENGTHS: bool>(
        &self,
        references: &References,
        candidates: &[usize],
        scratch: &mut Scratch,
        measures: &mut Vec<Measure>,
    ) {
        if self.pieces.blocks.is_empty() {
            measures.resize(candidates.len(), Measure::default());
            return;
        }
        scratch.path.run(Measurement::<LENGTHS> { subject: self, references, candidates, scratch, measures });
    }

    #[inline(always)]
    fn measure<S: Lanes, const LENGTHS: bool>(
        &self,
        simd: S,
        references: &References,
        candidates: &[usize],
        scratch: &mut Scratch,
        measures: &mut Vec<Measure>,
    ) {
        let boundary = LENGTHS.then(|| self.boundary());
        let walk = Walk { simd, subject: self, references, boundary };
        scratch.clear();
        walk.begin(candidates, scratch, measures);
        walk.go_round::<LENGTHS>(scratch, measures);
        let coords = references.polygons().coords();
        let lengths: &[[f64; LANES]] = boundary.map_or(&[], |boundary| &boundary.lengths);
        for (i, near) in scratch.near.iter().enumerate() {
            if let Some(next) = scratch.near.get(i + VERTICES_AHEAD) {
                // Nine vertices lie in two to four cache lines.
                for vertex in [0, next.edges as usize / 2, next.edges as usize] {
                    simd.ask(&coords[next.vertex + vertex]);
                }
            }
            let edges = Edges::new(
                &coords[near.vertex..=near.vertex + near.edges as usize],
                &self.frame,
                self.least_run_m,
            );
            let selected = &scratch.selected[near.first as usize..][..near.count as usize];
            let sum = pairs::<S, LENGTHS>(simd, &edges, selected, &self.pieces.blocks, lengths);
            let measure = &mut measures[near.slot as usize];
            measure.area_m2 += sum.area_m2;
            if LENGTHS {
                measure.perimeter_m += sum.length_m;
            }
        }
    }

    fn boundary(&self) -> &Boundary {
        self.boundary.get_or_init(|| {
            let lengths: Vec<_> =
                self.pieces.blocks.iter().map(|block| block.slope.map(length_per_run)).collect();
            let table = boundary(&self.pieces, &lengths, &self.columns, &self.rows);
            Boundary { lengths, table }
        })
    }
}

/// How many near chains ahead their vertices are asked for.
const VERTICES_AHEAD: usize = 8;

/// Columns and rows that serve a feature of so many vertices. A column of ten edges costs a selection little, and
/// rows as many make cells about square; a feature of 20,000 vertices is measured twice as fast by 62 rows as by 32,
/// and no faster by more columns.
fn cells(vertices: usize) -> (usize, usize) {
    ((vertices / 10).clamp(1, 1024), (vertices / 10).clamp(1, MOST_ROWS))
}

struct Preparation<'a> {
    polygons: &'a Polygons,
    position: usize,
}

impl Task for Preparation<'_> {
    type Output = Subject;

    #[inline(always)]
    fn run<S: Lanes>(self, _: S) -> Subject {
        let Self { polygons, position } = self;
        let Some(envelope) = polygons.envelope(position) else { return Subject::default() };
        let frame = Frame::of(&envelope);
        let least_run_m = frame.span_m() * (0.5_f64).powi(49);
        let (columns, rows) = cells(polygons.rings(position).map(|ring| ring.coords.len()).sum());
        let columns = Columns::new(columns, frame.size[0]);
        let rows = Rows::new(rows, frame.size[1]);
        let rings = Rings::new(polygons, position, &frame, least_run_m, &columns);
        let pieces = Pieces::new(&rings, &columns);
        let (thickness, occupancy) = thickness(&pieces, &columns, &rows);
        Subject { frame, least_run_m, columns, rows, pieces, thickness, occupancy, boundary: OnceLock::new() }
    }
}

struct Measurement<'a, const LENGTHS: bool> {
    subject: &'a Subject,
    references: &'a References,
    candidates: &'a [usize],
    scratch: &'a mut Scratch,
    measures: &'a mut Vec<Measure>,
}

impl<const LENGTHS: bool> Task for Measurement<'_, LENGTHS> {
    type Output = ();

    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let Self { subject, references, candidates, scratch, measures } = self;
        subject.measure::<S, LENGTHS>(simd, references, candidates, scratch, measures);
    }
}
