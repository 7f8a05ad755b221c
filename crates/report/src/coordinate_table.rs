//! Coordinate lists as one table, for a CSV file: a row a point, with columns that tell zones and rings.

use planning::{Cell, Language, Parameters};
use spatial::Layer;

use crate::coordinates::{Words, check, ring_title, zone_name};
use crate::points::{ListedRing, area_m2, listed, polygons};
use crate::{ListedZones, ReportError};

/// Columns of the table; with the area behind them.
const COLUMNS: [&str; 7] = ["zone_column", "ring", "row", "point", "x", "y", "side"];

/// The polygons of a layer as one coordinate list, as in a workbook of them ([`write_coordinate_lists`]), with the zone's name
/// in every row and its area in the first. The first row is a title, the second names the CRS, the third heads the columns.
/// # Errors
/// As [`write_coordinate_lists`].
///
/// [`write_coordinate_lists`]: crate::write_coordinate_lists
pub fn coordinate_table(
    layer: &Layer,
    language: Language,
) -> Result<(ListedZones, Vec<Vec<Cell>>), ReportError> {
    check(layer)?;
    let words = Words::of(layer, language)?;
    let mut rows = heads(&words)?;
    let (mut listing, mut before) = (ListedZones::default(), String::new());
    for feature in &layer.features {
        let rings = listed(&polygons(feature), feature.text("point_numbers").as_deref());
        if rings.is_empty() {
            listing.left_out.push(feature.label());
            continue;
        }
        listing.zones += 1;
        let mut name = zone_name(feature, listing.zones, &words)?;
        // Rows of two zones one behind the other would be those of one.
        if name == before {
            name = format!("{name} ({})", listing.zones);
        }
        zone(&name, &rings, &words, &mut rows)?;
        before = name;
    }
    Ok((listing, rows))
}

fn heads(words: &Words) -> Result<Vec<Vec<Cell>>, ReportError> {
    let none = Parameters::new();
    let lone = |text: String| {
        let rest = std::iter::repeat_n(Cell::Empty, COLUMNS.len());
        std::iter::once(Cell::Text(text)).chain(rest).collect()
    };
    let columns: Result<Vec<Cell>, ReportError> =
        COLUMNS.into_iter().chain(["area"]).map(|key| Ok(Cell::Text(words.text(key, &none)?))).collect();
    Ok(vec![lone(words.text("title", &none)?), lone(words.crs.clone()), columns?])
}

fn zone(
    name: &str,
    rings: &[ListedRing],
    words: &Words,
    rows: &mut Vec<Vec<Cell>>,
) -> Result<(), ReportError> {
    let mut area = Cell::Number((area_m2(rings) * 10.0).round() / 10.0);
    for (number, ring) in (1..).zip(rings) {
        let title = match rings.len() {
            1 => Cell::Empty,
            _ => Cell::Text(ring_title(ring, number, words)?),
        };
        for (at, point) in ring.points.iter().chain(ring.points.first()).enumerate() {
            // The side leads to the next point; behind the last there is none.
            let side = ring.side_m(at).map(|side_m| Cell::Number((side_m * 100.0).round() / 100.0));
            rows.push(vec![
                Cell::Text(name.to_owned()),
                title.clone(),
                Cell::Number((at + 1) as f64),
                Cell::Text(point.label.clone()),
                Cell::Number(point.northing_m),
                Cell::Number(point.easting_m),
                side.unwrap_or(Cell::Empty),
                std::mem::replace(&mut area, Cell::Empty),
            ]);
        }
    }
    Ok(())
}
