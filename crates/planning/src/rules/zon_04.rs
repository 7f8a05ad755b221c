//! ZON-04, declared area differs from measured area.

use crate::check::{Draft, Report, Scene, ZoneContext};
use crate::register::Unread;
use crate::tables::M2_PER_HA;
use crate::{FixAction, Parameter, Parameters};

pub(super) const ID: &str = "ZON-04";

/// One finding per zone that declares an area; an invalid zone is measured as it is repaired.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.zon_04 else { return };
    note_unread(context, scene, report);
    let Some(declared_ha) = context.zone().declared_area_ha else { return };
    let declared_m2 = declared_ha * M2_PER_HA;
    let percent = (context.area_m2 - declared_m2) / declared_m2 * 100.0;
    let Some(severity) = rule.severity(percent) else { return };
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("declared", Parameter::Area(declared_m2))
        .with("measured", Parameter::Area(context.area_m2))
        .with("p", Parameter::Number(percent));
    report.add(
        scene,
        Draft {
            region: Some(context.region.clone()),
            fix: Some(FixAction::DeclareArea { area_m2: context.area_m2 }),
            ..Draft::of_zone(ID, severity, parameters, context)
        },
    );
}

fn note_unread(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    for unread in &context.zone().unread {
        if let Unread::DeclaredArea(value) = unread {
            let parameters = Parameters::new().name("value", value);
            report.skip(scene, ID, Some(&context.zone().id), "declared_area_unreadable", &parameters);
        }
    }
}
