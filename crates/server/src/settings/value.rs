//! One value as it was written: TOML in the file, text in the environment and on the command line.

use toml::Value;

/// A value to be understood.
#[derive(Clone, Copy, Debug)]
pub(super) enum Written<'a> {
    /// From a variable or a flag.
    Text(&'a str),
    /// From the file.
    Toml(&'a Value),
}

impl<'a> Written<'a> {
    pub(super) fn text(self) -> Result<&'a str, String> {
        let text = match self {
            Self::Text(text) => text,
            Self::Toml(value) => value.as_str().ok_or("it must be text, in quotes")?,
        };
        let text = text.trim();
        if text.is_empty() { Err("it is empty".into()) } else { Ok(text) }
    }

    /// A list; as text its items are separated by commas.
    pub(super) fn list(self) -> Result<Vec<String>, String> {
        match self {
            Self::Text(text) => {
                Ok(text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect())
            }
            Self::Toml(Value::Array(items)) => {
                let texts = items.iter().map(|item| item.as_str().map(|text| text.trim().to_owned()));
                texts.collect::<Option<_>>().ok_or_else(|| "each of the list must be text, in quotes".into())
            }
            Self::Toml(_) => Err("it must be a list, in square brackets".into()),
        }
    }

    pub(super) fn flag(self) -> Result<bool, String> {
        match self {
            Self::Text("true") | Self::Toml(Value::Boolean(true)) => Ok(true),
            Self::Text("false") | Self::Toml(Value::Boolean(false)) => Ok(false),
            _ => Err("it must be true or false".into()),
        }
    }

    /// A whole number from 1.
    pub(super) fn count(self) -> Result<usize, String> {
        let number = match self {
            Self::Text(text) => text.parse().ok(),
            Self::Toml(Value::Integer(number)) => usize::try_from(*number).ok(),
            Self::Toml(_) => None,
        };
        number.filter(|number| *number > 0).ok_or_else(|| "it must be a whole number from 1".into())
    }

    /// A number above 0 and not above `most`.
    pub(super) fn number(self, most: f64) -> Result<f64, String> {
        let number = match self {
            Self::Text(text) => text.parse().ok(),
            Self::Toml(Value::Integer(number)) => Some(*number as f64),
            Self::Toml(Value::Float(number)) => Some(*number),
            Self::Toml(_) => None,
        };
        let good = |number: &f64| *number > 0.0 && *number <= most;
        number.filter(good).ok_or_else(|| format!("it must be a number above 0 and at most {most}"))
    }
}
