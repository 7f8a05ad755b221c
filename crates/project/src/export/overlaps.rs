//! Overlaps as GeoJSON, FlatGeobuf and CSV.

use std::io::Write;

use formats::{Columns, GeoJsonWriter, Header, Winding, WriteOptions};
use geo_types::Geometry;
use serde_json::{Map, Value};
use spatial::{Crs, Feature};

use super::cell;
use super::collection::number;
use super::flatgeobuf;
use super::shape::Shapes;
use crate::{OverlapRow, OverlapsReport, ProjectError};

const COLUMNS: [&str; 6] =
    ["subject_id", "reference_id", "area_m2", "area_geodesic_m2", "mean_width_m", "subject_share"];

/// Writes pairs as a table. Ids that a spreadsheet would take for a formula get a leading apostrophe.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_overlaps_csv(report: &OverlapsReport, out: impl Write) -> Result<(), ProjectError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for row in &report.rows {
        table.write_record([
            cell::harmless(&row.subject_id),
            cell::harmless(&row.reference_id),
            cell::number(told(row.area_m2)),
            row.area_geodesic_m2.map(told).map(cell::number).unwrap_or_default(),
            row.mean_width_m.map(told).map(cell::number).unwrap_or_default(),
            cell::number(told(row.subject_share)),
        ])?;
    }
    table.flush()?;
    Ok(())
}

/// Writes pairs as features in WGS 84 with the columns of the table as properties; `working_crs` says where the
/// planar figures were measured.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_overlaps_geojson(report: &OverlapsReport, out: impl Write) -> Result<(), ProjectError> {
    let options = WriteOptions { decimals: Some(9), winding: Winding::RightHand };
    let crs = Crs::wgs84();
    let mut writer = GeoJsonWriter::begin(out, &header(report, &crs), options)?;
    let mut shapes = Shapes::into_crs(&crs);
    for (position, row) in (0..).zip(&report.rows) {
        let geometry = shapes.geometry(&report.crs, row.region.as_ref(), None)?;
        writer.feature(&feature(position, row, geometry))?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes pairs as features in the working CRS with the columns of the table as properties; in WGS 84 where that has
/// no EPSG code.
/// # Errors
/// [`ProjectError`] when the output or the temporary file fails.
pub fn write_overlaps_flatgeobuf(report: &OverlapsReport, out: impl Write) -> Result<(), ProjectError> {
    let crs = flatgeobuf::crs(&report.crs);
    let mut columns = Columns::default();
    // So that a column has its type where no row has a value.
    columns.observe(&feature(0, &every_value(), None));
    for row in &report.rows {
        columns.observe(&feature(0, row, None));
    }
    let mut writer = flatgeobuf::writer(out, &header(report, &crs), columns)?;
    let mut shapes = Shapes::into_crs(&crs);
    for (position, row) in (0..).zip(&report.rows) {
        let geometry = shapes.geometry(&report.crs, row.region.as_ref(), None)?;
        writer.feature(&feature(position, row, geometry))?;
    }
    writer.finish()?;
    Ok(())
}

fn header(report: &OverlapsReport, crs: &Crs) -> Header {
    let mut foreign = Map::new();
    foreign.insert("working_crs".to_owned(), report.crs.name().into());
    Header { name: Some("overlaps".to_owned()), crs: Some(crs.clone()), foreign }
}

fn feature(position: u64, row: &OverlapRow, geometry: Option<Geometry<f64>>) -> Feature {
    let properties = COLUMNS.into_iter().map(str::to_owned).zip(values(row)).collect();
    Feature { position, id: None, geometry, properties }
}

fn values(row: &OverlapRow) -> [Value; 6] {
    let optional = |value: Option<f64>| value.map_or(Value::Null, |value| number(told(value)));
    [
        row.subject_id.as_str().into(),
        row.reference_id.as_str().into(),
        number(told(row.area_m2)),
        optional(row.area_geodesic_m2),
        optional(row.mean_width_m),
        number(told(row.subject_share)),
    ]
}

/// A row that has every value that a row can have.
fn every_value() -> OverlapRow {
    OverlapRow {
        subject_id: String::new(),
        reference_id: String::new(),
        area_m2: 0.0,
        area_geodesic_m2: Some(0.0),
        mean_width_m: Some(0.0),
        subject_share: 0.0,
        region: None,
    }
}

/// A measure as files give it: to 13 significant digits. What comes after them is the rounding of the sum that it
/// comes from, and makes 600.0000000000002 of 600.
fn told(measure: f64) -> f64 {
    format!("{measure:.12e}").parse().unwrap_or(measure)
}
