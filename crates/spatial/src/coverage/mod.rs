//! Whether a layer tiles its area: where its features overlap, what they leave open between them, and where their
//! borders run beside each other instead of on each other.
//!
//! *Shared borders.* On the grid, two neighbours that agree on their border have the same edges in opposite
//! directions. Such a pair is right by itself and is looked at no further; of a clean layer only the outer boundary
//! remains. Edges are taken with every vertex that the source has, also those that lie straight between their
//! neighbours, as a third feature's corner often does. An edge that is left over is cut at the vertices of others
//! that lie exactly on it, and tried again: what matches then is a border with a *missing vertex*.
//!
//! *Covers.* Taking an edge and its reverse out of a set of closed rings leaves closed rings, with the same winding
//! number at every point off them. So the left-over (*loose*) edges alone tell how many features cover each place:
//! where the number is 0 and what is around is bounded, there is a gap; where it is 2 or more, an overlap. That is
//! found by one exact overlay of the loose edges, however many features there are; the pairs concerned are then
//! measured from the two features themselves.
//!
//! *Proof.* Σ areas − covered more than once = area of the union, each measured on its own: the first from the
//! features, the others from the loose edges. And Σ over pairs of their overlap = Σ over k ≥ 2 of (k − 1) × the area
//! covered at least k times, as a place with n covers has n (n − 1) / 2 pairs. Both residuals are reported; they
//! hold the rounding of crossing points to the grid and nothing else.
//!
//! *Near misses.* A crack that is open at an end encloses nothing, and neither the gaps nor the overlaps show it.
//! It is found edge by edge: see [`NearMiss`].

mod answer;
mod check;
mod chunks;
mod facing;
mod gaps;
mod loose;
mod matching;
mod missing;
mod near;
mod options;
mod overlaps;
mod paths;
mod rings;
mod shape;
mod stacks;
mod totals;
mod walks;
mod width;

pub use answer::{
    Between, Coverage, Gap, GapKind, MissingVertex, Multiple, NearMiss, PairOverlap, ScopeCover, Totals,
};
pub use check::check;
pub use options::Options;
pub use shape::Shape;
