//! What of a layer lies in zones, and which zones change their commune when communes do.

use planning::{Collection, Role, ShareRequest, UnitChange, ZoneShare, communes_in_force, parcel_codes};
use spatial::Feature;

use crate::ProjectError;
use crate::check::pack;
use crate::error::listed;
use crate::today::today;

/// Which features of which layer to measure in zones.
#[derive(Clone, Default)]
pub struct LandRequest<'a> {
    /// The layer.
    pub layer: String,
    /// Parcels of these codes only; all features where none is given.
    pub codes: Vec<String>,
    /// Asked between zones; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

/// What of a layer lies in each zone, by the communes that hold today.
/// # Errors
/// [`ProjectError::UnknownCollection`], [`ProjectError::Crs`], or [`ProjectError::Cancelled`].
pub fn land_in_zones(
    collections: &[Collection],
    request: &LandRequest<'_>,
) -> Result<Vec<ZoneShare>, ProjectError> {
    let layer = known(collections, &request.layer, |role| !matches!(role, Role::Zone | Role::Admin))?;
    let provinces = planning::provinces()?;
    let communes = communes_in_force(collections, provinces, layer.info.generated, today());
    let communes: Vec<&Collection> = communes.into_iter().map(|at| &collections[at]).collect();
    let counts = |feature: &Feature| {
        let codes = parcel_codes(feature, layer.info.role);
        request.codes.is_empty() || codes.iter().any(|code| request.codes.contains(code))
    };
    let shares = planning::zone_shares(&ShareRequest {
        collections,
        layer,
        counts: &counts,
        communes: &communes,
        provinces,
        significance: &pack(None, today())?.significance,
        cancelled: request.cancelled,
    })?;
    going_on(request.cancelled)?;
    Ok(shares)
}

/// The communes of zones by two versions of the units.
/// # Errors
/// [`ProjectError::UnknownCollection`] for what is no collection of units, [`ProjectError::Crs`], or
/// [`ProjectError::Cancelled`].
pub fn unit_changes(
    collections: &[Collection],
    [older, newer]: [&str; 2],
    cancelled: Option<&(dyn Fn() -> bool + Sync)>,
) -> Result<Vec<UnitChange>, ProjectError> {
    let of = |id: &str| known(collections, id, |role| role == Role::Admin);
    let (older, newer) = (of(older)?, of(newer)?);
    let significance = &pack(None, today())?.significance;
    let measured = |layer: &Collection, communes: &[&Collection]| {
        planning::zone_shares(&ShareRequest {
            collections,
            layer,
            counts: &|_| true,
            communes,
            provinces: planning::provinces()?,
            significance,
            cancelled,
        })
        .map_err(ProjectError::from)
    };
    let (before, after) = (measured(older, &[newer])?, measured(newer, &[])?);
    going_on(cancelled)?;
    Ok(planning::unit_changes((older, &before), (newer, &after)))
}

fn going_on(cancelled: Option<&(dyn Fn() -> bool + Sync)>) -> Result<(), ProjectError> {
    if cancelled.is_some_and(|cancelled| cancelled()) { Err(ProjectError::Cancelled) } else { Ok(()) }
}

/// The collection of an id and of a role that serves.
fn known<'a>(
    collections: &'a [Collection],
    id: &str,
    serves: impl Fn(Role) -> bool,
) -> Result<&'a Collection, ProjectError> {
    let mut serving = collections.iter().filter(|one| serves(one.info.role));
    serving.clone().find(|one| one.info.id == id).ok_or_else(|| ProjectError::UnknownCollection {
        id: id.to_owned(),
        known: listed(serving.by_ref().map(|one| one.info.id.as_str())),
    })
}
