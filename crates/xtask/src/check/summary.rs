//! How the steps ended, to be read at a glance and by CI.

use std::fmt::{self, Display, Write};
use std::time::Duration;

use crate::problem::Problem;

/// How one step ended.
pub(crate) struct Ending {
    pub(crate) step: String,
    pub(crate) time: Duration,
    pub(crate) problem: Option<Problem>,
}

impl Display for Ending {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = if self.problem.is_some() { "FAILED" } else { "passed" };
        write!(out, "{:<10} {verdict} {:>10}", self.step, clock(self.time))?;
        let reason = self.problem.as_ref().map(ToString::to_string).unwrap_or_default();
        reason.lines().try_for_each(|line| write!(out, "\n    {line}"))
    }
}

/// A line for each step, the time of all, and a plain last line with the counts.
pub(crate) fn table(endings: &[Ending]) -> String {
    let mut text = String::from("\n=== summary ===\n");
    for ending in endings {
        let _ = writeln!(text, "{ending}");
    }
    let all = endings.iter().map(|ending| ending.time).sum();
    let failed = endings.iter().filter(|ending| ending.problem.is_some()).count();
    let _ = writeln!(text, "all        {:>17}", clock(all));
    let _ = writeln!(text, "{} passed, {failed} failed", endings.len() - failed);
    text
}

fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Ending, table};
    use crate::problem::Problem;

    #[test]
    fn ends_with_the_plain_count() {
        let ending = |step: &str, seconds: u64, problem| Ending {
            step: step.to_owned(),
            time: Duration::from_secs(seconds),
            problem,
        };
        let failure = Problem::Failed { line: "cargo fmt".to_owned(), ending: "exit code 1".to_owned() };
        let text = table(&[ending("fmt", 2, Some(failure)), ending("rust", 83, None)]);
        let lines: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(
            lines,
            [
                "fmt        FAILED      2.0 s",
                "    `cargo fmt` failed (exit code 1)",
                "rust       passed 1 min 23 s",
                "all               1 min 25 s",
                "1 passed, 1 failed",
            ]
        );
    }
}
