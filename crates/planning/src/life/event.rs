//! What happens to a finding.

use serde::{Deserialize, Serialize};

use super::{About, Decision, FindingState};
use crate::{PartialDate, Severity};

/// Something that happened to a finding. Events are only ever added.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number among all events of the store, from 1.
    pub number: u64,
    /// The finding's id.
    pub finding: String,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// The check run that made it, or that held the finding when a person decided.
    pub run: u64,
    /// What happened.
    pub change: Change,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A check found it for the first time.
    Found(About),
    /// A person decided.
    Decided(Decision),
    /// A check that judged it no longer found it.
    Closed,
    /// A check undid what had been decided.
    Reopened(Reopening),
}

impl Change {
    /// The word in answers.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Decided(_) => "decided",
            Self::Closed => "closed",
            Self::Reopened(_) => "reopened",
        }
    }

    /// Where the finding stands after it.
    pub fn state(&self) -> FindingState {
        match self {
            Self::Found(_) | Self::Reopened(_) => FindingState::New,
            Self::Decided(decision) => decision.state,
            Self::Closed => FindingState::Closed,
        }
    }
}

/// Why a check undid what had been decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopening {
    /// The shape lies elsewhere.
    Moved {
        /// Hausdorff distance between the shape decided on and the one found, m.
        distance_m: f64,
        /// How far it may stray, m.
        tolerance_m: f64,
    },
    /// It is graver than what was decided on.
    Graver {
        /// Severity when it was decided on.
        from: Severity,
        /// Severity now.
        to: Severity,
    },
    /// It has no shape, and its figures are others.
    Changed,
    /// The waiver is over.
    Expired {
        /// Its last day.
        until: PartialDate,
    },
    /// It was said to be resolved, and newer data still have it.
    StillFound,
    /// It had been closed, and is there again.
    Returned,
}
