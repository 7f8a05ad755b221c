//! ZON-12, an industrial project outside every zone.

use crate::check::{RegisterContext, Report, Subject};
use crate::{Parameters, ProjectPlace, ProjectStatus};

pub(super) const ID: &str = "ZON-12";

/// One finding per project of the pack's sectors that lies outside; where nobody says where it lies, that is said.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_12 else { return };
    for project in context.register.projects.iter().filter(|one| one.status != ProjectStatus::Revoked) {
        let Some(sector) = &project.sector else {
            context.skip(report, ID, Some(&project.id), "sector_unknown");
            continue;
        };
        if project.zone.is_some() || !rule.sectors.contains(sector) {
            continue;
        }
        match project.place {
            Some(ProjectPlace::InZone) => {}
            None => context.skip(report, ID, Some(&project.id), "place_unknown"),
            Some(ProjectPlace::Outside) => {
                let parameters = Parameters::new().name("project", &project.name).name(
                    "where",
                    project.units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
                );
                let message = if project.units.is_empty() { "message" } else { "message_where" };
                let subject = Subject::Record(&project.id, &project.name);
                context.add(report, ID, rule.severity, (message, parameters), subject);
            }
        }
    }
}
