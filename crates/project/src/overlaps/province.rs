//! The TM-3 zone that serves the province which features name.

use std::collections::BTreeSet;

use spatial::{Crs, Layer};

use crate::ProjectError;

/// Properties that name a province, the names that files use in Viet Nam included.
const PROPERTIES: [&str; 6] =
    ["province", "provinceName", "provinceCode", "province_code", "tinh", "ten_tinh"];

/// The zone, if the features name provinces and all of them have one and the same.
pub(super) fn zone(layers: &[&Layer]) -> Result<Option<Crs>, ProjectError> {
    let provinces = planning::provinces()?;
    let mut names = BTreeSet::new();
    for feature in layers.iter().flat_map(|layer| &layer.features) {
        names.extend(PROPERTIES.iter().find_map(|property| feature.text(property)));
    }
    let mut zones = names.iter().map(|name| provinces.epsg(name)).collect::<BTreeSet<_>>().into_iter();
    match (zones.next(), zones.next()) {
        (Some(Some(code)), None) => Ok(Some(Crs::from_epsg(code)?)),
        _ => Ok(None),
    }
}
