//! What if a zone grew, and who decides on its land.

use planning::{CheckInput, CheckOptions, Growth, WhatIf, WhatIfError, conversions, pack, what_if};
use serde_json::json;
use spatial::Crs;

use crate::drawing::*;

/// A cluster of 60 ha beside rice and forest that declares 60 ha, and what comes of growing it eastwards.
fn grown(at: [f64; 4]) -> Result<WhatIf, WhatIfError> {
    let cluster = zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 600.0], json!({"declared_area_ha": 60.0}));
    let neighbour = zone("Z-2", "CCN", [1300.0, 0.0, 400.0, 600.0], json!({}));
    let land = land_use(vec![
        parcel("L-1", "LUC", [900.0, 0.0, 300.0, 600.0]),
        parcel("L-2", "RPH", [0.0, 600.0, 2000.0, 500.0]),
        parcel("L-3", "CLN", [0.0, 0.0, 900.0, 600.0]),
    ]);
    let input =
        CheckInput { collections: vec![zones(vec![cluster, neighbour]), land], ..CheckInput::default() };
    let growth = Growth { geometry: rectangle(at), crs: Crs::from_epsg(9215).unwrap() };
    what_if(pack().unwrap(), &input, "Z-1", &growth, &CheckOptions::default())
}

#[test]
fn growing_within_the_limit_tells_the_rice_to_convert() {
    // 250 m × 600 m = 15 ha, of which 200 m × 600 m = 12 ha are rice; 6 ha were inside before.
    let grown = grown([1000.0, 0.0, 250.0, 600.0]).unwrap();
    close(grown.before.area_m2, 600_000.0);
    close(grown.after.area_m2, 750_000.0);
    close(grown.added_m2, 150_000.0);
    let limit = grown.area_limit.unwrap();
    assert!(limit.holds);
    close(limit.max_m2, 750_000.0);
    close(grown.conversions_before[0].area_m2, 60_000.0);
    close(grown.conversions_after[0].area_m2, 180_000.0);
    let authority = grown.conversions_after[0].authority.clone().unwrap();
    assert_eq!(authority.vi, "Hội đồng nhân dân cấp tỉnh");
    // The rice is an error from 10 ha on: the same finding, graver; no figure of the old outline is held against it.
    assert!(grown.appearing.iter().all(|finding| finding.rule != "ZON-04"));
}

#[test]
fn growing_beyond_the_limit_and_into_a_neighbour_is_said() {
    // 400 m × 600 m = 24 ha, of which 100 m reach into the neighbour.
    let grown = grown([1000.0, 0.0, 400.0, 600.0]).unwrap();
    assert!(!grown.area_limit.unwrap().holds);
    let rules: Vec<&str> = grown.appearing.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(rules.contains(&"ZON-05") && rules.contains(&"ZON-01"), "{rules:?}");
    assert!(grown.fill_limit.is_none(), "no register knows the fill");
}

#[test]
fn what_the_polygon_shares_with_the_zone_is_no_gain() {
    // 500 m deep into the zone and 100 m beyond it.
    close(grown([500.0, 0.0, 600.0, 600.0]).unwrap().added_m2, 60_000.0);
    let forest = grown([0.0, 500.0, 1000.0, 300.0]).unwrap();
    let lines: Vec<_> =
        forest.conversions_after.iter().map(|line| (line.rule, line.area_m2.round())).collect();
    assert_eq!(lines, [("LUP-03", 60_000.0), ("LUP-04", 200_000.0)]);
    let council = forest.conversions_after[1].authority.as_ref().unwrap();
    assert_eq!(council.en, "the provincial People's Council");
    // The sums are those of the table, unrounded.
    let again = conversions(pack().unwrap(), Some(planning::ZoneKind::IndustrialCluster), &forest.after);
    assert_eq!(again, forest.conversions_after);
}

#[test]
fn what_cannot_be_asked_says_why() {
    let input = CheckInput { collections: vec![zones(vec![])], ..CheckInput::default() };
    let growth = Growth { geometry: rectangle([0.0, 0.0, 1.0, 1.0]), crs: Crs::from_epsg(9215).unwrap() };
    let unknown = what_if(pack().unwrap(), &input, "Z-9", &growth, &CheckOptions::default()).unwrap_err();
    assert!(unknown.to_string().contains("Z-9"), "{unknown}");
    let line = grown([0.0, 0.0, 0.0, 10.0]).unwrap_err();
    assert_eq!(line, WhatIfError::NoArea("what it grows by"));
    let cluster = zones(vec![zone("Z-1", "CCN", [0.0, 0.0, 1000.0, 600.0], json!({}))]);
    let input = CheckInput { collections: vec![cluster], ..CheckInput::default() };
    let stop = CheckOptions { cancelled: Some(&|| true), ..CheckOptions::default() };
    let stopped = what_if(pack().unwrap(), &input, "Z-1", &growth, &stop).unwrap_err();
    assert_eq!(stopped, WhatIfError::Cancelled);
}
