//! A register as tables and back.

use planning::{FilledTable, Register, RegisterTable, register_tables};
use proptest::prelude::*;

use crate::any;
use crate::book::register;

/// As a file gives it back: every cell as text.
fn filled(table: &RegisterTable) -> FilledTable {
    FilledTable {
        name: table.name.to_owned(),
        header: table.columns.iter().map(|name| (*name).to_owned()).collect(),
        rows: (2..)
            .zip(&table.rows)
            .map(|(line, row)| (line, row.iter().map(planning::Cell::written).collect()))
            .collect(),
    }
}

proptest! {
    #[test]
    fn tables_hold_all_of_any_register(register in any::register()) {
        let register = register.validated("any").unwrap();
        let tables: Vec<FilledTable> = register.tables().unwrap().iter().map(filled).collect();
        prop_assert_eq!(&Register::from_tables("any", &tables).unwrap(), &register);
        // One table brought again changes nothing.
        let again = register.with_record_table("any", tables[4].clone()).unwrap();
        prop_assert_eq!(again, register);
    }
}

#[test]
fn the_public_reports_are_the_same_from_their_tables() {
    for register in planning::built_in_registers().unwrap() {
        let tables: Vec<FilledTable> = register.tables().unwrap().iter().map(filled).collect();
        assert_eq!(&Register::from_tables("t", &tables).unwrap(), register);
    }
}

fn small() -> Register {
    register(
        "[[zone]]\nid = \"z\"\nname = \"Khu\"\nkind = \"KCN\"\n[[zone.area]]\nas_of = \"2020-12\"\n\
         total_ha = { value = 321, qualifier = \"more_than\" }\nleased_ha = { value = 1234.5 }\nSOURCE\n",
    )
}

#[test]
fn figures_and_days_stand_as_offices_write_them() {
    let tables = small().tables().unwrap();
    let areas = tables.iter().find(|table| table.name == "zone.area").unwrap();
    let row: Vec<String> = areas.rows[0].iter().map(planning::Cell::written).collect();
    let shown: Vec<(&str, &str)> =
        areas.columns.iter().copied().zip(row.iter().map(String::as_str)).collect();
    for (column, value) in
        [("zone", "z"), ("as_of", "12/2020"), ("total_ha", "trên 321"), ("leased_ha", "1.234,5")]
    {
        assert!(shown.contains(&(column, value)), "{column}: {shown:?}");
    }
    assert_eq!(register_tables().count(), tables.len());
}

#[test]
fn everything_that_is_wrong_is_told_with_its_line() {
    let table = |name: &str, header: &[&str], rows: &[&[&str]]| FilledTable {
        name: name.into(),
        header: header.iter().map(|one| (*one).to_owned()).collect(),
        rows: (2..).zip(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())).collect(),
    };
    let told = |tables: &[FilledTable]| {
        let error = Register::from_tables("f.xlsx", tables).unwrap_err();
        error
            .problems
            .iter()
            .map(ToString::to_string)
            .zip(error.problems.iter().map(|one| one.line))
            .collect::<Vec<_>>()
    };
    let head = table("register", &["id", "title.vi", "title.en"], &[&["x", "X", "X"]]);
    assert_eq!(told(&[]), [("register: needs one row with id and title".to_owned(), None)]);
    let zones = |rows: &[&[&str]]| table("zone", &["id", "name", "kind"], rows);
    let kind = &told(&[head.clone(), zones(&[&["z", "Khu", "KXX"]])])[0];
    assert!(kind.0.starts_with("zone: unknown variant `KXX`") && kind.1 == Some(2), "{kind:?}");
    let areas = table(
        "zone.area",
        &["zone", "as_of", "total_ha", "source.document"],
        &[&["z", "13/2020", "100", "d"], &["z", "2020", "viel", "d"]],
    );
    let cells = told(&[head.clone(), zones(&[&["z", "Khu", "KCN"]]), areas]);
    assert_eq!(cells.iter().map(|one| one.1).collect::<Vec<_>>(), [Some(2), Some(3)]);
    assert!(cells[1].0.contains("\"viel\" is not a number such as 1.234,5"), "{cells:?}");
    let lost = table("zone.unit", &["zone", "name", "level"], &[&["y", "Xã A", "commune"]]);
    let lost = told(&[head.clone(), zones(&[&["z", "Khu", "KCN"]]), lost]);
    assert_eq!(lost[0].0, "zone.unit.zone: there is no zone \"y\" to which this row belongs");
    let column = told(&[head.clone(), table("zone", &["id", "name", "kind", "nmae"], &[])]);
    assert!(column[0].0.starts_with("zone.nmae: there is no such column: there are id, name"), "{column:?}");
    assert!(told(&[head, table("zons", &[], &[])])[0].0.starts_with("zons: there is no such table"));
}

#[test]
fn a_table_brought_alone_takes_the_place_of_its_rows() {
    let known = small();
    let table = |header: &[&str], row: &[&str]| FilledTable {
        name: "zone".into(),
        header: header.iter().map(|one| (*one).to_owned()).collect(),
        rows: vec![(2, row.iter().map(|cell| (*cell).to_owned()).collect())],
    };
    let renamed =
        known.with_record_table("f.csv", table(&["id", "name", "kind"], &["z", "Khu mới", "KCN"])).unwrap();
    assert_eq!((renamed.zones[0].name.as_str(), &renamed.zones[0].areas), ("Khu mới", &known.zones[0].areas));
    // Its areas would belong to nobody.
    let lost =
        known.with_record_table("f.csv", table(&["id", "name", "kind"], &["y", "Khu", "KCN"])).unwrap_err();
    assert!(lost.to_string().contains("there is no zone \"z\""), "{lost}");
}
