//! ZON-07 to ZON-11: areas, fill rates, totals.

use planning::{CheckOutcome, Severity};

use crate::book::*;

/// A craft-village cluster with industrial land and land for relocation, ha.
fn crafts(kind: &str, relocation: &str) -> CheckOutcome {
    judge(&format!(
        "[[zone]]\nid = \"z\"\nname = \"Cụm Z\"\nkind = \"{kind}\"\n[[zone.area]]\nas_of = \"2024\"\n\
         industrial_ha = {{ value = 20 }}\n{relocation}\nSOURCE\n"
    ))
}

#[test]
fn zon_07_a_craft_village_cluster_gives_sixty_percent_to_relocation() {
    let outcome = crafts("CCNLN", "craft_relocation_ha = { value = 11.99 }");
    let text = "Cụm Z: 11,99 ha trên 20 ha đất công nghiệp dành cho di dời (59,95 %, yêu cầu 60,00 %)";
    assert_eq!(messages(&outcome, "ZON-07"), [text]);
    assert!(findings(&crafts("CCNLN", "craft_relocation_ha = { value = 12 }"), "ZON-07").is_empty());
    assert!(findings(&crafts("CCN", "craft_relocation_ha = { value = 1 }"), "ZON-07").is_empty());
    let unknown = crafts("CCNLN", "");
    assert!(findings(&unknown, "ZON-07").is_empty() && skipped(&unknown, "ZON-07").len() == 1);
}

/// A cluster with a stated fill rate and areas, all as TOML values.
fn filled(stated: &str, total: &str, industrial: &str, leased: &str) -> CheckOutcome {
    judge(&format!(
        "[[zone]]\nid = \"z\"\nname = \"Cụm Z\"\nkind = \"CCN\"\n[[zone.area]]\nas_of = \"2024\"\n\
         total_ha = {{ {total} }}\nindustrial_ha = {{ {industrial} }}\nleased_ha = {{ {leased} }}\nSOURCE\n\
         [[zone.fill]]\nas_of = \"2024\"\nstated_percent = {{ value = {stated} }}\nSOURCE\n"
    ))
}

fn rates(stated: &str, leased: &str) -> Vec<(Severity, String)> {
    let outcome = filled(stated, "value = 150", "value = 100", &format!("value = {leased}"));
    findings(&outcome, "ZON-08").into_iter().map(|finding| (finding.severity, finding.message.vi)).collect()
}

#[test]
fn zon_08_a_stated_rate_may_differ_by_half_a_point() {
    let text = "Cụm Z: công bố 50 %, tính 50,51 % (50,51 ha đã cho thuê trên 100 ha đất công nghiệp, 2024)";
    assert_eq!(rates("50.0", "50.51"), [(Severity::Warning, text.into())]);
    assert_eq!(rates("51.02", "50.51").len(), 1, "in either direction");
    // Half a point exactly, also where the computed rate is 55.50000000000001.
    for (stated, leased) in [("50", "50.5"), ("55", "55.5"), ("51.0", "50.5"), ("50.5", "50.5")] {
        assert!(rates(stated, leased).is_empty(), "{stated} {leased}");
    }
}

#[test]
fn zon_08_rates_and_areas_that_cannot_be_are_errors() {
    assert_eq!(rates("100", "100"), []);
    let range = rates("100.01", "100");
    assert_eq!(range.len(), 1);
    assert_eq!((range[0].0, range[0].1.contains("ngoài khoảng")), (Severity::Error, true));
    assert_eq!(rates("-0.4", "0").len(), 1);
    let more_leased = rates("100", "100.01");
    assert_eq!(
        more_leased,
        [(Severity::Error, "Cụm Z: đã cho thuê 100,01 ha, nhiều hơn 100 ha đất công nghiệp (2024)".into())]
    );
    let industrial = filled("50", "value = 99", "value = 100", "value = 50");
    assert_eq!(
        messages(&industrial, "ZON-08"),
        ["Cụm Z: 100 ha đất công nghiệp, nhiều hơn tổng diện tích 99 ha (2024)"]
    );
    let room = filled("50", "value = 99, qualifier = \"more_than\"", "value = 100", "value = 50");
    assert!(findings(&room, "ZON-08").is_empty(), "more than 99 ha may be 100");
}

#[test]
fn zon_08_figures_of_another_day_are_not_compared() {
    let outcome = judge(
        "[[zone]]\nid = \"z\"\nname = \"Z\"\nkind = \"CCN\"\n[[zone.area]]\nas_of = \"2023\"\nindustrial_ha = { value = 100 }\n\
         leased_ha = { value = 10 }\nSOURCE\n[[zone.fill]]\nas_of = \"2024\"\nstated_percent = { value = 90 }\nSOURCE\n",
    );
    assert!(findings(&outcome, "ZON-08").is_empty());
    assert_eq!(skipped(&outcome, "ZON-08").len(), 1);
}

/// A planned cluster beside an established one in the same district, or province.
fn beside(unit: &str, industrial: f64, leased: f64) -> String {
    let zone = |id: &str, state: &str, area: &str| {
        format!(
            "[[zone]]\nid = \"{id}\"\nname = \"Cụm {id}\"\nkind = \"CCN\"\nprovince = \"P\"\n\
             unit = [{{ name = \"{unit}\", level = \"district\" }}]\n[[zone.state]]\nstate = \"{state}\"\nas_of = \"2020\"\n\
             SOURCE\n{area}"
        )
    };
    let area = format!(
        "[[zone.area]]\nas_of = \"2020\"\nindustrial_ha = {{ value = {industrial} }}\nleased_ha = {{ value = {leased} }}\nSOURCE\n"
    );
    zone("a", "operating", &area) + &zone("b", "in_plan", "")
}

#[test]
fn zon_09_a_further_cluster_needs_filled_ones_or_little_left() {
    let found = |industrial: f64, leased: f64| {
        messages(&judge_on(&beside("huyện Hòa An", industrial, leased), "2024-06-01"), "ZON-09")
    };
    let text = "Cụm b: huyện Hòa An có 1 cụm, lấp đầy trung bình 49,50 % (cần trên 50,00 %) và còn 101,00 ha chưa cho thuê \
                (không quá 100,00 ha)";
    assert_eq!(found(200.0, 99.0), [text]);
    // Just enough land left, or just filled enough.
    assert!(found(200.0, 100.0).is_empty(), "50 % and 100 ha");
    assert!(found(300.0, 151.0).is_empty(), "50.33 % and 149 ha");
    assert_eq!(found(300.0, 150.0).len(), 1, "50 % is not above 50 %");
    assert!(found(100.0, 0.0).is_empty(), "0 %, but only 100 ha");
}

#[test]
fn zon_09_clusters_are_grouped_by_the_unit_of_the_day() {
    let two = beside("huyện Hòa An", 200.0, 50.0).replacen("huyện Hòa An", "Hoà An", 1);
    assert_eq!(findings(&judge_on(&two, "2025-06-30"), "ZON-09").len(), 1, "in whatever tone-mark style");
    let apart = beside("huyện A", 200.0, 50.0).replacen("huyện A", "huyện B", 1);
    assert!(findings(&judge_on(&apart, "2025-06-30"), "ZON-09").is_empty(), "two districts");
    let since = findings(&judge_on(&apart, "2025-07-01"), "ZON-09");
    assert!(since.len() == 1 && since[0].message.vi.contains("P có 1 cụm"), "one province");
    let unknown = apart.replace("leased_ha = { value = 50 }", "");
    assert_eq!(
        skipped(&judge_on(&unknown, "2025-07-01"), "ZON-09")[0].1,
        "Chưa rõ tỷ lệ lấp đầy của cụm hiện có (Cụm a)"
    );
    let nowhere = apart.replace("province = \"P\"\n", "");
    assert_eq!(skipped(&judge_on(&nowhere, "2025-07-01"), "ZON-09").len(), 1);
}

#[test]
fn zon_09_clusters_that_only_a_total_tells_of_count_by_it() {
    let planned = beside("huyện A", 200.0, 50.0);
    let planned = planned
        .split_once("[[zone]]\nid = \"b\"")
        .map(|(_, rest)| format!("[[zone]]\nid = \"b\"{rest}"))
        .unwrap();
    let total = |as_of: &str, leased: f64| {
        format!(
            "[[aggregate]]\nid = \"t{as_of}\"\ntitle = {{ vi = \"16 cụm\", en = \"16\" }}\nof = \"zones\"\nkind = \"CCN\"\n\
             state = \"operating\"\nprovince = \"P\"\nas_of = \"{as_of}\"\ncount = {{ value = 16 }}\n\
             [aggregate.area]\nas_of = \"{as_of}\"\nindustrial_ha = {{ value = 400 }}\nleased_ha = {{ value = {leased} }}\nSOURCE\n\
             [aggregate.source]\ndocument = \"d\"\n"
        )
    };
    let found = |records: &str| messages(&judge_on(records, "2026-01-01"), "ZON-09");
    // 160 of 400 ha are 40 %, and 240 ha are left.
    let text = "Cụm b: P có 16 cụm, lấp đầy trung bình 40,00 % (cần trên 50,00 %) và còn 240,00 ha chưa cho thuê (không quá 100,00 ha)";
    assert_eq!(found(&format!("{planned}{}", total("2025", 160.0))), [text]);
    assert!(found(&format!("{planned}{}", total("2025", 320.0))).is_empty(), "80 %");
    // The later total counts; one of after the day does not.
    let later = format!("{planned}{}{}", total("2024", 160.0), total("2025", 320.0));
    assert!(found(&later).is_empty());
    let after = format!("{planned}{}{}", total("2025", 160.0), total("2027", 320.0));
    assert_eq!(found(&after).len(), 1);
    // A zone whose figures are not known does not stand in the way of a total that tells them.
    let unknown = beside("huyện A", 200.0, 50.0).replace("leased_ha = { value = 50 }", "");
    assert_eq!(found(&format!("{unknown}{}", total("2025", 160.0))), [text]);
    assert!(found(&planned).is_empty(), "nothing exists, no condition");
}

/// A cluster of 100 ha of industrial land per cent leased, to be expanded.
fn expansion(total: f64, added: f64, leased: f64, works: &str) -> CheckOutcome {
    judge(&format!(
        "[[zone]]\nid = \"z\"\nname = \"Cụm Z\"\nkind = \"CCN\"\n[[zone.area]]\nas_of = \"2024\"\ntotal_ha = {{ value = {total} }}\n\
         industrial_ha = {{ value = 40 }}\nleased_ha = {{ value = {leased} }}\nSOURCE\n[[zone.expansion]]\n\
         added_ha = {{ value = {added} }}\nstate = \"proposed\"\nas_of = \"2024\"\nSOURCE\n{works}"
    ))
}

const FINISHED: &str = "[[zone.wastewater_works]]\nfinished = true\nas_of = \"2024\"\nSOURCE\n";
const UNFINISHED: &str = "[[zone.wastewater_works]]\nfinished = false\nas_of = \"2024\"\nSOURCE\n";

#[test]
fn zon_10_an_expansion_fails_every_condition_by_itself() {
    let found = |total, added, leased, works| messages(&expansion(total, added, leased, works), "ZON-10");
    assert!(found(50.0, 25.0, 24.0, FINISHED).is_empty(), "75 ha and 60 % exactly");
    assert_eq!(
        found(50.0, 25.01, 23.99, UNFINISHED),
        [
            "Cụm Z, mở rộng 25,01 ha: tổng 75,01 ha sau mở rộng, quá 75,00 ha; lấp đầy 59,98 %, dưới 60,00 %; chưa có công \
          trình xử lý nước thải tập trung"
        ]
    );
    assert_eq!(found(50.0, 25.01, 24.0, FINISHED).len(), 1);
    assert_eq!(found(50.0, 25.0, 23.99, FINISHED).len(), 1);
    assert_eq!(found(50.0, 25.0, 24.0, UNFINISHED).len(), 1);
    let unknown = expansion(50.0, 25.0, 24.0, "");
    assert!(findings(&unknown, "ZON-10").is_empty());
    assert_eq!(
        skipped(&unknown, "ZON-10"),
        [(Some("z".into()), "Chưa rõ công trình xử lý nước thải".into())]
    );
}

/// A total with parts.
fn total(count: &str, area: &str, parts: &str) -> CheckOutcome {
    judge(&format!(
        "[[aggregate]]\nid = \"t\"\ntitle = {{ vi = \"Tổng\", en = \"Total\" }}\nof = \"zones\"\nkind = \"CCN\"\nas_of = \"2023\"\n\
         {count}\npart = [{parts}]\nSOURCE\n{area}"
    ))
}

fn area(total_ha: &str) -> String {
    format!("[aggregate.area]\nas_of = \"2023\"\ntotal_ha = {{ {total_ha} }}\nSOURCE\n")
}

#[test]
fn zon_11_a_total_is_the_sum_of_its_parts() {
    let part = |label: &str, value: &str| format!("{{ label = \"{label}\", {value} }},");
    let counts = part("a", "count = { value = 3 }") + &part("b", "count = { value = 6 }");
    assert!(findings(&total("count = { value = 9 }", "", &counts), "ZON-11").is_empty());
    let wrong = total("count = { value = 10 }", "", &counts);
    assert_eq!(messages(&wrong, "ZON-11"), ["Tổng, số lượng: tổng 10, 2 phần cộng lại 9 (3 + 6)"]);
    let areas = part("a", "total_ha = { value = 10.1 }") + &part("b", "total_ha = { value = 20.2 }");
    let found = |total_ha: &str| findings(&total("", &area(total_ha), &areas), "ZON-11").len();
    // 10.1 + 20.2 = 30.3: a hundredth of a hectare is within tolerance, a little more is not.
    assert_eq!((found("value = 30.3"), found("value = 30.31"), found("value = 30.29")), (0, 0, 0));
    assert_eq!((found("value = 30.311"), found("value = 30.289")), (1, 1));
}

#[test]
fn zon_11_approximate_or_missing_figures_cannot_be_added() {
    let areas = "{ label = \"a\", total_ha = { value = 1 } }, { label = \"b\" }";
    let missing = total("count = { value = 2 }", &area("value = 5"), areas);
    assert!(findings(&missing, "ZON-11").is_empty());
    assert_eq!(skipped(&missing, "ZON-11").len(), 1, "no part gives a count, one gives an area");
    let areas = "{ label = \"a\", total_ha = { value = 1 } }, { label = \"b\", total_ha = { value = 1 } }";
    let about = total("", &area("value = 5, qualifier = \"about\""), areas);
    assert!(findings(&about, "ZON-11").is_empty() && skipped(&about, "ZON-11").len() == 1);
}
