//! The values of a feature's fields as they stand.

use std::ffi::c_int;

use formats::worker::RawValue;
use gdal_sys::OGRFieldType;

use crate::ffi::{FeatureHandle, FieldHead};

/// A value for each field.
pub(super) fn of(feature: &FeatureHandle, fields: &[FieldHead]) -> Vec<RawValue> {
    (0..).zip(fields).map(|(at, field)| value(feature, at, field)).collect()
}

fn value(feature: &FeatureHandle, at: c_int, field: &FieldHead) -> RawValue {
    if !feature.has(at) {
        return RawValue::Null;
    }
    match field.kind {
        OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => RawValue::Integer(feature.integer(at)),
        OGRFieldType::OFTReal => RawValue::Real(feature.real(at)),
        OGRFieldType::OFTBinary => RawValue::Binary(feature.binary(at)),
        OGRFieldType::OFTIntegerList
        | OGRFieldType::OFTInteger64List
        | OGRFieldType::OFTRealList
        | OGRFieldType::OFTStringList => RawValue::List(feature.list(at)),
        OGRFieldType::OFTDate | OGRFieldType::OFTTime | OGRFieldType::OFTDateTime => {
            let time = feature.time(at).and_then(|parts| iso(field.kind, parts));
            time.map_or_else(|| RawValue::Text(feature.text(at)), RawValue::Time)
        }
        _ => RawValue::Text(feature.text(at)),
    }
}

/// GDAL's flag 100 is UTC, each step 15 minutes; 0 and 1 say that the zone is not known.
fn iso(
    kind: OGRFieldType::Type,
    [year, month, day, hour, minute, second, zone]: [c_int; 7],
) -> Option<String> {
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let zone = match zone {
        0 | 1 => String::new(),
        100 => "Z".to_owned(),
        flag => {
            let minutes = (flag - 100) * 15;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    match kind {
        OGRFieldType::OFTDate => Some(date),
        OGRFieldType::OFTTime => Some(time + &zone),
        OGRFieldType::OFTDateTime => Some(format!("{date}T{time}{zone}")),
        _ => None,
    }
}
