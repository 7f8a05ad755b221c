//! One subject against its candidates: areas by sections, shapes by the grid.

use std::cell::Cell;

use rayon::prelude::*;

use super::{Overlap, SelfCheck, Shapes, Want};
use crate::section::{self, Measure};
use crate::{Prepared, Region};

/// Candidates given to a thread at a time: one large subject must not keep the others waiting.
const BLOCK: usize = 256;

/// Below this, m², plus [`DOUBT_SHARE`] of the subject's box, the rounding of sums may be all there is to an area:
/// borders that only touch leave some 1e-9 m². So does the rounding of what was mended. The grid decides exactly.
const DOUBT_M2: f64 = 1e-6;
const DOUBT_SHARE: f64 = 1e-13;

/// Room that a thread uses again from block to block.
#[derive(Default)]
struct Scratch {
    section: section::Scratch,
    areas_m2: Vec<f64>,
    measures: Vec<Measure>,
}

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// One subject, prepared for all its candidates.
pub(super) struct Subject<'a> {
    position: usize,
    references: &'a Prepared,
    want: Want,
    self_check: bool,
    area_m2: f64,
    doubt_m2: f64,
    largest_rounding_m2: f64,
    section: section::Subject,
    shapes: Shapes<'a>,
}

/// What is known of the candidates of a block.
struct Measured {
    area_m2: f64,
    perimeter_m: f64,
}

impl<'a> Subject<'a> {
    /// `None` when the feature has no area.
    pub(super) fn new(
        layer: &'a Prepared,
        position: usize,
        references: &'a Prepared,
        want: Want,
        self_check: bool,
    ) -> Option<Self> {
        let envelope = layer.features.get(position)?.envelope?;
        let box_m2 = (envelope.max[0] - envelope.min[0]) * (envelope.max[1] - envelope.min[1]);
        Some(Self {
            position,
            references,
            want,
            self_check,
            area_m2: layer.area_m2(position),
            doubt_m2: DOUBT_M2 + DOUBT_SHARE * box_m2 + layer.rounding_m2(position),
            largest_rounding_m2: references.largest_rounding_m2(),
            section: section::Subject::new(layer.polygons(), position),
            shapes: Shapes::new(layer, position),
        })
    }

    /// The overlaps with the candidates, in their order.
    pub(super) fn overlaps(&self, candidates: &[usize]) -> (Vec<Overlap>, SelfCheck) {
        let blocks: Vec<(Vec<Overlap>, SelfCheck)> =
            candidates.par_chunks(BLOCK).map(|block| self.block(block)).collect();
        let mut self_check = SelfCheck::default();
        let mut overlaps = Vec::new();
        for (found, check) in blocks {
            overlaps.extend(found);
            self_check.merge(&check);
        }
        (overlaps, self_check)
    }

    fn block(&self, candidates: &[usize]) -> (Vec<Overlap>, SelfCheck) {
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let mut self_check = SelfCheck::default();
        let measured = self.measure(candidates, &mut scratch);
        let overlaps = candidates
            .iter()
            .zip(measured)
            .filter_map(|(&candidate, measured)| self.refine(candidate, measured, &mut self_check))
            .collect();
        SCRATCH.set(Some(scratch));
        (overlaps, self_check)
    }

    /// Areas, and perimeters where widths come from no shape.
    fn measure(&self, candidates: &[usize], scratch: &mut Scratch) -> Vec<Measured> {
        let references = self.references.references();
        if self.want == Want::Widths {
            let measures = &mut scratch.measures;
            self.section.measures(references, candidates, &mut scratch.section, measures);
            let measured = |m: &Measure| Measured { area_m2: m.area_m2, perimeter_m: m.perimeter_m };
            measures.iter().map(measured).collect()
        } else {
            let areas_m2 = &mut scratch.areas_m2;
            self.section.areas(references, candidates, &mut scratch.section, areas_m2);
            areas_m2.iter().map(|&area_m2| Measured { area_m2, perimeter_m: f64::NAN }).collect()
        }
    }

    fn refine(
        &self,
        candidate: usize,
        mut measured: Measured,
        self_check: &mut SelfCheck,
    ) -> Option<Overlap> {
        let doubt_m2 = self.doubt_about_m2(candidate, measured.area_m2);
        // An area that is no number is in doubt as well.
        let sure = measured.area_m2 > doubt_m2;
        let mut region = None;
        // Sections can only be mistaken about next to nothing: what they find empty by far has no shape.
        let nothing = measured.area_m2 < -doubt_m2;
        if self.want == Want::Shapes || self.self_check || !(sure || nothing) {
            let shape = self.shapes.with(self.references, candidate);
            self_check.compare((self.position, candidate), measured.area_m2, shape.area_m2());
            if !sure {
                measured = Measured { area_m2: shape.area_m2(), perimeter_m: shape.perimeter_m() };
            }
            region = Some(shape);
        }
        (measured.area_m2 > 0.0).then(|| Overlap {
            subject: self.position,
            reference: candidate,
            area_m2: measured.area_m2,
            subject_share: (measured.area_m2 / self.area_m2).min(1.0),
            mean_width_m: self.mean_width_m(&measured, region.as_ref()),
            region: region.filter(|_| self.want == Want::Shapes),
        })
    }

    /// The area, m², up to which only the grid tells whether there is anything. Which candidates were mended is
    /// looked up for those alone where it can matter.
    fn doubt_about_m2(&self, candidate: usize, area_m2: f64) -> f64 {
        if area_m2.abs() > self.doubt_m2 + self.largest_rounding_m2 {
            return self.doubt_m2;
        }
        self.doubt_m2 + self.references.rounding_m2(candidate)
    }

    fn mean_width_m(&self, measured: &Measured, region: Option<&Region>) -> Option<f64> {
        match self.want {
            Want::Areas => None,
            Want::Widths => {
                let Measured { area_m2, perimeter_m } = *measured;
                Some(Measure { area_m2, perimeter_m }.mean_width_m())
            }
            Want::Shapes => region.map(Region::mean_width_m),
        }
    }
}
