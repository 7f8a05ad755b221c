//! From a tile's name to its bytes.

use std::cell::RefCell;

use super::clip::{self, Corners, Cut, Frame, TilePoint};
use super::draft::{Draft, Geometry};
use super::far;
use super::simple::Outside;
use crate::head::Head;
use crate::labels;
use crate::layer::{Key, TileLayer};
use crate::level::{Level, Parts, Record, parts};
use crate::matrix::{EXTENT, TileCoord};
use crate::rows::{NOTHING, Rows};
use crate::source::Kind;
use crate::wire::{self, CLOSE, LINE, MOVE, command};

/// An encoded tile and what it does not show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// Mapbox Vector Tile 2.1; no bytes when nothing is there.
    pub bytes: Vec<u8>,
    /// Features drawn, labels not counted.
    pub features: usize,
    /// Features that lie in the tile and are too small to be drawn at its zoom.
    pub collapsed: usize,
    /// Features that are drawn as parts of others, over all features drawn.
    pub merged: usize,
}

#[derive(Default)]
struct Scratch {
    draft: Draft,
    found: Vec<u32>,
    parts: Parts,
    corners: Corners,
    outside: Outside,
    ring: Vec<TilePoint>,
    cuts: Cuts,
    pieces: Vec<Vec<TilePoint>>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl TileLayer {
    /// Encodes one tile.
    pub fn encode(&self, tile: TileCoord) -> Tile {
        let [level, coarse] = [&self.levels, &self.coarse]
            .map(|levels| shown(levels.len(), tile).map(|zoom| (zoom, &levels[zoom])));
        self.head.encode(level, coarse, tile)
    }
}

/// The zoom of the level that shows a tile, of so many: the deepest one for tiles below it.
pub(crate) fn shown(levels: usize, tile: TileCoord) -> Option<usize> {
    Some(levels.checked_sub(1)?.min(usize::from(tile.z())))
}

impl Head {
    /// Encodes a tile from the level that shows it and the one with fewer vertices, each with its zoom.
    pub(crate) fn encode(
        &self,
        level: Option<(usize, &Level)>,
        coarse: Option<(usize, &Level)>,
        tile: TileCoord,
    ) -> Tile {
        let columns = &self.columns[usize::from(tile.z())];
        let carried = Carried { rows: &self.rows, keys: &self.settings.keys, columns };
        let frame = |zoom: usize| frame(tile, tile.z() - zoom as u8, self.settings.buffer);
        SCRATCH.with_borrow_mut(|scratch| {
            let mut answer = Tile::default();
            if let Some((zoom, level)) = level {
                scratch.level(&carried, level, &frame(zoom), &self.settings.name, &mut answer);
                answer.features = scratch.draft.len();
                answer.collapsed = labels::count_in(&level.hidden, tile);
            }
            if let Some((zoom, level)) = coarse {
                let mut coarse = Tile { bytes: std::mem::take(&mut answer.bytes), ..Tile::default() };
                scratch.level(&carried, level, &frame(zoom), &self.coarse_name, &mut coarse);
                answer.bytes = coarse.bytes;
            }
            scratch.labels(self, tile, &mut answer.bytes);
            answer
        })
    }
}

/// Where a tile lies on a level that is `shift` zooms less deep.
fn frame(tile: TileCoord, shift: u8, buffer: i64) -> Frame {
    let corner = |v: u32| ((i64::from(v) * EXTENT) >> shift) as i32;
    let buffer = buffer.clamp(0, clip::MAX_BUFFER_UNITS);
    let limits = [-buffer, EXTENT + buffer];
    Frame { origin: [corner(tile.x()), corner(tile.y())], shift, limits }
}

/// What features carry into a tile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Carried<'a> {
    pub(crate) rows: &'a Rows,
    pub(crate) keys: &'a [Key],
    pub(crate) columns: &'a [usize],
}

/// Reads a little of all that the features of a tile will need.
///
/// Features near each other lie near in memory, but the tiles of a crowd lie anywhere, and then each feature costs
/// several accesses to main memory that wait for one another. Asked for at once, a processor waits for many together.
fn look_ahead(carried: &Carried<'_>, level: &Level, found: &[u32]) {
    let Carried { rows, columns, .. } = *carried;
    let mut seen = 0;
    for &number in found {
        let record = &level.records[number as usize];
        seen ^= level.bytes.get(record.offset as usize).copied().unwrap_or_default();
        seen ^= rows.ids[record.row as usize] as u8 ^ rows.kinds[record.row as usize] as u8;
        seen ^= rows.cells(record.row).first().copied().unwrap_or_default() as u8;
    }
    for &number in found {
        let cells = rows.cells(level.records[number as usize].row);
        let values = columns.iter().map(|&column| cells[column]).filter(|&value| value != NOTHING);
        seen ^= values.filter_map(|value| rows.value(value).first()).fold(0, |seen, first| seen ^ first);
    }
    std::hint::black_box(seen);
}

/// The size of a tile of a level, bytes, labels not counted.
pub(crate) fn bytes_of(carried: &Carried<'_>, level: &Level, tile: TileCoord, buffer: i64) -> usize {
    SCRATCH.with_borrow_mut(|scratch| {
        let mut answer = Tile::default();
        scratch.level(carried, level, &frame(tile, 0, buffer), "", &mut answer);
        answer.bytes.len()
    })
}

/// A feature of no more bytes is not cut if it reaches no further beyond the buffer than this, an eighth of a tile: to
/// look at each of its vertices takes longer than to send those that are not needed.
const SMALL_BYTES: usize = 192;
pub(crate) const SMALL_REACH_UNITS: i64 = 512;

/// Whether a tile takes a feature as it lies: all of it is inside, or the little outside is not worth a look.
fn is_copied(level: &Level, number: u32, frame: &Frame) -> bool {
    let bounds = level.tree.boxes()[number as usize];
    frame.holds(bounds, 0)
        || frame.holds(bounds, SMALL_REACH_UNITS) && level.fragment(number as usize).len() <= SMALL_BYTES
}

impl Scratch {
    fn level(&mut self, carried: &Carried<'_>, level: &Level, frame: &Frame, name: &str, answer: &mut Tile) {
        let Carried { rows, keys, columns } = *carried;
        self.draft.begin(rows);
        let reach = frame.limits.map(|limit| (limit >> frame.shift) as i32);
        let [x, y] = frame.origin;
        // A box rounded down below may lack a part of a unit at its end.
        let bounds = [x + reach[0], y + reach[0], x + reach[1] + 1, y + reach[1] + 1];
        let (mut found, mut counted) = (std::mem::take(&mut self.found), 0_usize);
        level.tree.query(bounds, &mut found);
        look_ahead(carried, level, &found);
        for &number in &found {
            let record = &level.records[number as usize];
            let kind = rows.kinds[record.row as usize];
            let is_copied = frame.shift == 0 && is_copied(level, number, frame);
            let geometry = if is_copied {
                let first = [0, 1].map(|k| record.first[k] - frame.origin[k]);
                Some(Geometry::Copied { record: number, first })
            } else {
                self.cut(level, number, record, kind, frame)
            };
            if let Some(geometry) = geometry {
                self.draft.push(rows, level, record.row, kind, columns, geometry);
                counted += record.count as usize;
            }
        }
        self.found = found;
        answer.merged = counted.saturating_sub(self.draft.len());
        let keys = columns.iter().map(|&column| keys[column].name.as_str());
        self.draft.write(rows, level, name, keys, &mut answer.bytes);
    }

    /// What the tile needs of a feature that reaches beyond it.
    fn cut(
        &mut self,
        level: &Level,
        number: u32,
        record: &Record,
        kind: Kind,
        frame: &Frame,
    ) -> Option<Geometry> {
        let bytes = level.fragment(number as usize);
        let stretches = level.stretches(number as usize);
        let start = self.draft.geometry.len();
        let far_away = |stretch: &crate::level::Stretch| frame.box_outside(stretch.bounds) != 0;
        parts(bytes, record.first, stretches, far_away, &mut self.parts);
        match kind {
            Kind::Point => self.points(frame),
            Kind::Line => self.lines(frame),
            Kind::Polygon => {
                if !self.rings(frame, true) {
                    self.draft.geometry.truncate(start);
                    parts(bytes, record.first, stretches, |_| false, &mut self.parts);
                    self.rings(frame, false);
                }
            }
        }
        let end = self.draft.geometry.len();
        (end > start).then_some(Geometry::Cut { start, end })
    }

    fn points(&mut self, frame: &Frame) {
        let near = self.parts.points.iter().map(|&point| frame.local(point));
        let near: Vec<TilePoint> = near.filter(|&point| frame.outside(point) == 0).collect();
        if near.is_empty() {
            return;
        }
        let into = &mut self.draft.geometry;
        wire::put(into, u64::from(command(MOVE, near.len())));
        let mut cursor = [0; 2];
        near.iter().for_each(|&point| step(into, &mut cursor, point));
    }

    fn lines(&mut self, frame: &Frame) {
        self.pieces.clear();
        for part in self.parts.iter() {
            clip::line(part, frame, &mut self.pieces);
        }
        let mut cursor = [0; 2];
        for piece in &self.pieces {
            path(&mut self.draft.geometry, &mut cursor, piece);
        }
    }

    /// Writes the rings; `false` when that needs all vertices of rings and there may be some only.
    fn rings(&mut self, frame: &Frame, may_be_thinned: bool) -> bool {
        if !self.cut_rings(frame, may_be_thinned, false) {
            return false;
        }
        if self.cuts.meet_outside(&mut self.outside, frame) {
            if may_be_thinned {
                return false;
            }
            self.cut_rings(frame, false, true);
        }
        self.cuts.write(&mut self.draft.geometry);
        true
    }

    /// Cuts the rings, at the far box those that need it or, with `all_far`, all that are cut; `false` when that needs
    /// all vertices and there may be some only.
    fn cut_rings(&mut self, frame: &Frame, may_be_thinned: bool, all_far: bool) -> bool {
        self.cuts.clear();
        // Whether the shell of the polygon being cut is there, and where it begins if it is the box.
        let mut has_shell = false;
        let mut around = None;
        for (ring, is_hole) in self.parts.rings() {
            if is_hole && !has_shell {
                continue;
            }
            let mut cut = clip::ring(ring, is_hole, frame, &mut self.corners, &mut self.ring);
            if cut == Cut::Far || (all_far && cut == Cut::Ring) {
                if may_be_thinned {
                    return false;
                }
                far::ring(ring, frame, &mut self.ring);
                cut = if far::is_right(&self.ring, is_hole) { Cut::Ring } else { Cut::Nothing };
            }
            match (cut, is_hole) {
                (Cut::Everything, true) => {
                    // The hole takes all that the shell has in the box.
                    self.cuts.drop_polygon();
                    has_shell = false;
                }
                (Cut::Everything, false) => {
                    self.cuts.push(&square(frame.limits), is_hole);
                    around = Some(self.cuts.points.len() - 4);
                    has_shell = true;
                }
                (Cut::Ring | Cut::Far, _) => {
                    self.cuts.push(&self.ring, is_hole);
                    has_shell = true;
                    if !is_hole {
                        around = None;
                    } else if around.is_some() && !self.ring.iter().all(|&point| frame.is_inside(point)) {
                        // The hole must not cross a shell that stands for one further out.
                        self.cuts.widen(around.take());
                    }
                }
                (Cut::Nothing, _) => has_shell &= is_hole,
            }
        }
        true
    }

    fn labels(&mut self, layer: &Head, tile: TileCoord, into: &mut Vec<u8>) {
        let mut labels = layer.labels.of(tile).peekable();
        if labels.peek().is_none() {
            return;
        }
        let columns: Vec<usize> = layer.columns[usize::from(tile.z())]
            .iter()
            .copied()
            .filter(|&column| layer.settings.keys[column].on_labels)
            .collect();
        let level = Level::default();
        self.draft.begin(&layer.rows);
        for (row, [x, y]) in labels {
            let start = self.draft.geometry.len();
            wire::put(&mut self.draft.geometry, u64::from(command(MOVE, 1)));
            wire::put_step(&mut self.draft.geometry, [0, 0], [x, y]);
            let geometry = Geometry::Cut { start, end: self.draft.geometry.len() };
            self.draft.push(&layer.rows, &level, row, Kind::Point, &columns, geometry);
        }
        let keys = columns.iter().map(|&column| layer.settings.keys[column].name.as_str());
        self.draft.write(&layer.rows, &level, &layer.label_name, keys, into);
    }
}

/// The corners of a box, wound as a shell.
fn square([min, max]: [i64; 2]) -> [TilePoint; 4] {
    [[min, min], [max, min], [max, max], [min, max]]
}

/// The rings of one feature that a tile shows.
#[derive(Default)]
struct Cuts {
    points: Vec<TilePoint>,
    /// Where each ring begins, and of which polygon it is.
    rings: Vec<(usize, usize)>,
    polygons: usize,
}

impl Cuts {
    fn clear(&mut self) {
        self.points.clear();
        self.rings.clear();
        self.polygons = 0;
    }

    /// Adds a ring; a shell begins a polygon.
    fn push(&mut self, ring: &[TilePoint], is_hole: bool) {
        self.polygons += usize::from(!is_hole);
        self.rings.push((self.points.len(), self.polygons));
        self.points.extend_from_slice(ring);
    }

    /// Puts a shell that is the box further out.
    fn widen(&mut self, shell: Option<usize>) {
        let corners = shell.and_then(|start| self.points.get_mut(start..start + 4));
        corners.into_iter().for_each(|corners| corners.copy_from_slice(&square(clip::BEYOND)));
    }

    /// Takes the last polygon away.
    fn drop_polygon(&mut self) {
        while let Some((start, _)) = self.rings.pop_if(|(_, polygon)| *polygon == self.polygons) {
            self.points.truncate(start);
        }
        self.polygons = self.polygons.saturating_sub(1);
    }

    /// Whether somewhere outside the box the borders of a polygon meet each other.
    fn meet_outside(&self, outside: &mut Outside, frame: &Frame) -> bool {
        let mut first = 0;
        self.rings.chunk_by(|a, b| a.1 == b.1).any(|polygon| {
            let rings = first..first + polygon.len();
            first = rings.end;
            outside.meets(rings.map(|number| self.ring(number)), frame)
        })
    }

    fn ring(&self, number: usize) -> &[TilePoint] {
        let end = self.rings.get(number + 1).map_or(self.points.len(), |(start, _)| *start);
        &self.points[self.rings[number].0..end]
    }

    /// Writes polygons and holes in the order of their first points, so that what a feature has elsewhere is no matter.
    fn write(&self, into: &mut Vec<u8>) {
        let mut rings: Vec<(TilePoint, usize, bool, &[TilePoint])> = Vec::with_capacity(self.rings.len());
        let mut shell = [0; 2];
        let mut before = 0;
        for (number, &(_, polygon)) in self.rings.iter().enumerate() {
            let ring = self.ring(number);
            let is_hole = polygon == before;
            before = polygon;
            if !is_hole {
                shell = ring.first().copied().unwrap_or_default();
            }
            rings.push((shell, polygon, is_hole, ring));
        }
        rings
            .sort_by_key(|&(shell, polygon, is_hole, ring)| (shell, polygon, is_hole, ring.first().copied()));
        let mut cursor = [0; 2];
        for (.., ring) in rings {
            path(into, &mut cursor, ring);
            wire::put(into, u64::from(command(CLOSE, 1)));
        }
    }
}

/// Appends a line, or a ring but for its closing.
fn path(into: &mut Vec<u8>, cursor: &mut [i32; 2], points: &[TilePoint]) {
    wire::put(into, u64::from(command(MOVE, 1)));
    for (i, &point) in points.iter().enumerate() {
        if i == 1 {
            wire::put(into, u64::from(command(LINE, points.len() - 1)));
        }
        step(into, cursor, point);
    }
}

/// Appends a step. Clipping has brought coordinates near the tile, so they fit.
fn step(into: &mut Vec<u8>, cursor: &mut [i32; 2], point: TilePoint) {
    let point = point.map(|c| c as i32);
    wire::put_step(into, *cursor, point);
    *cursor = point;
}
