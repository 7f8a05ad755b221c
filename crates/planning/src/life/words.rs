//! What happened to a finding, in words.

use super::{Change, Decision, FindingState, Reopening};
use crate::{Messages, Parameter, Parameters, Text};

impl FindingState {
    /// The state in both languages.
    pub fn text(self, messages: &Messages) -> Text {
        messages.text(&format!("life.state_{}", self.code()), &Parameters::new())
    }
}

impl Change {
    /// What happened, in both languages.
    pub fn text(&self, messages: &Messages) -> Text {
        match self {
            Self::Found(_) => messages.text("life.found", &Parameters::new()),
            Self::Closed => messages.text("life.closed", &Parameters::new()),
            Self::Decided(decision) => decision.text(messages),
            Self::Reopened(reopening) => reopening.text(messages),
        }
    }
}

impl Decision {
    fn text(&self, messages: &Messages) -> Text {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let parameters =
            Parameters::new().name("document", given(&self.document)).name("person", given(&self.person));
        match (self.state, self.until) {
            (FindingState::Waived, Some(until)) => {
                messages.text("life.waived_until", &parameters.name("until", until.written()))
            }
            (state, _) => messages.text(&format!("life.{}", state.code()), &parameters),
        }
    }
}

impl Reopening {
    /// Why, in both languages.
    pub fn text(&self, messages: &Messages) -> Text {
        let none = Parameters::new();
        let (key, parameters) = match self {
            Self::Moved { distance_m, tolerance_m } => (
                "moved",
                none.with("d", Parameter::Number(*distance_m))
                    .with("tolerance", Parameter::Number(*tolerance_m)),
            ),
            Self::Graver { from, to } => ("graver", none.name("from", from.code()).name("to", to.code())),
            Self::Expired { until } => ("expired", none.name("until", until.written())),
            Self::Changed => ("changed", none),
            Self::StillFound => ("still_found", none),
            Self::Returned => ("returned", none),
        };
        messages.text(&format!("life.{key}"), &parameters)
    }
}
