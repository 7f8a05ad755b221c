//! A person's decision.

use std::sync::Arc;

use planning::{Change, Decision, Event, FindingState, PartialDate, Standings};
use rusqlite::Connection;

use super::events;
use crate::{Store, StoreError, checks};

/// What is decided on which findings.
#[derive(Clone, Copy, Debug)]
pub struct DecisionRequest<'a> {
    /// The findings' ids; all of them or none get the decision.
    pub findings: &'a [String],
    /// The decision.
    pub decision: &'a Decision,
    /// The newest event that the person had seen of these findings; a later one of any of them is a conflict.
    pub seen: Option<u64>,
    /// The day in Viet Nam; without it no waiver is refused for being over.
    pub today: Option<PartialDate>,
}

impl Store {
    /// Keeps a decision on findings, each as the newest run that has it has it.
    /// # Errors
    /// [`StoreError::UnknownFinding`], [`StoreError::Decision`], [`StoreError::Outdated`] when somebody else decided
    /// in between, [`StoreError::Busy`], or the database's own. Nothing is kept then.
    pub fn decide(&mut self, request: &DecisionRequest<'_>) -> Result<Vec<Event>, StoreError> {
        let failed = self.failed("cannot write to");
        let known = Arc::clone(&self.standings);
        let decide = |change: &Connection| {
            let standings = events::standings_after(change, &known)?;
            if let Err(refused) = allowed(request, &standings) {
                return Ok((Err(refused), standings));
            }
            let now = "SELECT strftime('%Y-%m-%dT%H:%M:%fZ','now')";
            let at: String = change.query_row(now, [], |row| row.get(0))?;
            let what = Change::Decided(request.decision.clone());
            let mut made = Vec::with_capacity(request.findings.len());
            for finding in request.findings {
                let Some(run) = checks::newest_run_of(change, finding)? else {
                    // Standing, but in no run: another program took the row away.
                    return Err(rusqlite::Error::QueryReturnedNoRows);
                };
                made.push(events::add(change, finding, &at, run, &what)?);
            }
            Ok((Ok(made), standings))
        };
        let (made, standings) = self.change(decide).map_err(failed)?;
        self.standings = standings;
        made
    }
}

fn allowed(request: &DecisionRequest<'_>, standings: &Standings) -> Result<(), StoreError> {
    for finding in request.findings {
        let standing =
            standings.get(finding).ok_or_else(|| StoreError::UnknownFinding { id: finding.clone() })?;
        let outdated = |seen: &u64| standing.event > *seen && standing.state != FindingState::Closed;
        if request.seen.as_ref().is_some_and(outdated) {
            return Err(StoreError::Outdated {
                finding: finding.clone(),
                state: standing.state,
                since: standing.since.clone(),
            });
        }
        let refused = |reason| StoreError::Decision { finding: finding.clone(), reason };
        request.decision.allowed(standing.state, request.today).map_err(refused)?;
    }
    Ok(())
}
