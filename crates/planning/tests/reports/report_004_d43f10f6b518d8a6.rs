//! Lạng Sơn, July 2019.

use planning::{Qualifier, Severity};

use crate::{judged, only, register, total};

#[test]
fn huu_lung_is_named_but_not_planned() {
    let finding = only(&judged("lang-son", "2019-07-15", None), "PLN-01");
    let zone = finding.zone.unwrap();
    assert_eq!((zone.id.as_str(), zone.name.as_str()), ("lang-son-kcn-huu-lung", "Khu công nghiệp Hữu Lũng"));
    let text = "Khu công nghiệp Hữu Lũng: được nêu trong UBND tỉnh họp về tình hình đầu tư, sản xuất, phát triển công \
                nghiệp nhưng chưa có trong quy hoạch nào";
    assert_eq!((finding.message.vi.as_str(), finding.severity), (text, Severity::Warning));
}

#[test]
fn more_than_and_about_are_kept() {
    let register = register("lang-son");
    let of_zone = |name: &str| {
        let zone = register.zones_named(name).next().unwrap();
        let area = zone.area_on(None).unwrap().total_ha.unwrap();
        (area.value, area.qualifier)
    };
    assert_eq!(of_zone("KCN Đồng Bành"), (321.0, Qualifier::MoreThan));
    assert_eq!(of_zone("Hồng Phong"), (440.0, Qualifier::About));
    let of_total = |id: &str| {
        let total = total(register, id);
        let area = total.area.as_ref().unwrap().total_ha.unwrap();
        (total.count.unwrap().value, area.value, area.qualifier)
    };
    assert_eq!(of_total("export-processing-zones"), (1.0, 126.0, Qualifier::MoreThan));
    assert_eq!(of_total("clusters"), (16.0, 537.0, Qualifier::MoreThan));
}
