//! ZON-13, a project that is late.

use crate::check::{RegisterContext, Report, Subject};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "ZON-13";

/// One finding per project whose deadline is over and that is neither finished nor given up.
pub(super) fn judge(context: &RegisterContext<'_>, report: &mut Report) {
    let Some(rule) = &context.scene.pack.rules.zon_13 else { return };
    let open: Vec<_> =
        context.register.projects.iter().filter(|project| !rule.finished.contains(&project.status)).collect();
    let without = open.iter().filter(|project| project.deadline.is_none()).count();
    if without > 0 {
        let parameters = Parameters::new().with("n", Parameter::Count(without as u64));
        context.skip_with(report, ID, None, "no_deadline", &parameters);
    }
    for (project, deadline) in open.into_iter().filter_map(|project| Some((project, project.deadline?))) {
        let Some(date) = context.date else {
            context.skip(report, ID, Some(&project.id), "no_date");
            continue;
        };
        if deadline.is_before(date) {
            let parameters = Parameters::new()
                .name("project", &project.name)
                .name("deadline", deadline.written())
                .name("date", date.written());
            let subject = Subject::Record(&project.id, &project.name);
            context.add(report, ID, rule.severity, ("message", parameters), subject);
        }
    }
}
