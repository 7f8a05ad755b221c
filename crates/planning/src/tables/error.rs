//! What can be wrong with a table.

/// A table, pack or message file that cannot be used, in words for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    /// It is not TOML or CSV, or lacks or adds a field.
    #[error("{table}: {reason}")]
    Syntax {
        /// Which table.
        table: &'static str,
        /// Why, with the place.
        reason: String,
    },
    /// It can be read but says something that makes no sense.
    #[error("{table}: {entry}: {reason}")]
    Meaning {
        /// Which table.
        table: &'static str,
        /// Which entry of it.
        entry: String,
        /// Why.
        reason: String,
    },
}

impl DataError {
    pub(crate) fn syntax(table: &'static str, reason: &impl ToString) -> Self {
        Self::Syntax { table, reason: reason.to_string().trim_end().to_owned() }
    }

    pub(crate) fn meaning(table: &'static str, entry: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Meaning { table, entry: entry.into(), reason: reason.into() }
    }
}
