//! Where findings stand, what people decide, and what checks make of it.

use planning::{Change, Decision, Event, FindingState, Reopening, Standing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Finding, Text};

/// A decision on findings.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// Ids of the findings; all of them or none get the decision.
    pub findings: Vec<String>,
    /// `new`, `reviewing`, `waived` or `resolved`; a finding is closed by the check that no longer finds it.
    pub state: String,
    /// Number and date of the document; needed for a waiver.
    pub document: Option<String>,
    /// Who answers for it, a person or a body; needed for a waiver.
    pub person: Option<String>,
    /// The last day of a waiver (2026-12-31, 2026-12 or 2026).
    pub until: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The greatest `standing.event` of these findings as they were shown; when something has happened to one of them
    /// since, nothing is decided and the answer is 409.
    pub seen: Option<u64>,
}

impl DecisionRequest {
    /// The decision in planning's terms.
    /// # Errors
    /// Words for the person who asked, when the state or the day cannot be read.
    pub fn decision(&self) -> Result<Decision, String> {
        let state = self.state.parse::<FindingState>().map_err(|error| format!("state: {error}"))?;
        let until = self.until.as_deref().map(|day| day.parse().map_err(|error| format!("until: {error}")));
        let until = until.transpose()?;
        let (document, person, reason) = (self.document.clone(), self.person.clone(), self.reason.clone());
        Ok(Decision { state, document, person, until, reason })
    }
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct FindingStanding {
    /// `new`, `reviewing`, `waived`, `resolved` or `closed`.
    pub state: String,
    /// The state in words.
    pub title: Text,
    /// Since when; null for a finding of a run that an older program kept.
    pub since: Option<String>,
    /// Number of its newest event, to send as `seen`.
    pub event: u64,
    /// The decision in force.
    pub decision: Option<FindingDecision>,
    /// Why the last decision was undone.
    pub reopened: Option<Text>,
}

/// A decision in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingDecision {
    /// Document.
    pub document: Option<String>,
    /// Who answers for it.
    pub person: Option<String>,
    /// The last day of a waiver.
    pub until: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl FindingStanding {
    /// Of a finding that stands there, or nowhere yet.
    pub fn of(standing: Option<&Standing>) -> Self {
        let state = standing.map_or(FindingState::New, |standing| standing.state);
        let reopening = standing.and_then(|standing| standing.reopening.as_ref());
        Self {
            state: state.code().to_owned(),
            title: words(|messages| state.text(messages)),
            since: standing.map(|standing| standing.since.clone()),
            event: standing.map_or(0, |standing| standing.event),
            decision: standing.and_then(|standing| standing.decision.as_ref()).map(FindingDecision::of),
            reopened: reopening.map(|reopening| words(|messages| reopening.text(messages))),
        }
    }
}

impl FindingDecision {
    fn of(decision: &Decision) -> Self {
        Self {
            document: decision.document.clone(),
            person: decision.person.clone(),
            until: decision.until.map(|until| until.to_string()),
            reason: decision.reason.clone(),
        }
    }
}

/// What happened to a finding.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingHistory {
    /// The finding's id.
    pub finding: String,
    /// Events, the oldest first.
    pub events: Vec<FindingEvent>,
}

/// Something that happened to a finding.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingEvent {
    /// Its number.
    pub event: u64,
    /// When.
    pub at: String,
    /// The check run that made it, or that held the finding when a person decided.
    pub run: u64,
    /// `found`, `decided`, `closed` or `reopened`.
    pub change: String,
    /// Where the finding stood afterwards.
    pub state: String,
    /// What happened, in words.
    pub text: Text,
    /// The decision, where it was one.
    pub decision: Option<FindingDecision>,
}

impl FindingEvent {
    /// Of an event.
    pub fn of(event: &Event) -> Self {
        let decision = match &event.change {
            Change::Decided(decision) => Some(FindingDecision::of(decision)),
            Change::Found(_) | Change::Closed | Change::Reopened(_) => None,
        };
        Self {
            event: event.number,
            at: event.at.clone(),
            run: event.run,
            change: event.change.code().to_owned(),
            state: event.change.state().code().to_owned(),
            text: words(|messages| event.change.text(messages)),
            decision,
        }
    }
}

/// What a check run changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckChanges {
    /// The run.
    pub run: u64,
    /// Findings that no run had before.
    pub found: Vec<String>,
    /// Findings whose decision it undid, or that are there again.
    pub reopened: Vec<ReopenedFinding>,
    /// Findings that it no longer found, as they were.
    pub closed: Vec<Finding>,
}

/// A finding that was reopened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReopenedFinding {
    /// Its id.
    pub finding: String,
    /// Why.
    pub because: Text,
}

impl ReopenedFinding {
    /// Of an id and a reason.
    pub fn of(finding: String, reopening: &Reopening) -> Self {
        Self { finding, because: words(|messages| reopening.text(messages)) }
    }
}

/// Words from the dictionaries, which are compiled in; empty should they be unreadable.
fn words(text: impl FnOnce(&planning::Messages) -> planning::Text) -> Text {
    planning::messages().map(|messages| Text::from(&text(messages))).unwrap_or_default()
}
