//! Where findings stand, by their events.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{About, Change, Decision, Event, FindingState, Reopening};

/// Where one finding stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The state.
    pub state: FindingState,
    /// The decision in force; none once a check has undone it.
    pub decision: Option<Decision>,
    /// The run that held the finding when that was decided; 0 without a decision.
    pub decided_run: u64,
    /// Why the last decision was undone, until the next.
    pub reopening: Option<Reopening>,
    /// When it came to stand here (RFC 3339, UTC).
    pub since: String,
    /// Number of its last event: whoever decides on what he saw names it.
    pub event: u64,
    /// The run of its last event.
    pub run: u64,
    /// What it is about.
    pub about: About,
}

/// Where all findings of a store stand, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standings {
    by_finding: BTreeMap<String, Standing>,
    newest: u64,
}

impl Standings {
    /// Where a finding stands; `None` for one that no check has found.
    pub fn get(&self, finding: &str) -> Option<&Standing> {
        self.by_finding.get(finding)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Standing)> {
        self.by_finding.iter().map(|(id, standing)| (id.as_str(), standing))
    }

    /// The number of the newest event in them, 0 for none.
    pub fn newest(&self) -> u64 {
        self.newest
    }

    /// Takes in an event; they must come in their order. One of a finding that was never found is left out: only
    /// another program could have written it.
    pub fn apply(&mut self, event: Event) {
        self.newest = self.newest.max(event.number);
        let state = event.change.state();
        match (self.by_finding.entry(event.finding), event.change) {
            (Entry::Vacant(place), Change::Found(about)) => {
                place.insert(Standing {
                    state,
                    decision: None,
                    decided_run: 0,
                    reopening: None,
                    since: event.at,
                    event: event.number,
                    run: event.run,
                    about,
                });
            }
            (Entry::Vacant(_), _) => {}
            (Entry::Occupied(mut known), change) => {
                let known = known.get_mut();
                (known.state, known.since) = (state, event.at);
                (known.event, known.run) = (event.number, event.run);
                known.take_in(change, event.run);
            }
        }
    }
}

impl Standing {
    fn take_in(&mut self, change: Change, run: u64) {
        (self.decision, self.decided_run, self.reopening) = match change {
            Change::Decided(decision) => (Some(decision), run, None),
            Change::Reopened(reopening) => (None, 0, Some(reopening)),
            Change::Found(_) | Change::Closed => (None, 0, None),
        };
    }
}
