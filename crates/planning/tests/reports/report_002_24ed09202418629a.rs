//! Gia Lai: five priority areas by districts that are no more.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use planning::{UnitFiles, UnitHistory};

use crate::{findings, judged, register};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/vietnam");

/// The real tables of what became of units; they are not part of the project.
fn history() -> Option<UnitHistory> {
    if !Path::new(FOLDER).is_dir() {
        eprintln!("SKIPPED: the tables of units are not at {FOLDER}; nothing was compared");
        return None;
    }
    let read = |name: &str| fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
    let (merges, splits, table) =
        (read("merges.json"), read("splits.json"), read("communes-before-2025.csv"));
    let files = UnitFiles { merges: &merges, splits: Some(&splits), communes_before: &table };
    let (history, notes) = UnitHistory::parse(files).unwrap();
    assert!(!notes.is_empty());
    Some(history)
}

#[test]
fn the_tables_hold_34_provinces_and_3321_communes() {
    let Some(history) = history() else { return };
    assert_eq!(history.province_counts(), (63, 34));
    assert_eq!(history.commune_counts().1, 3321);
}

#[test]
fn five_priority_areas_are_resolved_to_the_communes_of_today() {
    let Some(history) = history() else { return };
    let mut found = Vec::new();
    for region in &register("gia-lai").regions {
        let resolved = history.resolve(&region.units, Some(&region.province));
        assert!(resolved.unresolved.is_empty(), "{}", region.id);
        let partly: Vec<String> =
            resolved.communes.iter().filter(|one| !one.whole).map(|one| one.unit.name.clone()).collect();
        assert!(resolved.communes.iter().all(|one| one.unit.province == "52"));
        found.push((region.id.as_str(), resolved.communes.len(), partly.join(", ")));
    }
    // Counted with a script of its own from the same tables.
    let expected = [
        ("centre", 19, "Xã Biển Hồ, Xã Mang Yang, Xã Ia Dơk".to_owned()),
        ("east", 5, String::new()),
        ("south-east", 3, String::new()),
        ("west", 14, "Xã Ia Dơk".to_owned()),
        ("chu-se", 5, "Xã Ia Hrú, Xã Ia Ko".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_area_names_districts_that_ended() {
    let units = history().map(Arc::new);
    let known = units.is_some();
    assert!(findings(&judged("gia-lai", "2025-06-30", units.clone()), "ADM-05").is_empty());
    let found = findings(&judged("gia-lai", "2025-07-01", units), "ADM-05");
    assert_eq!(found.len(), 5);
    let east = found.iter().find(|finding| finding.other.as_ref().unwrap().id == "east").unwrap();
    let text = "Khu vực phía Đông: hết hiệu lực từ 01/07/2025: thị xã An Khê → Phường An Bình (một phần), Phường An Khê, \
                Xã Cửu An; huyện Đak Pơ → Phường An Bình (một phần), Xã Đak Pơ, Xã Ya Hội";
    assert!(!known || east.message.vi == text, "{}", east.message.vi);
}
