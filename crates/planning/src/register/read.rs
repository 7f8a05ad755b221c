//! Reading and writing register files: TOML for people, JSON for programs.

use super::locate::{FieldPath, field_at, line_at};
use super::{Register, RegisterError, RegisterProblem, validate};

impl Register {
    /// Reads a register from TOML. `file` names it in errors.
    /// # Errors
    /// [`RegisterError`] with file, line and field: one for a text that is not TOML or has a field that is missing,
    /// unknown or of the wrong kind; all of them for statements that contradict each other or point nowhere.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
        accept(file, register, |path| path.line(text))
    }

    /// The same from JSON; problems of meaning have no line then, only their field.
    /// # Errors
    /// As [`Register::from_toml`].
    pub fn from_json(file: &str, text: &str) -> Result<Self, RegisterError> {
        let register: Self = serde_json::from_str(text).map_err(|error| {
            let line = Some(error.line()).filter(|line| *line > 0);
            RegisterError::one(
                file,
                RegisterProblem { line, field: String::new(), reason: error.to_string() },
            )
        })?;
        accept(file, register, |_| None)
    }

    /// Everything that is wrong with the statements of a register made otherwise than by reading.
    /// # Errors
    /// [`RegisterError`] with the fields.
    pub fn validated(self, file: &str) -> Result<Self, RegisterError> {
        accept(file, self, |_| None)
    }

    /// As TOML.
    /// # Errors
    /// [`RegisterError`] when a value cannot be written, which no register that was read has.
    pub fn to_toml(&self) -> Result<String, RegisterError> {
        toml::to_string(self).map_err(|error| {
            let problem = RegisterProblem { line: None, field: String::new(), reason: error.to_string() };
            RegisterError::one(&self.id, problem)
        })
    }
}

fn accept(
    file: &str,
    register: Register,
    line: impl Fn(&FieldPath) -> Option<usize>,
) -> Result<Register, RegisterError> {
    let found = validate::problems(&register);
    if found.is_empty() {
        return Ok(register);
    }
    let problem = |(path, reason): (FieldPath, String)| RegisterProblem {
        line: line(&path),
        field: path.to_string(),
        reason,
    };
    Err(RegisterError { file: file.to_owned(), problems: found.into_iter().map(problem).collect() })
}

fn syntax(file: &str, text: &str, error: &toml::de::Error) -> RegisterError {
    let place = error.span().map(|span| span.start);
    let problem = RegisterProblem {
        line: place.map(|place| line_at(text, place)),
        field: place.map(|place| field_at(text, place).to_string()).unwrap_or_default(),
        reason: error.message().to_owned(),
    };
    RegisterError::one(file, problem)
}
