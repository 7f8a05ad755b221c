//! Which collections are judged, and against which.

use std::cmp::Reverse;

use crate::{Collection, CollectionInfo, Role};

/// The land-use plan that a check judges against unless another is named: the one approved last (then: valid from
/// the latest day, of the latest period, of the highest id). A plan without a date of approval comes last.
pub fn plan_in_force<'a>(infos: impl IntoIterator<Item = &'a CollectionInfo>) -> Option<&'a CollectionInfo> {
    let plans = infos.into_iter().filter(|info| info.role == Role::LandUsePlan);
    plans.max_by_key(|info| (&info.approved_on, &info.valid_from, &info.period, &info.id))
}

/// Positions of the collections against which the zones of one collection are judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct References {
    pub(super) plan: Option<usize>,
    pub(super) land_use: Option<usize>,
    pub(super) communes: Vec<usize>,
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
        Self { plan, land_use, communes }
    }
}
