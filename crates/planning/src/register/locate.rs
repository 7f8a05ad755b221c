//! Lines and fields of a TOML text: where a field stands, and which field stands at a place.

use std::fmt;

use toml::de::{DeTable, DeValue};

/// A way to a field: names of tables, positions in arrays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldPath(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Position(usize),
}

impl FieldPath {
    /// The entry of an array of the file.
    pub(super) fn entry(array: &str, position: usize) -> Self {
        Self::default().name(array).position(position)
    }

    /// A field below.
    pub(super) fn name(&self, name: &str) -> Self {
        self.with(Step::Name(name.to_owned()))
    }

    /// An entry below.
    pub(super) fn position(&self, position: usize) -> Self {
        self.with(Step::Position(position))
    }

    fn with(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// Its line in a TOML text, counted from 1: that of the deepest part of the way that is there.
    pub(super) fn line(&self, text: &str) -> Option<usize> {
        let document = DeTable::parse(text).ok()?;
        let mut place = document.span().start;
        let mut value: Option<&DeValue<'_>> = None;
        for step in &self.0 {
            let next = match step {
                Step::Name(name) => {
                    let table = value.map_or(Some(document.get_ref()), DeValue::as_table)?;
                    table.get(name.as_str())
                }
                Step::Position(position) => value.and_then(DeValue::as_array)?.get(*position),
            };
            let Some(next) = next else { break };
            place = next.span().start;
            value = Some(next.get_ref());
        }
        Some(line_at(text, place))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Name(name) if at == 0 => f.write_str(name)?,
                Step::Name(name) => write!(f, ".{name}")?,
                Step::Position(position) => write!(f, "[{position}]")?,
            }
        }
        Ok(())
    }
}

/// The field that stands at a byte of a TOML text: at each level the last one that begins there or before. (The span
/// of a table under a header is that header alone.)
pub(super) fn field_at(text: &str, place: usize) -> FieldPath {
    let mut path = FieldPath::default();
    let Ok(document) = DeTable::parse(text) else { return path };
    let mut next = last_in_table(document.get_ref(), place);
    while let Some((step, value)) = next {
        path = path.with(step);
        next = match value {
            DeValue::Table(table) => last_in_table(table, place),
            DeValue::Array(array) => {
                let mut begun = array.iter().enumerate().filter(|(_, one)| one.span().start <= place);
                begun.next_back().map(|(at, one)| (Step::Position(at), one.get_ref()))
            }
            _ => None,
        };
    }
    path
}

fn last_in_table<'t, 'i>(table: &'t DeTable<'i>, place: usize) -> Option<(Step, &'t DeValue<'i>)> {
    let begun = table.iter().filter(|(name, _)| name.span().start <= place);
    let last = begun.max_by_key(|(name, _)| name.span().start);
    last.map(|(name, value)| (Step::Name(name.get_ref().to_string()), value.get_ref()))
}

/// The line of a byte, counted from 1.
pub(super) fn line_at(text: &str, place: usize) -> usize {
    text.bytes().take(place).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id = \"a\"\n\n[[zone]]\nid = \"x\"\n[[zone]]\nid = \"y\"\nparent = \"z\"\n";

    #[test]
    fn fields_are_found_by_their_way() {
        let zone = FieldPath::entry("zone", 1);
        assert_eq!(zone.name("parent").line(TEXT), Some(7));
        assert_eq!(zone.name("parent").to_string(), "zone[1].parent");
        assert_eq!(zone.name("name").line(TEXT), zone.line(TEXT), "a missing field is told at its entry");
        assert_eq!(zone.line(TEXT), Some(5));
        assert_eq!(FieldPath::default().name("id").line(TEXT), Some(1));
        assert_eq!(zone.line("= broken"), None);
    }
}
