//! `ranh findings`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use planning::{FindingState, PartialDate};

use super::{CheckFormat, Language};

/// Findings of the last check: list them, decide on them, see what became of them.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  ranh findings list --store province.gpkg --state new,reviewing --severity B,E
  ranh findings decide 3f2a… --state waived --document \"123/UBND-KT\" --person \"UBND tỉnh\" --until 2027-12-31 --store province.gpkg
  ranh findings history 3f2a… --store province.gpkg
  ranh findings changes --store province.gpkg")]
pub(crate) enum Findings {
    List(FindingList),
    Decide(FindingDecide),
    History(FindingHistory),
    Changes(FindingChanges),
}

/// List findings of the last check, the gravest first.
#[derive(Debug, Args)]
pub(crate) struct FindingList {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Only in these states (separated by commas).
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub(crate) state: Vec<FindingState>,
    /// Only of these severities: B, E, W, I.
    #[arg(long, value_name = "SEVERITY", value_delimiter = ',')]
    pub(crate) severity: Vec<SeverityCode>,
    /// Only of these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) rule: Vec<String>,
    /// Only of this zone (feature id).
    #[arg(long, value_name = "ID")]
    pub(crate) zone: Option<String>,
    /// Form of the answer.
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Language of the text form.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// A severity as findings give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum SeverityCode {
    /// Blocks publication or submission.
    B,
    /// Error.
    E,
    /// Warning.
    W,
    /// Information.
    I,
}

/// Decide on findings: all of them get the decision, or none.
#[derive(Debug, Args)]
pub(crate) struct FindingDecide {
    /// Ids of the findings.
    #[arg(required = true, value_name = "ID")]
    pub(crate) findings: Vec<String>,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// new, reviewing, waived or resolved.
    #[arg(long, value_name = "STATE")]
    pub(crate) state: FindingState,
    /// Number and date of the document; needed for a waiver.
    #[arg(long, value_name = "TEXT")]
    pub(crate) document: Option<String>,
    /// Who answers for it, a person or a body; needed for a waiver.
    #[arg(long, value_name = "TEXT")]
    pub(crate) person: Option<String>,
    /// The last day of a waiver.
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<PartialDate>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Language of the answer.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Print what happened to a finding, the oldest first.
#[derive(Debug, Args)]
pub(crate) struct FindingHistory {
    /// Id of the finding.
    #[arg(value_name = "ID")]
    pub(crate) finding: String,
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Language of the answer.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}

/// Print what the last check changed: findings that are new, reopened or gone.
#[derive(Debug, Args)]
pub(crate) struct FindingChanges {
    /// The store.
    #[arg(long, value_name = "FILE")]
    pub(crate) store: PathBuf,
    /// Number of a check run (default: the newest).
    #[arg(long, value_name = "N")]
    pub(crate) run: Option<u64>,
    /// Language of the answer.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    pub(crate) lang: Language,
}
