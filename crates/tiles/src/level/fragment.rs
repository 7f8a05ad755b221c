//! A feature's geometry as bytes: the first command, then all that follows the first point.

use super::tree::around;
use super::{Record, Stretch, UnitBox};
use crate::faces::doubled_area;
use crate::source::Kind;
use crate::wire::{self, CLOSE, LINE, MOVE, Reader, command};

/// From so many vertices on a feature has stretches.
const LARGE: usize = 512;
/// Vertices of a stretch.
pub(super) const STRETCH: usize = 64;

/// Fragments of some features, one after another.
#[derive(Debug, Default)]
pub(crate) struct Fragment {
    pub(crate) records: Vec<Record>,
    /// The box of each.
    pub(crate) boxes: Vec<UnitBox>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) stretches: Vec<Stretch>,
}

impl Fragment {
    /// Appends a feature: points as parts of one vertex each, lines, or rings without their closing points.
    pub(crate) fn push(&mut self, row: u32, count: u32, kind: Kind, parts: &[Vec<[i32; 2]>]) {
        let Some(&first) = parts.first().and_then(|part| part.first()) else { return };
        let vertices: usize = parts.iter().map(Vec::len).sum();
        self.boxes.push(around(parts.iter().flatten().copied()));
        self.records.push(Record {
            first,
            offset: self.bytes.len() as u32,
            row,
            count,
            stretches: self.stretches.len() as u32,
        });
        if kind == Kind::Point {
            self.points(parts, vertices, first);
            return;
        }
        let start = self.bytes.len();
        let is_large = has_stretches(kind, vertices);
        let mut at = first;
        for (number, part) in parts.iter().enumerate() {
            wire::put(&mut self.bytes, u64::from(command(MOVE, 1)));
            if number > 0 {
                wire::put_step(&mut self.bytes, at, part[0]);
            }
            let is_hole = is_hole(kind, part);
            wire::put(&mut self.bytes, u64::from(command(LINE, part.len() - 1)));
            for (i, &point) in part.iter().enumerate() {
                if i > 0 {
                    wire::put_step(&mut self.bytes, at, point);
                }
                if is_large && i % STRETCH == 0 {
                    // Its step has just been written.
                    self.stretches.push(stretch(part, is_hole, i, (self.bytes.len() - start) as u32));
                }
                at = point;
            }
            if kind == Kind::Polygon {
                wire::put(&mut self.bytes, u64::from(command(CLOSE, 1)));
            }
        }
    }

    fn points(&mut self, parts: &[Vec<[i32; 2]>], count: usize, first: [i32; 2]) {
        wire::put(&mut self.bytes, u64::from(command(MOVE, count)));
        let mut at = first;
        for &point in parts.iter().flatten().skip(1) {
            wire::put_step(&mut self.bytes, at, point);
            at = point;
        }
    }
}

/// Whether a feature of so many vertices has stretches.
pub(super) fn has_stretches(kind: Kind, vertices: usize) -> bool {
    kind != Kind::Point && vertices > LARGE
}

/// Whether a part of a feature is a hole.
pub(super) fn is_hole(kind: Kind, part: &[[i32; 2]]) -> bool {
    kind == Kind::Polygon && doubled_area(part) < 0
}

/// The stretch of a part that begins at a vertex, the bytes after which begin at `offset` of the feature's own.
pub(super) fn stretch(part: &[[i32; 2]], is_hole: bool, i: usize, offset: u32) -> Stretch {
    let end = part.len().min(i + STRETCH);
    let after = part.get(end).or(part.first()).copied();
    Stretch {
        bounds: around(part[i..end].iter().copied().chain(after)),
        first: part[i],
        offset,
        count: (end - i) as u32,
        begins: i == 0,
        is_hole,
    }
}

/// The parts of a fragment, vertex by vertex.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Vertices of all parts.
    pub(crate) points: Vec<[i32; 2]>,
    /// Where each part ends.
    pub(crate) ends: Vec<usize>,
    /// Whether each part is a hole, where only stretches can tell.
    holes: Vec<bool>,
}

impl Parts {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[[i32; 2]]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.points[start..end])
    }

    /// The rings, each with whether it is a hole. The first never is.
    pub(crate) fn rings(&self) -> impl Iterator<Item = (&[[i32; 2]], bool)> {
        self.iter().enumerate().map(|(number, ring)| {
            let is_hole = || self.holes.get(number).copied().unwrap_or_else(|| doubled_area(ring) < 0);
            (ring, number > 0 && is_hole())
        })
    }
}

/// Decodes a fragment. Of a large feature, stretches that `skipped` says lie outside give their first vertex only.
pub(crate) fn parts(
    bytes: &[u8],
    first: [i32; 2],
    stretches: &[Stretch],
    skipped: impl Fn(&Stretch) -> bool,
    into: &mut Parts,
) {
    into.points.clear();
    into.ends.clear();
    into.holes.clear();
    if stretches.is_empty() {
        return all_parts(bytes, first, into);
    }
    let mut reader = Reader::new(bytes);
    for (number, stretch) in stretches.iter().enumerate() {
        if stretch.begins {
            into.holes.push(stretch.is_hole);
            into.ends.extend((number > 0).then_some(into.points.len()));
        }
        let mut at = stretch.first;
        into.points.push(at);
        if !skipped(stretch) {
            reader.jump(stretch.offset as usize);
            for _ in 1..stretch.count {
                at = reader.step(at);
                into.points.push(at);
            }
        }
    }
    into.ends.push(into.points.len());
}

fn all_parts(bytes: &[u8], first: [i32; 2], into: &mut Parts) {
    let mut reader = Reader::new(bytes);
    let mut at = first;
    let mut is_first = true;
    while !reader.is_done() {
        let word = reader.varint();
        let (id, count) = (word & 7, word >> 3);
        if id == CLOSE {
            continue;
        }
        for _ in 0..count {
            if !(is_first && id == MOVE) {
                at = reader.step(at);
            }
            is_first = false;
            if id == MOVE && !into.points.is_empty() {
                into.ends.push(into.points.len());
            }
            into.points.push(at);
        }
    }
    into.ends.push(into.points.len());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn fragments_come_back_with_and_without_stretches(
            parts in proptest::collection::vec(
                proptest::collection::vec([-3000..3000, 0..1_000_000_i32], 3..300), 1..6),
        ) {
            let mut fragment = Fragment::default();
            fragment.push(3, 1, Kind::Polygon, &parts);
            let record = fragment.records[0];
            let mut whole = Parts::default();
            super::parts(&fragment.bytes, record.first, &[], |_| false, &mut whole);
            let read: Vec<Vec<[i32; 2]>> = whole.iter().map(<[_]>::to_vec).collect();
            prop_assert_eq!(&read, &parts);
            let mut by_stretches = Parts::default();
            super::parts(&fragment.bytes, record.first, &fragment.stretches, |_| false, &mut by_stretches);
            prop_assert_eq!(by_stretches.points, whole.points);
            prop_assert_eq!(by_stretches.ends, whole.ends);
        }
    }

    #[test]
    fn points_share_one_command() {
        let mut fragment = Fragment::default();
        fragment.push(0, 1, Kind::Point, &[vec![[5, 7]], vec![[3, 2]]]);
        // The specification's example of two points (4.3.5.2), without its first point: 17, then -2 and -5.
        assert_eq!(fragment.bytes, [17, 3, 9]);
        let mut parts = Parts::default();
        super::parts(&fragment.bytes, [5, 7], &[], |_| false, &mut parts);
        assert_eq!(parts.ends, [1, 2]);
    }
}
