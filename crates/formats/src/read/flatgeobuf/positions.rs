//! Positions: pairs of doubles, cut into lines or rings.

use std::ops::Range;

use ::flatgeobuf::Geometry as Table;
use geo_types::Coord;

use super::broken;
use super::geometry::Shaper;
use crate::NoteKind;
use crate::json::Fault;

/// Bytes of one position.
pub(super) const POSITION: usize = 16;

impl Shaper<'_> {
    /// All positions of a table.
    pub(super) fn all(&mut self, table: Table<'_>) -> Result<Vec<Coord<f64>>, Fault> {
        self.positions(table, 0..count(table))
    }

    /// The positions of a range, counted against the limit before they are copied.
    pub(super) fn positions(
        &mut self,
        table: Table<'_>,
        range: Range<usize>,
    ) -> Result<Vec<Coord<f64>>, Fault> {
        let bytes = table.xy().map(|xy| xy.bytes()).unwrap_or_default();
        if !bytes.len().is_multiple_of(POSITION) {
            return Err(Fault::new(0, NoteKind::BadPosition, "a position of one number; it needs two"));
        }
        let (positions, _) = bytes.as_chunks::<POSITION>();
        let positions =
            positions.get(range).ok_or_else(|| broken("a ring or line ends outside the coordinates"))?;
        let number = positions.len() as u64;
        self.draft.vertices += number;
        if self.draft.vertices > self.limits.vertices {
            let reason = format!("more than {} positions in one feature", self.limits.vertices);
            return Err(Fault::new(0, NoteKind::TooManyVertices, reason));
        }
        if [table.z(), table.m(), table.t()].iter().flatten().any(|more| !more.is_empty())
            || table.tm().is_some()
        {
            self.draft.remarks.extra_dimensions += number;
        }
        let found: Vec<_> = positions.iter().map(coord).collect();
        match found.iter().find(|at| !(at.x.is_finite() && at.y.is_finite())) {
            None => Ok(found),
            Some(at) => {
                let odd = if at.x.is_finite() { at.y } else { at.x };
                Err(Fault::new(0, NoteKind::NotFinite, format!("{odd} as a coordinate")))
            }
        }
    }
}

#[inline]
pub(super) fn coord(bytes: &[u8; POSITION]) -> Coord<f64> {
    let [x, y] = [0, 8].map(|at| {
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[at..at + 8]);
        f64::from_le_bytes(number)
    });
    Coord { x, y }
}

/// How many positions a table has.
fn count(table: Table<'_>) -> usize {
    table.xy().map_or(0, |xy| xy.len() / 2)
}

/// The ranges of positions between `ends`; without ends, or with one, all positions.
pub(super) fn ranges(table: Table<'_>) -> Result<Vec<Range<usize>>, Fault> {
    let positions = count(table);
    let Some(ends) = table.ends().filter(|ends| ends.len() > 1) else {
        return Ok(std::iter::once(0..positions).collect());
    };
    let mut start = 0;
    let mut ranges = Vec::with_capacity(ends.len());
    for end in ends {
        let end = end as usize;
        if end < start {
            return Err(broken("a ring or line ends before it starts"));
        }
        ranges.push(start..end);
        start = end;
    }
    if start == positions { Ok(ranges) } else { Err(broken("positions belong to no ring or line")) }
}
