//! The register through files and a store.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::fs;
use std::path::PathBuf;

use planning::{Register, TableCounts};
use project::{Project, ProjectError, RegisterFormat, RegisterRequest, UnitsRequest, export_register};
use tempfile::TempDir;

struct Desk {
    folder: TempDir,
    project: Project,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open_or_create(&folder.path().join("a.gpkg")).unwrap();
        Self { folder, project }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn import(
        &self,
        name: &str,
        text: &str,
        register: Option<&str>,
    ) -> Result<Option<TableCounts>, ProjectError> {
        let request = RegisterRequest {
            file: self.file(name, text),
            register: register.map(str::to_owned),
            table: None,
        };
        self.project.import_register(&request).map(|report| report.table)
    }

    fn register(&self, id: &str) -> Register {
        self.project.snapshot().unwrap().register(id).unwrap().register.as_ref().clone()
    }

    fn written(&self, id: &str, format: RegisterFormat) -> String {
        let mut bytes = Vec::new();
        export_register(&self.project.snapshot().unwrap(), id, format, None, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }
}

const TABLE: &str = "\
id;name;kind;province;districts;state;state_as_of;area_as_of;total_ha;industrial_ha;leased_ha;fill_as_of;stated_fill_percent
a;CCN Hòa An;CCN;Cao Bằng;huyện Hòa An;operating;05/2023;2024;1.234,5;trên 900,25;108,7;31/12/2024;51,6
b;'=HYPERLINK(1);ccnln;Cao Bằng;;in_plan;2021;;;;;;
";

#[test]
fn a_table_becomes_records_and_the_same_table_changes_nothing() {
    let desk = Desk::new();
    let counts = |added, changed, unchanged| Some(TableCounts { added, changed, unchanged });
    assert_eq!(desk.import("cum.csv", TABLE, None).unwrap(), counts(2, 0, 0));
    let register = desk.register("cum");
    let zone = register.zone("a").unwrap();
    let area = zone.area_on(None).unwrap();
    assert_eq!(area.total_ha.unwrap().value, 1234.5);
    assert_eq!(area.industrial_ha.unwrap().written(2, planning::Language::Vi), "trên 900,25");
    assert_eq!(
        (zone.states[0].as_of.to_string(), area.source.document.as_str()),
        ("2023-05".into(), "cum.csv")
    );
    assert_eq!(zone.fill_on(None).unwrap().stated_percent.value, 51.6);
    assert_eq!(register.zone("b").unwrap().name, "=HYPERLINK(1)");
    assert_eq!(desk.import("cum.csv", TABLE, None).unwrap(), counts(0, 0, 2));
    assert_eq!(desk.register("cum"), register);
}

#[test]
fn what_is_written_reads_back_to_the_same_register() {
    let desk = Desk::new();
    desk.import("cum.csv", TABLE, None).unwrap();
    let register = desk.register("cum");
    let table = desk.written("cum", RegisterFormat::Csv);
    assert!(table.starts_with('\u{feff}') && table.contains("'=HYPERLINK(1)"));
    assert!(table.contains("\"1234,5\"") || table.contains("\"1.234,5\""), "{table}");
    let counts = desk.import("back.csv", &table, Some("cum")).unwrap().unwrap();
    assert_eq!((counts.added, counts.changed, counts.unchanged), (0, 0, 2));
    for (format, name) in [(RegisterFormat::Toml, "x.toml"), (RegisterFormat::Json, "x.json")] {
        desk.import(name, &desk.written("cum", format), None).unwrap();
        assert_eq!(desk.register("cum").zones, register.zones);
    }
}

#[test]
fn a_new_figure_is_added_and_the_old_one_stays() {
    let desk = Desk::new();
    desk.import("cum.csv", TABLE, None).unwrap();
    let newer = TABLE.replace("51,6", "55,5").replace("108,7", "110");
    desk.import("moi.csv", &newer, Some("cum")).unwrap();
    let register = desk.register("cum");
    let zone = register.zone("a").unwrap();
    let stated: Vec<f64> = zone.fills.iter().map(|fill| fill.stated_percent.value).collect();
    assert_eq!(stated, [51.6, 55.5]);
    assert_eq!((zone.areas.len(), zone.area_on(None).unwrap().leased_ha.unwrap().value), (2, 110.0));
    assert_eq!(zone.fills[1].source.document, "moi.csv");
    let versions = desk.project.snapshot().unwrap().register("cum").unwrap().revision;
    assert_eq!(versions, 2);
}

#[test]
fn what_cannot_be_read_is_told_with_line_and_column_and_nothing_is_kept() {
    let desk = Desk::new();
    let wrong = |from: &str, to: &str| {
        desk.import("cum.csv", &TABLE.replacen(from, to, 1), None).unwrap_err().to_string()
    };
    assert_eq!(
        wrong("108,7", "nhiều"),
        "cum.csv:2: leased_ha: \"nhiều\" is not a number such as 1.234,5 or trên 321"
    );
    assert!(wrong("ccnln", "KCC").starts_with("cum.csv:3: kind: \"KCC\""));
    assert!(wrong("05/2023", "13/2023").starts_with("cum.csv:2: state_as_of: "));
    assert!(wrong("province", "tinh").starts_with("cum.csv:1: tinh: there is no such column"));
    assert!(wrong("a;CCN", ";CCN").contains("cum.csv:2: id: "));
    assert!(wrong("05/2023", "").contains("state_as_of: is missing"));
    assert!(desk.project.snapshot().unwrap().registers.is_empty());
    assert!(matches!(desk.import("cum.ods", "", None), Err(ProjectError::RegisterFormat { .. })));
    let named = desk.import("Cụm.csv", TABLE, None).unwrap_err().to_string();
    assert!(named.contains("id: must be 1 to 64 lower-case letters"), "{named}");
}

#[test]
fn the_reports_are_taken_in_and_judged() {
    let desk = Desk::new();
    assert_eq!(desk.project.import_reports().unwrap().len(), 6);
    let request = project::CheckRequest {
        rules: vec!["PLN-03".into(), "ZON-08".into()],
        date: "2021-12-31".parse().ok(),
        ..Default::default()
    };
    let run = desk.project.check(&request).unwrap();
    let rules: Vec<_> = run.outcome.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["PLN-03", "ZON-08"]);
    let kept = desk.project.snapshot().unwrap().check.clone().unwrap();
    assert_eq!((kept.outcome.date, kept.outcome.findings.len()), ("2021-12-31".parse().ok(), 2));
}

#[test]
fn tables_of_units_are_taken_in() {
    let desk = Desk::new();
    let before =
        "commune_code,commune,district_code,district,province_code,province\n1,Xã A,1,Huyện B,1,Tỉnh C\n";
    let merges = "{\"data\": [{\"level1_id\": \"1\", \"name\": \"Tỉnh C\", \"merges\": [], \"level2s\": [{\"level2_id\": \"1\", \
                  \"name\": \"Xã D\", \"merges\": [{\"old_id\": \"1\", \"name\": \"Xã A\", \"type\": \"full\"}]}]}]}";
    let request = |merges: &str| UnitsRequest {
        merges: desk.file("merges.json", merges),
        splits: None,
        before: desk.file("before.csv", before),
    };
    let report = desk.project.import_units(&request(merges)).unwrap();
    assert_eq!((report.communes, report.districts, report.revision), ((1, 1), 1, 1));
    assert!(matches!(desk.project.import_units(&request("{}")), Err(ProjectError::Units(_))));
    assert_eq!(desk.project.snapshot().unwrap().units.clone().unwrap().0, 1, "the old ones are still there");
}
