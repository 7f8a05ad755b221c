//! Tuyên Quang and the whole country, at a national conference on clusters.

use planning::{Qualifier, Severity};

use crate::{judged, only, register, total};

#[test]
fn a_stated_fill_rate_of_51_6_percent_is_shown_beside_the_computed_55_46() {
    let clusters = total(register("tuyen-quang"), "clusters-established");
    let fill = clusters.area.as_ref().unwrap().fill().unwrap();
    // 108.7 ÷ 196 = 0.554591836…
    assert!((fill.percent() - 55.459_183_673).abs() < 1e-8);
    assert!((fill.numerator_ha.value, fill.denominator_ha.value) == (108.7, 196.0) && fill.is_exact());
    assert!(clusters.fill.as_ref().unwrap().stated_percent.value == 51.6, "kept as stated");
    let finding = only(&judged("tuyen-quang", "2021-12-31", None), "ZON-08");
    let text = "Cụm công nghiệp tỉnh Tuyên Quang đã thành lập: công bố 51,6 %, tính 55,46 % (108,7 ha đã cho thuê trên \
                196 ha đất công nghiệp, 2021)";
    assert_eq!((finding.message.vi.as_str(), finding.severity), (text, Severity::Warning));
    assert!(finding.message.en.contains("51.6 % stated, 55.46 % computed"));
}

#[test]
fn five_clusters_have_21_projects_with_more_than_2_300_billion() {
    let register = register("tuyen-quang");
    let clusters = total(register, "clusters-established");
    assert_eq!(clusters.count.unwrap().value, 5.0);
    assert_eq!(clusters.area.as_ref().unwrap().total_ha.unwrap().value, 300.0);
    let projects = total(register, "projects-in-clusters");
    let capital = projects.capital_vnd.unwrap();
    assert_eq!((projects.count.unwrap().value, capital.value), (21.0, 2.3e12));
    assert_eq!(capital.qualifier, Qualifier::MoreThan);
}

#[test]
fn the_nation_has_established_56_8_percent_of_clusters_and_53_2_percent_of_their_area() {
    let nation = register("nation");
    let figures = |id: &str| {
        let total = total(nation, id);
        (total.count.unwrap().value, total.area.as_ref().unwrap().total_ha.unwrap().value)
    };
    let ((planned, planned_ha), (established, established_ha)) =
        (figures("clusters-planned"), figures("clusters-established"));
    assert_eq!((planned, planned_ha, established, established_ha), (1704.0, 58_123.0, 968.0, 30_912.0));
    let percent = |part: f64, whole: f64| format!("{:.1}", part / whole * 100.0);
    assert_eq!(percent(established, planned), "56.8");
    assert_eq!(percent(established_ha, planned_ha), "53.2");
}
