//! Properties: pairs of a column's number and a value, encoded as the column's type asks.

use std::borrow::Cow;

use ::flatgeobuf::ColumnType;
use serde_json::{Number, Value};
use spatial::{FeatureId, Properties};

use super::broken;
use super::columns::Column;
use crate::json::{Cursor, Fault, ValueReader};
use crate::nfc::nfc;
use crate::read::draft::Remarks;
use crate::{Limits, NoteKind};

/// Reads the properties of one feature, in the order of the columns; a column without a value is null.
pub(super) fn properties(
    encoded: &[u8],
    columns: &[Column],
    limits: &Limits,
    remarks: &mut Remarks,
) -> Result<Properties, Fault> {
    if columns.len() as u64 > u64::from(limits.properties) {
        let reason = format!("more than {} properties", limits.properties);
        return Err(Fault::new(0, NoteKind::TooManyProperties, reason));
    }
    let mut properties = Properties::with_capacity(columns.len());
    let mut values = Values { rest: encoded, limits, remarks };
    let mut twice = Vec::new();
    // Columns whose turn has come. Writers keep to their order, so that each is mostly put in once.
    let mut passed = 0;
    while let Some(number) = values.column()? {
        let column = columns.get(number).ok_or_else(|| {
            broken(format!("a property of column {number}, and there are {} columns", columns.len()))
        })?;
        nulls(&mut properties, columns.get(passed..number).unwrap_or_default());
        passed = passed.max(number + 1);
        let value = values.value(column)?;
        if properties.insert(column.name.clone(), value).is_some_and(|before| !before.is_null()) {
            twice.push(column.name.clone());
        }
    }
    nulls(&mut properties, columns.get(passed..).unwrap_or_default());
    remarks.duplicates(&twice);
    Ok(properties)
}

/// Takes the id out of the properties; what is neither text nor a number is none, and stays.
pub(super) fn id(properties: &mut Properties, name: &str) -> Option<FeatureId> {
    let id = match properties.get(name)? {
        Value::String(text) => Some(FeatureId::Text(text.clone())),
        Value::Number(number) => Some(FeatureId::Number(number.clone())),
        Value::Null => None,
        _ => return None,
    };
    properties.shift_remove(name);
    id
}

fn nulls(properties: &mut Properties, columns: &[Column]) {
    for column in columns {
        // Two columns may have one name: the value of either stays.
        if !properties.contains_key(&column.name) {
            properties.insert(column.name.clone(), Value::Null);
        }
    }
}

/// The values of one feature that are still to be read.
struct Values<'a> {
    rest: &'a [u8],
    limits: &'a Limits,
    remarks: &'a mut Remarks,
}

impl<'a> Values<'a> {
    /// The number of the next value's column. A single byte at the end is passed over: some writers leave one.
    fn column(&mut self) -> Result<Option<usize>, Fault> {
        if self.rest.len() < 2 {
            return Ok(None);
        }
        Ok(Some(usize::from(u16::from_le_bytes(self.take()?))))
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(cut_off)?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn value(&mut self, column: &Column) -> Result<Value, Fault> {
        Ok(match column.kind {
            ColumnType::Byte => i8::from_le_bytes(self.take()?).into(),
            ColumnType::UByte => u8::from_le_bytes(self.take()?).into(),
            ColumnType::Bool => (u8::from_le_bytes(self.take()?) != 0).into(),
            ColumnType::Short => i16::from_le_bytes(self.take()?).into(),
            ColumnType::UShort => u16::from_le_bytes(self.take()?).into(),
            ColumnType::Int => i32::from_le_bytes(self.take()?).into(),
            ColumnType::UInt => u32::from_le_bytes(self.take()?).into(),
            ColumnType::Long => i64::from_le_bytes(self.take()?).into(),
            ColumnType::ULong => u64::from_le_bytes(self.take()?).into(),
            ColumnType::Float => self.float()?,
            ColumnType::Double => {
                let number = f64::from_le_bytes(self.take()?);
                self.finite(Number::from_f64(number))
            }
            ColumnType::String | ColumnType::DateTime => {
                let text = self.text(column)?;
                nfc(Cow::Borrowed(text), &mut self.remarks.normalised).into()
            }
            ColumnType::Json => self.json(column)?,
            ColumnType::Binary => hexadecimal(self.bytes(column)?).into(),
            other => {
                return Err(broken(format!(
                    "the column \"{}\" is of the unknown type {}",
                    column.name, other.0
                )));
            }
        })
    }

    /// A number of single precision, as the shortest decimal that means it: 0.1, not 0.10000000149011612.
    fn float(&mut self) -> Result<Value, Fault> {
        let number = f32::from_le_bytes(self.take()?);
        let shortest = number.is_finite().then(|| number.to_string().parse().ok()).flatten();
        Ok(self.finite(shortest))
    }

    fn finite(&mut self, number: Option<Number>) -> Value {
        self.remarks.non_finite += u64::from(number.is_none());
        number.map_or(Value::Null, Value::Number)
    }

    fn bytes(&mut self, column: &Column) -> Result<&'a [u8], Fault> {
        let length = u32::from_le_bytes(self.take()?);
        if u64::from(length) > self.limits.text_bytes {
            let limit = self.limits.text_bytes;
            let reason =
                format!("the value of \"{}\" is {length} bytes long, and the limit is {limit}", column.name);
            return Err(Fault::new(0, NoteKind::TextTooLong, reason));
        }
        let (bytes, rest) = self.rest.split_at_checked(length as usize).ok_or_else(cut_off)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn text(&mut self, column: &Column) -> Result<&'a str, Fault> {
        std::str::from_utf8(self.bytes(column)?).map_err(|_| {
            let reason = format!(
                "the text of \"{}\" is not UTF-8, as the format asks (older Vietnamese data are often in Windows-1258, \
                 TCVN3 or VNI: name their encoding when converting)",
                column.name
            );
            Fault::new(0, NoteKind::InvalidUtf8, reason)
        })
    }

    /// A value written as JSON; text that is none stays text, with a remark.
    fn json(&mut self, column: &Column) -> Result<Value, Fault> {
        let text = self.text(column)?;
        let mut cursor = Cursor::new(text, self.limits);
        let mut reader = ValueReader::default();
        let value = reader.value(&mut cursor).and_then(|value| match cursor.peek() {
            None => Ok(value),
            Some(_) => Err(Fault::syntax(cursor.offset(), "something follows the value")),
        });
        match value {
            Err(fault) if fault.kind == NoteKind::Syntax => {
                let message =
                    format!("the value of \"{}\" is not JSON ({}); kept as text", column.name, fault.reason);
                self.remarks.say(NoteKind::BadProperties, 1, message);
                Ok(nfc(Cow::Borrowed(text), &mut self.remarks.normalised).into())
            }
            value => {
                self.remarks.normalised += reader.normalised;
                self.remarks.non_finite += reader.non_finite;
                self.remarks.control_characters += cursor.control_characters;
                self.remarks.duplicates(&reader.duplicates);
                value
            }
        }
    }
}

fn cut_off() -> Fault {
    broken("the properties end in the middle of a value")
}

/// Bytes as GDAL shows them.
fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
