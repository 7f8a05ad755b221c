//! Lai Châu, February 2021.

use planning::Severity;

use crate::{findings, judged, only, register, total};

#[test]
fn three_parks_in_the_provincial_plan_and_two_on_the_national_list() {
    let register = register("lai-chau");
    let counts = ["parks-provincial", "clusters-provincial", "parks-national"]
        .map(|id| total(register, id).count.unwrap().value);
    assert_eq!(counts, [3.0, 4.0, 2.0]);
    let finding = only(&judged("lai-chau", "2020-12-31", None), "PLN-03");
    let text = "Lai Châu, Khu công nghiệp: 3 khu trong quy hoạch tỉnh, 2 khu trong danh mục quốc gia, thiếu 1 (2020)";
    assert_eq!((finding.message.vi.as_str(), finding.severity), (text, Severity::Error));
    assert!(finding.zone.is_none() && register.zones.is_empty(), "no zone is invented for a total");
}

#[test]
fn the_plan_to_2020_is_out_of_its_period_since_2021() {
    assert!(findings(&judged("lai-chau", "2015-12-31", None), "PLN-06").is_empty());
    assert_eq!(findings(&judged("lai-chau", "2021-02-23", None), "PLN-06").len(), 2);
}

#[test]
fn three_dates_are_kept_apart() {
    let report = register("lai-chau").document("000").unwrap();
    let dates = [report.as_of, report.decided, report.published].map(|date| date.unwrap().to_string());
    assert_eq!(dates, ["2020", "2021-02-23", "2021-02-25"]);
}
