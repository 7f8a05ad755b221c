//! What is wrong with a register file: which file, which line, which field, and why.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterProblem {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The field, such as `zone[2].parent`; empty where it is about the file as a whole.
    pub field: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

/// A register file that cannot be used, with everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterError {
    /// The file.
    pub file: String,
    /// At least one problem, in the order of the file.
    pub problems: Vec<RegisterProblem>,
}

impl RegisterError {
    pub(super) fn one(file: &str, problem: RegisterProblem) -> Self {
        Self { file: file.to_owned(), problems: vec![problem] }
    }
}

impl fmt::Display for RegisterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.reason)
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            let line = problem.line.map_or_else(String::new, |line| format!(":{line}"));
            write!(f, "{}{line}: {problem}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for RegisterError {}
