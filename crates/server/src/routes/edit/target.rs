//! What a request is about: the collection, the CRS of the coordinates that come with it, and the feature as it is.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use spatial::{Crs, Feature, FeatureId};

use super::super::items::CONTENT_CRS;
use super::super::layer;
use crate::app::App;
use crate::catalog::{Catalog, LayerRole, Served};
use crate::crs;
use crate::problem::Problem;

/// What can be done where nothing may be changed.
pub(super) const READ: &str = "GET, HEAD, OPTIONS";

/// A collection that can be changed.
pub(super) struct Target {
    pub(super) served: Arc<Served>,
    /// CRS of the coordinates of the request, and of the answer.
    pub(super) crs: Crs,
}

/// Whether features of a layer can be changed here.
pub(super) fn is_editable(app: &App, served: &Served) -> bool {
    matches!(served.role, LayerRole::Data(_)) && app.source().keeps()
}

/// Refuses what a check has found.
pub(super) fn must_be_data(served: &Served) -> Result<(), Problem> {
    if matches!(served.role, LayerRole::Data(_)) {
        return Ok(());
    }
    let detail = "What a check has found is changed by changing what it judged, not here.";
    Err(Problem::not_allowed(detail, READ))
}

impl Target {
    pub(super) fn new(app: &App, catalog: &Catalog, id: &str, headers: &HeaderMap) -> Result<Self, Problem> {
        let served = layer(catalog, id)?;
        must_be_data(served)?;
        if !app.source().keeps() {
            let detail = "This server shows what is public; nothing can be changed here.";
            return Err(Problem::new(StatusCode::FORBIDDEN, detail));
        }
        let named = headers.get(CONTENT_CRS).map(|value| value.to_str().unwrap_or_default().trim());
        let crs = match named {
            None => Crs::wgs84(),
            Some(text) => {
                let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
                crs::asked("Content-Crs", inner, &served.layer.crs)?
            }
        };
        Ok(Self { served: Arc::clone(served), crs })
    }

    /// The feature of an id, if it is what the client has read, as far as it says what that was.
    pub(super) fn feature(&self, fid: &str, headers: &HeaderMap) -> Result<&Feature, Problem> {
        let found = self.served.find(fid);
        let (i, feature) =
            found.ok_or_else(|| Problem::missing("There is no feature of that id in the collection."))?;
        let wanted = headers.get_all(header::IF_MATCH).iter().filter_map(|value| value.to_str().ok());
        has_tag(&self.served, i, wanted)?;
        Ok(feature)
    }

    /// Refuses a feature whose id is taken, in the collection or by one of those `seen` before.
    pub(super) fn must_be_new(&self, feature: &Feature, seen: &mut BTreeSet<String>) -> Result<(), Problem> {
        let LayerRole::Data(role) = self.served.role else { return Ok(()) };
        // What has no id of its own gets one from the store.
        let id = planning::feature_id(&Feature { position: u64::MAX, ..feature.clone() }, role);
        let is_own = id != u64::MAX.to_string();
        if is_own && (self.served.find(&id).is_some() || !seen.insert(id.clone())) {
            let detail =
                format!("There is a feature \"{id}\" already: give another id, or replace it by PUT.");
            return Err(Problem::new(StatusCode::CONFLICT, detail));
        }
        Ok(())
    }

    /// A feature that goes by the id of the one that it replaces.
    pub(super) fn keeping_id(&self, before: &Feature, fid: &str, after: Feature) -> Result<Feature, Problem> {
        let same = |id: &FeatureId| id.to_string() == fid || Some(id) == before.id.as_ref();
        match &after.id {
            Some(id) if !same(id) => {
                let detail =
                    format!("The feature says that its id is \"{id}\", but the address is of \"{fid}\".");
                Err(Problem::bad(detail))
            }
            _ => Ok(Feature { id: before.id.clone(), position: before.position, ..after }),
        }
    }
}

/// Refuses a feature that has none of the wanted tags, if any are.
pub(super) fn has_tag<'a>(
    served: &Served,
    i: usize,
    wanted: impl Iterator<Item = &'a str>,
) -> Result<(), Problem> {
    let mut wanted = wanted.flat_map(|value| value.split(',')).map(str::trim).peekable();
    if wanted.peek().is_some() && !wanted.any(|tag| served.is_tag_of(i, tag)) {
        let detail =
            "The feature is not what you have read: somebody has changed it. Read it again, then change it.";
        return Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail));
    }
    Ok(())
}
