//! Areas and boundary lengths of overlaps without computing the overlap's shape.
//!
//! # What is computed
//! Let A be the subject, B the reference, and T(x, y) the length of A's section along the vertical through x, below
//! height y: the *thickness* of A under (x, y). As ∂T/∂y is 1 inside A and 0 outside,
//!
//! > area(A ∩ B) = ∬ over B of ∂T/∂y = −∮ around B of T(x, y) dx &nbsp; (Green; B's shells counter-clockwise).
//!
//! A's edges make up T: T(x, y) = Σ over the edges e that pass x of s·min(y_e(x), y), with s = +1 where A lies below e
//! and −1 where it lies above. So a pair of an edge of A and one of B contributes ∫ s·min(y_e − y_f, 0) dx over their
//! common stretch of length W; the rest, ∫ s·y_f dx, cancels over the edges that pass the same x, as their signs do.
//! With the distances d₀ and d₁ of the two lines at the ends of the stretch, q = min(d₀, 0) + min(d₁, 0),
//!
//! > ∫ min(d, 0) dx = −W·q² / 2(|d₀| + |d₁|)
//!
//! for both signs and where they cross: no case is told from another, nothing is cut, and borders that coincide give
//! d₀ = d₁ = 0 and nothing. (Clip the line at its zero: the part below has the share |q|/(|d₀| + |d₁|) of W and the
//! mean depth |q|/2.) This is the whole of the judgement (`kernel`); everything else saves work.
//!
//! # What is saved
//! A grid lies over A (`grid`). Where no edge of A comes between a stretch of B's border and a line y = y_r of the
//! grid below it, T(x, y) = T(x, y_r) + w·(y − y_r), w being 1 inside A and 0 outside. Then the stretch from a to b
//! contributes
//!
//! > w·[(M_b − M_a) + y_r·(x_b − x_a)] − [S_r(x_b) − S_r(x_a)]
//!
//! with M the running −∫ y dx along B's ring, kept for every eighth vertex (`chains`), and S_r the integral of
//! T(·, y_r), tabulated for every line and column (`lines`). Such stretches are joined as long as they have a line
//! in common (`walk`) and cost the same whether they have eight edges or a thousand. What is left are the chains
//! near A's border, each of which meets a few pieces of A's edges (`pieces`).
//!
//! The length of the overlap's boundary is the same with other weights: an edge of A counts by how much of it lies
//! below B's border minus above, and the other way round; the share of a stretch on which one line is below the
//! other is q/(|d₀| + |d₁|) again.
//!
//! # What is sure
//! Everything is in a plane at the feature's own corner (`frame`), so that sums keep their digits at any distance
//! from the origin, and sheared a little so that borders along the axes are no exception: no edge is vertical, and
//! one that comes near to it gets a least run far below what coordinates resolve. Running sums are kept with what
//! rounding took from them (`precise`). The kernels run eight, four or one at a time (`lanes`), and agree to the
//! rounding of sums.
//!
//! Both polygons must be valid: the sign of an edge says on which side its polygon lies.

mod chains;
mod frame;
mod grid;
mod kernel;
mod lanes;
mod lines;
mod pieces;
mod precise;
mod references;
mod subject;
mod walk;

pub use references::References;
pub use subject::{Scratch, Subject};

/// What there is to say of an overlap without its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Planar area, m².
    pub area_m2: f64,
    /// Length of the overlap's boundary, m.
    pub perimeter_m: f64,
}

impl Measure {
    /// Mean width 2A/P, m (0 when there is no boundary).
    pub fn mean_width_m(&self) -> f64 {
        if self.perimeter_m > 0.0 { 2.0 * self.area_m2 / self.perimeter_m } else { 0.0 }
    }
}
