//! What came of every case, and the table of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use spatial::trace::Ways;

/// What came of one operation of one case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Passed,
    /// With the reason.
    Failed(String),
    /// With what is in its way.
    NotOffered(&'static str),
}

impl Outcome {
    /// Passed, unless there is a reason against it.
    pub(crate) fn of(reason: Option<String>) -> Self {
        reason.map_or(Self::Passed, Self::Failed)
    }
}

/// All outcomes of a run.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    scaled: BTreeSet<String>,
    ways: Ways,
    unequal: usize,
}

struct Row {
    suite: &'static str,
    operation: String,
    name: String,
    outcome: Outcome,
}

impl Report {
    /// Notes what came of an operation; `name` tells the case.
    pub(crate) fn note(&mut self, suite: &'static str, operation: &str, name: String, outcome: Outcome) {
        self.rows.push(Row { suite, operation: operation.to_owned(), name, outcome });
    }

    /// Notes that a case was computed at 2^`power` times its size too.
    pub(crate) fn note_scaled(&mut self, name: &str, power: i32) {
        self.scaled.insert(format!("{name} by 2^{power}"));
    }

    /// Notes which way the overlays of a prepared subject went.
    pub(crate) fn note_ways(&mut self, ways: Ways) {
        self.ways.apart += ways.apart;
        self.ways.traced += ways.traced;
        self.ways.unclear += ways.unclear;
        self.ways.close += ways.close;
    }

    /// Notes that two ways agree on an area but not on every vertex.
    pub(crate) fn note_unequal(&mut self) {
        self.unequal += 1;
    }

    /// Suite and operation with how many passed, failed and are not offered, then every failure with its reason,
    /// what is in the way of those not offered, and what was scaled.
    pub(crate) fn table(&self) -> String {
        let mut counts: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
        let mut missing: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
        let mut text = String::new();
        for row in &self.rows {
            let count = counts.entry((row.suite, &row.operation)).or_default();
            match row.outcome {
                Outcome::Passed => count[0] += 1,
                Outcome::Failed(_) => count[1] += 1,
                Outcome::NotOffered(why) => {
                    count[2] += 1;
                    *missing.entry((row.suite, &row.operation, why)).or_default() += 1;
                }
            }
        }
        let _ = writeln!(
            text,
            "{:16} {:34} {:>7} {:>7} {:>11}",
            "suite", "operation", "passed", "failed", "not offered"
        );
        for ((suite, operation), [passed, failed, absent]) in counts {
            let _ = writeln!(text, "{suite:16} {operation:34} {passed:7} {failed:7} {absent:11}");
        }
        for ((suite, operation, why), count) in missing {
            let _ = writeln!(text, "not offered: {suite} {operation}: {count}: {why}");
        }
        for (name, reason) in self.failures() {
            let _ = writeln!(text, "failed: {name}: {reason}");
        }
        let _ = writeln!(
            text,
            "prepared subjects: {:?}; {} not vertex for vertex as in general",
            self.ways, self.unequal
        );
        let scaled: Vec<&str> = self.scaled.iter().map(String::as_str).collect();
        let _ = writeln!(text, "computed scaled as well: {}", scaled.join(", "));
        text
    }

    fn failures(&self) -> impl Iterator<Item = (String, &str)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Failed(reason) => Some((format!("{} {}", row.name, row.operation), reason.as_str())),
            _ => None,
        })
    }

    /// Fails when other cases failed than the explained ones, be it more or fewer.
    #[track_caller]
    pub(crate) fn assert_only(&self, explained: &[(&str, &str)]) {
        let failures: BTreeMap<String, &str> = self.failures().collect();
        let new = failures.iter().filter(|(name, _)| !explained.iter().any(|(known, _)| known == name));
        let gone = explained.iter().filter(|(known, _)| !failures.contains_key(*known));
        let new: Vec<String> = new.map(|(name, reason)| format!("{name}: {reason}")).collect();
        let gone: Vec<&str> = gone.map(|(name, _)| *name).collect();
        assert!(new.is_empty(), "{} not explained:\n{}", new.len(), new.join("\n"));
        assert!(gone.is_empty(), "explained, but did not fail:\n{}", gone.join("\n"));
    }
}
