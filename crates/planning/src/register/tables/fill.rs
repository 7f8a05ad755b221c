//! Tables becoming a register, with everything that is wrong with them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::spec::{HEAD, SPECS, Spec};
use super::{FilledTable, cells, register_tables};
use crate::RegisterProblem;

/// A register being filled.
#[derive(Default)]
pub(super) struct Filling {
    pub(super) problems: Vec<RegisterProblem>,
}

/// A row that was read: the line, the record that it belongs to (empty for records), and what it says.
type Row = (usize, String, Map<String, Value>);

impl Filling {
    /// The whole as data, for the register's own reader.
    pub(super) fn register(&mut self, tables: &[FilledTable]) -> Value {
        for table in tables.iter().filter(|table| register_tables().all(|name| name != table.name)) {
            let known = register_tables().collect::<Vec<_>>().join(", ");
            self.say(None, &table.name, &format!("there is no such table: there are {known}"));
        }
        let mut register = self.head(tables);
        for spec in SPECS {
            let rows = self.rows(spec, tables);
            match spec.parent() {
                None => {
                    let records = rows.into_iter().map(|(_, _, record)| Value::Object(record));
                    register.insert(spec.name.to_owned(), records.collect());
                }
                Some((parent, field)) => self.parts(spec, (parent, field), rows, &mut register),
            }
        }
        Value::Object(register)
    }

    fn head(&mut self, tables: &[FilledTable]) -> Map<String, Value> {
        let mut rows = self.rows(&HEAD, tables).into_iter();
        let Some((_, _, head)) = rows.next() else {
            self.say(None, HEAD.name, "needs one row with id and title");
            return Map::new();
        };
        if let Some((line, ..)) = rows.next() {
            self.say(Some(line), HEAD.name, "has more than one row");
        }
        head
    }

    /// Puts rows into the records that they belong to.
    fn parts(
        &mut self,
        spec: &Spec,
        (parent, field): (&str, &str),
        rows: Vec<Row>,
        register: &mut Map<String, Value>,
    ) {
        let holders = register.get_mut(parent).and_then(Value::as_array_mut);
        let mut by_id: BTreeMap<String, &mut Map<String, Value>> = BTreeMap::new();
        for holder in holders.into_iter().flatten().filter_map(Value::as_object_mut) {
            holder.insert(field.to_owned(), Value::Array(Vec::new()));
            let id = holder.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            by_id.insert(id, holder);
        }
        // Where a record could not be read, its parts are not at fault.
        let records_are_sound = self.problems.is_empty();
        for (line, id, part) in rows {
            let list =
                by_id.get_mut(&id).and_then(|holder| holder.get_mut(field)).and_then(Value::as_array_mut);
            match list {
                Some(list) => list.push(Value::Object(part)),
                None if !records_are_sound => {}
                None => {
                    let reason = format!("there is no {parent} \"{id}\" to which this row belongs");
                    self.say(Some(line), &format!("{}.{parent}", spec.name), &reason);
                }
            }
        }
    }

    fn rows(&mut self, spec: &Spec, tables: &[FilledTable]) -> Vec<Row> {
        let Some(table) = tables.iter().find(|table| table.name == spec.name) else { return Vec::new() };
        let Some(columns) = self.columns(spec, &table.header) else { return Vec::new() };
        let filled = table.rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        filled.filter_map(|(line, cells)| self.row(spec, &columns, *line, cells)).collect()
    }

    /// Where each column of the table stands in the header.
    fn columns(&mut self, spec: &Spec, header: &[String]) -> Option<BTreeMap<&'static str, usize>> {
        let before = self.problems.len();
        let known: Vec<&'static str> = spec
            .parent()
            .map(|(parent, _)| parent)
            .into_iter()
            .chain(spec.columns.iter().map(|c| c.path))
            .collect();
        let mut columns = BTreeMap::new();
        for (at, name) in
            header.iter().map(|name| name.trim()).enumerate().filter(|(_, name)| !name.is_empty())
        {
            let field = format!("{}.{name}", spec.name);
            match known.iter().find(|one| **one == name) {
                None => {
                    let reason = format!("there is no such column: there are {}", known.join(", "));
                    self.say(Some(1), &field, &reason);
                }
                Some(one) if columns.insert(*one, at).is_some() => {
                    self.say(Some(1), &field, "the column stands twice");
                }
                Some(_) => {}
            }
        }
        (self.problems.len() == before).then_some(columns)
    }

    fn row(
        &mut self,
        spec: &Spec,
        columns: &BTreeMap<&'static str, usize>,
        line: usize,
        cells: &[String],
    ) -> Option<Row> {
        let before = self.problems.len();
        let cell =
            |column: &str| columns.get(column).and_then(|at| cells.get(*at)).map_or("", String::as_str);
        let mut record = Map::new();
        for column in spec.columns.iter().filter(|column| columns.contains_key(column.path)) {
            if let Err(reason) = cells::read(*column, cell(column.path), &mut record) {
                self.say(Some(line), &format!("{}.{}", spec.name, column.path), &reason);
            }
        }
        let belongs_to = spec.parent().map(|(parent, _)| cell(parent).to_owned()).unwrap_or_default();
        if self.problems.len() > before {
            return None;
        }
        let mut whole = record.clone();
        for (_, part) in SPECS.iter().filter_map(Spec::parent).filter(|(parent, _)| *parent == spec.name) {
            whole.insert(part.to_owned(), Value::Array(Vec::new()));
        }
        if let Err(error) = (spec.fits)(Value::Object(whole)) {
            self.say(Some(line), spec.name, &error.to_string());
            return None;
        }
        Some((line, belongs_to, record))
    }

    fn say(&mut self, line: Option<usize>, field: &str, reason: &str) {
        self.problems.push(RegisterProblem { line, field: field.to_owned(), reason: reason.to_owned() });
    }
}
