//! ZON-12 and ZON-13: projects.

use planning::CheckOutcome;

use crate::book::*;

fn project(fields: &str) -> String {
    format!(
        "[[zone]]\nid = \"z\"\nname = \"Z\"\nkind = \"CCN\"\n[[project]]\nid = \"p\"\nname = \"Nhà máy\"\nas_of = \"2024\"\n{fields}\n\
         SOURCE\n"
    )
}

#[test]
fn zon_12_an_industrial_project_belongs_into_a_zone() {
    let judged = |fields: &str| -> CheckOutcome { judge(&project(fields)) };
    let found = |fields: &str| messages(&judged(fields), "ZON-12");
    let outside = "status = \"approved\"\nsector = \"industry\"\nplace = \"outside\"";
    assert_eq!(found(outside), ["Nhà máy: ở ngoài khu, cụm công nghiệp"]);
    let placed = format!("{outside}\nunit = [{{ name = \"xã A\", level = \"commune\" }}]");
    assert_eq!(found(&placed), ["Nhà máy: ở ngoài khu, cụm công nghiệp (xã A)"]);
    assert!(found("status = \"approved\"\nsector = \"industry\"\nzone = \"z\"").is_empty());
    assert!(found("status = \"approved\"\nsector = \"industry\"\nplace = \"in_zone\"").is_empty());
    assert!(found(&outside.replace("industry", "housing")).is_empty());
    assert!(found(&outside.replace("approved", "revoked")).is_empty());
    // Just not enough to judge.
    for (fields, reason) in [
        ("status = \"approved\"\nsector = \"industry\"", "Chưa ghi dự án ở trong hay ngoài khu, cụm"),
        ("status = \"approved\"\nplace = \"outside\"", "Chưa ghi ngành của dự án"),
    ] {
        assert!(found(fields).is_empty());
        assert_eq!(skipped(&judged(fields), "ZON-12"), [(Some("p".into()), reason.into())]);
    }
}

#[test]
fn zon_13_a_project_is_late_after_the_last_day_of_its_deadline() {
    let on = |fields: &str, date: &str| messages(&judge_on(&project(fields), date), "ZON-13");
    let due = "status = \"under_construction\"\ndeadline = \"2024-06\"";
    assert_eq!(on(due, "2024-07-01"), ["Nhà máy: quá hạn 06/2024 (kiểm tra ngày 01/07/2024)"]);
    assert!(on(due, "2024-06-30").is_empty());
    for status in ["operating", "revoked"] {
        assert!(on(&due.replace("under_construction", status), "2025-01-01").is_empty());
    }
    assert!(on("status = \"approved\"", "2025-01-01").is_empty());
    let open = judge_on(&project("status = \"approved\""), "2025-01-01");
    assert_eq!(skipped(&open, "ZON-13"), [(None, "1 dự án chưa ghi hạn".into())]);
    assert_eq!(
        skipped(&judge(&project(due)), "ZON-13"),
        [(Some("p".into()), "Chưa cho ngày kiểm tra".into())]
    );
}
