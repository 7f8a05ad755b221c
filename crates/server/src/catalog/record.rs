//! A feature as a filter sees it.

use std::borrow::Cow;
use std::cell::OnceCell;

use cql2::Record;
use serde_json::Value;
use spatial::Feature;
use spatial::crs::Transformation;
use spatial::relation::Related;

use super::{Catalog, LayerRole, Served};

/// A feature of a layer; its geometry is made when it is asked for.
pub(crate) struct FeatureRecord<'a> {
    catalog: &'a Catalog,
    served: &'a Served,
    position: usize,
    feature: &'a Feature,
    /// To the filter's CRS; `None` when that cannot be computed.
    to_filter: Option<&'a Transformation>,
    geometry: OnceCell<Option<Related>>,
}

impl<'a> FeatureRecord<'a> {
    pub(crate) fn new(
        catalog: &'a Catalog,
        served: &'a Served,
        position: usize,
        to_filter: Option<&'a Transformation>,
    ) -> Option<Self> {
        let feature = served.layer.features.get(position)?;
        Some(Self { catalog, served, position, feature, to_filter, geometry: OnceCell::new() })
    }

    /// Whether a property reads so.
    pub(crate) fn has_text(&self, name: &str, text: &str) -> bool {
        self.property(name).is_some_and(|value| match &*value {
            Value::Null => false,
            Value::String(own) => own == text,
            other => {
                let written = other.to_string();
                written == text
            }
        })
    }

    fn id(&self) -> &'a str {
        self.served.identities.id(self.position)
    }
}

impl Record for FeatureRecord<'_> {
    fn property(&self, name: &str) -> Option<Cow<'_, Value>> {
        if name == self.served.schema().id {
            return Some(Cow::Owned(self.id().into()));
        }
        if self.served.role == LayerRole::Finding && name == "state" {
            return Some(Cow::Owned(self.catalog.state(self.id()).code().into()));
        }
        self.feature.properties.get(name).map(Cow::Borrowed)
    }

    fn geometry(&self) -> Option<&Related> {
        let related = || Related::new(self.to_filter?.geometry(self.feature.geometry.as_ref()?)?);
        self.geometry.get_or_init(related).as_ref()
    }
}
