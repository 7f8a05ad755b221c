//! The findings of a coverage as GeoJSON, FlatGeobuf and CSV.

use std::io::Write;

use formats::{Columns, GeoJsonWriter, Header, Winding, WriteOptions};
use geo_types::Geometry;
use serde_json::{Map, Value};
use spatial::coverage::Between;
use spatial::{Crs, Feature};

use super::cell;
use super::collection::number;
use super::flatgeobuf;
use super::shape::Shapes;
use crate::{CoverageKind, CoverageReport, CoverageRow, CoverageShape, ProjectError};

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
    let options = WriteOptions { decimals: Some(9), winding: Winding::RightHand };
    let mut writer = GeoJsonWriter::begin(out, &header(report, &Crs::wgs84()), options)?;
    let crs = Crs::wgs84();
    let (mut shapes, mut places) = (Shapes::into_crs(&crs), Shapes::into_crs(&crs));
    for (position, row) in (0..).zip(&report.rows) {
        let geometry = geometry(report, row, &mut shapes)?;
        writer.feature(&feature(position, row, places.point(&report.crs, row.place)?, geometry))?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes findings as features in the working CRS with the columns of the table as properties; in WGS 84 where that
/// has no EPSG code.
/// # Errors
/// [`ProjectError`] when the output or the temporary file fails.
pub fn write_coverage_flatgeobuf(report: &CoverageReport, out: impl Write) -> Result<(), ProjectError> {
    let crs = flatgeobuf::crs(&report.crs);
    let mut columns = Columns::default();
    // So that a column has its type where no row has a value.
    columns.observe(&feature(0, &every_value(), Some([0.0; 2]), None));
    for row in &report.rows {
        columns.observe(&feature(0, row, None, None));
    }
    let mut writer = flatgeobuf::writer(out, &header(report, &crs), columns)?;
    let degrees = Crs::wgs84();
    let (mut shapes, mut places) = (Shapes::into_crs(&crs), Shapes::into_crs(&degrees));
    for (position, row) in (0..).zip(&report.rows) {
        let geometry = geometry(report, row, &mut shapes)?;
        writer.feature(&feature(position, row, places.point(&report.crs, row.place)?, geometry))?;
    }
    writer.finish()?;
    Ok(())
}

fn header(report: &CoverageReport, crs: &Crs) -> Header {
    let mut foreign = Map::new();
    foreign.insert("working_crs".to_owned(), report.crs.name().into());
    Header { name: Some("coverage".to_owned()), crs: Some(crs.clone()), foreign }
}

fn geometry(
    report: &CoverageReport,
    row: &CoverageRow,
    shapes: &mut Shapes<'_>,
) -> Result<Option<Geometry<f64>>, ProjectError> {
    match &row.shape {
        CoverageShape::Region(region) => shapes.geometry(&report.crs, Some(region), Some(row.place)),
        CoverageShape::Line(line) => shapes.line(&report.crs, line),
        CoverageShape::Place => shapes.geometry(&report.crs, None, Some(row.place)),
    }
}

fn feature(
    position: u64,
    row: &CoverageRow,
    place: Option<[f64; 2]>,
    geometry: Option<Geometry<f64>>,
) -> Feature {
    let properties = COLUMNS.into_iter().map(str::to_owned).zip(values(row, place)).collect();
    Feature { position, id: None, geometry, properties }
}

/// A row that has every value that a row can have.
fn every_value() -> CoverageRow {
    CoverageRow {
        kind: CoverageKind::Overlap,
        features: Vec::new(),
        area_m2: Some(0.0),
        area_geodesic_m2: Some(0.0),
        mean_width_m: Some(0.0),
        largest_width_m: Some(0.0),
        length_m: Some(0.0),
        greatest_distance_m: Some(0.0),
        between: Some(Between::Nothing),
        place: [0.0; 2],
        shape: CoverageShape::Place,
    }
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
