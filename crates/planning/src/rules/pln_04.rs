//! PLN-04, difference of two plan versions: what the plan in force changes inside a zone, and whether the zone is now in
//! conflict where it was not.

use std::collections::BTreeMap;

use spatial::{Index, Region};

use crate::check::{Conflict, Crossing, Crossings, Draft, Report, Scene, Tolerance, ZoneContext, split};
use crate::{Parameter, Parameters, TableLine};

pub(super) const ID: &str = "PLN-04";

/// What has changed in a zone.
#[derive(Default)]
struct Changes {
    regions: Vec<Region>,
    by_transition: BTreeMap<String, f64>,
    /// Land that the older version allowed and the newer does not.
    newly_forbidden: Vec<Region>,
    tolerance: Option<Tolerance>,
}

/// One finding per zone in which codes change, with the areas by transition; graver where the change brings a
/// conflict.
pub(super) fn judge(context: &ZoneContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let (Some(rule), Some(old), Some(new)) =
        (&scene.pack.rules.pln_04, &context.previous_plan, &context.plan)
    else {
        return;
    };
    let changes = changes(context, scene, old, new);
    let Some(tolerance) = changes.tolerance else { return };
    let region = Region::union(&changes.regions);
    let forbidden = Region::union(&changes.newly_forbidden);
    let line = |(key, area_m2)| TableLine { key, name: None, area_m2 };
    let mut table: Vec<TableLine> = changes.by_transition.into_iter().map(line).collect();
    table.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    let parameters = Parameters::new()
        .name("zone", &context.zone().name)
        .with("ha", Parameter::Area(region.area_m2()))
        .with("conflict", Parameter::Area(forbidden.area_m2()))
        .with("old", Parameter::Words(old.collection.info.title.clone()))
        .with("new", Parameter::Words(new.collection.info.title.clone()))
        .name("transitions", table.iter().map(|line| line.key.as_str()).collect::<Vec<_>>().join(", "));
    let (severity, message) = if forbidden.is_empty() {
        (rule.severity, "message")
    } else {
        (rule.conflict_severity, "message_conflict")
    };
    report.add(
        scene,
        Draft {
            message,
            table,
            conflict: Some(Conflict { share: Some(context.share(region.area_m2())), tolerance }),
            region: Some(region),
            ..Draft::of_zone(ID, severity, parameters, context)
        },
    );
}

/// The wide parts of every pair of an old and a new parcel with other codes, found by their boxes.
fn changes(
    context: &ZoneContext<'_>,
    scene: &Scene<'_>,
    old: &Crossings<'_>,
    new: &Crossings<'_>,
) -> Changes {
    let mut changes = Changes::default();
    let boxes = new.list.iter().enumerate().filter_map(|(at, after)| Some((after.shape.envelope()?, at)));
    let index = Index::bulk_load(boxes.collect());
    for before in &old.list {
        // Ascending, so that sums are added in the order of the plan.
        let near = before.shape.envelope().map(|place| index.query(&place)).unwrap_or_default();
        let others = near.into_iter().filter_map(|at| new.list.get(at));
        for after in others.filter(|after| after.code() != before.code()) {
            changes.add(context, scene, before, after);
        }
    }
    changes
}

impl Changes {
    fn add(
        &mut self,
        context: &ZoneContext<'_>,
        scene: &Scene<'_>,
        before: &Crossing<'_>,
        after: &Crossing<'_>,
    ) {
        let (from, to) = (before.shape.region(), after.shape.region());
        let meets = from.envelope().zip(to.envelope()).is_some_and(|(a, b)| a.intersects(&b));
        let tolerance = scene.tolerance(before.scale, after.scale);
        let Some(wide) = meets.then(|| split(&from.intersection(to), tolerance.w_min_m).wide) else { return };
        if wide.is_empty() {
            return;
        }
        let code = |crossing: &Crossing<'_>| crossing.code().unwrap_or_else(|| "?".into());
        *self.by_transition.entry(format!("{} → {}", code(before), code(after))).or_default() +=
            wide.area_m2();
        self.tolerance = Some(self.tolerance.map_or(tolerance, |other| other.coarser(tolerance)));
        let allows = |crossing: &Crossing<'_>| {
            let rule = scene.pack.rules.lup_01.as_ref()?;
            rule.allows(context.zone().kind, &crossing.codes())
        };
        if allows(before) == Some(true) && allows(after) == Some(false) {
            self.newly_forbidden.push(wide.clone());
        }
        self.regions.push(wide);
    }
}
