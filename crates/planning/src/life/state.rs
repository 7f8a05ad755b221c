//! The states of a finding.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a finding stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Nobody has decided anything, or what was decided no longer holds.
    #[default]
    New,
    /// Somebody is looking at it.
    Reviewing,
    /// Accepted by a document.
    Waived,
    /// Said to be mended; the next check of newer data tells.
    Resolved,
    /// No longer found.
    Closed,
}

impl FindingState {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 5] = [Self::New, Self::Reviewing, Self::Waived, Self::Resolved, Self::Closed];

    /// The word in files and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Reviewing => "reviewing",
            Self::Waived => "waived",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }
}

impl fmt::Display for FindingState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for FindingState {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.code() == word).ok_or_else(|| {
            format!("\"{word}\" is not a state: there are {}", Self::ALL.map(Self::code).join(", "))
        })
    }
}
