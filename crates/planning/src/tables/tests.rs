//! The tables that are compiled in say what the sources say.

use crate::{Severity, ZoneKind, ZoneState, codes, kinds, pack, rules};

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
    let expected = [
        ("GEO-01", Severity::Block),
        ("LUP-01", Severity::Error),
        ("LUP-03", Severity::Error),
        ("LUP-04", Severity::Error),
        ("ZON-01", Severity::Error),
        ("ZON-04", Severity::Error),
        ("ADM-02", Severity::Error),
        ("ADM-03", Severity::Info),
        ("PLN-01", Severity::Warning),
        ("PLN-02", Severity::Block),
        ("PLN-03", Severity::Error),
        ("PLN-06", Severity::Warning),
        ("LUP-12", Severity::Warning),
        ("ZON-07", Severity::Error),
        ("ZON-08", Severity::Error),
        ("ZON-09", Severity::Error),
        ("ZON-10", Severity::Error),
        ("ZON-11", Severity::Warning),
        ("ZON-12", Severity::Warning),
        ("ZON-13", Severity::Warning),
        ("ADM-05", Severity::Warning),
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
