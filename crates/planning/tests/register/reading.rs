//! Reading, writing, refusing.

use planning::{PartialDate, Qualifier, Quantity, Register, ZoneKind, ZoneState, built_in_registers};

const SMALL: &str = r#"
id = "small"
title = { vi = "Nhỏ", en = "Small" }

[[document]]
id = "d"
kind = "decision"
title = "Quyết định"

[[list]]
id = "l"
level = "provincial"
title = { vi = "QH", en = "Plan" }
period = { from = "2021", to = "2030", vision = "2050" }
source = { document = "d" }

[[zone]]
id = "a"
name = "Cụm công nghiệp Hòa An"
aliases = ["CCN Tân Hòa"]
kind = "CCN"

[[zone.state]]
state = "in_plan"
as_of = "2021"
source = { document = "d" }

[[zone.state]]
state = "established"
as_of = "2023-05"
decided = "2023-04-28"
decision = "d"
source = { document = "d" }

[[zone.listing]]
list = "l"
source = { document = "d" }

[[zone.area]]
as_of = "2023"
total_ha = { value = 50, qualifier = "about" }
industrial_ha = { value = 40 }
leased_ha = { value = 10 }
source = { document = "d" }

[[zone]]
id = "b"
name = "Khu B"
kind = "KCN"
parent = "a"
"#;

fn date(text: &str) -> PartialDate {
    text.parse().unwrap()
}

fn small() -> Register {
    Register::from_toml("small.toml", SMALL).unwrap()
}

/// What is wrong with the small register after a change, each as `line field: reason`.
fn wrong(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from));
    let error = Register::from_toml("small.toml", &SMALL.replacen(from, to, 1)).unwrap_err();
    assert_eq!(error.file, "small.toml");
    let line = |line: Option<usize>| line.map_or_else(String::new, |line| line.to_string());
    error.problems.iter().map(|problem| format!("{} {problem}", line(problem.line))).collect()
}

#[test]
fn a_register_comes_back_as_it_was_from_toml_and_json() {
    for register in built_in_registers().unwrap().iter().chain([&small()]) {
        let toml = register.to_toml().unwrap();
        assert_eq!(&Register::from_toml("x", &toml).unwrap(), register);
        let json = serde_json::to_string(register).unwrap();
        assert_eq!(&Register::from_json("x", &json).unwrap(), register);
    }
}

#[test]
fn a_state_is_that_of_its_day() {
    let register = small();
    let zone = register.zone("a").unwrap();
    let state = |day: Option<&str>| zone.state_on(day.map(date)).map(|entry| entry.state);
    assert_eq!(state(None), Some(ZoneState::Established));
    assert_eq!(state(Some("2023-04-30")), Some(ZoneState::InPlan));
    assert_eq!(state(Some("2023-05-01")), Some(ZoneState::Established));
    assert_eq!(state(Some("2020")), None);
}

#[test]
fn a_fill_rate_is_computed_with_all_that_it_comes_from() {
    let register = small();
    let fill = register.zone("a").unwrap().area_on(None).unwrap().fill().unwrap();
    assert!((fill.percent() - 25.0).abs() < 1e-12 && fill.is_exact());
    assert_eq!((fill.numerator_ha, fill.denominator_ha), (Quantity::exactly(10.0), Quantity::exactly(40.0)));
    assert_eq!(fill.as_of, date("2023"));
    let about = register.zone("a").unwrap().areas[0].total_ha.unwrap();
    assert_eq!((about.value, about.qualifier), (50.0, Qualifier::About));
}

#[test]
fn zones_are_found_under_all_their_names_however_they_are_written() {
    let register = small();
    let found = |name: &str| register.zones_named(name).map(|zone| zone.id.clone()).collect::<Vec<_>>();
    for name in ["CCN Hoà An", "cụm công nghiệp hòa an", "HÒA AN", "Tân Hoà", "CCN  Tân Hòa"] {
        assert_eq!(found(name), ["a"], "{name}");
    }
    assert!(found("Hoa An").is_empty() && found("CCN").is_empty());
    assert_eq!(found("Khu B"), ["b"]);
    assert_eq!(register.zone("b").unwrap().kind, ZoneKind::IndustrialPark);
}

#[test]
fn what_points_nowhere_is_told_with_its_line() {
    assert_eq!(wrong("parent = \"a\"", "parent = \"z\""), ["50 zone[1].parent: there is no zone \"z\""]);
    assert_eq!(wrong("list = \"l\"", "list = \"m\""), ["36 zone[0].listing[0].list: there is no list \"m\""]);
    assert_eq!(
        wrong("id = \"b\"", "id = \"a\""),
        ["47 zone[1].id: \"a\" stands twice", "50 zone[1].parent: the zones that hold it form a circle"]
    );
    assert_eq!(wrong("to = \"2030\"", "to = \"2020\""), ["14 list[0].period.to: lies before from"]);
    assert_eq!(
        wrong("value = 40", "value = -40"),
        ["42 zone[0].area[0].industrial_ha: must be a number from 0"]
    );
    assert_eq!(wrong("id = \"small\"", "id = \"Nhỏ\"").len(), 1);
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let one = |from: &str, to: &str| wrong(from, to).concat();
    assert!(one("kind = \"CCN\"", "kind = \"KCC\"").starts_with("21 zone[0].kind: unknown variant `KCC`"));
    assert!(one("as_of = \"2021\"", "as_of = \"năm 2021\"").contains("is not a date"));
    assert!(one("as_of = \"2021\"", "as_of = \"năm 2021\"").starts_with("25 zone[0].state[0].as_of: "));
    assert!(one("kind = \"CCN\"", "kind = \"CCN\"\ncolour = 1").starts_with("22 zone[0].colour: "));
    assert!(one("name = \"Khu B\"", "").starts_with("46 zone[1]: missing field `name`"));
    assert!(one("[[zone]]", "[[zone").starts_with("17 "));
    let json = Register::from_json("x.json", "{\"id\": 1}").unwrap_err();
    assert_eq!((json.problems.len(), json.problems[0].line), (1, Some(1)));
    assert!(json.to_string().starts_with("x.json:1: "));
}
