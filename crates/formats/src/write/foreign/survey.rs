//! What is to be written, looked through once before the first feature is: formats ask for it at their beginning.

use std::collections::HashMap;

use geo_types::{Coord, Geometry};
use serde_json::Value;
use spatial::Feature;

use crate::WriteError;
use crate::write::columns::{Columns, id_value};

use super::shape::{Kind, each_position};

/// Columns, extent and kinds of geometry of all features that will be written.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    pub(super) columns: Columns,
    pub(super) ids: Facts,
    pub(super) properties: HashMap<String, Facts>,
    /// Smallest and largest coordinates, in the CRS to be written.
    pub(super) extent: Option<[f64; 4]>,
    /// The kinds of geometry, in the order in which they were met.
    pub(super) kinds: Vec<Kind>,
    /// Features looked at.
    pub(super) features: u64,
}

/// What the values of a column take to write.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// Bytes of the longest as text.
    pub(super) bytes: usize,
    /// Digits before the point, the sign among them.
    pub(super) whole: usize,
    /// Digits behind it.
    pub(super) decimals: usize,
    /// The largest whole number without its sign; none where one is larger than 64 bits say.
    pub(super) largest: u64,
    /// Values that are not null.
    pub(super) values: u64,
}

impl Survey {
    /// The survey of these features.
    pub fn of<'f>(features: impl IntoIterator<Item = &'f Feature>) -> Self {
        let mut survey = Self::default();
        features.into_iter().for_each(|feature| survey.observe(feature));
        survey
    }

    /// Takes a feature into account. Its coordinates must be in the CRS that will be written.
    pub fn observe(&mut self, feature: &Feature) {
        self.features += 1;
        self.columns.observe(feature);
        if let Some(id) = &feature.id {
            self.ids.observe(&id_value(id));
        }
        for (name, value) in &feature.properties {
            if let Some(facts) = self.properties.get_mut(name) {
                facts.observe(value);
            } else {
                let mut facts = Facts::default();
                facts.observe(value);
                self.properties.insert(name.clone(), facts);
            }
        }
        if let Some(geometry) = &feature.geometry {
            self.shape(geometry);
        }
    }

    /// Name of the column of ids, where there are some, and the names of the properties.
    /// # Errors
    /// [`WriteError::TooManyColumns`].
    pub fn columns(&self) -> Result<(Option<String>, Vec<String>), WriteError> {
        let settled = self.columns.clone().settled()?;
        let properties = settled.list.iter().skip(usize::from(settled.has_ids));
        Ok((settled.ids().map(str::to_owned), properties.map(|column| column.name.clone()).collect()))
    }

    fn shape(&mut self, geometry: &Geometry<f64>) {
        if let Some(kind) = Kind::of(geometry).filter(|kind| !self.kinds.contains(kind)) {
            self.kinds.push(kind);
        }
        let extent = &mut self.extent;
        each_position(geometry, &mut |Coord { x, y }| {
            let [left, bottom, right, top] = extent.unwrap_or([x, y, x, y]);
            *extent = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
        });
    }
}

impl Facts {
    fn observe(&mut self, value: &Value) {
        self.values += u64::from(!value.is_null());
        match value {
            Value::Null => {}
            Value::String(text) => self.bytes = self.bytes.max(text.len()),
            Value::Number(number) => {
                self.bytes = self.bytes.max(number.as_str().len());
                let whole = number.as_i64().map(i64::unsigned_abs).or_else(|| number.as_u64());
                self.largest = self.largest.max(whole.unwrap_or_default());
                let plain = number.as_f64().map(|number| number.to_string()).unwrap_or_default();
                let (before, behind) = plain.split_once('.').unwrap_or((&plain, ""));
                let before = whole.map_or(before.len(), |_| number.as_str().len().max(before.len()));
                self.whole = self.whole.max(before);
                self.decimals = self.decimals.max(behind.len());
            }
            other => self.bytes = self.bytes.max(other.to_string().len()),
        }
    }
}
