//! Which collections are judged, and against which.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::tables::province_key;
use crate::{Collection, CollectionInfo, PartialDate, Provinces, Role, register};

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
    /// as there are both: a sample that lies where real data lie must not disturb them. Communes are those of the day.
    pub(super) fn choose(
        collections: &[Collection],
        provinces: &Provinces,
        plan: Option<usize>,
        generated: bool,
        day: Option<PartialDate>,
    ) -> Self {
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
        let communes = communes_on(collections, provinces, communes, day);
        let mut constraints = of(Role::Constraint);
        constraints.retain(|i| info(i).theme.is_some());
        constraints.sort_by_key(|i| &info(i).id);
        let previous_plan = plan.and_then(|plan| previous(collections, plan));
        Self { plan, previous_plan, land_use, communes, constraints }
    }
}

/// The collections of communes that hold on a day for zones that are generated, or not: what a check measures by.
pub fn communes_in_force(
    collections: &[Collection],
    provinces: &Provinces,
    generated: bool,
    day: Option<PartialDate>,
) -> Vec<usize> {
    References::choose(collections, provinces, None, generated, day).communes
}

/// Those of some commune collections that hold on a day: begun, not ended, and not followed by later ones of all
/// their provinces. Without a day, those that no other has followed. Where none holds, all do.
fn communes_on(
    collections: &[Collection],
    provinces: &Provinces,
    communes: Vec<usize>,
    day: Option<PartialDate>,
) -> Vec<usize> {
    let info = |at: usize| &collections[at].info;
    let known: Vec<usize> = communes.iter().copied().filter(|at| holds_on(info(*at), day)).collect();
    if known.is_empty() {
        return communes;
    }
    let lands: Vec<BTreeSet<String>> =
        known.iter().map(|at| provinces_of(&collections[*at], provinces)).collect();
    let is_later = |own: usize, other: usize| {
        let days = begin(info(known[own])).zip(begin(info(known[other])));
        days.is_some_and(|(own, other)| own.is_before(other))
    };
    let followed = |own: usize| {
        let taken_over = |province: &String| {
            (0..known.len()).any(|other| is_later(own, other) && lands[other].contains(province))
        };
        !lands[own].is_empty() && lands[own].iter().all(taken_over)
    };
    (0..known.len()).filter(|own| !followed(*own)).map(|own| known[own]).collect()
}

/// Whether a collection has begun by a day and not ended before it, as far as it says.
fn holds_on(info: &CollectionInfo, day: Option<PartialDate>) -> bool {
    let ended = info.valid_to.as_deref().and_then(read_day);
    let is_before = |one: Option<PartialDate>, other: Option<PartialDate>| {
        one.zip(other).is_some_and(|(one, other)| one.is_before(other))
    };
    !is_before(day, begin(info)) && !is_before(ended, day)
}

/// The first day of a collection of units: from when it is valid, else as of when it is.
fn begin(info: &CollectionInfo) -> Option<PartialDate> {
    info.valid_from.as_deref().or(info.as_of.as_deref()).and_then(read_day)
}

fn read_day(text: &str) -> Option<PartialDate> {
    text.parse().ok()
}

/// The provinces of today that hold the communes of a collection.
fn provinces_of(collection: &Collection, provinces: &Provinces) -> BTreeSet<String> {
    let of = |feature| {
        let (code, name) = register::commune_province(feature);
        let given = name.or(code)?;
        Some(province_key(provinces.today(&given).unwrap_or(&given)))
    };
    collection.layer.features.iter().filter_map(of).collect()
}
