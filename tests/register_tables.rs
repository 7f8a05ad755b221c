//! Any register goes out as a workbook, or as CSV table by table, and comes back as the same register.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "../crates/planning/tests/register/any.rs"]
mod any;

use std::path::PathBuf;

use planning::{Cell, Language, Parameters, Register, ZONE_COLUMNS, register_tables};
use project::{Project, RegisterRequest, export_register_tables};
use proptest::prelude::*;

/// A store with a folder for files.
struct Desk {
    folder: tempfile::TempDir,
    project: Project,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open_or_create(&folder.path().join("store.gpkg")).unwrap();
        Self { folder, project }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, name: &str, bytes: &[u8]) {
        let request = RegisterRequest { file: self.file(name, bytes), register: None, table: None };
        self.project.import_register(&request).unwrap_or_else(|error| panic!("{error}"));
    }

    fn register(&self, id: &str) -> Register {
        self.project.snapshot().unwrap().register(id).unwrap().register.as_ref().clone()
    }
}

fn workbook(register: &Register, language: Language) -> Vec<u8> {
    let mut bytes = Vec::new();
    report::write_register_xlsx(register, language, &mut bytes).unwrap();
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_workbook_holds_all_of_any_register(register in any::register(), english in any::<bool>()) {
        let language = if english { Language::En } else { Language::Vi };
        let desk = Desk::new();
        desk.import("book.xlsx", &workbook(&register, language));
        prop_assert_eq!(desk.register("any"), register);
    }

    #[test]
    fn csv_tables_hold_all_of_any_register(register in any::register()) {
        let desk = Desk::new();
        let json = serde_json::to_vec(&register).unwrap();
        desk.import("any.json", &json);
        let snapshot = desk.project.snapshot().unwrap();
        let tables = desk.folder.path().join("any.csv");
        export_register_tables(&snapshot, "any", &tables).unwrap();
        let opens = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        for table in register_tables() {
            let text = std::fs::read_to_string(tables.with_extension(format!("{table}.csv"))).unwrap();
            let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for record in reader.records() {
                prop_assert!(!record.unwrap().iter().any(opens), "a formula in {}: {}", table, text);
            }
        }
        let request = RegisterRequest { file: tables.clone(), register: None, table: Some("all".into()) };
        let other = Desk::new();
        other.project.import_register(&request).unwrap_or_else(|error| panic!("{error}"));
        prop_assert_eq!(&other.register("any"), &register);
        // One table taken in again says nothing new.
        let file = tables.with_extension("zone.area.csv");
        let again = RegisterRequest { file, register: Some("any".into()), table: Some("zone.area".into()) };
        other.project.import_register(&again).unwrap_or_else(|error| panic!("{error}"));
        prop_assert_eq!(other.register("any"), register);
    }
}

/// The workbook of a register as a person leaves it who wrote a leased area into the first sheet.
fn edited(register: &Register, leased: f64) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let mut sheet = |name: &str, columns: &[&str], rows: &[Vec<Cell>]| {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        let head: Vec<Cell> = columns.iter().map(|column| Cell::Text((*column).to_owned())).collect();
        for (at, row) in (0..).zip([&head].into_iter().chain(rows)) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => drop(sheet.write_string(at, column, text).unwrap()),
                    Cell::Number(value) => drop(sheet.write_number(at, column, *value).unwrap()),
                }
            }
        }
    };
    let mut zones: Vec<Vec<Cell>> = planning::zone_rows(register).iter().map(|row| row.to_vec()).collect();
    let column = ZONE_COLUMNS.iter().position(|name| *name == "leased_ha").unwrap();
    zones[0][column] = Cell::Number(leased);
    sheet("Khu, cụm", &ZONE_COLUMNS, &zones);
    for table in register.tables().unwrap() {
        let name =
            planning::messages().unwrap().text(&format!("sheets.{}", table.name), &Parameters::new()).vi;
        sheet(&name, &table.columns, &table.rows);
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn what_is_changed_on_the_first_sheet_is_added() {
    let text = "id = \"tq\"\ntitle = { vi = \"T\", en = \"T\" }\n[[document]]\nid = \"d\"\nkind = \"report\"\ntitle = \"D\"\n\
                [[zone]]\nid = \"c\"\nname = \"Cụm\"\nkind = \"CCN\"\n[[zone.area]]\nas_of = \"2020\"\n\
                industrial_ha = { value = 196 }\nleased_ha = { value = 100 }\nsource = { document = \"d\", quote = \"q\" }\n";
    let register = Register::from_toml("t.toml", text).unwrap();
    let desk = Desk::new();
    desk.import("book.xlsx", &edited(&register, 100.0));
    assert_eq!(desk.register("tq"), register, "the same figure says nothing new");
    desk.import("book.xlsx", &edited(&register, 108.7));
    let areas = &desk.register("tq").zones[0].areas;
    let leased: Vec<f64> = areas.iter().map(|area| area.leased_ha.unwrap().value).collect();
    assert_eq!(leased, [100.0, 108.7], "a further statement, nothing overwritten");
}
