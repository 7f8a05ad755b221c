//! A level as bytes: the geometry of its features, a few numbers for each, where features are that are not shown, and
//! how many there are of both. Geometry comes first, so that what was read becomes the level without being copied.

use super::fragment::{Fragment, STRETCH, has_stretches, is_hole, stretch};
use super::tree::around;
use super::{Level, Record, Tree};
use crate::kept::bytes::{Bytes, put_count};
use crate::rows::Rows;
use crate::source::Kind;
use crate::wire::{CLOSE, LINE, MOVE, Reader, command};

/// Row, how many features it stands for, length of its bytes, and the two coordinates of its first vertex.
const RECORD_BYTES: usize = 5 * 4;
const COUNTS_BYTES: usize = 2 * 8;
/// Coordinates of vertices lie between its negative and itself: twice as far as the deepest level reaches.
const FARTHEST: i32 = 1 << 29;

impl Level {
    /// The level as bytes.
    pub(crate) fn to_part(&self) -> Vec<u8> {
        let records = self.records.len() * RECORD_BYTES;
        let mut bytes = Vec::with_capacity(self.bytes.len() + records + self.hidden.len() * 8 + COUNTS_BYTES);
        bytes.extend_from_slice(&self.bytes);
        for (number, record) in self.records.iter().enumerate() {
            let length = self.fragment(number).len() as u32;
            let [x, y] = record.first.map(i32::cast_unsigned);
            [record.row, record.count, length, x, y].iter().for_each(|n| bytes.extend(n.to_le_bytes()));
        }
        self.hidden.iter().for_each(|place| bytes.extend(place.to_le_bytes()));
        put_count(&mut bytes, self.records.len());
        put_count(&mut bytes, self.hidden.len());
        bytes
    }

    /// The level of a layer with these rows; `None` where the bytes are not those of one.
    pub(crate) fn of_part(mut bytes: Vec<u8>, rows: &Rows) -> Option<Self> {
        let counts_at = bytes.len().checked_sub(COUNTS_BYTES)?;
        let mut counts = Bytes::new(bytes.get(counts_at..)?);
        let [records, hidden] = [counts.count()?, counts.count()?];
        let numbers = records.checked_mul(RECORD_BYTES)?.checked_add(hidden.checked_mul(8)?)?;
        let end = counts_at.checked_sub(numbers)?;
        let (geometry, numbers) = bytes.split_at_checked(end)?;
        let mut numbers = Bytes::new(numbers);
        let (mut fragment, mut room, mut offset) = (Fragment::default(), Walked::default(), 0);
        fragment.records.reserve_exact(records);
        fragment.boxes.reserve_exact(records);
        for [row, count, length, x, y] in numbers.numbers::<RECORD_BYTES>(records)?.map(words) {
            let kind = *rows.kinds.get(row as usize)?;
            let feature_end = usize::checked_add(offset, length as usize)?;
            let feature = geometry.get(offset..feature_end)?;
            let record = Record {
                first: [x, y].map(u32::cast_signed),
                offset: u32::try_from(offset).ok()?,
                row,
                count,
                stretches: 0,
            };
            room.walk(feature, record.first, kind)?;
            room.add(record, kind, &mut fragment);
            offset = feature_end;
        }
        let hidden: Vec<u64> = numbers.numbers::<8>(hidden)?.map(u64::from_le_bytes).collect();
        let is_whole = offset == end && hidden.is_sorted();
        let Fragment { records, boxes, stretches, .. } = fragment;
        let tree = Tree::new(boxes);
        bytes.truncate(end);
        is_whole.then_some(Self { records, bytes, stretches, tree, hidden })
    }
}

fn words(bytes: [u8; RECORD_BYTES]) -> [u32; 5] {
    let (words, _) = bytes.as_chunks::<4>();
    let mut numbers = [0; 5];
    numbers.iter_mut().zip(words).for_each(|(number, word)| *number = u32::from_le_bytes(*word));
    numbers
}

/// A feature's vertices, read from its bytes.
#[derive(Default)]
struct Walked {
    points: Vec<[i32; 2]>,
    /// Where each part ends.
    ends: Vec<usize>,
    /// Where the bytes after the first vertex of each stretch begin, as if the feature were a large one.
    stretches: Vec<u32>,
}

impl Walked {
    /// Reads exactly what [`Fragment::push`] writes; `None` for anything else.
    fn walk(&mut self, bytes: &[u8], first: [i32; 2], kind: Kind) -> Option<()> {
        self.points.clear();
        self.ends.clear();
        self.stretches.clear();
        let mut reader = Reader::new(bytes);
        let mut at = first;
        while !reader.is_done() {
            let moved = reader.whole_varint()?;
            if kind == Kind::Point {
                let count = moved >> 3;
                (moved & 7 == MOVE && count > 0 && self.points.is_empty()).then_some(())?;
                self.points.push(at);
                self.steps(&mut reader, &mut at, count - 1, false)?;
            } else {
                (moved == command(MOVE, 1)).then_some(())?;
                if !self.points.is_empty() {
                    at = reader.whole_step(at)?;
                }
                self.points.push(at);
                let drawn = reader.whole_varint()?;
                (drawn & 7 == LINE).then_some(())?;
                self.stretches.push(reader.position());
                self.steps(&mut reader, &mut at, drawn >> 3, true)?;
                if kind == Kind::Polygon {
                    (reader.whole_varint()? == command(CLOSE, 1)).then_some(())?;
                }
            }
            self.ends.push(self.points.len());
        }
        let near = |c: &i32| (-FARTHEST..=FARTHEST).contains(c);
        (!self.points.is_empty() && self.points.iter().flatten().all(near)).then_some(())
    }

    /// Reads the vertices of a part after its first; notes where stretches begin.
    fn steps(&mut self, reader: &mut Reader<'_>, at: &mut [i32; 2], count: u32, notes: bool) -> Option<()> {
        for i in 1..=count {
            *at = reader.whole_step(*at)?;
            self.points.push(*at);
            if notes && (i as usize).is_multiple_of(STRETCH) {
                self.stretches.push(reader.position());
            }
        }
        Some(())
    }

    /// Adds the feature, with its box and what a large one needs.
    fn add(&self, record: Record, kind: Kind, into: &mut Fragment) {
        into.boxes.push(around(self.points.iter().copied()));
        into.records.push(Record { stretches: into.stretches.len() as u32, ..record });
        if !has_stretches(kind, self.points.len()) {
            return;
        }
        let (mut start, mut offsets) = (0, self.stretches.iter());
        for &end in &self.ends {
            let part = &self.points[start..end];
            let is_hole = is_hole(kind, part);
            for (i, &offset) in (0..part.len()).step_by(STRETCH).zip(&mut offsets) {
                into.stretches.push(stretch(part, is_hole, i, offset));
            }
            start = end;
        }
    }
}
