//! Decisions on findings and the checks after them. The zone is 1,000 m × 1,000 m; rice begins at x = 800 m, so the
//! conflict is 200 m × 1,000 m, and moving the zone's right side by d moves the conflict's by d: a Hausdorff distance
//! of d. W_min = √(1² + 5²) = 5.099 m.

use std::collections::BTreeMap;

use planning::{
    Change, CheckOutcome, Decided, Decision, DecisionError, Event, Finding, FindingState, Reopening,
    Settling, Severity, Standings, settle,
};
use serde_json::json;

use crate::drawing::*;

/// The check of the zone with its right side moved by so much.
fn moved(by_m: f64) -> CheckOutcome {
    let zone = zone("Z-1", "CCN", [0.0, 0.0, 1000.0 + by_m, 1000.0], json!({}));
    let parcels = vec![
        parcel("p1", "SKN", [-500.0, -500.0, 1300.0, 2000.0]),
        parcel("p2", "LUC", [800.0, -500.0, 1300.0, 2000.0]),
    ];
    judge(vec![zones(vec![zone]), plan(parcels)])
}

/// A store of events, as the real one keeps them.
#[derive(Default)]
struct Book {
    standings: Standings,
    decided: BTreeMap<String, Decided>,
    events: u64,
    run: u64,
}

impl Book {
    fn keep(&mut self, outcome: &CheckOutcome, revision: u64) -> Vec<(String, Change)> {
        self.run += 1;
        let settling = Settling { outcome, revision, standings: &self.standings, decided: &self.decided };
        let changes = settle(&settling);
        for (finding, change) in &changes {
            self.add(finding, change.clone());
        }
        changes
    }

    fn decide(&mut self, finding: &Finding, revision: u64, decision: Decision) {
        self.decided.insert(finding.id.clone(), Decided { finding: finding.clone(), revision });
        self.add(&finding.id, Change::Decided(decision));
    }

    fn add(&mut self, finding: &str, change: Change) {
        self.events += 1;
        let at = format!("2026-01-01T00:00:{:02}Z", self.events % 60);
        let event = Event { number: self.events, finding: finding.into(), at, run: self.run, change };
        self.standings.apply(event);
    }

    fn state(&self, finding: &Finding) -> FindingState {
        self.standings.get(&finding.id).unwrap().state
    }
}

fn waiver() -> Decision {
    Decision {
        state: FindingState::Waived,
        document: Some("123/UBND-KT".into()),
        person: Some("UBND tỉnh".into()),
        ..Decision::default()
    }
}

/// A book in which the rice conflict of the first check is decided on.
fn decided(decision: Decision) -> (Book, Finding) {
    let mut book = Book::default();
    let first = moved(0.0);
    book.keep(&first, 1);
    let rice = only(&first, "LUP-01");
    book.decide(&rice, 1, decision);
    (book, rice)
}

#[test]
fn every_finding_begins_new_and_the_same_check_changes_nothing() {
    let mut book = Book::default();
    let first = moved(0.0);
    let begun = book.keep(&first, 1);
    assert_eq!(begun.len(), first.findings.len());
    assert!(begun.iter().all(|(_, change)| matches!(change, Change::Found(_))));
    assert!(first.findings.iter().all(|finding| book.state(finding) == FindingState::New));
    let second = moved(0.0);
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    assert!(book.keep(&second, 2).is_empty());
}

#[test]
fn a_waiver_holds_as_far_as_the_shape_strays_by_w_min_and_reopens_beyond() {
    for (by_m, holds) in [(0.2, true), (5.09, true), (5.2, false), (50.0, false)] {
        let (mut book, rice) = decided(waiver());
        let changes = book.keep(&moved(by_m), 2);
        let expected = if holds { FindingState::Waived } else { FindingState::New };
        assert_eq!(book.state(&rice), expected, "{by_m}");
        let reopened = changes.iter().find(|(id, _)| *id == rice.id).map(|(_, change)| change.clone());
        match reopened {
            None => assert!(holds),
            Some(Change::Reopened(Reopening::Moved { distance_m, tolerance_m })) => {
                assert!(!holds);
                close(distance_m, by_m);
                close(tolerance_m, 26.0_f64.sqrt());
            }
            Some(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_strip_too_narrow_to_be_a_finding_does_not_undo_a_waiver() {
    // Rice lies below the zone and reaches into it, 200 m wide. Lowered by 0.2 m, the conflict gets a strip along the
    // whole lower side, whose ends are 300 m and 500 m from what was there before: so is the Hausdorff distance.
    let outcome = |lowered_m: f64| {
        let zone = zone("Z-1", "CCN", [0.0, -lowered_m, 1000.0, 1000.0 + lowered_m], json!({}));
        let lower = ring(&[
            [0.0, -300.0],
            [1000.0, -300.0],
            [1000.0, 0.0],
            [500.0, 0.0],
            [500.0, 400.0],
            [300.0, 400.0],
            [300.0, 0.0],
            [0.0, 0.0],
            [0.0, -300.0],
        ]);
        let rice = feature("p1", lower, json!({"code": "LUC"}));
        judge(vec![zones(vec![zone]), plan(vec![rice])])
    };
    for (lowered_m, holds) in [(0.2, true), (5.0, true), (5.3, false)] {
        let mut book = Book::default();
        book.keep(&outcome(0.0), 1);
        let rice = only(&outcome(0.0), "LUP-01");
        close(rice.area_m2, 200.0 * 400.0);
        book.decide(&rice, 1, waiver());
        book.keep(&outcome(lowered_m), 2);
        let expected = if holds { FindingState::Waived } else { FindingState::New };
        assert_eq!(book.state(&rice), expected, "{lowered_m}");
    }
}

#[test]
fn many_small_moves_cannot_carry_a_waiver_away() {
    let (mut book, rice) = decided(waiver());
    let held = (1..=10).take_while(|step| {
        book.keep(&moved(f64::from(*step)), 1 + *step as u64);
        book.state(&rice) == FindingState::Waived
    });
    // 5 m are within W_min of what was decided on, 6 m are not, however small the last step.
    assert_eq!(held.count(), 5);
}

#[test]
fn a_waiver_ends_with_its_last_day() {
    let until = |day: &str| Decision { until: Some(day.parse().unwrap()), ..waiver() };
    let on = |day: &str| CheckOutcome { date: Some(day.parse().unwrap()), ..moved(0.0) };
    let (mut book, rice) = decided(until("2026-06-30"));
    assert!(book.keep(&on("2026-06-30"), 1).is_empty());
    let changes = book.keep(&on("2026-07-01"), 1);
    let expired = Change::Reopened(Reopening::Expired { until: "2026-06-30".parse().unwrap() });
    assert_eq!((changes, book.state(&rice)), (vec![(rice.id.clone(), expired)], FindingState::New));
    assert!(book.standings.get(&rice.id).unwrap().decision.is_none());
}

#[test]
fn a_waiver_does_not_cover_something_graver() {
    let (mut book, rice) = decided(waiver());
    let mut graver = moved(0.0);
    graver.findings.iter_mut().find(|f| f.id == rice.id).unwrap().severity = Severity::Block;
    book.keep(&graver, 2);
    let standing = book.standings.get(&rice.id).unwrap();
    let because = Reopening::Graver { from: Severity::Error, to: Severity::Block };
    assert_eq!((standing.state, standing.reopening.as_ref()), (FindingState::New, Some(&because)));
}

#[test]
fn what_is_gone_closes_and_what_returns_reopens() {
    let (mut book, rice) = decided(waiver());
    // The zone now ends at x = 700 m, before the rice.
    book.keep(&moved(-300.0), 2);
    assert_eq!(book.state(&rice), FindingState::Closed);
    assert!(book.keep(&moved(-300.0), 2).is_empty());
    book.keep(&moved(0.0), 3);
    let standing = book.standings.get(&rice.id).unwrap();
    assert_eq!(standing.state, FindingState::New);
    assert_eq!(standing.reopening, Some(Reopening::Returned));
}

#[test]
fn what_is_said_to_be_resolved_waits_for_newer_data() {
    let resolved = Decision { state: FindingState::Resolved, ..Decision::default() };
    let (mut book, rice) = decided(resolved.clone());
    book.keep(&moved(0.0), 1);
    assert_eq!(book.state(&rice), FindingState::Resolved, "the same data say nothing new");
    book.keep(&moved(0.0), 2);
    assert_eq!(book.state(&rice), FindingState::New);
    let (mut book, rice) = decided(resolved);
    book.keep(&moved(-300.0), 2);
    assert_eq!(book.state(&rice), FindingState::Closed);
}

#[test]
fn a_check_closes_only_what_it_judged() {
    let gone = moved(-300.0);
    let other_rules = CheckOutcome { rules: vec!["ZON-04".into()], ..gone.clone() };
    let other_plan = CheckOutcome { plan: Some("plan-2".into()), ..gone.clone() };
    let no_plan = judge(vec![zones(vec![zone("Z-1", "CCN", [0.0, 0.0, 700.0, 1000.0], json!({}))])]);
    for (name, outcome) in [("rules", other_rules), ("plan", other_plan), ("skipped", no_plan)] {
        let (mut book, rice) = decided(waiver());
        book.keep(&outcome, 2);
        assert_eq!(book.state(&rice), FindingState::Waived, "{name}");
    }
    let same_rule = CheckOutcome { rules: vec!["LUP-01".into()], ..gone };
    let (mut book, rice) = decided(waiver());
    book.keep(&same_rule, 2);
    assert_eq!(book.state(&rice), FindingState::Closed);
}

#[test]
fn what_has_no_place_is_compared_by_its_figures() {
    let placeless = |share: f64| {
        let mut outcome = moved(0.0);
        let rice = outcome.findings.iter_mut().find(|f| f.rule == "LUP-01").unwrap();
        (rice.region, rice.place) = (None, None);
        rice.parameters.insert("p".into(), share.into());
        outcome
    };
    let mut book = Book::default();
    book.keep(&placeless(55.5), 1);
    let rice = only(&placeless(55.5), "LUP-01");
    book.decide(&rice, 1, waiver());
    book.keep(&placeless(55.5), 2);
    assert_eq!(book.state(&rice), FindingState::Waived);
    book.keep(&placeless(51.6), 3);
    assert_eq!(book.standings.get(&rice.id).unwrap().reopening, Some(Reopening::Changed));
}

#[test]
fn a_waiver_says_by_which_document_by_whom_and_not_until_yesterday() {
    let today = Some("2026-06-30".parse().unwrap());
    let refused = |decision: Decision, from| decision.trimmed().allowed(from, today).unwrap_err();
    let allowed = |decision: Decision, from| decision.allowed(from, today).is_ok();
    assert!(allowed(waiver(), FindingState::New) && allowed(waiver(), FindingState::Waived));
    assert_eq!(
        refused(Decision { document: Some("  ".into()), ..waiver() }, FindingState::New),
        DecisionError::Missing("document")
    );
    assert_eq!(
        refused(Decision { person: None, ..waiver() }, FindingState::New),
        DecisionError::Missing("person")
    );
    let until = |day: &str| Decision { until: Some(day.parse().unwrap()), ..waiver() };
    assert!(allowed(until("2026-06-30"), FindingState::New) && allowed(until("2026"), FindingState::New));
    assert!(matches!(refused(until("2026-06-29"), FindingState::New), DecisionError::Over { .. }));
    let state = |state| Decision { state, ..Decision::default() };
    assert_eq!(refused(state(FindingState::Closed), FindingState::New), DecisionError::ClosedByHand);
    assert_eq!(refused(state(FindingState::Reviewing), FindingState::Closed), DecisionError::Closed);
    let reviewing = Decision { until: until("2027").until, ..state(FindingState::Reviewing) };
    assert_eq!(refused(reviewing, FindingState::New), DecisionError::UntilWithoutWaiver);
    let long = Decision { reason: Some("đ".repeat(501)), ..state(FindingState::Reviewing) };
    assert_eq!(refused(long, FindingState::New), DecisionError::Text("reason"));
}
