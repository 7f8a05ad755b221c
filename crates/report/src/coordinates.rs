//! Coordinate lists: a sheet a zone, with its points as surveyors list them, and one that says where they come from.

use std::collections::BTreeSet;
use std::io::Write;

use planning::{Language, Metadata, Parameter, Parameters, messages};
use rust_xlsxwriter::{Format, Worksheet};
use spatial::{Feature, Layer};

use crate::points::{ListedRing, area_m2, listed, polygons};
use crate::{ReportError, metadata, workbook};

/// Zones of one workbook; spreadsheets get slow with more sheets.
const MOST_ZONES: usize = 500;
/// Longest name of a sheet.
const SHEET_NAME: usize = 31;
/// The row of the headings, below title, name, CRS and a blank one.
const HEAD: u32 = 4;
/// Property that names a zone.
const NAME: &str = "name";

/// What a workbook of coordinate lists holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedZones {
    /// Zones, a sheet each.
    pub zones: usize,
    /// Features without polygons, by their labels: they have no list.
    pub left_out: Vec<String>,
}

/// Writes the polygons of a layer as coordinate lists: X to the north, Y to the east, rounded to the millimetre, each ring
/// with its first point repeated, sides and areas computed from the rounded points on the plane of the layer's CRS.
/// # Errors
/// [`ReportError::NotMetres`] for longitude and latitude, [`ReportError::TooManyZones`], or [`ReportError::Workbook`].
pub fn write_coordinate_lists(
    layer: &Layer,
    metadata: &Metadata,
    language: Language,
    out: impl Write + Send,
) -> Result<ListedZones, ReportError> {
    check(layer)?;
    if layer.features.len() > MOST_ZONES {
        return Err(ReportError::TooManyZones { zones: layer.features.len(), most: MOST_ZONES });
    }
    let mut book = workbook::begin()?;
    let words = Words::of(layer, language)?;
    let (mut written, mut names) = (ListedZones::default(), BTreeSet::new());
    for feature in &layer.features {
        let rings = listed(&polygons(feature), feature.text("point_numbers").as_deref());
        if rings.is_empty() {
            written.left_out.push(feature.label());
            continue;
        }
        written.zones += 1;
        let name = zone_name(feature, written.zones, &words)?;
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&name, &mut names))?;
        list(sheet, &name, &rings, &words)?;
    }
    metadata::sheet(&mut book, metadata, language)?;
    book.save_to_writer(out)?;
    Ok(written)
}

/// Points are listed in metres.
pub(crate) fn check(layer: &Layer) -> Result<(), ReportError> {
    match layer.crs.is_geographic() {
        true => Err(ReportError::NotMetres { crs: layer.crs.name().to_owned() }),
        false => Ok(()),
    }
}

/// The name of a zone; its number where it has none.
pub(crate) fn zone_name(feature: &Feature, number: usize, words: &Words) -> Result<String, ReportError> {
    match feature.text(NAME).filter(|name| !name.trim().is_empty()) {
        Some(name) => Ok(name),
        None => words.text("zone", &Parameters::new().with("n", Parameter::Count(number as u64))),
    }
}

/// What a ring of several is called.
pub(crate) fn ring_title(ring: &ListedRing, number: u64, words: &Words) -> Result<String, ReportError> {
    let key = if ring.is_hole { "hole" } else { "part" };
    words.text(key, &Parameters::new().with("n", Parameter::Count(number)))
}

/// The words around the numbers.
pub(crate) struct Words {
    language: Language,
    pub(crate) crs: String,
}

impl Words {
    pub(crate) fn of(layer: &Layer, language: Language) -> Result<Self, ReportError> {
        Ok(Self { language, crs: crs_words(layer, language)? })
    }

    pub(crate) fn text(&self, key: &str, parameters: &Parameters) -> Result<String, ReportError> {
        word(key, parameters, self.language)
    }
}

fn word(key: &str, parameters: &Parameters, language: Language) -> Result<String, ReportError> {
    let text = messages()?.text(&format!("coordinates.{key}"), parameters);
    Ok(text.in_language(language).to_owned())
}

/// The CRS in the words of Vietnamese lists, which the reader of lists understands.
fn crs_words(layer: &Layer, language: Language) -> Result<String, ReportError> {
    let crs = Parameters::new().name("crs", layer.crs.name());
    match layer.crs.tm3_meridian() {
        None => word("crs_other", &crs, language),
        Some(meridian) => {
            let minutes = (meridian.fract() * 60.0).round();
            let shown = format!("{}°{minutes:02}'", meridian.trunc());
            word("crs_tm3", &crs.name("meridian", shown), language)
        }
    }
}

/// A name that a sheet may have and no other has.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String =
        name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let plain = plain.trim().trim_matches('\'').to_owned();
    let cut = |most: usize| plain.chars().take(most).collect::<String>().trim_end().to_owned();
    let mut own = cut(SHEET_NAME);
    let mut count = 1;
    // Spreadsheets do not tell capitals apart.
    while own.is_empty() || !taken.insert(own.to_lowercase()) {
        count += 1;
        own = format!("{} {count}", cut(SHEET_NAME - 5)).trim().to_owned();
    }
    own
}

fn list(sheet: &mut Worksheet, name: &str, rings: &[ListedRing], words: &Words) -> Result<(), ReportError> {
    let bold = Format::new().set_bold();
    sheet.write_string_with_format(0, 0, words.text("title", &Parameters::new())?, &bold)?;
    sheet.write_string_with_format(1, 0, name, &bold)?;
    sheet.write_string(2, 0, &words.crs)?;
    for (column, key) in (0..).zip(["row", "point", "x", "y", "side"]) {
        sheet.write_string_with_format(HEAD, column, words.text(key, &Parameters::new())?, &bold)?;
        sheet.set_column_width(column, if column < 2 { 14.0 } else { 16.0 })?;
    }
    let mut row = HEAD + 1;
    for (at, ring) in (1..).zip(rings) {
        if rings.len() > 1 {
            sheet.write_string(row, 0, ring_title(ring, at, words)?)?;
            row += 1;
        }
        row = points(sheet, ring, row)?;
    }
    let number = Format::new().set_num_format("#,##0.0");
    sheet.write_string(row, 0, words.text("area", &Parameters::new())?)?;
    sheet.write_number_with_format(row, 2, (area_m2(rings) * 10.0).round() / 10.0, &number)?;
    Ok(())
}

/// Writes the points of a ring from a row on; returns the row behind them.
fn points(sheet: &mut Worksheet, ring: &ListedRing, first: u32) -> Result<u32, ReportError> {
    let (metres, sides) = (Format::new().set_num_format("0.000"), Format::new().set_num_format("0.00"));
    let mut row = first;
    for (at, point) in (1_u32..).zip(ring.points.iter().chain(ring.points.first())) {
        sheet.write_number(row, 0, f64::from(at))?;
        sheet.write_string(row, 1, &point.label)?;
        sheet.write_number_with_format(row, 2, point.northing_m, &metres)?;
        sheet.write_number_with_format(row, 3, point.easting_m, &metres)?;
        // The side leads to the next point; behind the last there is none.
        if let Some(side_m) = ring.side_m(at as usize - 1) {
            sheet.write_number_with_format(row, 4, (side_m * 100.0).round() / 100.0, &sides)?;
        }
        row += 1;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::sheet_name;

    #[test]
    fn names_of_sheets_are_short_free_of_signs_and_each_its_own() {
        let mut taken = BTreeSet::new();
        let mut name = |name: &str| sheet_name(name, &mut taken);
        assert_eq!(name("KCN Đồng Bành: A/B"), "KCN Đồng Bành  A B");
        assert_eq!(name("kcn đồng bành: a/b"), "kcn đồng bành  a b 2");
        let long = "Khu công nghiệp Hữu Lũng giai đoạn hai mở rộng";
        assert_eq!(name(long).chars().count(), 31);
        assert!(name(long).chars().count() <= 31 && name(long).ends_with(" 3"));
        assert_eq!(name("???"), "2");
    }
}
