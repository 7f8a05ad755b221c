//! PLN-01, PLN-02, PLN-03, PLN-06 and LUP-12: zones and the lists in which they stand.

use std::sync::Arc;

use planning::{Collection, CollectionInfo, Role, Severity, Text};
use spatial::{Crs, Feature, FeatureId, Layer};

use crate::book::*;

const LISTS: &str = r#"
[[list]]
id = "province"
level = "provincial"
title = { vi = "Quy hoạch tỉnh", en = "Provincial plan" }
period = { from = "2021", to = "2030" }
SOURCE
[[list]]
id = "nation"
level = "national"
title = { vi = "Danh mục quốc gia", en = "National list" }
SOURCE
[[list]]
id = "year"
level = "annual_land_use"
title = { vi = "Kế hoạch 2024", en = "Plan 2024" }
period = { from = "2024", to = "2024" }
SOURCE
"#;

/// A zone in a state and in lists.
fn zone(kind: &str, state: &str, lists: &[&str]) -> String {
    let listing = |list: &&str| format!("[[zone.listing]]\nlist = \"{list}\"\nSOURCE\n");
    let state = match state {
        "" => String::new(),
        state => format!("[[zone.state]]\nstate = \"{state}\"\nas_of = \"2022\"\nSOURCE\n"),
    };
    let listings: String = lists.iter().map(listing).collect();
    format!("[[zone]]\nid = \"z\"\nname = \"Khu Z\"\nkind = \"{kind}\"\n{state}{listings}")
}

/// A layer with one zone, whose identifier and name are these.
fn layer(role: Role, id: &str, name: &str) -> Collection {
    let mut properties = spatial::Properties::new();
    properties.insert("name".into(), name.into());
    let feature = Feature { position: 0, id: Some(FeatureId::Text(id.into())), geometry: None, properties };
    let info = CollectionInfo::new("layer", role, Text::same("Quy hoạch"));
    Collection {
        info,
        layer: Arc::new(Layer { crs: Crs::from_epsg(9215).unwrap(), features: vec![feature] }),
    }
}

fn with_layer(records: &str, id: &str, name: &str) -> planning::CheckOutcome {
    judge_with(&[register(records)], None, vec![layer(Role::Zone, id, name)], None)
}

#[test]
fn pln_01_a_zone_that_is_named_needs_a_plan_and_a_boundary() {
    let unlisted = format!("{LISTS}{}[[zone.mention]]\ndocument = \"d\"\n", zone("KCN", "", &[]));
    let outcome = judge(&unlisted);
    assert_eq!(
        messages(&outcome, "PLN-01"),
        ["Khu Z: được nêu trong 1/QĐ nhưng chưa có trong quy hoạch nào"]
    );
    assert_eq!(findings(&outcome, "PLN-01")[0].severity, Severity::Warning);
    assert_eq!(findings(&outcome, "PLN-01")[0].zone.as_ref().unwrap().id, "z");
    assert_eq!(skipped(&outcome, "PLN-01")[0].1, "Chưa có lớp khu, cụm: không xét được khu nào chưa có ranh");

    let both = with_layer(&unlisted, "other", "Khu khác");
    assert_eq!(
        messages(&both, "PLN-01"),
        ["Khu Z: được nêu trong 1/QĐ nhưng chưa có ranh và chưa có trong quy hoạch nào"]
    );
    // Out of a table without documents.
    let undocumented = zone("KCN", "", &[]);
    let [told, undrawn] = [judge(&undocumented), with_layer(&undocumented, "other", "Khu khác")];
    let why = "Khu Z: có trong sổ nhưng không kèm văn bản nào, chưa có";
    assert_eq!(messages(&told, "PLN-01"), [format!("{why} trong quy hoạch nào")]);
    assert_eq!(messages(&undrawn, "PLN-01"), [format!("{why} ranh và chưa có trong quy hoạch nào")]);
    // A document that says something of it names it.
    let works = "[[zone.wastewater_works]]\nfinished = false\nas_of = \"2022\"\nSOURCE\n";
    let documented = judge(&format!("{LISTS}{}{works}", zone("KCN", "", &[])));
    assert_eq!(
        messages(&documented, "PLN-01"),
        ["Khu Z: được nêu trong 1/QĐ nhưng chưa có trong quy hoạch nào"]
    );
    let listed = format!("{LISTS}{}", zone("KCN", "in_plan", &["province"]));
    let undrawn = with_layer(&listed, "other", "Khu khác");
    assert_eq!(messages(&undrawn, "PLN-01"), ["Khu Z: có trong quy hoạch (1/QĐ) nhưng chưa có ranh"]);
}

#[test]
fn pln_01_holds_for_a_zone_with_both_and_for_one_given_up() {
    let listed = format!("{LISTS}{}", zone("KCN", "in_plan", &["province"]));
    assert!(findings(&judge(&listed), "PLN-01").is_empty());
    for (id, name) in [("z", "x"), ("other", "khu  Z")] {
        assert!(findings(&with_layer(&listed, id, name), "PLN-01").is_empty(), "{id} {name}");
    }
    let revoked = format!("{LISTS}{}", zone("KCN", "revoked", &[]));
    assert!(findings(&judge(&revoked), "PLN-01").is_empty());
    // Just not enough: a yearly plan says what is done, not what is planned.
    let yearly = format!("{LISTS}{}", zone("KCN", "proposed", &["year"]));
    assert_eq!(findings(&judge(&yearly), "PLN-01").len(), 1);
}

#[test]
fn pln_02_an_established_zone_must_be_in_a_plan() {
    let found = |state: &str, lists: &[&str]| {
        messages(&judge(&format!("{LISTS}{}", zone("CCN", state, lists))), "PLN-02")
    };
    assert_eq!(found("established", &[]), ["Khu Z: Đã thành lập (2022) nhưng không có trong quy hoạch nào"]);
    assert_eq!(found("operating", &["year"]).len(), 1);
    for list in ["province", "nation"] {
        assert!(found("established", &[list]).is_empty());
    }
    // One step below: in a plan only, or proposed.
    assert!(found("proposed", &[]).is_empty() && found("in_plan", &[]).is_empty());
    assert!(found("revoked", &[]).is_empty() && found("", &[]).is_empty());
    let outcome = judge(&zone("CCN", "established", &[]));
    assert!(findings(&outcome, "PLN-02").is_empty());
    let reason = "Sổ đăng ký chưa có quy hoạch nào để đối chiếu";
    assert_eq!(skipped(&outcome, "PLN-02"), [(Some("z".into()), reason.into())]);
}

#[test]
fn pln_03_a_park_of_the_province_must_be_on_the_national_list() {
    let found = |kind: &str, lists: &[&str]| {
        messages(&judge(&format!("{LISTS}{}", zone(kind, "in_plan", lists))), "PLN-03")
    };
    assert_eq!(
        found("KCN", &["province"]),
        ["Khu Z: có trong Quy hoạch tỉnh, không có trong danh mục quốc gia"]
    );
    assert!(found("KCN", &["province", "nation"]).is_empty() && found("KCN", &["nation"]).is_empty());
    assert!(found("CCN", &["province"]).is_empty(), "clusters have no national list");
}

/// Totals of two lists.
fn totals(provincial: u32, national: Option<u32>, as_of: &str) -> String {
    let total = |id: &str, list: &str, count: u32, as_of: &str| {
        format!(
            "[[aggregate]]\nid = \"{id}\"\ntitle = {{ vi = \"{id}\", en = \"{id}\" }}\nof = \"zones\"\nkind = \"KCN\"\n\
             province = \"P\"\nlist = \"{list}\"\nas_of = \"{as_of}\"\ncount = {{ value = {count} }}\nSOURCE\n"
        )
    };
    let nation = national.map_or_else(String::new, |count| total("b", "nation", count, as_of));
    format!("{LISTS}{}{nation}", total("a", "province", provincial, "2020"))
}

#[test]
fn pln_03_totals_are_compared_and_no_zone_is_invented() {
    let outcome = judge(&totals(4, Some(3), "2020"));
    let text =
        "P, Khu công nghiệp: 4 khu trong quy hoạch tỉnh, 3 khu trong danh mục quốc gia, thiếu 1 (2020)";
    assert_eq!(messages(&outcome, "PLN-03"), [text]);
    let finding = &findings(&outcome, "PLN-03")[0];
    let other = finding.other.as_ref().unwrap();
    assert_eq!((other.collection.as_str(), other.id.as_str()), ("register:test", "a"));
    assert!(finding.zone.is_none() && finding.severity == Severity::Error);
    assert!(findings(&judge(&totals(3, Some(3), "2020")), "PLN-03").is_empty(), "just as many");
    assert!(findings(&judge(&totals(2, Some(3), "2020")), "PLN-03").is_empty());
    let reason = "Chưa có số khu trong danh mục quốc gia cùng thời điểm để đối chiếu";
    for records in [totals(4, None, ""), totals(4, Some(3), "2021")] {
        let outcome = judge(&records);
        assert!(findings(&outcome, "PLN-03").is_empty());
        assert_eq!(skipped(&outcome, "PLN-03"), [(Some("a".into()), reason.into())]);
    }
}

#[test]
fn pln_06_a_plan_is_over_after_its_last_day() {
    let on = |date: &str| messages(&judge_on(LISTS, date), "PLN-06");
    assert_eq!(
        on("2031-01-01"),
        [
            "Kế hoạch 2024: kỳ 2024–2024 đã hết vào ngày 01/01/2031",
            "Quy hoạch tỉnh: kỳ 2021–2030 đã hết vào ngày 01/01/2031"
        ]
        .map(String::from)
        .to_vec()
        .into_iter()
        .rev()
        .collect::<Vec<_>>()
    );
    assert!(on("2024-12-31").is_empty(), "its last day is still in it");
    assert_eq!(on("2025-01-01").len(), 1);
    let replaced = LISTS.replace("id = \"year\"", "id = \"year\"\nreplaced_by = \"province\"");
    assert!(messages(&judge_on(&replaced, "2025-01-01"), "PLN-06").is_empty());
    assert_eq!(skipped(&judge(LISTS), "PLN-06").len(), 2, "both that have a period ask for a day");
}

#[test]
fn pln_06_judges_the_plan_that_zones_are_held_against() {
    let plan = |period: Option<&str>, valid_to: Option<&str>| {
        let mut plan = layer(Role::LandUsePlan, "p", "p");
        plan.info.period = period.map(str::to_owned);
        plan.info.valid_to = valid_to.map(str::to_owned);
        let outcome = judge_with(&[], Some("2031-06-30"), vec![plan], None);
        (messages(&outcome, "PLN-06"), skipped(&outcome, "PLN-06").len())
    };
    let text = "Quy hoạch: kỳ 2021-2030 đã hết vào ngày 30/06/2031".to_owned();
    // Without a register the rule says so, beside what it says of the plan.
    assert_eq!(plan(Some("2021-2030"), None), (vec![text], 1));
    assert_eq!(plan(Some("2021-2030"), Some("2031-06-30")), (vec![], 1));
    assert_eq!(plan(Some("2021-2030"), Some("2031-06-29")).0.len(), 1);
    assert_eq!(plan(None, None), (vec![], 2));
}

#[test]
fn lup_12_an_established_zone_must_be_in_the_list_of_the_year() {
    let on = |state: &str, lists: &[&str], date: &str| {
        judge_on(&format!("{LISTS}{}", zone("CCN", state, lists)), date)
    };
    let found = |state: &str, lists: &[&str]| messages(&on(state, lists, "2024-06-01"), "LUP-12");
    let text = "Khu Z: chưa có trong kế hoạch sử dụng đất hoặc danh mục thu hồi đất năm 2024";
    assert_eq!(found("established", &["province"]), [text]);
    assert!(found("established", &["year"]).is_empty() && found("in_plan", &[]).is_empty());
    for (date, judged) in
        [("2024-01-01", true), ("2024-12-31", true), ("2023-12-31", false), ("2025-01-01", false)]
    {
        let outcome = on("established", &[], date);
        assert_eq!(
            (findings(&outcome, "LUP-12").len() == 1, skipped(&outcome, "LUP-12").is_empty()),
            (judged, judged)
        );
    }
}
