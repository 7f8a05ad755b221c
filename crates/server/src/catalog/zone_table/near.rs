//! How far zones are from something: the features of a collection, or the zones of a kind.

use std::collections::HashMap;

use planning::{Role, Zone, ZoneKind};
use spatial::crs::Transformation;
use spatial::distance::{Neighbours, Shape};
use spatial::{Crs, Feature};

use super::super::{Catalog, LayerRole, Served};
use super::Entry;
use crate::params::Params;
use crate::problem::Problem;

/// What zones have to be near to.
#[derive(Debug)]
pub(crate) struct Near {
    of: String,
    within_m: Option<f64>,
}

impl Near {
    /// The parameters that it reads.
    pub(crate) const PARAMETERS: [&str; 2] = ["near", "within_km"];

    /// Reads the parameters; nothing when no distance is asked for.
    /// # Errors
    /// A problem that names the parameter that makes no sense.
    pub(crate) fn of(params: &Params) -> Result<Option<Self>, Problem> {
        let within_m = params.number("within_km")?.map(|km| km * 1000.0);
        match params.value("near").filter(|name| !name.is_empty()) {
            None if within_m.is_some() => Err(Problem::bad("\"within_km\" needs \"near\".")),
            of => Ok(of.map(|of| Self { of: of.to_owned(), within_m })),
        }
    }

    /// Writes the distances into the entries, each in the CRS in which its zone was measured, and takes away those that
    /// are too far or were not measured.
    /// # Errors
    /// A problem when there is nothing of that name.
    pub(crate) fn keep(&self, catalog: &Catalog, entries: &mut Vec<Entry>) -> Result<(), Problem> {
        let references = self.references(catalog)?;
        let mut prepared: HashMap<String, Neighbours> = HashMap::new();
        for entry in entries.iter_mut() {
            let Some((served, i, crs)) = placed(catalog, entry) else { continue };
            let feature = served.layer.features.get(i);
            let Some(own) = feature.and_then(|feature| shape(served, feature, &crs)) else { continue };
            let neighbours = prepared.entry(crs.name().to_owned()).or_insert_with(|| {
                Neighbours::new(
                    references.iter().map(|(served, feature)| shape(served, feature, &crs)).collect(),
                )
            });
            entry.row.distance_m = neighbours.nearest(&own, 1).first().map(|one| one.separation.distance_m);
        }
        let most = self.within_m.unwrap_or(f64::INFINITY);
        entries.retain(|entry| entry.row.distance_m.is_some_and(|distance_m| distance_m <= most));
        Ok(())
    }

    fn references<'a>(&self, catalog: &'a Catalog) -> Result<Vec<(&'a Served, &'a Feature)>, Problem> {
        if let Some(kind) = ZoneKind::from_code(&self.of) {
            let zones = catalog.of_role(Role::Zone);
            let each = zones
                .flat_map(|served| served.layer.features.iter().map(|feature| (served.as_ref(), feature)));
            return Ok(each.filter(|(_, feature)| Zone::read(feature).kind == Some(kind)).collect());
        }
        let served = catalog.layer(&self.of).filter(|served| is_reference(served)).ok_or_else(|| {
            let known: Vec<&str> = references(catalog).map(|served| served.info.id.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            Problem::bad(format!("\"near\" is a kind of zones, or one of these collections: {known}."))
        })?;
        Ok(served.layer.features.iter().map(|feature| (served.as_ref(), feature)).collect())
    }
}

/// The collections to which distances can be measured.
pub(super) fn references(catalog: &Catalog) -> impl Iterator<Item = &Served> {
    catalog.layers.iter().map(AsRef::as_ref).filter(|served| is_reference(served))
}

fn is_reference(served: &Served) -> bool {
    served.role == LayerRole::Data(Role::Constraint)
}

fn placed<'a>(catalog: &'a Catalog, entry: &Entry) -> Option<(&'a Served, usize, Crs)> {
    let (i, crs) = entry.place.as_ref()?;
    let served = catalog.layer(entry.row.collection.as_deref()?)?;
    Some((served, *i, crs.clone()?))
}

fn shape(served: &Served, feature: &Feature, crs: &Crs) -> Option<Shape> {
    let to_plane = Transformation::new(&served.layer.crs, crs).ok()?;
    Shape::new(&to_plane.geometry(feature.geometry.as_ref()?)?)
}
