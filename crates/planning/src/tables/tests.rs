//! The tables that are compiled in say what the sources say.

use crate::{LandRule, Severity, ZoneKind, ZoneState, codes, kinds, pack, pack_on, packs, rules};

#[test]
fn there_are_73_codes_and_67_colours() {
    let codes = codes().unwrap();
    assert_eq!(codes.codes.len(), 73);
    assert_eq!(codes.codes.iter().filter(|code| code.rgb.is_some()).count(), 67);
    let rice = codes.entry("LUC").unwrap();
    assert_eq!(rice.name.vi, "Đất chuyên trồng lúa (nước)");
    assert_eq!(rice.hex().as_deref(), Some("#fffc8c"));
    assert_eq!(codes.entry("CSD").unwrap().rgb, Some([255, 255, 254]));
    assert!(codes.entry("XYZ").is_none());
}

#[test]
fn codes_share_colours_as_the_sources_say() {
    let with = |rgb| codes().unwrap().codes.iter().filter(|code| code.rgb == Some(rgb)).count();
    assert_eq!(with([255, 170, 160]), 21);
    assert_eq!(with([250, 170, 160]), 6);
}

#[test]
fn no_name_carries_a_remark_of_the_table() {
    for code in &codes().unwrap().codes {
        assert!(!code.name.vi.is_empty() && !code.name.en.is_empty(), "{}", code.code);
        assert!(!code.name.vi.contains("20") && !code.name.en.contains("20"), "{}", code.code);
    }
}

#[test]
fn every_kind_and_state_has_a_name_and_a_code() {
    let names = kinds().unwrap();
    assert_eq!(names.kind(ZoneKind::BorderGateEconomicZone).unwrap().vi, "Khu kinh tế cửa khẩu");
    assert_eq!((names.kinds.len(), names.states.len()), (ZoneKind::ALL.len(), ZoneState::ALL.len()));
    for kind in ZoneKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        assert_eq!(ZoneKind::from_code(&format!(" {} ", kind.code().to_lowercase())), Some(kind));
    }
    for state in ZoneState::ALL {
        assert_eq!(serde_json::to_value(state).unwrap(), state.code());
        assert_eq!(ZoneState::from_code(state.code()), Some(state));
    }
    assert_eq!(ZoneKind::from_code("KCC"), None);
}

#[test]
fn the_pack_holds_the_rules_of_the_catalogue() {
    let list: Vec<_> = rules().unwrap().into_iter().map(|rule| (rule.id, rule.severity)).collect();
    use Severity::{Block, Error, Info, Warning};
    let expected = [
        ("GEO-01", Block),
        ("GEO-02", Warning),
        ("GEO-03", Warning),
        ("GEO-04", Block),
        ("GEO-05", Block),
        ("GEO-06", Error),
        ("GEO-07", Block),
        ("GEO-08", Info),
        ("GEO-09", Warning),
        ("LUP-01", Error),
        ("LUP-02", Warning),
        ("LUP-03", Error),
        ("LUP-04", Error),
        ("LUP-05", Block),
        ("LUP-06", Error),
        ("LUP-07", Error),
        ("LUP-08", Block),
        ("LUP-09", Error),
        ("LUP-10", Warning),
        ("LUP-11", Warning),
        ("LUP-12", Warning),
        ("PLN-01", Warning),
        ("PLN-02", Block),
        ("PLN-03", Error),
        ("PLN-04", Error),
        ("PLN-05", Warning),
        ("PLN-06", Warning),
        ("ZON-01", Error),
        ("ZON-02", Error),
        ("ZON-03", Info),
        ("ZON-04", Error),
        ("ZON-05", Block),
        ("ZON-06", Error),
        ("ZON-07", Error),
        ("ZON-08", Error),
        ("ZON-09", Error),
        ("ZON-10", Error),
        ("ZON-11", Warning),
        ("ZON-12", Warning),
        ("ZON-13", Warning),
        ("ADM-01", Error),
        ("ADM-02", Error),
        ("ADM-03", Info),
        ("ADM-04", Warning),
        ("ADM-05", Warning),
        ("ADM-06", Error),
        ("ENV-01", Error),
        ("ENV-02", Warning),
    ];
    assert_eq!(list, expected);
    assert!(rules().unwrap().iter().all(|rule| !rule.basis.is_empty()));
    assert_eq!(pack().unwrap().label(), "vn-zones 2024-05-01");
}

#[test]
fn every_code_that_the_pack_names_is_in_the_table() {
    let (pack, codes) = (pack().unwrap(), codes().unwrap());
    let plan = pack.rules.lup_01.as_ref().unwrap();
    let (rice, forest) = (pack.rules.lup_03.as_ref().unwrap(), pack.rules.lup_04.as_ref().unwrap());
    let lists = plan.allowed.values().chain([&plan.allowed_everywhere, &rice.codes, &forest.codes]);
    for code in lists.flatten() {
        assert!(codes.entry(code).is_some(), "{code}");
    }
}

#[test]
fn codes_are_allowed_by_kind() {
    let plan = pack().unwrap().rules.lup_01.clone().unwrap();
    let allows =
        |kind, codes: &[&str]| plan.allows(kind, &codes.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(allows(Some(ZoneKind::IndustrialPark), &["SKK"]), Some(true));
    assert_eq!(allows(Some(ZoneKind::IndustrialPark), &["SKN"]), Some(false));
    assert_eq!(allows(Some(ZoneKind::CraftVillageCluster), &["SKN"]), Some(true));
    assert_eq!(allows(Some(ZoneKind::ExportProcessingZone), &["SKT"]), Some(true));
    assert_eq!(allows(Some(ZoneKind::IndustrialCluster), &["DGT"]), Some(true));
    assert_eq!(allows(Some(ZoneKind::IndustrialCluster), &["SKN", "ONT"]), Some(false));
    assert_eq!(allows(Some(ZoneKind::CoastalEconomicZone), &["LUC"]), None);
    assert_eq!(allows(None, &["SKK"]), None);
    assert_eq!(allows(Some(ZoneKind::IndustrialPark), &[]), None);
}

#[test]
fn each_day_has_its_pack() {
    let on = |day: &str| pack_on(day.parse().unwrap()).unwrap().map(|pack| pack.version.as_str());
    assert_eq!(on("2024-05-01"), Some("2024-05-01"));
    assert_eq!(on("2024-04-30"), Some("2017-07-15"));
    assert_eq!(on("2017-07-14"), None);
    // A month or a year is judged by its last day.
    assert_eq!((on("2024"), on("2024-04")), (Some("2024-05-01"), Some("2017-07-15")));
    let [new, old] = packs().unwrap() else { panic!("two packs") };
    assert_eq!((old.valid_to.as_deref(), new.valid_to.as_deref()), (Some("2024-04-30"), None));
}

#[test]
fn the_older_pack_decides_on_land_as_the_land_law_of_2013_did() {
    let old = &packs().unwrap()[1].rules;
    let body = |rule: &Option<LandRule>, hectares: f64| {
        rule.as_ref().unwrap().tier(hectares).map(|tier| tier.authority.en.clone()).unwrap()
    };
    assert_eq!(body(&old.lup_03, 9.99), "the provincial People's Council");
    assert_eq!(body(&old.lup_03, 10.0), "the Prime Minister");
    assert_eq!(body(&old.lup_04, 20.0), "the Prime Minister");
    assert_eq!(old.zon_05.as_ref().unwrap().max_ha, 75.0);
    assert!(old.zon_07.is_none());
    assert_eq!(body(&old.lup_05, 50.0), "the National Assembly");
    // The definition of a cluster was read; the land law's article on rice was not.
    assert!(old.zon_05.iter().flat_map(|rule| &rule.basis).all(|basis| basis.verified));
    let rice = old.lup_03.iter().flat_map(|rule| &rule.basis);
    assert!(rice.into_iter().all(|basis| !basis.verified && basis.source == "from memory"));
}
