//! A register as tables that hold all of it: one for each kind of record, and one for what each record has several of
//! (`zone.state`, `aggregate.part`), whose rows name the record that they belong to. Numbers and days stand as
//! Vietnamese offices write them. What is written reads back as the same register, except that a text which is there
//! and empty counts as none.

mod cells;
mod fill;
mod spec;

use serde_json::{Map, Value};

use super::{Cell, Register, RegisterError, RegisterProblem};
use spec::{HEAD, SPECS, Spec};

/// A table of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterTable {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A table that was read: text as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilledTable {
    /// Which table of a register it is.
    pub name: String,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its rows with their line numbers.
    pub rows: Vec<(usize, Vec<String>)>,
}

/// The names of all tables, in the order in which they are written and have to be read.
pub fn register_tables() -> impl Iterator<Item = &'static str> {
    all().map(|spec| spec.name)
}

fn all() -> impl Iterator<Item = &'static Spec> {
    std::iter::once(&HEAD).chain(SPECS)
}

impl Register {
    /// The register as tables, those without rows included.
    /// # Errors
    /// [`RegisterError`] when a value cannot be written, which no register that was read has.
    pub fn tables(&self) -> Result<Vec<RegisterTable>, RegisterError> {
        let value = serde_json::to_value(self).map_err(|error| whole(&self.id, &error.to_string()))?;
        Ok(all().map(|spec| RegisterTable::of(spec, &value)).collect())
    }

    /// The register that tables hold. Tables that are not given have no rows; the one called `register` must be there.
    /// # Errors
    /// [`RegisterError`] with the line, table and column of everything that cannot be read or hangs together with
    /// nothing.
    pub fn from_tables(file: &str, tables: &[FilledTable]) -> Result<Self, RegisterError> {
        let mut filling = fill::Filling::default();
        let value = filling.register(tables);
        if !filling.problems.is_empty() {
            return Err(RegisterError { file: file.to_owned(), problems: filling.problems });
        }
        let register: Self =
            serde_json::from_value(value).map_err(|error| whole(file, &error.to_string()))?;
        register.validated(file)
    }

    /// The same register with other rows in one table; records keep what other tables say of them.
    /// # Errors
    /// As [`Register::from_tables`]; rows of other tables may have lost the record that they belong to.
    pub fn with_record_table(&self, file: &str, table: FilledTable) -> Result<Self, RegisterError> {
        let mut tables: Vec<FilledTable> = self.tables()?.into_iter().map(RegisterTable::filled).collect();
        match tables.iter_mut().find(|one| one.name == table.name) {
            Some(one) => *one = table,
            None => tables.push(table),
        }
        Self::from_tables(file, &tables)
    }
}

impl RegisterTable {
    fn of(spec: &Spec, register: &Value) -> Self {
        let own = spec.columns.iter().map(|column| column.path);
        let columns = spec.parent().map(|(parent, _)| parent).into_iter().chain(own).collect();
        Self { name: spec.name, columns, rows: rows(spec, register) }
    }

    /// As it is when it has been read.
    fn filled(self) -> FilledTable {
        let written = |row: Vec<Cell>| row.iter().map(Cell::written).collect();
        FilledTable {
            name: self.name.to_owned(),
            header: self.columns.into_iter().map(str::to_owned).collect(),
            rows: (2..).zip(self.rows.into_iter().map(written)).collect(),
        }
    }
}

fn rows(spec: &Spec, register: &Value) -> Vec<Vec<Cell>> {
    let row = |record: &Value| -> Vec<Cell> {
        spec.columns.iter().map(|column| cells::written(*column, record)).collect()
    };
    match spec.parent() {
        None if spec.name == HEAD.name => vec![row(register)],
        None => records(register, spec.name).iter().map(row).collect(),
        Some((parent, field)) => {
            let of_one = |holder: &Value| {
                let id = holder.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
                let parts = records(holder, field).iter().map(row);
                parts.map(|cells| [vec![Cell::Text(id.clone())], cells].concat()).collect::<Vec<_>>()
            };
            records(register, parent).iter().flat_map(of_one).collect()
        }
    }
}

fn records<'a>(holder: &'a Value, field: &str) -> &'a [Value] {
    holder.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn whole(file: &str, reason: &str) -> RegisterError {
    RegisterError::one(file, RegisterProblem { line: None, field: String::new(), reason: reason.to_owned() })
}

/// The object in which the last name of a path stands, made on the way where it is not there.
fn holder<'v>(object: &'v mut Map<String, Value>, path: &str) -> Option<&'v mut Map<String, Value>> {
    match path.split_once('.') {
        None => Some(object),
        Some((first, rest)) => {
            let inner = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            holder(inner.as_object_mut()?, rest)
        }
    }
}
