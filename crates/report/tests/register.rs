//! The workbook of a register, read back by another library.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use planning::{Language, Register, Text, ZONE_COLUMNS, ZoneKind, ZoneRecord, built_in_registers};
use report::write_register_xlsx;

fn written(register: &Register, language: Language) -> Xlsx<Cursor<Vec<u8>>> {
    let mut bytes = Vec::new();
    write_register_xlsx(register, language, &mut bytes).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

/// The value of a zone in a column.
fn value(book: &mut Xlsx<Cursor<Vec<u8>>>, row: usize, column: &str) -> Data {
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let column = ZONE_COLUMNS.iter().position(|name| *name == column).unwrap();
    sheet.rows().nth(row).unwrap().get(column).cloned().unwrap_or_default()
}

#[test]
fn numbers_are_numbers_and_approximate_ones_keep_their_word() {
    let lang_son = built_in_registers().unwrap().iter().find(|register| register.id == "lang-son").unwrap();
    let mut book = written(lang_son, Language::Vi);
    let sheets = [
        "Khu, cụm",
        "Sổ đăng ký",
        "Văn bản",
        "Danh mục",
        "Hồ sơ khu",
        "Khu – trạng thái",
        "Khu – danh mục",
        "Khu – được nêu",
        "Khu – diện tích",
        "Dự án",
        "Chỉ tiêu",
        "Vùng",
        "Số tổng hợp",
    ];
    assert_eq!(
        book.sheet_names(),
        sheets,
        "a sheet for each kind of record, and for what some have several of"
    );
    assert_eq!(value(&mut book, 0, "id"), Data::String("id".into()));
    assert_eq!(value(&mut book, 1, "name"), Data::String("Khu công nghiệp Đồng Bành".into()));
    assert_eq!(value(&mut book, 1, "total_ha"), Data::String("trên 321".into()));
    let mut exact = lang_son.clone();
    exact.zones[0].areas[0].total_ha = Some(planning::Quantity::exactly(1234.5));
    assert_eq!(value(&mut written(&exact, Language::En), 1, "total_ha"), Data::Float(1234.5));
    assert_eq!(written(&exact, Language::En).sheet_names()[..3], ["Zones", "Register", "Documents"]);
}

#[test]
fn no_cell_is_a_formula_whatever_it_begins_with() {
    let mut register = Register::new("x", Text::same("x"));
    for text in ["=1+1", "+84", "-1", "@SUM(A1)"] {
        register.zones.push(ZoneRecord::new(text, text, ZoneKind::IndustrialPark));
    }
    let mut book = written(&register, Language::Vi);
    for (row, text) in (1..).zip(["=1+1", "+84", "-1", "@SUM(A1)"]) {
        assert_eq!(value(&mut book, row, "name"), Data::String(text.into()));
    }
    assert!(book.worksheet_formula("Khu, cụm").unwrap().is_empty());
}
