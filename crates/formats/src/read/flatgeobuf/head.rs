//! What stands before the features: magic bytes, header, index.

use std::io::Read;

use ::flatgeobuf::{GeometryType, Header, VERSION, size_prefixed_root_as_header};
use serde_json::{Map, Value};

use super::columns::{Column, columns};
use super::{PREFIX, crs, prefix};
use crate::format::ID_COLUMN;
use crate::json::{Cursor, ValueReader};
use crate::nfc::nfc;
use crate::read::crs::Said;
use crate::read::intake::Intake;
use crate::read::source::Source;
use crate::{Format, LimitName, Limits, NoteKind, ReadError};

/// Bytes of the magic number: `fgb`, the version, `fgb`, the version's patch.
const MAGIC: usize = 8;
/// Bytes of one node of the index: a box of four doubles, an offset.
const NODE: u64 = 40;

/// What the header says.
pub(super) struct Head {
    /// The layer's name.
    pub(super) name: Option<String>,
    /// What it says of the CRS.
    pub(super) crs: Said,
    /// The type of every geometry; `Unknown` when each says its own.
    pub(super) geometry_type: GeometryType,
    /// The columns of every feature.
    pub(super) columns: Vec<Column>,
    /// How many features there are, where that was known when the header was written.
    pub(super) count: Option<u64>,
    /// Name of the column that holds the features' ids, where the metadata say so.
    pub(super) ids: Option<String>,
    /// Title, description and metadata.
    pub(super) foreign: Map<String, Value>,
}

/// Reads the header and passes the index.
pub(super) fn read<R: Read>(source: &mut Source<R>, intake: &mut Intake<'_>) -> Result<Head, ReadError> {
    let limits = intake.limits;
    version(source)?;
    source.fill(PREFIX)?;
    let size = prefix(source.window()).ok_or_else(|| broken("it ends in its header"))?;
    if u64::from(size) > limits.feature_bytes {
        return Err(ReadError::Limit { what: LimitName::HeadBytes, limit: limits.feature_bytes });
    }
    let length = PREFIX + size as usize;
    source.fill(length)?;
    let bytes = source.window().get(..length).ok_or_else(|| broken("it ends in its header"))?;
    let header = size_prefixed_root_as_header(bytes);
    let header = header.map_err(|error| broken(format!("its header cannot be read ({})", shown(&error))))?;
    let index = index_bytes(&header, limits)?;
    let head = head(&header, intake);
    source.pass(length as u64)?;
    if !source.pass(index)? {
        return Err(broken("it ends in its index"));
    }
    Ok(head)
}

/// Checks the magic bytes and passes them.
fn version<R: Read>(source: &mut Source<R>) -> Result<(), ReadError> {
    source.fill(MAGIC)?;
    match source.window() {
        [b'f', b'g', b'b', version, b'f', b'g', b'b', _, ..] if *version == VERSION => {}
        [b'f', b'g', b'b', version, ..] if *version != VERSION => {
            return Err(ReadError::FormatVersion {
                format: Format::FlatGeobuf,
                found: *version,
                known: VERSION,
            });
        }
        _ => return Err(broken("its first eight bytes are not what they should be")),
    }
    source.pass(MAGIC as u64)?;
    Ok(())
}

fn head(header: &Header<'_>, intake: &mut Intake<'_>) -> Head {
    let mut normalised = 0;
    let columns = header.columns().map(|tables| columns(tables, &mut normalised)).unwrap_or_default();
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map(|text| nfc(text.into(), &mut normalised))
    };
    let [name, title, description] = [header.name(), header.title(), header.description()].map(text);
    let mut foreign = Map::new();
    foreign.extend(title.map(|title| ("title".to_owned(), title.into())));
    foreign.extend(description.map(|description| ("description".to_owned(), description.into())));
    foreign.extend(header.metadata().map(|text| metadata(text, intake.limits)).unwrap_or_default());
    let ids = ids(&mut foreign, &columns);
    intake.tally.add(NoteKind::TextNormalised, normalised, None);
    Head {
        name,
        crs: crs::named(header.crs()),
        geometry_type: header.geometry_type(),
        columns,
        count: (header.features_count() > 0).then_some(header.features_count()),
        ids,
        foreign,
    }
}

/// Takes the member out that names the column of the ids, if there is such a column.
fn ids(foreign: &mut Map<String, Value>, columns: &[Column]) -> Option<String> {
    let name = foreign.get(ID_COLUMN)?.as_str()?.to_owned();
    columns.iter().any(|column| column.name == name).then(|| foreign.shift_remove(ID_COLUMN))?;
    Some(name)
}

/// The members of the metadata if these are a JSON object, as the format suggests; else one member `metadata`.
fn metadata(text: &str, limits: &Limits) -> Map<String, Value> {
    let mut cursor = Cursor::new(text, limits);
    if cursor.peek() == Some(b'{')
        && let Ok(members) = ValueReader::default().object(&mut cursor)
        && cursor.peek().is_none()
    {
        return members;
    }
    Map::from_iter([("metadata".to_owned(), text.into())])
}

/// Bytes of the index: a tree over the features, packed level by level. No count is believed beyond the limit.
fn index_bytes(header: &Header<'_>, limits: &Limits) -> Result<u64, ReadError> {
    let count = header.features_count();
    if count > limits.features {
        return Err(ReadError::Limit { what: LimitName::Features, limit: limits.features });
    }
    let fan_out = u64::from(header.index_node_size());
    if fan_out == 0 || count == 0 {
        return Ok(0);
    }
    let fan_out = fan_out.max(2);
    let (mut level, mut nodes) = (count, u128::from(count));
    // One feature has two levels too: its own node and the root.
    loop {
        level = level.div_ceil(fan_out);
        nodes += u128::from(level);
        if level <= 1 {
            break;
        }
    }
    u64::try_from(nodes * u128::from(NODE)).map_err(|_| broken("its index is longer than any file"))
}

fn broken(what: impl Into<String>) -> ReadError {
    ReadError::Broken { format: Format::FlatGeobuf, what: what.into() }
}

/// What a verifier has to say, in one line: the place of the fault follows on further lines.
pub(super) fn shown(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.trim_end_matches(['.', ':']).chars().take(160).collect()
}
