//! The mesh and the map behind a province, and what the plants of every seed must come to.

use planning::Severity;

use crate::map::PlanarMap;
use crate::map::simplify::crossings;
use crate::map::trace::{set, twice_area};
use crate::province::{design, mapped};
use crate::{Answers, ExpectedFinding, Province, province};

/// The first design of a seed that can be mapped, whether its figures keep off the thresholds or not.
fn map_of(seed: u64) -> PlanarMap {
    (0..).find_map(|attempt| Some(mapped(&design(seed * 1_000_003 + attempt)?).ok()?.0)).unwrap()
}

#[test]
fn no_two_borders_cross_and_the_atoms_fill_the_province() {
    for seed in 1..=2 {
        let map = map_of(seed);
        assert_eq!(crossings(&map), 0, "seed {seed}");
        let areas = map.twice_areas();
        assert!(areas.iter().all(|&area| area > 0), "seed {seed}: an atom without area");
        // The outer outline goes round all of it, holes none.
        let outline = set(&map, |_| true);
        assert_eq!((outline.len(), outline[0].len()), (1, 1), "seed {seed}");
        assert_eq!(areas.iter().sum::<i64>(), twice_area(&map, &outline[0][0]), "seed {seed}");
    }
}

#[test]
fn a_seed_gives_the_same_province_again() {
    let (once, again) = (province(7), province(7));
    assert_eq!(once.answers, again.answers);
    assert_eq!(once.collections, again.collections);
}

/// The rules whose findings are all planted; those of others come by chance too, from homes, woods and waters around.
const ALL_PLANTED: [&str; 8] =
    ["GEO-01", "LUP-01", "LUP-03", "LUP-04", "ZON-01", "ZON-04", "ADM-02", "ADM-03"];

fn found<'a>(answers: &'a Answers, zone: &'a str) -> Vec<(&'a str, Severity, Option<&'a str>)> {
    let of_zone = answers.findings.iter().filter(|f| f.zone.as_deref() == Some(zone));
    of_zone
        .filter(|f| ALL_PLANTED.contains(&f.rule.as_str()))
        .map(|f| (f.rule.as_str(), f.severity, f.other.as_deref()))
        .collect()
}

fn rules(answers: &Answers, zone: &str) -> Vec<(String, Severity)> {
    found(answers, zone).into_iter().map(|(rule, severity, _)| (rule.to_owned(), severity)).collect()
}

fn area(answers: &Answers, rule: &str, zone: &str) -> f64 {
    answers.findings.iter().find(|f| f.rule == rule && f.zone.as_deref() == Some(zone)).unwrap().area_m2
}

/// The figures of every zone add up exactly: all of them are multiples of 1/32 m².
fn adds_up(Province { answers, .. }: &Province) {
    for zone in &answers.summaries {
        for coverage in [&zone.by_plan, &zone.by_land_use] {
            let codes: f64 = coverage.codes.iter().map(|line| line.area_m2).sum();
            assert_eq!(codes - coverage.multiple_m2 + coverage.uncovered_m2, zone.area_m2, "{}", zone.zone);
        }
        // Where communes overlap or leave a gap they do not add up to the zone.
        if of(answers, "ADM-04", &zone.zone).is_some() {
            continue;
        }
        assert_eq!(
            zone.by_commune.iter().map(|line| line.area_m2).sum::<f64>(),
            zone.area_m2,
            "{}",
            zone.zone
        );
    }
    assert!(answers.totals.area_m2 > 7e8 && answers.totals.area_m2 < 1e9, "{}", answers.totals.area_m2);
}

/// What the register plants, judged by hand.
fn holds_its_plants(Province { answers, .. }: &Province) {
    use Severity::{Block, Error, Info, Warning};
    let one = |rule: &str, severity| vec![(rule.to_owned(), severity)];
    for clean in ["KCN02", "KCN08", "KCX01", "CCN01", "CCN14", "CCN15"] {
        assert_eq!(rules(answers, clean), [], "{clean}");
    }
    assert!(rules(answers, "CCN06").contains(&("GEO-01".into(), Block)));
    assert_eq!(rules(answers, "CCN03"), one("ADM-02", Error));
    assert_eq!(rules(answers, "CCN04"), one("ADM-03", Info), "more than 99 % inside is enough");
    assert_eq!(rules(answers, "CCN05"), [("ADM-02".into(), Error), ("ADM-03".into(), Info)]);
    assert_eq!(rules(answers, "CCN13"), one("ZON-04", Warning), "revoked: nothing but its area is judged");
    assert_eq!(
        found(answers, "CCN18"),
        [("ZON-01", Error, Some("CCN23"))],
        "its second dossier; slivers else"
    );
    assert_eq!(rules(answers, "KCN03"), [("LUP-03".into(), Warning), ("ZON-04".into(), Info)]);
    assert_eq!(rules(answers, "KCN04"), [("LUP-03".into(), Error), ("ZON-04".into(), Warning)]);
    assert_eq!(rules(answers, "KCN05"), [("LUP-04".into(), Error), ("ZON-04".into(), Error)]);
    assert!((99_000.0..100_000.0).contains(&area(answers, "LUP-03", "KCN03")));
    assert!((100_000.0..101_500.0).contains(&area(answers, "LUP-03", "KCN04")));
    assert!((198_500.0..200_000.0).contains(&area(answers, "LUP-04", "KCN05")));
    assert!((200_000.0..202_500.0).contains(&area(answers, "LUP-04", "KCN06")));
    assert_eq!(found(answers, "CCN07"), [("ZON-01", Error, Some("CCN08"))]);
    assert!(found(answers, "CCN09").contains(&("ZON-01", Error, Some("KCN05"))));
    assert_eq!(found(answers, "CCN10"), [("ZON-01", Warning, Some("CCN11"))], "58 m² and a sliver");
    assert_eq!(found(answers, "CCN11"), [("ZON-01", Error, Some("CCN12"))]);
    assert_eq!(rules(answers, "CCN16"), one("LUP-01", Warning), "a piece below 1,600 m² and a sliver");
    assert_eq!(rules(answers, "CCN02"), one("LUP-01", Error), "a piece above 1,600 m²");
    assert!(rules(answers, "CCN17").contains(&("LUP-03".into(), Info)), "rice below 1,600 m²");
    assert!(rules(answers, "CCN17").contains(&("LUP-04".into(), Warning)), "forest below 1,600 m²");
    for (rule, zone) in [("ADM-03", "CCN18"), ("LUP-03", "CCN18"), ("LUP-01", "CCN16"), ("ZON-01", "CCN10")] {
        assert!(answers.slivers.iter().any(|s| s.rule == rule && s.zone == zone), "no sliver {rule} {zone}");
    }
}

/// The finding of a rule on a zone, if there is one.
fn of<'a>(answers: &'a Answers, rule: &str, zone: &str) -> Option<&'a ExpectedFinding> {
    answers.findings.iter().find(|f| f.rule == rule && f.zone.as_deref() == Some(zone))
}

fn figure(answers: &Answers, rule: &str, zone: &str, name: &str) -> f64 {
    let found = of(answers, rule, zone).unwrap_or_else(|| panic!("no {rule} of {zone}"));
    found.figures[name].as_f64().unwrap()
}

/// What the layers with a theme plant, and what stands just outside of a rule's reach.
fn holds_its_themes(Province { answers, .. }: &Province) {
    use Severity::{Error, Warning};
    assert_eq!(figure(answers, "LUP-07", "CCN03", "n"), 5.0, "four houses and a point");
    assert_eq!(of(answers, "LUP-07", "CCN03").unwrap().severity, Error);
    assert!(of(answers, "LUP-07", "CCN12").is_none(), "a store that reaches in by a metre");
    assert!(of(answers, "LUP-07", "CCN11").is_none(), "a house three metres outside");
    assert_eq!(of(answers, "LUP-09", "KCN07").unwrap().table[0].key, "heritage");
    assert!(figure(answers, "LUP-09", "CCN08", "d") < 60.5);
    assert!(figure(answers, "LUP-10", "CCN07", "d") < 12.5);
    assert!(figure(answers, "LUP-11", "KCN03", "d") < 240.5);
    assert_eq!(of(answers, "LUP-11", "KCN06").unwrap().table[0].key, "minerals");
    assert!((7.5..8.5).contains(&figure(answers, "ENV-02", "KCN03", "width")));
    assert!((9.0..9.9).contains(&figure(answers, "ENV-02", "CCN16", "width")));
    assert!(of(answers, "ENV-02", "CCN17").is_none(), "a belt of 10.4 m");
    for zone in ["KCN04", "KCN06"] {
        assert_eq!(of(answers, "PLN-05", zone).unwrap().severity, Warning, "{zone}");
    }
    assert!(answers.slivers.iter().any(|s| s.rule == "PLN-05" && s.zone == "CCN16"));
    let named = |id: &str| answers.findings.iter().any(|f| f.other.as_deref() == Some(id));
    assert!(!named("DT3") && !named("K2") && !named("KS3"), "half a metre beyond their buffers");
    assert!(of(answers, "ADM-06", "KKT01").is_none(), "at the border, where it belongs");
}

/// The zones that came later: one dossier twice, a child beyond its parent, gaps, sizes, a commune of the next province.
fn holds_its_later_plants(Province { answers, .. }: &Province) {
    use Severity::{Block, Error, Info, Warning};
    let severity = |rule: &str, zone: &str| of(answers, rule, zone).map(|found| found.severity);
    let sliver =
        |rule: &str, zone: &str| assert!(answers.slivers.iter().any(|s| s.rule == rule && s.zone == zone));
    assert!((98.0..98.7).contains(&figure(answers, "GEO-03", "CCNLN02", "p")));
    assert_eq!(severity("GEO-03", "CCN18"), None, "97.8 % in common");
    assert!((2_900.0..4_500.0).contains(&area(answers, "ZON-02", "KCN09")));
    assert_eq!(severity("ZON-02", "KCN08"), None);
    assert!(figure(answers, "ZON-03", "CCN20", "d") > 0.5);
    assert_eq!(severity("ZON-03", "CCN21"), None, "4.4 m between CCN21 and CCN22");
    assert_eq!(severity("ZON-05", "CCN19"), Some(Block));
    assert_eq!(severity("ZON-05", "CCN16"), None, "75.2 ha is within the tolerance");
    assert_eq!(
        (severity("ZON-06", "CCN20"), severity("ZON-06", "CCN21")),
        (Some(Error), None),
        "9.6, 9.98 ha"
    );
    assert_eq!(severity("ZON-06", "CCN22"), Some(Warning), "nothing says whether it lies in the mountains");
    assert_eq!((severity("LUP-05", "KCN07"), severity("LUP-08", "KCN07")), (Some(Block), Some(Block)));
    assert_eq!(severity("LUP-08", "CCN02"), Some(Warning), "a strip of 4.8 m");
    assert_eq!(severity("LUP-11", "KCN07"), Some(Warning));
    sliver("LUP-05", "CCN16");
    assert_eq!(severity("ADM-01", "CCN04"), Some(Error));
    sliver("ADM-01", "CCN04");
    let claims: Vec<_> = answers.findings.iter().filter(|f| f.rule == "ADM-04").collect();
    assert_eq!(claims.len(), 2, "an overlap and a gap");
    assert!(claims.iter().all(|f| f.severity == Warning && f.zone.as_deref() == Some("KKT01")));
    sliver("ADM-04", "KKT01");
    let unclaimed: Vec<_> = answers.findings.iter().filter(|f| f.rule == "LUP-02").collect();
    assert!(unclaimed.iter().any(|f| f.area_m2 > 30_000.0 && f.codes == ["SKN"]));
    assert!(figure(answers, "ENV-01", "KCN03", "d") < figure(answers, "ENV-01", "KCN03", "limit"));
    assert_eq!(severity("ENV-01", "KCN03"), Some(Error), "it gives its class");
    assert_eq!(severity("ENV-01", "KCX01"), None, "it keeps the distance of its class");
    assert_eq!(severity("GEO-08", "CCN01"), Some(Info));
    let faults: Vec<_> = answers.faults.iter().map(|fault| fault.rule.as_str()).collect();
    assert_eq!(faults, ["GEO-04", "GEO-05", "GEO-06", "GEO-07", "GEO-09"]);
}

/// Two wings of ½ · 14² · (30 · 32 + 12 · 8) m² each.
fn crosses_itself_by_hand(Province { answers, .. }: &Province) {
    let crossed = answers.summaries.iter().find(|s| s.zone == "CCN06").unwrap();
    assert_eq!(crossed.area_m2, 206_976.0);
}

/// The seed of the committed province: of most others several designs are thrown away before all plants find room.
#[test]
fn a_province_holds_its_plants_and_adds_up() {
    let made = province(7);
    adds_up(&made);
    holds_its_plants(&made);
    holds_its_themes(&made);
    holds_its_later_plants(&made);
    crosses_itself_by_hand(&made);
    assert_eq!(made.collections.len(), 12);
    assert!(made.collections.iter().all(|(info, _)| info.generated));
    assert_eq!(made.answers.totals.features[4], ("communes".to_owned(), 40));
}
