//! Features as CSV: their properties as they are, and their geometry as well-known text in the last column.

use std::io::{self, Write};

use formats::{Survey, WriteError, WriteNote, wkt};
use serde_json::Value;
use spatial::{Feature, FeatureId};

use crate::ProjectError;

/// Names that GDAL, and Ranh with it, knows for the geometry.
const GEOMETRY: [&str; 4] = ["wkt", "geometry", "geom", "the_geom"];

/// A table under way.
pub(crate) struct FeatureTable<W: Write> {
    table: csv::Writer<W>,
    has_ids: bool,
    columns: Vec<String>,
    /// How many values of each column are none.
    nulls: Vec<u64>,
}

impl<W: Write> FeatureTable<W> {
    /// Writes the head; `survey` has seen every feature that will be written.
    pub(crate) fn begin(out: W, survey: &Survey) -> Result<Self, ProjectError> {
        let mut table = csv::Writer::from_writer(out);
        let (id, columns) = survey.columns()?;
        let free = |name: &&str| !columns.iter().any(|column| column.eq_ignore_ascii_case(name));
        let geometry = GEOMETRY.into_iter().find(free).unwrap_or("ranh_wkt");
        let heads = id.iter().chain(&columns).map(String::as_str).chain([geometry]);
        table.write_record(heads)?;
        let nulls = vec![0; columns.len()];
        Ok(Self { table, has_ids: id.is_some(), columns, nulls })
    }

    /// Writes a feature.
    pub(crate) fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        let id = match &feature.id {
            Some(FeatureId::Text(text)) => text.clone(),
            Some(FeatureId::Number(number)) => number.to_string(),
            None => String::new(),
        };
        for (name, nulls) in self.columns.iter().zip(&mut self.nulls) {
            *nulls += u64::from(feature.properties.get(name).is_none_or(Value::is_null));
        }
        let values =
            self.columns.iter().map(|name| feature.properties.get(name).map_or_else(String::new, cell));
        let geometry = feature.geometry.as_ref().map(wkt).unwrap_or_default();
        let cells = self.has_ids.then_some(id).into_iter().chain(values).chain([geometry]);
        self.table.write_record(cells).map_err(|error| io::Error::from(error).into())
    }

    /// Writes what is left; what a table of texts cannot tell apart.
    pub(crate) fn finish(mut self) -> Result<Option<WriteNote>, ProjectError> {
        self.table.flush()?;
        let columns = self.columns.iter().zip(&self.nulls).filter(|(_, nulls)| **nulls > 0);
        let columns: Vec<String> = columns.map(|(name, _)| name.clone()).collect();
        let values = self.nulls.iter().sum();
        Ok((values > 0).then_some(WriteNote::NullAsEmpty { columns, values, zeros: false }))
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
