//! Which collections are judged, and against which.

use std::cmp::Reverse;

use crate::{Collection, CollectionInfo, Role};

/// The land-use plan that a check judges against unless another is named: the one approved last (then: valid from
/// the latest day, of the latest period, of the highest id). A plan without a date of approval comes last.
pub fn plan_in_force<'a>(infos: impl IntoIterator<Item = &'a CollectionInfo>) -> Option<&'a CollectionInfo> {
    infos.into_iter().filter(|info| info.role == Role::LandUsePlan).max_by_key(|info| version(info))
}

/// By what the versions of a plan are ordered.
fn version(info: &CollectionInfo) -> impl Ord + '_ {
    (&info.approved_on, &info.valid_from, &info.period, &info.id)
}

/// The version that a plan has replaced: the last of those before it that are as real as it is.
fn previous(collections: &[Collection], plan: usize) -> Option<usize> {
    let info = &collections[plan].info;
    let before = |one: &CollectionInfo| {
        one.role == Role::LandUsePlan && one.generated == info.generated && version(one) < version(info)
    };
    let older = (0..collections.len()).filter(|i| before(&collections[*i].info));
    older.max_by_key(|i| version(&collections[*i].info))
}

/// Positions of the collections against which the zones of one collection are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct References {
    pub(super) plan: Option<usize>,
    /// The version of the plan before.
    pub(super) previous_plan: Option<usize>,
    pub(super) land_use: Option<usize>,
    pub(super) communes: Vec<usize>,
    /// Collections with a theme.
    pub(super) constraints: Vec<usize>,
}

impl References {
    /// Generated zones are judged against generated land use and communes and real ones against real ones, as far
    /// as there are both: a sample that lies where real data lie must not disturb them.
    pub(super) fn choose(collections: &[Collection], plan: Option<usize>, generated: bool) -> Self {
        let of = |role: Role| -> Vec<usize> {
            let all = || (0..collections.len()).filter(move |i| collections[*i].info.role == role);
            let alike: Vec<usize> = all().filter(|i| collections[*i].info.generated == generated).collect();
            if alike.is_empty() { all().collect() } else { alike }
        };
        let info = |i: &usize| &collections[*i].info;
        let land_use = of(Role::LandUse).into_iter().max_by_key(|i| (&info(i).as_of, Reverse(&info(i).id)));
        let mut communes = of(Role::Admin);
        communes.retain(|i| info(i).level.as_deref().is_none_or(|level| level == "commune"));
        communes.sort_by_key(|i| &info(i).id);
        let mut constraints = of(Role::Constraint);
        constraints.retain(|i| info(i).theme.is_some());
        constraints.sort_by_key(|i| &info(i).id);
        let previous_plan = plan.and_then(|plan| previous(collections, plan));
        Self { plan, previous_plan, land_use, communes, constraints }
    }
}
