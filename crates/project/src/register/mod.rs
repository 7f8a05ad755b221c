//! The register in a store: taking in files, giving them out, and the tables of administrative units.

mod csv_table;
mod figures;
mod project_entry;
mod record_csv;
mod units;
mod xlsx_table;

pub(crate) use csv_table::separator;
use std::io::Write;
use std::path::{Path, PathBuf};

use planning::{Register, TableCounts, Text, built_in_registers};
use store::{Revision, Snapshot};

use crate::error::listed;
use crate::{Project, ProjectError};
pub use figures::{FiguresReport, FiguresRequest, ZoneFigures};
pub use project_entry::ProjectEntry;
pub use units::{UnitsReport, UnitsRequest};
use xlsx_table::Workbook;

/// Form of a register's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterFormat {
    /// TOML, which holds all of it.
    Toml,
    /// JSON, which holds all of it.
    Json,
    /// CSV: a table of the zones, numbers as Vietnamese offices write them.
    Csv,
    /// XLSX: the same table, and all others, as a workbook; read here, written by the crate `report`.
    Xlsx,
}

/// A file to take in.
#[derive(Clone, Debug)]
pub struct RegisterRequest {
    /// The file; its name's ending tells the form.
    pub file: PathBuf,
    /// For a table: the register that it adds to, made where there is none; else the file's name.
    pub register: Option<String>,
    /// For CSV: which table of the register it is, whose rows it takes the place of, or [`ALL_TABLES`] of a register, one
    /// file each beside `file`; else zones, a row each, which are added.
    pub table: Option<String>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterReport {
    /// The register.
    pub register: String,
    /// The revision that it is since.
    pub revision: u64,
    /// Its zones.
    pub zones: usize,
    /// Its totals without names.
    pub aggregates: usize,
    /// Its documents.
    pub documents: usize,
    /// For a table: what it brought.
    pub table: Option<TableCounts>,
}

impl RegisterFormat {
    /// The form of a file by its name.
    /// # Errors
    /// [`ProjectError::RegisterFormat`].
    pub fn of(path: &Path) -> Result<Self, ProjectError> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("toml") => Ok(Self::Toml),
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            _ => Err(ProjectError::RegisterFormat { path: path.to_owned() }),
        }
    }
}

impl Project {
    /// Takes in a file. TOML, JSON and a workbook with all tables are whole registers and take the place of the one of
    /// their identifier, which stays in the store as an older version. Zones a row each add to a register and overwrite
    /// no figure; another table takes the place of its rows.
    /// # Errors
    /// [`ProjectError::Register`] with file, line and field, or those of opening and of the store; nothing is changed
    /// then.
    pub fn import_register(&self, request: &RegisterRequest) -> Result<RegisterReport, ProjectError> {
        let (format, file) = (RegisterFormat::of(&request.file)?, name_of(&request.file));
        let (register, table) = match format {
            RegisterFormat::Toml => (Register::from_toml(&file, &read_text(&request.file)?)?, None),
            RegisterFormat::Json => (Register::from_json(&file, &read_text(&request.file)?)?, None),
            RegisterFormat::Csv => {
                let (register, counts) = self.of_csv(request, &file)?;
                (register, Some(counts))
            }
            RegisterFormat::Xlsx => {
                small_enough(&request.file)?;
                let (register, counts) = self.of_workbook(request, &file)?;
                (register, Some(counts))
            }
        };
        let revision = self.store().keep_register(&register, Some(&file))?;
        Ok(report(&register, &revision, table))
    }

    /// Takes in what is compiled in: what five public reports say.
    /// # Errors
    /// [`ProjectError::Register`] when a compiled-in file cannot be read, or the store's own.
    pub fn import_reports(&self) -> Result<Vec<RegisterReport>, ProjectError> {
        let keep = |register: &Register| {
            let revision = self.store().keep_register(register, Some("data/register"))?;
            Ok(report(register, &revision, None))
        };
        built_in_registers()?.iter().map(keep).collect()
    }

    fn of_csv(&self, request: &RegisterRequest, file: &str) -> Result<(Register, TableCounts), ProjectError> {
        if request.table.as_deref() == Some(ALL_TABLES) {
            let register = record_csv::read_all(file, &request.file)?;
            let id = request.register.clone().unwrap_or_else(|| register.id.clone());
            let register = Register { id: id.clone(), ..register }.validated(file)?;
            let counts = TableCounts::between(&self.known_register(id)?, &register);
            return Ok((register, counts));
        }
        let (known, text) = (self.register_to_add_to(request)?, read_text(&request.file)?);
        let Some(table) = &request.table else { return Ok(csv_table::read(&known, file, &text)?) };
        let register = record_csv::read(&known, table, file, &text)?;
        let counts = TableCounts::between(&known, &register);
        Ok((register, counts))
    }

    fn of_workbook(
        &self,
        request: &RegisterRequest,
        file: &str,
    ) -> Result<(Register, TableCounts), ProjectError> {
        match xlsx_table::read(file, &request.file)? {
            Workbook::Zones(zones) => {
                let known = self.register_to_add_to(request)?;
                Ok(known.with_table(file, &zones.header, &zones.rows)?)
            }
            Workbook::Whole(whole, edited) => {
                let id = request.register.clone().unwrap_or_else(|| whole.id.clone());
                let mut register = Register { id: id.clone(), ..*whole }.validated(file)?;
                if let Some(zones) = edited {
                    (register, _) = register.with_table(file, &zones.header, &zones.rows)?;
                }
                let counts = TableCounts::between(&self.known_register(id)?, &register);
                Ok((register, counts))
            }
        }
    }

    fn register_to_add_to(&self, request: &RegisterRequest) -> Result<Register, ProjectError> {
        let stem = || request.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        self.known_register(request.register.clone().or_else(stem).unwrap_or_default())
    }

    /// The register of an identifier; an empty one where there is none.
    fn known_register(&self, id: String) -> Result<Register, ProjectError> {
        let snapshot = self.snapshot()?;
        let known = snapshot.register(&id).map(|stored| stored.register.as_ref().clone());
        Ok(known.unwrap_or_else(|| Register::new(id.clone(), Text::same(id))))
    }
}

/// Writes a register of a snapshot; of CSV the named table, else the zones, a row each.
/// # Errors
/// [`ProjectError::UnknownRegister`], [`ProjectError::UnknownTable`], or those of writing.
pub fn export_register(
    snapshot: &Snapshot,
    id: &str,
    format: RegisterFormat,
    table: Option<&str>,
    mut out: impl Write,
) -> Result<(), ProjectError> {
    let register = register_of(snapshot, id)?;
    match format {
        RegisterFormat::Toml => out.write_all(register.to_toml()?.as_bytes())?,
        RegisterFormat::Json => {
            serde_json::to_writer_pretty(&mut out, register).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        RegisterFormat::Csv => match table {
            None => csv_table::write(register, &mut out)?,
            Some(table) => record_csv::write(register, table, &mut out)?,
        },
        RegisterFormat::Xlsx => return Err(ProjectError::Workbook),
    }
    Ok(())
}

/// Stands for all tables of a register, one CSV file each.
pub const ALL_TABLES: &str = "all";

/// Writes all tables of a register of a snapshot as CSV, beside `path`: `x.csv` becomes `x.zone.csv` and so on. Together
/// they hold all of it.
/// # Errors
/// [`ProjectError::UnknownRegister`], or those of writing.
pub fn export_register_tables(snapshot: &Snapshot, id: &str, path: &Path) -> Result<(), ProjectError> {
    record_csv::write_all(register_of(snapshot, id)?, path)
}

/// A register of a snapshot.
/// # Errors
/// [`ProjectError::UnknownRegister`].
pub fn register_of<'s>(snapshot: &'s Snapshot, id: &str) -> Result<&'s Register, ProjectError> {
    match snapshot.register(id) {
        Some(stored) => Ok(&stored.register),
        None => Err(ProjectError::UnknownRegister {
            id: id.to_owned(),
            known: listed(snapshot.registers.iter().map(|stored| stored.register.id.as_str())),
        }),
    }
}

fn report(register: &Register, revision: &Revision, table: Option<TableCounts>) -> RegisterReport {
    RegisterReport {
        register: register.id.clone(),
        revision: revision.number,
        zones: register.zones.len(),
        aggregates: register.aggregates.len(),
        documents: register.documents.len(),
        table,
    }
}

/// The most that a register's file or a table of units may have: the largest known has 2 MB.
const MOST_BYTES: u64 = 64 << 20;

/// A text file, without a byte-order mark.
pub(super) fn read_text(path: &Path) -> Result<String, ProjectError> {
    small_enough(path)?;
    let text = std::fs::read_to_string(path)
        .map_err(|source| ProjectError::Open { path: path.to_owned(), source })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn small_enough(path: &Path) -> Result<(), ProjectError> {
    let facts = std::fs::metadata(path);
    let facts = facts.map_err(|source| ProjectError::Open { path: path.to_owned(), source })?;
    match facts.len() {
        bytes if bytes > MOST_BYTES => {
            Err(ProjectError::TooLarge { path: path.to_owned(), bytes, most: MOST_BYTES })
        }
        _ => Ok(()),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
