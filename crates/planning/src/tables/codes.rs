//! Land-use codes.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::DataError;
use crate::Text;

const TABLE: &str = "land_use_codes";

/// The group of a land-use code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CodeGroup {
    /// Agricultural land (nhóm đất nông nghiệp), forest included.
    #[serde(rename = "A")]
    Agricultural,
    /// Non-agricultural land (nhóm đất phi nông nghiệp).
    #[serde(rename = "N")]
    NonAgricultural,
    /// Unused land (nhóm đất chưa sử dụng).
    #[serde(rename = "U")]
    Unused,
    /// Coastal water surface (đất có mặt nước ven biển).
    #[serde(rename = "C")]
    Coastal,
}

/// One land-use code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandUseCode {
    /// The code, such as `LUC`.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// Its group.
    pub group: CodeGroup,
    /// Prescribed fill colour; `None` where no source gives one.
    pub rgb: Option<[u8; 3]>,
    /// How many public code bases give this colour.
    pub sources_agreeing: u8,
    /// Year from which the code is used, where it is new.
    pub since: Option<u16>,
    /// Year in which the code was given up.
    pub until: Option<u16>,
}

impl LandUseCode {
    /// The colour as `#rrggbb`.
    pub fn hex(&self) -> Option<String> {
        self.rgb.map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
    }
}

/// The table of land-use codes, with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct LandUseCodes {
    /// Source of the table.
    pub source: Text,
    /// Date of the table (ISO 8601).
    pub date: String,
    /// The codes in the table's order: groups and subgroups before what they hold.
    pub codes: Vec<LandUseCode>,
    positions: HashMap<String, usize>,
}

impl LandUseCodes {
    /// Parses the table and the file that says where it comes from.
    /// # Errors
    /// [`DataError`] with the line when a column is missing, a colour is not `r,g,b`, or a code stands twice.
    pub fn parse(table: &str, source: &str) -> Result<Self, DataError> {
        let about: About = toml::from_str(source).map_err(|e| DataError::syntax(TABLE, &e))?;
        let mut codes = Vec::new();
        for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
            codes.push(row_to_code(row.map_err(|e| DataError::syntax(TABLE, &e))?)?);
        }
        let mut positions = HashMap::new();
        for (position, LandUseCode { code, .. }) in codes.iter().enumerate() {
            if positions.insert(code.clone(), position).is_some() {
                return Err(DataError::meaning(TABLE, code, "stands twice"));
            }
        }
        Ok(Self { source: about.source, date: about.date, codes, positions })
    }

    /// The entry of a code.
    pub fn entry(&self, code: &str) -> Option<&LandUseCode> {
        self.positions.get(code).and_then(|position| self.codes.get(*position))
    }
}

#[derive(Deserialize)]
struct About {
    date: String,
    source: Text,
}

#[derive(Deserialize)]
struct Row {
    code: String,
    name_vi: String,
    name_en: String,
    group: CodeGroup,
    rgb: String,
    sources_agreeing: u8,
    since: Option<u16>,
    until: Option<u16>,
}

fn row_to_code(row: Row) -> Result<LandUseCode, DataError> {
    let rgb = match row.rgb.as_str() {
        "" => None,
        text => Some(colour(text).ok_or_else(|| {
            DataError::meaning(TABLE, &row.code, format!("rgb must be three numbers 0–255, not \"{text}\""))
        })?),
    };
    Ok(LandUseCode {
        code: row.code,
        name: Text { vi: row.name_vi, en: row.name_en },
        group: row.group,
        rgb,
        sources_agreeing: row.sources_agreeing,
        since: row.since,
        until: row.until,
    })
}

fn colour(text: &str) -> Option<[u8; 3]> {
    let parts: Result<Vec<u8>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    parts.ok()?.try_into().ok()
}
