//! Settings laid over each other: the usual ones, the file's, the environment's, the command line's.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Settings;
use super::nearest::nearest;
use super::table::{self, SETTINGS};
use super::value::Written;

/// What the variables that set something begin with: `limits.page` is `RANH_SERVE_LIMITS_PAGE`.
pub const ENVIRONMENT_PREFIX: &str = "RANH_SERVE_";

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Usual,
    /// The settings file.
    File(PathBuf),
    /// A variable of the environment.
    Variable(String),
    /// A flag of the command line.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// Why settings cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The file is not TOML.
    #[error("{}: {reason}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and what, over several lines.
        reason: String,
    },
    /// There is no such setting.
    #[error(
        "{origin}: there is no setting \"{key}\"; \"{nearest}\" is the nearest (ranh serve --print-settings lists all)"
    )]
    Unknown {
        /// Where it stands.
        origin: Origin,
        /// Its name.
        key: String,
        /// The setting that may have been meant.
        nearest: &'static str,
    },
    /// A value that cannot be.
    #[error("{origin}: \"{key}\": {reason}")]
    Value {
        /// Where it stands.
        origin: Origin,
        /// The setting.
        key: String,
        /// What is wrong.
        reason: String,
    },
    /// Nobody said which store.
    #[error("no store is set: give --store FILE, or \"store\" in the settings file")]
    NoStore,
}

/// A setting as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name.
    pub key: &'static str,
    /// Its value as the file would have it; none when it is not set.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// Settings being read. Each call overrides what was set before.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    settings: Settings,
    origins: BTreeMap<&'static str, Origin>,
}

impl Layers {
    /// Takes the text of a settings file.
    /// # Errors
    /// [`SettingsError`] for the first thing that is wrong with it.
    pub fn file(&mut self, path: &Path, text: &str) -> Result<(), SettingsError> {
        let wrong = |error: toml::de::Error| SettingsError::Syntax {
            path: path.to_owned(),
            reason: error.to_string().trim_end().to_owned(),
        };
        let table: Table = toml::from_str(text).map_err(wrong)?;
        self.table("", &table, &Origin::File(path.to_owned()))
    }

    fn table(&mut self, prefix: &str, table: &Table, origin: &Origin) -> Result<(), SettingsError> {
        for (name, value) in table {
            let key = format!("{prefix}{name}");
            match value {
                Value::Table(inner) if prefix.is_empty() => self.table(&format!("{name}."), inner, origin)?,
                value => self.set(&key, Written::Toml(value), origin.clone())?,
            }
        }
        Ok(())
    }

    /// Takes those of the variables that begin with [`ENVIRONMENT_PREFIX`].
    /// # Errors
    /// [`SettingsError`] for a name that is not known or a value that cannot be.
    pub fn environment(
        &mut self,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<(), SettingsError> {
        let mut ours: Vec<_> = variables.filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX)).collect();
        ours.sort();
        for (name, value) in ours {
            let key = name.strip_prefix(ENVIRONMENT_PREFIX).unwrap_or(&name).to_lowercase();
            let key =
                key.strip_prefix("limits_").map_or_else(|| key.clone(), |rest| format!("limits.{rest}"));
            self.set(&key, Written::Text(&value), Origin::Variable(name))?;
        }
        Ok(())
    }

    /// Takes a value of the command line; `flag` is what the person typed.
    /// # Errors
    /// [`SettingsError`] for a name that is not known or a value that cannot be.
    pub fn flag(&mut self, key: &str, value: &str, flag: &str) -> Result<(), SettingsError> {
        self.set(key, Written::Text(value), Origin::Flag(flag.to_owned()))
    }

    fn set(&mut self, key: &str, written: Written<'_>, origin: Origin) -> Result<(), SettingsError> {
        let Some(setting) = table::find(key) else {
            let nearest = nearest(key, SETTINGS.iter().map(|setting| setting.key)).unwrap_or_default();
            return Err(SettingsError::Unknown { origin, key: key.to_owned(), nearest });
        };
        let done = setting.set(&mut self.settings, written);
        let key = setting.key;
        done.map_err(|reason| SettingsError::Value { origin: origin.clone(), key: key.to_owned(), reason })?;
        self.origins.insert(key, origin);
        Ok(())
    }

    /// Every setting, with its value and where it comes from.
    pub fn shown(&self) -> Vec<Shown> {
        let shown = |setting: &'static table::Setting| Shown {
            key: setting.key,
            value: setting.show(&self.settings),
            origin: self.origins.get(setting.key).cloned().unwrap_or(Origin::Usual),
        };
        SETTINGS.iter().map(shown).collect()
    }

    /// The settings as they stand.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The settings to serve by.
    /// # Errors
    /// [`SettingsError::NoStore`].
    pub fn finish(self) -> Result<Settings, SettingsError> {
        if self.settings.store.as_os_str().is_empty() {
            Err(SettingsError::NoStore)
        } else {
            Ok(self.settings)
        }
    }
}
