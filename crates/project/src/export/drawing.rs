//! Levels and colours for drawings, which hold nothing else of a feature: the reverse of the table by which they are read.
//!
//! A table says which level and colour stand for a code. Without one, or where it has no row for a code, a layer of a DXF is
//! called as the code and has the colour that is prescribed for it; a DGN has levels by numbers, which are given as codes are met.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use formats::{Foreign, WriteNote};
use geo_types::Geometry;
use serde_json::{Map, Value};
use spatial::Feature;

use crate::{LevelCode, LevelCodes};

/// Levels of a DGN.
const LEVELS: std::ops::RangeInclusive<u8> = 1..=63;
/// Signs that names of layers may not have.
const UNFIT: &str = "<>/\\\":;?*|=`,";
/// Properties that say what a feature is, the first that is there.
const KINDS: [&str; 2] = ["code", "kind"];

/// Draws features of a format; of one that is no drawing they stay as they are.
pub(crate) struct Drawing<'c> {
    format: Foreign,
    codes: Option<&'c LevelCodes>,
    /// The levels of a DGN that codes were given, and those that the table takes.
    given: BTreeMap<String, u8>,
    taken: BTreeSet<u8>,
    passed_over: BTreeSet<String>,
}

impl<'c> Drawing<'c> {
    pub(crate) fn of(format: Foreign, codes: Option<&'c LevelCodes>) -> Self {
        let levels = codes.into_iter().flat_map(LevelCodes::rows).filter_map(level);
        let taken = levels.collect();
        Self { format, codes, given: BTreeMap::new(), taken, passed_over: BTreeSet::new() }
    }

    /// The feature as it is drawn.
    pub(crate) fn drawn<'f>(&mut self, feature: &'f Feature) -> Cow<'f, Feature> {
        if !matches!(self.format, Foreign::Dxf | Foreign::Dgn) {
            return Cow::Borrowed(feature);
        }
        let code = KINDS.iter().find_map(|name| feature.text(name)).unwrap_or_default();
        let row = self.codes.and_then(|codes| codes.drawing(feature, &code)).cloned();
        // What was drawn before and has no code stays as it was.
        if row.is_none() && code.is_empty() {
            return Cow::Borrowed(feature);
        }
        let mut drawn = feature.clone();
        let row = row.unwrap_or_default();
        match self.format {
            Foreign::Dxf => self.layer(&code, &row, &mut drawn),
            _ => self.number(&code, &row, &mut drawn.properties),
        }
        Cow::Owned(drawn)
    }

    /// Layer and colour of a DXF.
    fn layer(&mut self, code: &str, row: &LevelCode, drawn: &mut Feature) {
        let name = row.level.as_deref().map_or(code, str::trim);
        let name: String =
            name.chars().map(|c| if UNFIT.contains(c) || c.is_control() { '_' } else { c }).collect();
        let own =
            row.colour.as_deref().map(str::trim).filter(|colour| self.is_rgb(colour)).map(str::to_owned);
        let prescribed = || planning::codes().ok()?.entry(code.split('+').next()?)?.hex();
        let style = own.or_else(prescribed).and_then(|colour| style(drawn.geometry.as_ref()?, &colour));
        put(&mut drawn.properties, "Layer", Some(Value::String(name)));
        put(&mut drawn.properties, "ogr_style", style.map(Value::String));
    }

    fn is_rgb(&mut self, colour: &str) -> bool {
        let is = colour.len() == 7
            && colour.starts_with('#')
            && colour.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit());
        if !is {
            self.passed_over.insert(colour.to_owned());
        }
        is
    }

    /// Level and colour of a DGN.
    fn number(&mut self, code: &str, row: &LevelCode, properties: &mut Map<String, Value>) {
        let own = level(row);
        if let Some(unfit) = row.level.as_ref().filter(|_| own.is_none()) {
            self.passed_over.insert(unfit.clone());
        }
        let level = own.or_else(|| self.free(code));
        let colour = row.colour.as_deref().map(str::trim);
        let number = colour.and_then(|colour| colour.parse::<u8>().ok());
        if let Some(unfit) = colour.filter(|_| number.is_none()) {
            self.passed_over.insert(unfit.to_owned());
        }
        put(properties, "Level", level.map(Value::from));
        put(properties, "ColorIndex", number.map(Value::from));
    }

    /// The level of a code that the table has none for; the last one where all are taken.
    fn free(&mut self, code: &str) -> Option<u8> {
        if let Some(level) = self.given.get(code) {
            return Some(*level);
        }
        let free = LEVELS.into_iter().find(|level| !self.taken.contains(level)).unwrap_or(*LEVELS.end());
        self.taken.insert(free);
        self.given.insert(code.to_owned(), free);
        Some(free)
    }

    /// What a person has to know to read the drawing.
    pub(crate) fn notes(self) -> Vec<WriteNote> {
        let mut levels: Vec<(String, String)> =
            self.given.into_iter().map(|(code, level)| (level.to_string(), code)).collect();
        levels.sort_by_key(|(level, _)| level.parse::<u8>().unwrap_or_default());
        let given = (!levels.is_empty()).then_some(WriteNote::LevelsGiven { levels });
        let levels: Vec<String> = self.passed_over.into_iter().collect();
        let passed_over = (!levels.is_empty()).then_some(WriteNote::LevelsPassedOver { levels });
        given.into_iter().chain(passed_over).collect()
    }
}

/// The level of a row, where a DGN can have it.
fn level(row: &LevelCode) -> Option<u8> {
    let level = row.level.as_deref()?.trim().parse().ok()?;
    LEVELS.contains(&level).then_some(level)
}

fn put(properties: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => properties.insert(name.to_owned(), value),
        None => properties.remove(name),
    };
}

/// How GDAL is told a colour: areas are filled, lines drawn, points have none that it writes.
fn style(geometry: &Geometry<f64>, colour: &str) -> Option<String> {
    match geometry {
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
            Some(format!("BRUSH(fc:{colour})"))
        }
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            Some(format!("PEN(c:{colour})"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use formats::Foreign;
    use geo_types::polygon;
    use serde_json::json;
    use spatial::Feature;

    use super::Drawing;
    use crate::LevelCodes;

    fn feature(properties: &serde_json::Value) -> Feature {
        let geometry = Some(polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)].into());
        let properties = properties.as_object().cloned().unwrap_or_default();
        Feature { position: 0, id: None, geometry, properties }
    }

    /// What is put down of features with these codes, and what is said of it.
    fn drawn(format: Foreign, table: &str, codes: &[&str]) -> (Vec<serde_json::Value>, Vec<String>) {
        let table = (!table.is_empty()).then(|| LevelCodes::parse(table).unwrap());
        let mut drawing = Drawing::of(format, table.as_ref());
        let names = if format == Foreign::Dxf { ["Layer", "ogr_style"] } else { ["Level", "ColorIndex"] };
        let put = |code: &&str| {
            let drawn = drawing.drawn(&feature(&json!({"code": code}))).into_owned();
            json!(names.map(|name| drawn.properties.get(name).cloned()))
        };
        let put = codes.iter().map(put).collect();
        (put, drawing.notes().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_dxf_has_layers_called_as_codes_in_their_colours() {
        let (put, notes) = drawn(Foreign::Dxf, "", &["SKK", "KHÔNG/CÓ"]);
        let skk = planning::codes().unwrap().entry("SKK").unwrap().hex().unwrap();
        assert_eq!(put, [json!(["SKK", format!("BRUSH(fc:{skk})")]), json!(["KHÔNG_CÓ", null])]);
        assert_eq!(notes, Vec::<String>::new());
        let table = "level,colour,code\nRANH_KCN,#ff0000,SKK\n,7,LUC\n";
        let (put, notes) = drawn(Foreign::Dxf, table, &["SKK", "LUC"]);
        assert_eq!(put[0], json!(["RANH_KCN", "BRUSH(fc:#ff0000)"]));
        assert_eq!(put[1][0], "LUC");
        assert_eq!(notes.len(), 1, "{notes:?}");
    }

    #[test]
    fn a_dgn_has_the_levels_of_the_table_and_free_ones_for_the_rest() {
        let table = "level,colour,code\n1,4,SKK\n03,,ONT\n64,,LUC\n";
        let (put, notes) = drawn(Foreign::Dgn, table, &["SKK", "ONT", "RSX", "LUC", "RSX"]);
        let told = [json!([1, 4]), json!([3, null]), json!([2, null]), json!([4, null]), json!([2, null])];
        assert_eq!(put, told);
        assert_eq!(notes[0], "levels that were given: 2 for RSX, 4 for LUC");
        assert!(notes[1].ends_with("passed over: 64"), "{notes:?}");
    }

    #[test]
    fn what_was_drawn_stays_where_it_was_if_that_says_the_same() {
        let table = LevelCodes::parse("level,code\n3,SKK\n5,SKK\n").unwrap();
        let mut drawing = Drawing::of(Foreign::Dgn, Some(&table));
        let level =
            |properties: serde_json::Value| drawing.drawn(&feature(&properties)).properties["Level"].clone();
        let all =
            [json!({"code": "SKK", "Level": 5}), json!({"code": "SKK", "Level": 9}), json!({"Level": 9})];
        assert_eq!(all.map(level), [5, 3, 9]);
    }
}
