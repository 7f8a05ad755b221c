//! What is found.

use serde::Serialize;

use super::Shape;

/// The answer of [`check`](super::check). Features are named by their positions in the layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// The overlaps, ordered by pair.
    pub overlaps: Vec<PairOverlap>,
    /// Where three or more features overlap, from left to right.
    pub multiples: Vec<Multiple>,
    /// What is not covered and enclosed by features, from left to right; then, where there is a scope, the parts of
    /// it that nobody covers and nobody encloses.
    pub gaps: Vec<Gap>,
    /// Borders that run beside each other, ordered by pair and along the first feature's border.
    pub near_misses: Vec<NearMiss>,
    /// Vertices of one feature exactly on the border of another that has none there, ordered by feature and place.
    pub missing_vertices: Vec<MissingVertex>,
    /// Sums.
    pub totals: Totals,
    /// How the scope is covered, where there is one.
    pub scope: Option<ScopeCover>,
}

/// Two features that overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct PairOverlap {
    /// The two, the lower position first.
    pub features: [usize; 2],
    /// What both cover.
    pub shape: Shape,
}

/// A connected part of what three or more features cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Multiple {
    /// All features that cover some of it, ascending.
    pub features: Vec<usize>,
    /// The part.
    pub shape: Shape,
}

/// What a gap probably is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// At most as wide as the tolerance, everywhere: two borders that were meant to be one.
    Crack,
    /// Wider somewhere: a lake, an enclave that is another layer's, a feature that is missing.
    Hole,
    /// A part of the scope that no feature covers and that is not enclosed by features.
    Open,
}

/// A connected part of what no feature covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// What it probably is.
    pub kind: GapKind,
    /// The features on its border, ascending.
    pub features: Vec<usize>,
    /// The part.
    pub shape: Shape,
}

/// What lies between two borders that run beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Between {
    /// Neither feature: a crack.
    Nothing,
    /// Both: a thin overlap.
    Both,
    /// First the one, then the other: the borders cross.
    Either,
}

/// A stretch of one feature's border that runs beside another's without being on it. A place of an edge is beside an
/// edge of the other feature when the foot of its perpendicular lies on that edge, not further away than the
/// tolerance, and the two edges run in opposite directions, as the borders of neighbours do, to at most 45°. Places
/// not further apart than the tolerance along the border are one stretch; one that is not long enough for its
/// width ([`Options::least_elongation`](super::Options::least_elongation)) is a corner and no near miss. Edges that
/// are shared exactly take no part.
#[derive(Clone, Debug, PartialEq)]
pub struct NearMiss {
    /// The two, the lower position first: the stretch lies on its border.
    pub features: [usize; 2],
    /// Length along the border, m.
    pub length_m: f64,
    /// Greatest distance to the other border at a vertex of either, m.
    pub greatest_distance_m: f64,
    /// What lies between.
    pub between: Between,
    /// Whether it shows something that is neither a gap nor an overlap of its own: a crack that is open at an end.
    pub is_open: bool,
    /// The stretch, m.
    pub line: Vec<[f64; 2]>,
}

/// A vertex that a border lacks. The border is right all the same, on this plane; on another it will not be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MissingVertex {
    /// The feature that lacks it.
    pub feature: usize,
    /// A neighbour that has it.
    pub neighbour: usize,
    /// The place, m.
    pub place: [f64; 2],
}

/// Sums over a layer, areas and lengths in its working CRS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Features with an area.
    pub features: usize,
    /// Edges of all of them, each border between two counted twice.
    pub edges: usize,
    /// Edges that another feature has in the opposite direction.
    pub matched_edges: usize,
    /// Pieces of edges that match only after cutting at missing vertices.
    pub matched_pieces: usize,
    /// Edges and pieces that no single other feature has in the opposite direction.
    pub loose_edges: usize,
    /// Length of the matched borders, each counted once, m.
    pub matched_m: f64,
    /// Length of the loose edges and pieces, m.
    pub loose_m: f64,
    /// Boundary between the union and the unbounded outside, m.
    pub outer_boundary_m: f64,
    /// Boundary of the enclosed gaps, m.
    pub gap_boundary_m: f64,
    /// Sum of the features' areas, m².
    pub area_sum_m2: f64,
    /// What is covered more than once, counted once for every cover too many, m².
    pub covered_more_than_once_m2: f64,
    /// Area of the union, m².
    pub union_area_m2: f64,
    /// Sum of areas − covered more than once − union, m².
    pub residual_m2: f64,
    /// Area of the enclosed gaps, m².
    pub gap_area_m2: f64,
    /// Sum of the pairs' overlaps, m².
    pub pair_overlap_m2: f64,
    /// Sum of the pairs' overlaps − Σ (k − 1) × what is covered at least k times, m².
    pub pair_residual_m2: f64,
    /// The greatest number of features over one place.
    pub greatest_cover: usize,
    /// Overlaps, gaps and multiples that are left out because they are no wider than what rounding to the grid makes.
    pub at_grid_limit: usize,
}

/// How much of a scope is covered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ScopeCover {
    /// Area of the scope, m².
    pub area_m2: f64,
    /// Of which some feature covers, m².
    pub covered_m2: f64,
    /// Of which none does, m².
    pub uncovered_m2: f64,
    /// Area − covered − uncovered, m².
    pub residual_m2: f64,
    /// What the layer covers outside the scope, m².
    pub outside_m2: f64,
}
