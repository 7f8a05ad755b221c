//! Properties: pairs of a column's number and a value, encoded as the column's type asks.

use ::flatgeobuf::ColumnType;
use serde_json::Value;
use spatial::Feature;

use crate::WriteError;
use crate::write::columns::{Settled, id_value};

/// Appends the id and the properties of a feature; what is null is left out, which is how the format says null.
pub(super) fn encode(columns: &Settled, feature: &Feature, into: &mut Vec<u8>) -> Result<(), WriteError> {
    let id = feature.id.as_ref().map(id_value);
    let id = id.iter().map(|value| (columns.ids().map(|_| 0), "id", value));
    let properties = feature.properties.iter();
    let properties =
        properties.map(|(name, value)| (columns.numbers.get(name).copied(), name.as_str(), value));
    for (number, name, value) in id.chain(properties).filter(|(.., value)| !value.is_null()) {
        let unfit = || WriteError::Column { label: feature.label(), name: name.to_owned() };
        let number = number.ok_or_else(unfit)?;
        let column = columns.list.get(usize::from(number)).ok_or_else(unfit)?;
        into.extend(number.to_le_bytes());
        append(column.kind, value, into).ok_or_else(unfit)?;
    }
    Ok(())
}

/// `None` when the type does not hold the value.
fn append(kind: ColumnType, value: &Value, into: &mut Vec<u8>) -> Option<()> {
    match kind {
        ColumnType::Bool => into.push(u8::from(value.as_bool()?)),
        ColumnType::Int => into.extend(i32::try_from(value.as_i64()?).ok()?.to_le_bytes()),
        ColumnType::Long => into.extend(value.as_i64()?.to_le_bytes()),
        ColumnType::ULong => into.extend(value.as_u64()?.to_le_bytes()),
        ColumnType::Double => into.extend(value.as_f64()?.to_le_bytes()),
        ColumnType::String => text(value.as_str()?, into)?,
        // The text of a value can always be made: its keys are texts and its numbers finite.
        _ => text(&value.to_string(), into)?,
    }
    Some(())
}

fn text(text: &str, into: &mut Vec<u8>) -> Option<()> {
    into.extend(u32::try_from(text.len()).ok()?.to_le_bytes());
    into.extend(text.as_bytes());
    Some(())
}
