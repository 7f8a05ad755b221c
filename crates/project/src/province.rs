//! The TM-3 zones that serve the province which features name.

use std::collections::BTreeSet;

use spatial::{Crs, Layer};

use crate::ProjectError;

/// Properties that name a province, the names that files use in Viet Nam included.
const PROPERTIES: [&str; 6] =
    ["province", "provinceName", "provinceCode", "province_code", "tinh", "ten_tinh"];

/// The zones, if the features name provinces and all of them have the same; else none.
pub(crate) fn zones(layers: &[&Layer]) -> Result<Vec<Crs>, ProjectError> {
    let provinces = planning::provinces()?;
    let mut names = BTreeSet::new();
    for feature in layers.iter().flat_map(|layer| &layer.features) {
        names.extend(PROPERTIES.iter().find_map(|property| feature.text(property)));
    }
    let mut zones =
        names.iter().map(|name| provinces.zones(name).collect::<Vec<_>>()).collect::<BTreeSet<_>>();
    match (zones.pop_first(), zones.is_empty()) {
        (Some(codes), true) => Ok(codes.into_iter().map(Crs::from_epsg).collect::<Result<_, _>>()?),
        _ => Ok(Vec::new()),
    }
}
