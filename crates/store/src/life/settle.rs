//! A check about to be kept: what was decided is held against what was found.

use std::collections::BTreeMap;

use planning::{CheckOutcome, Decided, FindingState, Settling, Standings};
use rusqlite::Connection;

use super::events;
use crate::checks::{self, Row};

/// Adds the events of a run; `standings` are as of before it, `rows` are those of its findings.
pub(crate) fn settle(
    change: &Connection,
    run: i64,
    at: &str,
    outcome: &CheckOutcome,
    revision: u64,
    standings: &Standings,
    rows: &[Row],
) -> rusqlite::Result<()> {
    let decided = decided(change, outcome, standings, rows)?;
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
    rows: &[Row],
) -> rusqlite::Result<BTreeMap<String, Decided>> {
    let mut decided = BTreeMap::new();
    for (finding, row) in outcome.findings.iter().zip(rows) {
        let Some(standing) = standings.get(&finding.id) else { continue };
        if matches!(standing.state, FindingState::Waived | FindingState::Resolved) {
            // The same row says the same: there is nothing to be read.
            let then = match checks::row_of(change, &finding.id, standing.decided_run)? {
                Some((said, revision)) if said == row.id => {
                    Some(Decided { finding: finding.clone(), revision })
                }
                _ => checks::finding_of(change, &finding.id, standing.decided_run)?,
            };
            decided.extend(then.map(|then| (finding.id.clone(), then)));
        }
    }
    Ok(decided)
}
