//! Lào Cai: 2023 reviewed, 2024 aimed at.

use planning::{ProjectStatus, Qualifier};

use crate::{findings, judged, register, total};

#[test]
fn three_and_six_and_one_and_one_and_one_are_twelve_functional_areas() {
    let areas = total(register("lao-cai"), "functional-areas");
    let parts: Vec<f64> = areas.parts.iter().map(|part| part.count.unwrap().value).collect();
    assert_eq!((parts, areas.count.unwrap().value), (vec![3.0, 6.0, 1.0, 1.0, 1.0], 12.0));
    let outcome = judged("lao-cai", "2023-12-31", None);
    assert!(findings(&outcome, "ZON-11").is_empty());
    assert!(!outcome.skipped.iter().any(|skipped| skipped.rule == "ZON-11"), "it was judged");
}

#[test]
fn two_projects_were_revoked_of_those_that_are_watched() {
    let register = register("lao-cai");
    let counts = ["projects-approved", "projects-revoked", "projects-monitored"].map(|id| {
        let projects = total(register, id);
        (projects.status.unwrap(), projects.count.unwrap().value)
    });
    let expected =
        [(ProjectStatus::Approved, 27.0), (ProjectStatus::Revoked, 2.0), (ProjectStatus::Monitored, 188.0)];
    assert_eq!(counts, expected);
    let works = ["works-finished", "works-proposed"].map(|id| total(register, id).capital_vnd.unwrap());
    assert_eq!(
        works.map(|one| (one.value, one.qualifier)),
        [(95e9, Qualifier::Nearly), (177e9, Qualifier::MoreThan)]
    );
}

#[test]
fn indicators_have_an_actual_figure_of_2023_and_a_target_of_2024() {
    let figures = |id: &str| {
        let of_id = register("lao-cai").indicators.iter().filter(|indicator| indicator.id == id);
        let figure = |one: &planning::Indicator| {
            (one.year.year(), one.actual.map(|figure| figure.value), one.target.map(|figure| figure.value))
        };
        of_id.map(figure).collect::<Vec<_>>()
    };
    assert_eq!(figures("trade"), [(2023, Some(2.1), None), (2024, None, Some(4.5))]);
    assert_eq!(figures("industrial-output"), [(2023, Some(42_564.0), None), (2024, None, Some(52_200.0))]);
}
