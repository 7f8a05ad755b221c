//! A check about to be kept: what was decided is held against what was found.

use std::collections::BTreeMap;

use planning::{CheckOutcome, Decided, FindingState, Settling, Standings};
use rusqlite::Connection;

use super::events;
use crate::checks;

/// Adds the events of a run; `standings` are as of before it. The rows of its findings need not be there yet.
pub(crate) fn settle(
    change: &Connection,
    run: i64,
    at: &str,
    outcome: &CheckOutcome,
    revision: u64,
    standings: &Standings,
) -> rusqlite::Result<()> {
    let decided = decided(change, outcome, standings)?;
    let settling = Settling { outcome, revision, standings, decided: &decided };
    for (finding, what) in planning::settle(&settling) {
        events::add(change, &finding, at, run, &what)?;
    }
    Ok(())
}

/// The findings of an outcome whose decision it could undo, as they were then.
fn decided(
    change: &Connection,
    outcome: &CheckOutcome,
    standings: &Standings,
) -> rusqlite::Result<BTreeMap<String, Decided>> {
    let mut decided = BTreeMap::new();
    for finding in &outcome.findings {
        let Some(standing) = standings.get(&finding.id) else { continue };
        if matches!(standing.state, FindingState::Waived | FindingState::Resolved) {
            let then = checks::finding_of(change, &finding.id, standing.decided_run)?;
            decided.extend(then.map(|then| (finding.id.clone(), then)));
        }
    }
    Ok(decided)
}
