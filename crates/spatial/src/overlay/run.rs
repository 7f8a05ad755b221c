//! All subjects, on all threads, a block at a time: the memory in use is that of a block, and the answers come out
//! in order.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::refine::Subject;
use super::{Options, Overlap, Proof, SelfCheck, proof};
use crate::Prepared;

/// Subjects of a block: enough to keep the threads busy while the last of it are computed.
const BLOCK: usize = 512;

/// The answer for one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct OfSubject {
    /// Position of the subject in its layer.
    pub subject: usize,
    /// Its overlaps, ordered by reference.
    pub overlaps: Vec<Overlap>,
    /// The proof of its figures, where asked for.
    pub proof: Option<Proof>,
    /// Areas against shapes.
    pub self_check: SelfCheck,
}

/// Hands the answer for each subject that has an area to `each`, in order, while later ones are still to come.
/// Without a reference layer the pairs are those inside the subject's layer, each once (subject below reference).
pub fn each_subject(
    subject: &Prepared,
    reference: Option<&Prepared>,
    options: &Options<'_>,
    each: &mut dyn FnMut(OfSubject),
) {
    if reference.is_some_and(|reference| !subject.crs.same_coordinates(&reference.crs)) {
        return;
    }
    let Range { start, end } = options.subjects.clone().unwrap_or(0..subject.features.len());
    let positions: Vec<usize> = (start..end.min(subject.features.len())).collect();
    let done = AtomicUsize::new(0);
    for block in positions.chunks(BLOCK) {
        let answers: Vec<Option<OfSubject>> = block
            .par_iter()
            .map(|&position| {
                let stopped = options.cancelled.is_some_and(|cancelled| cancelled());
                let answer = if stopped { None } else { of_subject(subject, position, reference, options) };
                if let Some(progress) = options.progress {
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, positions.len());
                }
                answer
            })
            .collect();
        answers.into_iter().flatten().for_each(&mut *each);
    }
}

fn of_subject(
    layer: &Prepared,
    position: usize,
    reference: Option<&Prepared>,
    options: &Options<'_>,
) -> Option<OfSubject> {
    let references = reference.unwrap_or(layer);
    let envelope = layer.features.get(position)?.envelope?;
    let mut candidates = references.candidates(&envelope);
    if reference.is_none() {
        candidates.retain(|&candidate| candidate > position);
    }
    let subject = Subject::new(layer, position, references, options.want, options.self_check)?;
    let (overlaps, self_check) = subject.overlaps(&candidates);
    let prove = options.prove && reference.is_some();
    let proof = prove.then(|| proof::prove(layer, position, references, &candidates, &overlaps)).flatten();
    Some(OfSubject { subject: position, overlaps, proof, self_check })
}
