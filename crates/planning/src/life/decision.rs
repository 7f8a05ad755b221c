//! What a person decides.

use serde::{Deserialize, Serialize};

use super::FindingState;
use crate::PartialDate;

/// The longest text in a decision, characters.
const MOST_CHARS: usize = 500;

/// A decision on a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Where the finding stands from now on.
    pub state: FindingState,
    /// Number and date of the document that says so; needed for a waiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Who answers for it, a person or a body; needed for a waiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The last day of a waiver; without it the waiver holds as long as the finding stays what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Why a decision cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// Only a check can say that something is gone.
    #[error("a finding is closed by the check that no longer finds it: mark it as resolved instead")]
    ClosedByHand,
    /// There is nothing left to decide.
    #[error("this finding is closed: the last check that could have found it did not")]
    Closed,
    /// A waiver says by what document it was given, and by whom.
    #[error("a waiver needs \"{0}\": say by which document it was given, and by whom")]
    Missing(&'static str),
    /// Only a waiver ends by itself.
    #[error("only a waiver has an end: leave \"until\" out")]
    UntilWithoutWaiver,
    /// The waiver would be over before it begins.
    #[error("a waiver until {until} is over already: today is {today}")]
    Over {
        /// Its last day.
        until: PartialDate,
        /// The day of the decision.
        today: PartialDate,
    },
    /// A text that is too long, or not text.
    #[error("\"{0}\" must be text of {MOST_CHARS} characters at most, without control characters")]
    Text(&'static str),
}

impl Decision {
    /// The decision with its texts trimmed; empty ones are none.
    #[must_use]
    pub fn trimmed(self) -> Self {
        let trim = |text: Option<String>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        Self { document: trim(self.document), person: trim(self.person), reason: trim(self.reason), ..self }
    }

    /// Whether it can be taken on a finding in this state on this day.
    /// # Errors
    /// [`DecisionError`], the first reason why not.
    pub fn allowed(&self, from: FindingState, today: Option<PartialDate>) -> Result<(), DecisionError> {
        self.texts()?;
        if self.state == FindingState::Closed {
            return Err(DecisionError::ClosedByHand);
        }
        if from == FindingState::Closed {
            return Err(DecisionError::Closed);
        }
        if self.state == FindingState::Waived { self.waiver(today) } else { self.no_waiver() }
    }

    fn waiver(&self, today: Option<PartialDate>) -> Result<(), DecisionError> {
        let missing = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
        if missing(&self.document) {
            return Err(DecisionError::Missing("document"));
        }
        if missing(&self.person) {
            return Err(DecisionError::Missing("person"));
        }
        match (self.until, today) {
            (Some(until), Some(today)) if until.is_before(today) => Err(DecisionError::Over { until, today }),
            _ => Ok(()),
        }
    }

    fn no_waiver(&self) -> Result<(), DecisionError> {
        if self.until.is_some() { Err(DecisionError::UntilWithoutWaiver) } else { Ok(()) }
    }

    fn texts(&self) -> Result<(), DecisionError> {
        let texts = [("document", &self.document), ("person", &self.person), ("reason", &self.reason)];
        let bad = |text: &str| {
            let control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            text.chars().count() > MOST_CHARS || text.chars().any(control)
        };
        match texts.into_iter().find(|(_, text)| text.as_deref().is_some_and(bad)) {
            Some((name, _)) => Err(DecisionError::Text(name)),
            None => Ok(()),
        }
    }
}
