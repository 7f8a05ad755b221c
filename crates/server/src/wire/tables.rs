//! Tables: land-use codes, zone kinds and states, rules.

use serde::Serialize;
use utoipa::ToSchema;

use super::Text;

/// Land-use codes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Codes {
    /// Where the table comes from.
    pub source: Text,
    /// Its date.
    pub date: String,
    /// The codes.
    pub codes: Vec<Code>,
}

/// A land-use code.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Code {
    /// The code.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Its group.
    pub group: String,
    /// Prescribed colour, `#rrggbb`; null where none is prescribed.
    pub rgb: Option<String>,
}

/// Zone kinds and states.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Kinds {
    /// Kinds.
    pub kinds: Vec<Named>,
    /// States.
    pub states: Vec<Named>,
}

/// A code with its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Named {
    /// The code used in files and on the wire.
    pub code: String,
    /// Its name.
    pub name: Text,
}

/// The rule pack and its rules.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rules {
    /// The pack.
    pub pack: PackFacts,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// A rule pack.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PackFacts {
    /// Identifier.
    pub id: String,
    /// Version.
    pub version: String,
    /// First day of validity.
    pub valid_from: String,
    /// Title.
    pub title: Text,
}

/// One rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rule {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Severity before any lowering.
    pub severity: String,
    /// Legal basis.
    pub basis: Vec<RuleBasis>,
}

/// One legal basis.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RuleBasis {
    /// The provision.
    pub text: Text,
    /// First day of validity, where known.
    pub valid_from: Option<String>,
    /// Last day of validity, where it ended.
    pub valid_to: Option<String>,
    /// Where its wording was seen.
    pub source: String,
    /// Whether it was compared with the official gazette.
    pub verified: bool,
}
