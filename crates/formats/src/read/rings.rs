//! Rings becoming a polygon, with what there is to say of them.

use geo_types::{Coord, LineString, Polygon};

use super::draft::Remarks;
use crate::NoteKind;

/// The rings of one polygon, the outer one first.
#[derive(Default)]
pub(crate) struct Rings {
    rings: Vec<LineString<f64>>,
    unclosed: u64,
    /// The ends of the widest open ring.
    open: Option<[Coord<f64>; 2]>,
    short: u64,
    empty: u64,
    first_is_empty: bool,
}

impl Rings {
    /// Takes the next ring in.
    pub(crate) fn push(&mut self, ring: Vec<Coord<f64>>) {
        if ring.is_empty() {
            self.first_is_empty |= self.rings.is_empty() && self.empty == 0;
            self.empty += 1;
            return;
        }
        let open_end = u64::from(ring.first() != ring.last());
        self.unclosed += open_end;
        if let (1, Some(first), Some(last)) = (open_end, ring.first(), ring.last()) {
            self.open = wider(self.open, Some([*first, *last]));
        }
        self.short += u64::from((ring.len() as u64) + open_end < 4);
        self.rings.push(LineString(ring));
    }

    /// The polygon; `None` when it has no rings. An open ring is closed, an empty one left out, each with a remark.
    /// # Errors
    /// When holes stand in an outer ring that is empty.
    pub(crate) fn polygon(self, remarks: &mut Remarks) -> Result<Option<Polygon<f64>>, &'static str> {
        if self.rings.is_empty() {
            return Ok(None);
        }
        if self.first_is_empty {
            return Err("the outer ring is empty, but holes follow it");
        }
        remarks.say_if(self.empty, NoteKind::EmptyPart, "empty rings were left out");
        remarks.say_if(
            self.unclosed,
            NoteKind::UnclosedRing,
            "ring not closed: its first position was added at its end",
        );
        remarks.open = wider(remarks.open, self.open);
        let short = "a ring of fewer than four positions encloses nothing";
        remarks.say_if(self.short, NoteKind::TooFewPositions, short);
        let mut rings = self.rings.into_iter();
        Ok(rings.next().map(|outer| Polygon::new(outer, rings.collect())))
    }
}

/// Of two pairs of ends the one further apart.
fn wider(a: Option<[Coord<f64>; 2]>, b: Option<[Coord<f64>; 2]>) -> Option<[Coord<f64>; 2]> {
    let gap = |[first, last]: [Coord<f64>; 2]| (last.x - first.x).hypot(last.y - first.y);
    match (a, b) {
        (Some(a), Some(b)) => Some(if gap(b) > gap(a) { b } else { a }),
        (a, b) => a.or(b),
    }
}
