//! What every feature carries: its identifier and its attributes, encoded once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::kept::bytes::{Bytes, put_count};
use crate::source::Kind;
use crate::wire;

/// An attribute value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(Arc<str>),
    /// A number.
    Number(f64),
    /// An integer.
    Integer(i64),
    /// Truth.
    Boolean(bool),
}

impl Value {
    /// The value as a message of the specification (4.4), without the field that holds it.
    fn message(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self {
            Self::Text(text) => {
                bytes.push(1 << 3 | 2);
                wire::put(&mut bytes, text.len() as u64);
                bytes.extend_from_slice(text.as_bytes());
            }
            Self::Number(number) => {
                bytes.push(3 << 3 | 1);
                bytes.extend_from_slice(&number.to_le_bytes());
            }
            Self::Integer(integer) => {
                bytes.push(6 << 3);
                wire::put(&mut bytes, (integer << 1 ^ integer >> 63).cast_unsigned());
            }
            Self::Boolean(truth) => bytes.extend([7 << 3, u8::from(*truth)]),
        }
        bytes
    }
}

/// No value.
pub(crate) const NOTHING: u32 = u32::MAX;

/// The features of a layer in the order in which all zooms have them.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) ids: Vec<u64>,
    pub(crate) kinds: Vec<Kind>,
    pub(crate) min_zooms: Vec<u8>,
    pub(crate) columns: usize,
    /// For each feature and column the value's number, or [`NOTHING`].
    cells: Vec<u32>,
    /// All different values as fields of a layer message, one after another.
    values: Vec<u8>,
    /// Where each value ends.
    ends: Vec<u32>,
}

impl Rows {
    /// The value numbers of a feature.
    pub(crate) fn cells(&self, row: u32) -> &[u32] {
        let start = row as usize * self.columns;
        &self.cells[start..start + self.columns]
    }

    /// The bytes of a value, field and length included.
    pub(crate) fn value(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..self.ends[number] as usize]
    }

    /// How many different values there are.
    pub(crate) fn value_count(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn memory_bytes(&self) -> usize {
        let ids = self.ids.len() * (size_of::<u64>() + size_of::<Kind>() + 1);
        ids + (self.cells.len() + self.ends.len()) * size_of::<u32>() + self.values.len()
    }
}

impl Rows {
    /// Appends the rows as bytes.
    pub(crate) fn put(&self, into: &mut Vec<u8>) {
        [self.ids.len(), self.columns, self.ends.len(), self.values.len()]
            .into_iter()
            .for_each(|count| put_count(into, count));
        self.ids.iter().for_each(|id| into.extend(id.to_le_bytes()));
        into.extend(self.kinds.iter().map(|kind| *kind as u8));
        into.extend_from_slice(&self.min_zooms);
        self.cells.iter().chain(&self.ends).for_each(|number| into.extend(number.to_le_bytes()));
        into.extend_from_slice(&self.values);
    }

    /// The rows that were put; `None` where the bytes are not those of any.
    pub(crate) fn read(bytes: &mut Bytes<'_>) -> Option<Self> {
        let [rows, columns, ends, values] = [bytes.count()?, bytes.count()?, bytes.count()?, bytes.count()?];
        let ids = bytes.numbers(rows)?.map(u64::from_le_bytes).collect();
        let kinds = bytes.take(rows)?.iter().map(|&kind| Kind::of(kind)).collect::<Option<_>>()?;
        let min_zooms = bytes.take(rows)?.to_vec();
        let cells: Vec<u32> = bytes.numbers(rows.checked_mul(columns)?)?.map(u32::from_le_bytes).collect();
        let ends: Vec<u32> = bytes.numbers(ends)?.map(u32::from_le_bytes).collect();
        let values = bytes.take(values)?.to_vec();
        let are_values = ends.is_sorted() && ends.last().map_or(0, |end| *end as usize) == values.len();
        let is_value = |cell: &u32| *cell == NOTHING || (*cell as usize) < ends.len();
        let fits = are_values && cells.iter().all(is_value);
        fits.then_some(Self { ids, kinds, min_zooms, columns, cells, values, ends })
    }
}

/// Fills [`Rows`].
#[derive(Debug, Default)]
pub(crate) struct RowsBuilder {
    rows: Rows,
    numbers: HashMap<Vec<u8>, u32>,
}

impl RowsBuilder {
    pub(crate) fn new(columns: usize) -> Self {
        Self { rows: Rows { columns, ..Rows::default() }, numbers: HashMap::new() }
    }

    /// Appends a feature; values past the columns are left out, missing ones are none.
    pub(crate) fn push(&mut self, id: u64, kind: Kind, min_zoom: u8, values: &[Option<Value>]) {
        self.rows.ids.push(id);
        self.rows.kinds.push(kind);
        self.rows.min_zooms.push(min_zoom);
        for column in 0..self.rows.columns {
            let value = values.get(column).and_then(Option::as_ref);
            let number = value.map_or(NOTHING, |value| self.number(value));
            self.rows.cells.push(number);
        }
    }

    fn number(&mut self, value: &Value) -> u32 {
        let message = value.message();
        if let Some(&number) = self.numbers.get(&message) {
            return number;
        }
        let number = self.rows.ends.len() as u32;
        self.rows.values.push(4 << 3 | 2);
        wire::put(&mut self.rows.values, message.len() as u64);
        self.rows.values.extend_from_slice(&message);
        self.rows.ends.push(self.rows.values.len() as u32);
        self.numbers.insert(message, number);
        number
    }

    pub(crate) fn finish(self) -> Rows {
        self.rows
    }
}
