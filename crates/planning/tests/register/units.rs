//! ADM-05 and the tables of units: a small country before and after 1 July 2025.

use std::sync::Arc;

use planning::{CheckOutcome, Extent, UnitFiles, UnitHistory, UnitsNote};

use crate::book::*;

/// Communes 1 and 2 of the district Hòa An and 3 of another became 1 (all of 1, a part of 2) and 3 (the rest); the
/// town and the district of one name; a commune that ended earlier; one that the table does not have.
const TABLE: &str = "commune_code,commune,district_code,district,province_code,province
00001,Xã Một,010,Huyện Hoà An,01,Tỉnh Đầu
00002,Xã Hai,010,Huyện Hoà An,01,Tỉnh Đầu
00003,Phường Ba,011,Huyện Bảo Lâm,01,Tỉnh Đầu
00004,Xã Cũ,011,Huyện Bảo Lâm,01,Tỉnh Đầu
00006,Phường Sáu,012,Thị xã Kỳ Anh,02,Tỉnh Cuối
00007,Xã Bảy,013,Huyện Kỳ Anh,02,Tỉnh Cuối
";

const MERGES: &str = r#"{"data": [{"level1_id": "01", "name": "Tỉnh Đầu",
  "merges": [{"old_id": "01", "name": "Tỉnh Đầu", "type": "full"}, {"old_id": "02", "name": "Tỉnh Cuối", "type": "full"}],
  "level2s": [
    {"level2_id": "00001", "name": "Xã Mới", "merges": [
      {"old_id": "00001", "name": "Xã Một", "type": "full"}, {"old_id": "00002", "name": "Xã Hai", "type": "partial"}]},
    {"level2_id": "00003", "name": "Phường Ba", "merges": [
      {"old_id": "00002", "name": "Xã Hai", "type": "partial"}, {"old_id": "00003", "name": "Phường Ba", "type": "full"}]},
    {"level2_id": "00006", "name": "Phường Sáu", "merges": [
      {"old_id": "00006", "name": "Phường Sáu", "type": "full"}, {"old_id": "00009", "name": "Xã Chín", "type": "full"}]},
    {"level2_id": "00007", "name": "Xã Bảy", "merges": [{"old_id": "00007", "name": "Xã Bảy", "type": "full"}]}]}]}"#;

const SPLITS: &str = r#"{"data": [{"level1_id": "01", "name": "Tỉnh Đầu", "level3s": [
  {"level3_id": "00001", "name": "Xã Một", "splits": [{"new_id": "00001", "name": "Xã Mới"}]},
  {"level3_id": "00002", "name": "Xã Hai", "splits": [{"new_id": "00003", "name": "x"}, {"new_id": "00001", "name": "y"}]},
  {"level3_id": "00003", "name": "Phường Ba", "splits": [{"new_id": "00003", "name": "Phường Ba"}]},
  {"level3_id": "00006", "name": "Phường Sáu", "splits": [{"new_id": "00006", "name": "Phường Sáu"}]},
  {"level3_id": "00007", "name": "Xã Bảy", "splits": [{"new_id": "00001", "name": "Xã Mới"}]}]}]}"#;

fn history() -> (UnitHistory, Vec<UnitsNote>) {
    let files = UnitFiles { merges: MERGES, splits: Some(SPLITS), communes_before: TABLE };
    UnitHistory::parse(files).unwrap()
}

fn names(history: &UnitHistory, district: &str) -> Vec<(String, bool)> {
    let found = history.district_successors(district);
    found.iter().map(|successor| (successor.unit.name.clone(), successor.whole)).collect()
}

#[test]
fn what_the_files_do_not_say_alike_is_told() {
    let (history, notes) = history();
    assert_eq!(
        notes,
        [
            UnitsNote::NotInTable(vec!["00009".into()]),
            UnitsNote::EndedEarlier(1),
            UnitsNote::Disagree(vec!["00007".into(), "00009".into()]),
        ]
    );
    assert_eq!(
        (history.commune_counts(), history.district_count(), history.province_counts()),
        ((7, 4), 4, (2, 1))
    );
}

#[test]
fn a_district_becomes_the_communes_that_hold_its_land() {
    let (history, _) = history();
    assert_eq!(names(&history, "010"), [("Xã Mới".to_owned(), true), ("Phường Ba".to_owned(), false)]);
    assert_eq!(names(&history, "011"), [("Phường Ba".to_owned(), false)]);
    let transfers: Vec<_> =
        history.transfers_of("00002").iter().map(|one| (one.new.as_str(), one.extent)).collect();
    assert_eq!(transfers, [("00001", Extent::Partial), ("00003", Extent::Partial)]);
    assert!(history.successors("00004").is_empty() && history.transfers_of("x").is_empty());
    assert_eq!(history.province_today("Tỉnh Cuối").unwrap().name, "Tỉnh Đầu");
}

#[test]
fn districts_are_found_by_name_in_any_style() {
    let (history, _) = history();
    let codes = |name: &str| {
        history.districts_named(name, Some("đầu")).iter().map(|one| one.code.clone()).collect::<Vec<_>>()
    };
    for name in ["Hòa An", "huyện HÒA AN", "Hoà An", "H. Hòa An", "hoa an"] {
        assert_eq!(codes(name), ["010"], "{name}");
    }
    assert_eq!(codes("huyện Kỳ Anh"), ["013"]);
    assert_eq!(codes("TX. Kỳ Anh"), ["012"]);
    assert_eq!(codes("Kỳ Anh"), ["012", "013"], "without the word for the kind it is either");
    assert!(codes("Thị trấn Hòa An").is_empty());
    assert!(history.districts_named("Hòa An", Some("Cuối")).is_empty());
}

#[test]
fn files_of_another_form_are_refused_with_their_place() {
    let parse = |merges: &str, table: &str| {
        UnitHistory::parse(UnitFiles { merges, splits: None, communes_before: table })
            .unwrap_err()
            .to_string()
    };
    assert!(parse("{\"data\": []}", TABLE).starts_with("merges.json: there is nothing in it"));
    assert!(parse("{\"data\": [{}]}", TABLE).contains("level1_id"));
    assert!(parse(&MERGES.replace("partial", "half"), TABLE).contains("line 5"));
    assert!(parse(MERGES, "a,b\n1,2\n").starts_with("the table of former communes: "));
}

/// A project in units, judged on a day with the tables.
fn placed(units: &str, date: &str, with_tables: bool) -> CheckOutcome {
    let records = format!(
        "[[project]]\nid = \"p\"\nname = \"Nhà máy\"\nprovince = \"Đầu\"\nstatus = \"operating\"\nas_of = \"2024\"\nunit = [{units}]\n\
         SOURCE\n"
    );
    let tables = with_tables.then(|| Arc::new(history().0));
    judge_with(&[register(&records)], Some(date), vec![], tables)
}

#[test]
fn adm_05_districts_ended_on_the_first_of_july_2025() {
    let district = "{ name = \"huyện Hòa An\", level = \"district\" }";
    let text = "Nhà máy: hết hiệu lực từ 01/07/2025: huyện Hòa An → Xã Mới, Phường Ba (một phần)";
    assert_eq!(messages(&placed(district, "2025-07-01", true), "ADM-05"), [text]);
    assert!(messages(&placed(district, "2025-06-30", true), "ADM-05").is_empty(), "the day before");
    let without = messages(&placed(district, "2025-07-01", false), "ADM-05");
    assert_eq!(without.len(), 1);
    assert!(without[0].ends_with("huyện Hòa An → chưa rõ (cần bảng chuyển đổi đơn vị hành chính)"));
}

#[test]
fn adm_05_communes_are_told_by_code_or_name() {
    let found = |unit: &str| messages(&placed(unit, "2026-01-01", true), "ADM-05");
    assert!(found("{ name = \"phường Ba\", level = \"commune\" }").is_empty());
    assert!(found("{ name = \"Ba\", level = \"commune\", code = \"00003\" }").is_empty());
    assert_eq!(
        found("{ name = \"xã Hai\", level = \"commune\" }"),
        ["Nhà máy: hết hiệu lực từ 01/07/2025: xã Hai → Xã Mới (một phần), Phường Ba (một phần)"]
    );
    // The code lives on under another name: it is not the same commune.
    assert_eq!(found("{ name = \"xã Một\", level = \"commune\", code = \"00001\" }").len(), 1);
    let unknown = placed("{ name = \"xã Nghìn\", level = \"commune\" }", "2026-01-01", true);
    assert_eq!(skipped(&unknown, "ADM-05")[0].1, "Không xác định được đơn vị xã Nghìn trong bảng chuyển đổi");
    let without = placed("{ name = \"xã Hai\", level = \"commune\" }", "2026-01-01", false);
    assert_eq!(skipped(&without, "ADM-05").len(), 1);
}

#[test]
fn adm_05_provinces_are_told_by_the_table_of_the_project() {
    let found = |name: &str, date: &str| {
        let records = format!("[[zone]]\nid = \"z\"\nname = \"Z\"\nkind = \"CCN\"\nprovince = \"{name}\"\n");
        messages(&judge_on(&records, date), "ADM-05")
    };
    assert_eq!(found("Hà Giang", "2025-07-01"), ["Z: hết hiệu lực từ 01/07/2025: Hà Giang → Tuyên Quang"]);
    assert!(found("Hà Giang", "2025-06-30").is_empty() && found("Tuyên Quang", "2025-07-01").is_empty());
}
