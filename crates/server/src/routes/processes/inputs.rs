//! The inputs of a request: none unknown, none missing, each of its type and within its bounds. Whatever is wrong,
//! the answer names the input.

use std::ops::RangeInclusive;

use planning::PartialDate;
use serde_json::{Map, Value};
use spatial::Crs;

use super::process::Input;
use crate::problem::Problem;
use crate::settings::Limits;

/// Values by name; `null` is as good as nothing.
pub(super) struct Inputs {
    values: Map<String, Value>,
    limits: Limits,
}

impl Inputs {
    pub(super) fn new(given: Map<String, Value>, known: &[Input], limits: &Limits) -> Result<Self, Problem> {
        let names = || known.iter().map(|input| input.name).collect::<Vec<_>>().join(", ");
        let mut values = Map::new();
        for (name, value) in given {
            if !known.iter().any(|input| input.name == name) {
                let detail = format!("There is no input \"{name}\". There are: {}.", names());
                return Err(Problem::bad(detail));
            }
            let value = plain(&name, value)?;
            if !value.is_null() {
                values.insert(name, value);
            }
        }
        match known.iter().find(|input| input.needed && !values.contains_key(input.name)) {
            Some(input) => Err(Problem::bad(format!("The input \"{}\" is missing.", input.name))),
            None => Ok(Self { values, limits: *limits }),
        }
    }

    /// A value as it came.
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| wrong(name, "must be a text"))?;
        self.bounded(name, text).map(Some)
    }

    /// A text that must be there.
    pub(super) fn needed_text(&self, name: &str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| wrong(name, "is missing"))
    }

    /// A list of anything, not too long.
    pub(super) fn items(&self, name: &str) -> Result<Option<&[Value]>, Problem> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let items = value.as_array().ok_or_else(|| wrong(name, "must be a list"))?;
        let most = self.limits.input_items;
        if items.len() > most {
            return Err(wrong(name, &format!("may have {most} items at most, not {}", items.len())));
        }
        Ok(Some(items))
    }

    /// A list of texts; empty without one.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, Problem> {
        let Some(items) = self.items(name)? else { return Ok(Vec::new()) };
        let text = |item: &Value| {
            self.bounded(name, item.as_str().ok_or_else(|| wrong(name, "must be a list of texts"))?)
        };
        items.iter().map(text).collect()
    }

    fn bounded(&self, name: &str, text: &str) -> Result<String, Problem> {
        let most = self.limits.input_chars;
        if text.trim().is_empty() || text.chars().count() > most {
            return Err(wrong(name, &format!("must have 1 to {most} characters")));
        }
        Ok(text.to_owned())
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Problem> {
        let flag = |value: &Value| value.as_bool().ok_or_else(|| wrong(name, "must be true or false"));
        self.value(name).map(flag).transpose()
    }

    /// A whole number within bounds.
    pub(super) fn count(&self, name: &str, within: RangeInclusive<usize>) -> Result<Option<usize>, Problem> {
        let count = |value: &Value| {
            let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
            let bounds = || format!("must be a whole number from {} to {}", within.start(), within.end());
            number.filter(|number| within.contains(number)).ok_or_else(|| wrong(name, &bounds()))
        };
        self.value(name).map(count).transpose()
    }

    /// A day, month or year.
    pub(super) fn day(&self, name: &str) -> Result<Option<PartialDate>, Problem> {
        let day = |text: String| text.parse().map_err(|error| wrong(name, &format!("is no date: {error}")));
        self.text(name)?.map(day).transpose()
    }

    /// The version of a rule pack.
    pub(super) fn pack(&self, name: &str) -> Result<Option<String>, Problem> {
        let Some(asked) = self.text(name)? else { return Ok(None) };
        let known: Vec<&str> = planning::packs()?.iter().map(|pack| pack.version.as_str()).collect();
        if known.contains(&asked.as_str()) {
            return Ok(Some(asked));
        }
        Err(wrong(name, &format!("is the version of a rule pack: {}", known.join(", "))))
    }

    /// A CRS.
    pub(super) fn crs(&self, name: &str) -> Result<Option<Crs>, Problem> {
        let crs =
            |text: String| Crs::parse(&text).map_err(|error| wrong(name, &format!("is no CRS: {error}")));
        self.text(name)?.map(crs).transpose()
    }
}

/// The value of an input, which may be wrapped as `{"value": …}`.
fn plain(name: &str, given: Value) -> Result<Value, Problem> {
    let Value::Object(mut members) = given else { return Ok(given) };
    if members.contains_key("href") {
        return Err(wrong(name, "must be given by value: nothing is fetched from other places"));
    }
    Ok(members.remove("value").unwrap_or(Value::Object(members)))
}

/// What is wrong with an input.
pub(super) fn wrong(name: &str, what: &str) -> Problem {
    Problem::bad(format!("The input \"{name}\" {what}."))
}

/// Refuses outputs that there are not, and any way of giving them but as a value.
pub(super) fn only_value(output: &str, asked: Option<&Map<String, Value>>) -> Result<(), Problem> {
    for (name, how) in asked.into_iter().flatten() {
        if name != output {
            return Err(Problem::bad(format!("There is no output \"{name}\". There is: {output}.")));
        }
        let mode = how.get("transmissionMode").and_then(Value::as_str).unwrap_or("value");
        if mode != "value" {
            let detail = format!("The output \"{name}\" is given as a value, not as \"{mode}\".");
            return Err(Problem::bad(detail));
        }
    }
    Ok(())
}
