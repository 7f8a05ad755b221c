//! What a check makes of what was decided.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::strayed;
use super::{About, Change, FindingState, Reopening, Standing, Standings};
use crate::{CheckOutcome, Finding};

/// A finding as it was when it was decided on.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The finding of that run.
    pub finding: Finding,
    /// The revision which that run judged.
    pub revision: u64,
}

/// A check about to be kept, and what is known from before it.
#[derive(Debug)]
pub struct Settling<'a> {
    /// What the check found.
    pub outcome: &'a CheckOutcome,
    /// The revision that it judged.
    pub revision: u64,
    /// Where findings stood.
    pub standings: &'a Standings,
    /// Waived and resolved findings as they were when that was decided. One that is missing here cannot be compared
    /// and is reopened.
    pub decided: &'a BTreeMap<String, Decided>,
}

/// What happens to which finding, in the order of the outcome, then of the ids of those no longer found. The same
/// check again changes nothing.
pub fn settle(settling: &Settling<'_>) -> Vec<(String, Change)> {
    let found = settling.outcome.findings.iter();
    let mut changes: Vec<(String, Change)> =
        found.filter_map(|finding| Some((finding.id.clone(), settling.change(finding)?))).collect();
    let found: BTreeSet<&str> = settling.outcome.findings.iter().map(|f| f.id.as_str()).collect();
    let gone = |(id, standing): &(&str, &Standing)| {
        let open = standing.state != FindingState::Closed;
        open && !found.contains(id) && standing.about.is_covered_by(settling.outcome)
    };
    let gone = settling.standings.iter().filter(gone);
    changes.extend(gone.map(|(id, _)| (id.to_owned(), Change::Closed)));
    changes
}

impl Settling<'_> {
    fn change(&self, finding: &Finding) -> Option<Change> {
        let Some(standing) = self.standings.get(&finding.id) else {
            return Some(Change::Found(About::of(finding, self.outcome)));
        };
        let reopening = match standing.state {
            FindingState::New | FindingState::Reviewing => None,
            FindingState::Closed => Some(Reopening::Returned),
            FindingState::Resolved => self.still_found(finding),
            FindingState::Waived => self.waiver(finding, standing),
        };
        reopening.map(Change::Reopened)
    }

    /// The same data judged again say nothing about what was mended since.
    fn still_found(&self, finding: &Finding) -> Option<Reopening> {
        let decided = self.decided.get(&finding.id);
        let newer = decided.is_none_or(|decided| self.revision > decided.revision);
        newer.then_some(Reopening::StillFound)
    }

    fn waiver(&self, finding: &Finding, standing: &Standing) -> Option<Reopening> {
        let until = standing.decision.as_ref().and_then(|decision| decision.until);
        match (until, self.outcome.date) {
            (Some(until), Some(day)) if until.is_before(day) => Some(Reopening::Expired { until }),
            _ => match self.decided.get(&finding.id) {
                Some(decided) => strayed(&decided.finding, finding),
                None => Some(Reopening::Changed),
            },
        }
    }
}
