//! What lies in zones, from the terms of planning to those of the wire, and as sheets.

mod land;
mod sheets;
mod units;

use planning::ZoneRef;

use super::{Catalog, Served};
use crate::wire;

pub(crate) use land::land_in_zones;
pub(crate) use sheets::{land_sheets, unit_sheets};
pub(crate) use units::unit_changes;

fn zone(zone: &ZoneRef) -> wire::FindingZone {
    wire::FindingZone {
        id: zone.id.clone(),
        name: zone.name.clone(),
        kind: zone.kind.map(|kind| kind.code().to_owned()),
    }
}

/// The box of a feature of a collection, by its position there.
fn bbox(catalog: &Catalog, collection: &str, position: usize) -> Option<[f64; 4]> {
    catalog.layer(collection).and_then(|served: &std::sync::Arc<Served>| served.bbox(position))
}
