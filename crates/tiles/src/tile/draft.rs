//! A layer of a tile on its way to bytes. Everything is measured before anything is written, so each byte is written
//! once and the length in front of every message is right.

use crate::level::Level;
use crate::rows::{NOTHING, Rows};
use crate::source::Kind;
use crate::wire;

/// Room for one tile's work, used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    entries: Vec<Entry>,
    /// Tags of all features.
    tags: Vec<u8>,
    /// Geometry that is not copied.
    pub(super) geometry: Vec<u8>,
    /// The numbers of the values, in the order of their first use.
    values: Vec<u32>,
    /// For each value of the layer the layer of a tile that used it last, and as which of its values.
    stamps: Vec<[u32; 2]>,
    epoch: u32,
}

/// Where a feature's geometry comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Geometry {
    /// A record of the level as it lies.
    Copied { record: u32, first: [i32; 2] },
    /// Bytes in `Draft::geometry`.
    Cut { start: usize, end: usize },
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    row: u32,
    kind: Kind,
    /// Its tags in `Draft::tags`.
    tags: [u32; 2],
    geometry: Geometry,
    geometry_bytes: usize,
    bytes: usize,
}

impl Draft {
    /// Begins a layer whose features have values of these rows.
    pub(super) fn begin(&mut self, rows: &Rows) {
        self.entries.clear();
        self.tags.clear();
        self.geometry.clear();
        self.values.clear();
        if self.epoch == u32::MAX {
            self.stamps.clear();
            self.epoch = 0;
        }
        self.epoch += 1;
        self.stamps.resize(self.stamps.len().max(rows.value_count()), [0; 2]);
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds a feature with the attributes of these columns.
    pub(super) fn push(
        &mut self,
        rows: &Rows,
        level: &Level,
        row: u32,
        kind: Kind,
        columns: &[usize],
        geometry: Geometry,
    ) {
        let start = self.tags.len();
        let cells = rows.cells(row);
        for (key, &column) in columns.iter().enumerate() {
            let number = cells[column];
            if number == NOTHING {
                continue;
            }
            let stamp = &mut self.stamps[number as usize];
            if stamp[0] != self.epoch {
                *stamp = [self.epoch, self.values.len() as u32];
                self.values.push(number);
            }
            wire::put(&mut self.tags, key as u64);
            wire::put(&mut self.tags, u64::from(stamp[1]));
        }
        let geometry_bytes = match geometry {
            Geometry::Copied { record, first } => {
                let steps: usize = first.iter().map(|&c| wire::length(u64::from(wire::zigzag(c)))).sum();
                level.fragment(record as usize).len() + steps
            }
            Geometry::Cut { start, end } => end - start,
        };
        let tags = self.tags.len() - start;
        let bytes = 1
            + wire::length(rows.ids[row as usize])
            + if tags > 0 { field_bytes(tags) } else { 0 }
            + 2
            + field_bytes(geometry_bytes);
        let tags = [start as u32, self.tags.len() as u32];
        self.entries.push(Entry { row, kind, tags, geometry, geometry_bytes, bytes });
    }

    /// Appends the layer, a field of a tile; nothing when it has no feature.
    pub(super) fn write<'k>(
        &self,
        rows: &Rows,
        level: &Level,
        name: &str,
        keys: impl Iterator<Item = &'k str> + Clone,
        into: &mut Vec<u8>,
    ) {
        if self.entries.is_empty() {
            return;
        }
        let features: usize = self.entries.iter().map(|entry| field_bytes(entry.bytes)).sum();
        let key_bytes: usize = keys.clone().map(|key| field_bytes(key.len())).sum();
        let values: usize = self.values.iter().map(|&number| rows.value(number).len()).sum();
        let all = 2 + field_bytes(name.len()) + features + key_bytes + values + 3;
        into.reserve_exact(field_bytes(all));
        field(into, 3, all);
        into.extend([15 << 3, 2]);
        field(into, 1, name.len());
        into.extend_from_slice(name.as_bytes());
        for entry in &self.entries {
            self.feature(rows, level, entry, into);
        }
        for key in keys {
            field(into, 3, key.len());
            into.extend_from_slice(key.as_bytes());
        }
        for &number in &self.values {
            into.extend_from_slice(rows.value(number));
        }
        into.push(5 << 3);
        wire::put(into, 4096);
    }

    fn feature(&self, rows: &Rows, level: &Level, entry: &Entry, into: &mut Vec<u8>) {
        field(into, 2, entry.bytes);
        into.push(1 << 3);
        wire::put(into, rows.ids[entry.row as usize]);
        let tags = &self.tags[entry.tags[0] as usize..entry.tags[1] as usize];
        if !tags.is_empty() {
            field(into, 2, tags.len());
            into.extend_from_slice(tags);
        }
        into.extend([3 << 3, entry.kind as u8]);
        field(into, 4, entry.geometry_bytes);
        match entry.geometry {
            Geometry::Cut { start, end } => into.extend_from_slice(&self.geometry[start..end]),
            Geometry::Copied { record, first } => {
                let fragment = level.fragment(record as usize);
                // The first command, where the feature begins, all the rest.
                let command = 1 + fragment.iter().take_while(|&&byte| byte >= 0x80).count();
                let (command, rest) = fragment.split_at(command.min(fragment.len()));
                into.extend_from_slice(command);
                wire::put_step(into, [0, 0], first);
                into.extend_from_slice(rest);
            }
        }
    }
}

/// Begins a field with a length in front.
fn field(into: &mut Vec<u8>, number: u8, length: usize) {
    into.push(number << 3 | 2);
    wire::put(into, length as u64);
}

/// Bytes of a field of so many bytes, its number and length included.
fn field_bytes(length: usize) -> usize {
    1 + wire::length(length as u64) + length
}
