//! Answers per province and for the country.

use planning::{KindStatistics, Statistics, ZoneKind, built_in_registers, statistics};

use crate::book::register;

/// A cluster of a province in a state, listed or not, with areas.
fn cluster(id: &str, province: &str, state: &str, listed: bool, areas: &str) -> String {
    let listing = if listed { "[[zone.listing]]\nlist = \"l\"\nSOURCE\n" } else { "" };
    format!(
        "[[zone]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"CCN\"\nprovince = \"{province}\"\n[[zone.state]]\nstate = \"{state}\"\n\
         as_of = \"2020\"\nSOURCE\n{listing}[[zone.area]]\nas_of = \"2020\"\n{areas}\nSOURCE\n"
    )
}

fn answers(date: Option<&str>) -> Statistics {
    let list = "[[list]]\nid = \"l\"\nlevel = \"provincial\"\ntitle = { vi = \"l\", en = \"l\" }\nSOURCE\n";
    let figures = |total: &str, industrial: &str, leased: &str| {
        format!(
            "total_ha = {{ value = {total} }}\nindustrial_ha = {{ value = {industrial} }}\nleased_ha = {{ value = {leased} }}"
        )
    };
    let records = [
        list.to_owned(),
        cluster("a", "Tuyên Quang", "operating", true, &figures("50.004", "40", "30")),
        cluster("b", "tỉnh Hà Giang", "established", true, &figures("30.004", "20", "3")),
        cluster("c", "Hà Giang", "in_plan", true, "total_ha = { value = 19.992, qualifier = \"about\" }"),
        cluster("d", "Hà Giang", "proposed", false, "total_ha = { value = 9 }"),
        cluster("e", "Hà Giang", "revoked", true, &figures("70", "60", "50")),
    ];
    statistics([&register(&records.concat())], date.map(|date| date.parse().unwrap()))
}

fn line<'a>(answers: &'a Statistics, province: Option<&str>) -> &'a KindStatistics {
    answers.lines.iter().find(|line| line.province.as_deref() == province).unwrap()
}

#[test]
fn zones_are_counted_and_their_areas_summed_unrounded() {
    let answers = answers(Some("2025-06-30"));
    let nation = line(&answers, None);
    assert_eq!((nation.zones, nation.planned.zones, nation.established.zones, nation.given_up), (5, 3, 2, 1));
    // 50.004 + 30.004 + 19.992 is 100; rounded to two decimals first it would be 99.99 + … = 100.00 by luck only.
    assert!((nation.planned.total.ha - 100.0).abs() < 1e-9 && nation.planned.total.approximate);
    assert!((nation.established.total.ha - 80.008).abs() < 1e-9 && !nation.established.total.approximate);
    assert_eq!((nation.planned.industrial.zones, nation.planned.industrial.unknown), (2, 1));
    // (30 + 3) ÷ (40 + 20)
    assert!((nation.established.fill_percent().unwrap() - 55.0).abs() < 1e-12);
    let share = nation.established_share();
    assert!((share.count_percent.unwrap() - 200.0 / 3.0).abs() < 1e-12);
    assert!((share.area_percent.unwrap() - 80.008).abs() < 1e-9);
}

#[test]
fn provinces_are_those_of_the_day() {
    let names = |date: Option<&str>| {
        answers(date).lines.iter().map(|line| (line.province.clone(), line.zones)).collect::<Vec<_>>()
    };
    let (nation, tuyen_quang, ha_giang) = (None, Some("Tuyên Quang".to_owned()), Some("Hà Giang".to_owned()));
    assert_eq!(names(Some("2025-06-30")), [(nation.clone(), 5), (ha_giang, 4), (tuyen_quang.clone(), 1)]);
    for date in [Some("2025-07-01"), None] {
        assert_eq!(names(date), [(nation.clone(), 5), (tuyen_quang.clone(), 5)]);
    }
    assert_eq!(line(&answers(Some("2019-12-31")), None).established.zones, 0, "nothing was known then");
}

#[test]
fn totals_without_names_stand_beside_and_are_never_added() {
    let answers = statistics(built_in_registers().unwrap(), None);
    let clusters = answers.lines.iter().filter(|line| line.kind == ZoneKind::IndustrialCluster);
    assert!(clusters.clone().all(|line| line.zones == 0));
    let nation = clusters.clone().find(|line| line.province.is_none()).unwrap();
    let share = nation.established_share();
    // 968 ÷ 1,704 and 30,912 ÷ 58,123
    assert!((share.count_percent.unwrap() - 56.807_511_737).abs() < 1e-8);
    assert!((share.area_percent.unwrap() - 53.183_765_462).abs() < 1e-8);
    let tuyen_quang = clusters.clone().find(|line| line.province.as_deref() == Some("Tuyên Quang")).unwrap();
    let total = &tuyen_quang.reported[0];
    assert_eq!(total.stated_fill_percent.unwrap().value, 51.6);
    assert!((total.computed_fill_percent.unwrap() - 55.459_183_673).abs() < 1e-8);
    assert_eq!(tuyen_quang.established_share().count_percent, None, "nothing says how many are planned");
}
