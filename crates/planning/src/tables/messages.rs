//! Message templates with named parameters, in both languages.

use std::collections::{BTreeMap, BTreeSet};

use super::{DataError, Parameters};
use crate::{Language, Text};

const TABLE: &str = "messages";

/// Templates by dotted key, such as `rules.LUP-01.message`; both languages have the same keys and parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Messages {
    vi: BTreeMap<String, String>,
    en: BTreeMap<String, String>,
}

impl Messages {
    /// Parses both languages.
    /// # Errors
    /// [`DataError`] when one is not TOML, or when a key or a parameter of one is missing from the other.
    pub fn parse(vi: &str, en: &str) -> Result<Self, DataError> {
        let messages = Self { vi: flat(vi)?, en: flat(en)? };
        for key in messages.vi.keys().chain(messages.en.keys()) {
            let (Some(vi), Some(en)) = (messages.vi.get(key), messages.en.get(key)) else {
                return Err(DataError::meaning(TABLE, key, "stands in one language only"));
            };
            if placeholders(vi) != placeholders(en) {
                return Err(DataError::meaning(TABLE, key, "has other parameters in the other language"));
            }
        }
        Ok(messages)
    }

    /// The message of a key with its parameters filled in. A key that does not exist stands for itself and a
    /// parameter that is not given stays as `{name}`: a gap must be seen, and must not stop a check.
    pub fn text(&self, key: &str, parameters: &Parameters) -> Text {
        let one = |templates: &BTreeMap<String, String>, language| {
            templates
                .get(key)
                .map_or_else(|| key.to_owned(), |template| filled(template, parameters, language))
        };
        Text { vi: one(&self.vi, Language::Vi), en: one(&self.en, Language::En) }
    }

    /// Whether there is such a key.
    pub fn has(&self, key: &str) -> bool {
        self.vi.contains_key(key)
    }

    /// Name of a rule.
    pub fn rule_name(&self, rule: &str) -> Text {
        self.text(&format!("rules.{rule}.name"), &Parameters::new())
    }
}

fn flat(text: &str) -> Result<BTreeMap<String, String>, DataError> {
    let table: toml::Table = toml::from_str(text).map_err(|e| DataError::syntax(TABLE, &e))?;
    let mut out = BTreeMap::new();
    flatten("", &table, &mut out)?;
    Ok(out)
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) -> Result<(), DataError> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(template) => {
                out.insert(key, template.clone());
            }
            toml::Value::Table(inner) => flatten(&key, inner, out)?,
            _ => return Err(DataError::meaning(TABLE, key, "must be text")),
        }
    }
    Ok(())
}

/// Splits a template into (text, parameter after it).
fn pieces(template: &str) -> Vec<(&str, Option<&str>)> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        out.push((before, Some(name)));
        rest = tail;
    }
    out.push((rest, None));
    out
}

fn placeholders(template: &str) -> BTreeSet<&str> {
    pieces(template).into_iter().filter_map(|(_, name)| name).collect()
}

fn filled(template: &str, parameters: &Parameters, language: Language) -> String {
    let mut out = String::new();
    for (text, name) in pieces(template) {
        out.push_str(text);
        if let Some(name) = name {
            let value = parameters.find(name).map(|parameter| parameter.written(language));
            out.push_str(&value.unwrap_or_else(|| format!("{{{name}}}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Parameter, messages};

    #[test]
    fn parameters_are_filled_in_the_format_of_the_language() {
        let messages = Messages::parse("a = \"{x} có {ha} ha\"", "a = \"{ha} ha in {x}\"").unwrap();
        let text = messages
            .text("a", &Parameters::new().name("x", "{ha}").with("ha", Parameter::Area(12_345_678.0)));
        assert_eq!(text.vi, "{ha} có 1.234,57 ha");
        assert_eq!(text.en, "1,234.57 ha in {ha}");
        assert_eq!(messages.text("a", &Parameters::new()).vi, "{x} có {ha} ha");
        assert_eq!(messages.text("b", &Parameters::new()).vi, "b");
    }

    #[test]
    fn both_languages_must_have_the_same_keys_and_parameters() {
        assert!(Messages::parse("a = \"{x}\"", "a = \"{y}\"").is_err());
        assert!(Messages::parse("a = \"x\"\nb = \"x\"", "a = \"x\"").is_err());
        assert!(Messages::parse("a = 1", "a = 1").is_err());
        assert!(Messages::parse("a = ", "a = \"\"").is_err());
    }

    #[test]
    fn the_built_in_texts_name_every_rule_and_every_problem() {
        let messages = messages().unwrap();
        for rule in crate::rules().unwrap() {
            assert!(messages.has(&format!("rules.{}.name", rule.id)), "{}", rule.id);
            assert!(messages.has(&format!("rules.{}.message", rule.id)), "{}", rule.id);
        }
    }
}
