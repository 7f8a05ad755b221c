//! Zones judged block by block, those of a block side by side.

use rayon::prelude::*;

use super::context::CommuneIndex;
use super::group::Group;
use super::member::{Judged, Member};
use super::run::Run;

/// Zones judged at a time: enough to keep all threads busy, few enough to follow and to stop.
const BLOCK: usize = 16;

impl Run<'_> {
    /// Judges the zones that share a working CRS; of those that nothing has changed about, what was said of them is
    /// said again.
    pub(super) fn judge_group(&mut self, generated: bool, members: &[usize]) {
        let mut anew = Vec::with_capacity(members.len());
        for &at in members {
            match self.recollection.judged(at) {
                Some(judged) => self.take_in(at, Judged::clone(&judged)),
                None => anew.push(at),
            }
        }
        if self.stopped() || anew.is_empty() {
            self.tell_progress();
            return;
        }
        let group = self.group(generated, &anew);
        let (_, communes) = self.references.get(&generated).cloned().unwrap_or_default();
        let positions: Vec<usize> = (0..group.members.len()).collect();
        for block in positions.chunks(BLOCK) {
            let judged = self.judge_block(&group, block, &communes);
            // What was overlapped while being stopped is not whole and must not be told.
            if self.stopped() {
                return;
            }
            for (at, one) in block.iter().map(|&at| group.members[at]).zip(judged) {
                self.recollection.keep_anew(at, &one);
                self.take_in(at, one);
            }
            self.tell_progress();
        }
    }

    fn take_in(&mut self, at: usize, one: Judged) {
        self.judged += usize::from(one.living);
        self.report.append(one.report);
        self.summaries.extend(one.summary.map(|summary| (at, summary)));
        self.done += 1;
    }

    fn judge_block(&self, group: &Group, block: &[usize], communes: &CommuneIndex) -> Vec<Judged> {
        let (scene, rules, cancelled) = (self.scene, &self.rules, self.options.cancelled);
        let judge = |&at: &usize| Member { scene, rules, cancelled, group, at }.judge(communes);
        block.par_iter().map(judge).collect()
    }
}
