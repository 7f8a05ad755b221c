//! The findings of a coverage as GeoJSON and CSV.

use std::io::Write;

use formats::{GeoJsonWriter, Header, Winding, WriteOptions};
use serde_json::{Map, Value};
use spatial::coverage::Between;
use spatial::{Crs, Feature};

use super::cell;
use super::collection::number;
use super::shape::Shapes;
use crate::{CoverageReport, CoverageRow, CoverageShape, ProjectError};

const COLUMNS: [&str; 11] = [
    "kind",
    "feature_ids",
    "area_m2",
    "area_geodesic_m2",
    "mean_width_m",
    "largest_width_m",
    "length_m",
    "greatest_distance_m",
    "between",
    "longitude",
    "latitude",
];

/// Writes findings as a table. Several ids in one cell are parted by `;`; a cell that a spreadsheet would take for a
/// formula gets a leading apostrophe.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_coverage_csv(report: &CoverageReport, out: impl Write) -> Result<(), ProjectError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    let crs = Crs::wgs84();
    let mut shapes = Shapes::into_crs(&crs);
    for row in &report.rows {
        table.write_record(values(row, shapes.point(&report.crs, row.place)?).iter().map(cell::cell))?;
    }
    table.flush()?;
    Ok(())
}

/// Writes findings as features in WGS 84 with the columns of the table as properties; `working_crs` says where the
/// planar figures were measured. Overlaps and gaps are polygons, borders lines, missing vertices points.
/// # Errors
/// [`ProjectError`] when the output fails.
pub fn write_coverage_geojson(report: &CoverageReport, out: impl Write) -> Result<(), ProjectError> {
    let mut foreign = Map::new();
    foreign.insert("working_crs".to_owned(), report.crs.name().into());
    let header = Header { name: Some("coverage".to_owned()), crs: None, foreign };
    let options = WriteOptions { decimals: Some(9), winding: Winding::RightHand };
    let mut writer = GeoJsonWriter::begin(out, &header, options)?;
    let crs = Crs::wgs84();
    let mut shapes = Shapes::into_crs(&crs);
    for (position, row) in (0..).zip(&report.rows) {
        let geometry = match &row.shape {
            CoverageShape::Region(region) => shapes.geometry(&report.crs, Some(region), Some(row.place))?,
            CoverageShape::Line(line) => shapes.line(&report.crs, line)?,
            CoverageShape::Place => shapes.geometry(&report.crs, None, Some(row.place))?,
        };
        let values = values(row, shapes.point(&report.crs, row.place)?);
        let properties = COLUMNS.into_iter().map(str::to_owned).zip(values).collect();
        writer.feature(&Feature { position, id: None, geometry, properties })?;
    }
    writer.finish()?;
    Ok(())
}

fn values(row: &CoverageRow, place: Option<[f64; 2]>) -> [Value; COLUMNS.len()] {
    let optional = |value: Option<f64>| value.map_or(Value::Null, number);
    let between = row.between.map(|between| match between {
        Between::Nothing => "nothing",
        Between::Both => "both",
        Between::Either => "either",
    });
    [
        serde_json::to_value(row.kind).unwrap_or_default(),
        row.features.join(";").into(),
        optional(row.area_m2),
        optional(row.area_geodesic_m2),
        optional(row.mean_width_m),
        optional(row.largest_width_m),
        optional(row.length_m),
        optional(row.greatest_distance_m),
        between.into(),
        optional(place.map(|place| place[0])),
        optional(place.map(|place| place[1])),
    ]
}
