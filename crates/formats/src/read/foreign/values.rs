//! Values of the worker as properties.

use serde_json::{Number, Value};
use spatial::Properties;

use crate::encoding::{Encoding, decoded};
use crate::json::Fault;
use crate::nfc::nfc;
use crate::read::draft::Remarks;
use crate::worker::RawValue;
use crate::{Limits, NoteKind};

/// A field whose name is decoded.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) boolean: bool,
}

/// The properties of one feature.
pub(super) fn properties(
    values: Vec<RawValue>,
    columns: &[Column],
    encoding: Option<Encoding>,
    limits: &Limits,
    remarks: &mut Remarks,
) -> Result<Properties, Fault> {
    if values.len() as u64 > u64::from(limits.properties) {
        let reason = format!("more than {} properties", limits.properties);
        return Err(Fault::new(0, NoteKind::TooManyProperties, reason));
    }
    if values.len() != columns.len() {
        let reason = format!("{} values for {} fields", values.len(), columns.len());
        return Err(Fault::new(0, NoteKind::BrokenFeature, reason));
    }
    let mut properties = Properties::with_capacity(values.len());
    for (value, column) in values.into_iter().zip(columns) {
        let value = property(value, column, encoding, limits, remarks)?;
        properties.insert(column.name.clone(), value);
    }
    Ok(properties)
}

fn property(
    value: RawValue,
    column: &Column,
    encoding: Option<Encoding>,
    limits: &Limits,
    remarks: &mut Remarks,
) -> Result<Value, Fault> {
    let mut text = |bytes: &[u8]| {
        if bytes.len() as u64 > limits.text_bytes {
            let reason =
                format!("the text of \"{}\" is longer than {} bytes", column.name, limits.text_bytes);
            return Err(Fault::new(0, NoteKind::TextTooLong, reason));
        }
        let text = decoded(bytes, encoding).ok_or_else(|| undecoded(column, encoding))?;
        Ok(Value::String(nfc(text.into(), &mut remarks.normalised)))
    };
    Ok(match value {
        RawValue::Null => Value::Null,
        RawValue::Integer(value) if column.boolean => (value != 0).into(),
        RawValue::Integer(value) => value.into(),
        RawValue::Real(value) => match Number::from_f64(value) {
            Some(number) => number.into(),
            None => {
                remarks.non_finite += 1;
                Value::Null
            }
        },
        RawValue::Text(bytes) => text(&bytes)?,
        RawValue::Time(text) => text.into(),
        RawValue::Binary(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into(),
        RawValue::List(items) => items.iter().map(|item| text(item)).collect::<Result<Vec<_>, _>>()?.into(),
    })
}

fn undecoded(column: &Column, encoding: Option<Encoding>) -> Fault {
    let name = &column.name;
    let reason = match encoding {
        Some(encoding) => format!(
            "the text of \"{name}\" is not {}, though the file declares that; name its encoding with --encoding",
            encoding.name()
        ),
        None => format!(
            "the text of \"{name}\" is not UTF-8, and the file declares no encoding; name it with --encoding (older Vietnamese \
             files are often in tcvn3, vni-windows or windows-1258)"
        ),
    };
    Fault::new(0, NoteKind::InvalidUtf8, reason)
}
