//! Findings as GeoJSON and CSV.

use std::io::Write;

use formats::{GeoJsonWriter, Header, Winding, WriteOptions};
use planning::{Finding, Standings};
use spatial::{Crs, Feature, FeatureId};

use super::cell;
use super::flat::{COLUMNS, values};
use super::shape::Shapes;
use crate::ProjectError;

/// Writes findings as features: their shape, or a point where there is none, in `crs`; flat properties, where
/// each stands included.
/// # Errors
/// [`ProjectError`] when a CRS cannot be computed with or the output fails.
pub fn write_findings_geojson<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    standings: &Standings,
    crs: &Crs,
    out: impl Write,
) -> Result<(), ProjectError> {
    let rules = planning::rules()?;
    let header = Header { name: Some("findings".to_owned()), crs: Some(crs.clone()), ..Header::default() };
    let decimals = Some(if crs.is_geographic() { 9 } else { 4 });
    let mut writer =
        GeoJsonWriter::begin(out, &header, WriteOptions { decimals, winding: Winding::RightHand })?;
    let mut shapes = Shapes::into_crs(crs);
    for (position, finding) in (0..).zip(findings) {
        let geometry = shapes.geometry(&finding.crs, finding.region.as_ref(), finding.place)?;
        let properties = COLUMNS
            .into_iter()
            .map(str::to_owned)
            .zip(values(finding, standings.get(&finding.id), &rules))
            .collect();
        let id = Some(FeatureId::Text(finding.id.clone()));
        writer.feature(&Feature { position, id, geometry, properties })?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes findings as a table, with the longitude and latitude of a point inside each. Cells that a spreadsheet would
/// take for a formula get a leading apostrophe.
/// # Errors
/// [`ProjectError`] when a CRS cannot be computed with or the output fails.
pub fn write_findings_csv<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    standings: &Standings,
    out: impl Write,
) -> Result<(), ProjectError> {
    let rules = planning::rules()?;
    let crs = Crs::wgs84();
    let mut shapes = Shapes::into_crs(&crs);
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS.into_iter().chain(["longitude", "latitude"]))?;
    for finding in findings {
        let place = match finding.place {
            Some(place) => shapes.point(&finding.crs, place)?,
            None => None,
        };
        let degrees = |axis: usize| place.map(|xy| format!("{:.7}", xy[axis])).unwrap_or_default();
        let row = values(finding, standings.get(&finding.id), &rules);
        table.write_record(row.iter().map(cell::cell).chain([degrees(0), degrees(1)]))?;
    }
    table.flush()?;
    Ok(())
}
