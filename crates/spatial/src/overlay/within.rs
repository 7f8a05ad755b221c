//! One feature of a layer against all others of it.

use super::refine::Subject;
use super::{Options, Overlap};
use crate::Prepared;

/// The pairs that one feature takes part in, as [`self_overlaps`](super::self_overlaps) gives them, bit for bit:
/// the feature with the lower position is the subject. `changed`, a layer of one feature on the same plane, stands
/// in for the feature at `position` when it is given: that is how an edited zone is held against its neighbours
/// without preparing them again.
pub fn self_overlaps_of(
    layer: &Prepared,
    position: usize,
    changed: Option<&Prepared>,
    options: &Options<'_>,
) -> Vec<Overlap> {
    let (own, at) = changed.map_or((layer, position), |changed| (changed, 0));
    let same_plane = own.crs.same_coordinates(&layer.crs);
    let Some(envelope) = own.features.get(at).filter(|_| same_plane).and_then(|f| f.envelope) else {
        return Vec::new();
    };
    let candidates = layer.candidates(&envelope);
    let (below, above): (Vec<usize>, Vec<usize>) =
        candidates.into_iter().filter(|&other| other != position).partition(|&other| other < position);
    let pairs = |subject: (&Prepared, usize), references: &Prepared, of: &[usize]| {
        Subject::new(subject.0, subject.1, references, options.want, options.self_check)
            .map(|subject| subject.overlaps(of).0)
            .unwrap_or_default()
    };
    let mut found: Vec<Overlap> = below
        .into_iter()
        .flat_map(|other| pairs((layer, other), own, &[at]))
        .map(|overlap| Overlap { reference: position, ..overlap })
        .collect();
    let own_pairs = pairs((own, at), layer, &above);
    found.extend(own_pairs.into_iter().map(|overlap| Overlap { subject: position, ..overlap }));
    found
}
