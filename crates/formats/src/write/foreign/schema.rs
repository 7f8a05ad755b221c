//! Columns as fields of a format, and what its values become there.

use ::flatgeobuf::ColumnType;
use serde_json::Value;
use spatial::Feature;

use super::ability::{Ability, Nothing};
use super::names::{self, cut};
use super::note::WriteNote;
use super::survey::{Facts, Survey};
use crate::worker::{FieldKind, NewField, RawValue};
use crate::write::columns::{Settled, id_value};
use crate::{Foreign, WriteError};

/// Digits of a number in a Shapefile's table, and decimals of it.
const TABLE_DIGITS: usize = 24;
const TABLE_DECIMALS: usize = 15;
/// Digits of a whole number there.
const TABLE_WHOLE: usize = 18;
/// The largest whole number that a double says exactly, as its neighbours.
const EXACT: u64 = 1 << 53;

/// The fields of a file.
pub(super) struct Schema {
    columns: Settled,
    fields: Vec<Slot>,
    /// The field of each column; none where it is left out.
    places: Vec<Option<usize>>,
    ability: Ability,
}

/// A field, and what happened to its values.
struct Slot {
    column: String,
    field: NewField,
    shortened: u64,
    changed: u64,
    rounded: u64,
    nulls: u64,
    empty: u64,
}

impl Schema {
    /// The fields for what was surveyed. The notes say what is other than it was.
    pub(super) fn of(
        format: Foreign,
        survey: &Survey,
        notes: &mut Vec<WriteNote>,
    ) -> Result<Self, WriteError> {
        let columns = survey.columns.clone().settled()?;
        let ability = Ability::of(format);
        let names = names::columns(format, columns.list.iter().map(|column| column.name.as_str()));
        let (mut fields, mut places) = (Vec::new(), Vec::new());
        let (mut left_out, mut values) = (Vec::new(), 0);
        for (at, (column, name)) in columns.list.iter().zip(names).enumerate() {
            let is_id = at == 0 && columns.has_ids;
            let facts = if is_id { Some(survey.ids) } else { survey.properties.get(&column.name).copied() };
            let facts = facts.unwrap_or_default();
            let is_drawn = !is_id && ability.drawn.contains(&column.name.as_str());
            if !ability.attributes && !is_drawn {
                left_out.push(column.name.clone());
                values += facts.values;
                places.push(None);
                continue;
            }
            let name = if is_drawn { column.name.clone() } else { name };
            let field = field(format, &ability, name, column.kind, &facts);
            told(&column.name, column.kind, &field, &ability, notes);
            places.push(Some(fields.len()));
            let column = column.name.clone();
            fields.push(Slot { column, field, shortened: 0, changed: 0, rounded: 0, nulls: 0, empty: 0 });
        }
        if !left_out.is_empty() {
            notes.push(WriteNote::AttributesLeftOut { columns: left_out, values });
        }
        Ok(Self { columns, fields, places, ability })
    }

    /// The fields to make.
    pub(super) fn fields(&self) -> Vec<NewField> {
        self.fields.iter().map(|slot| slot.field.clone()).collect()
    }

    /// The values of a feature, one for each field.
    pub(super) fn values(&mut self, feature: &Feature) -> Result<Vec<RawValue>, WriteError> {
        let mut values = vec![RawValue::Null; self.fields.len()];
        if self.fields.is_empty() {
            return Ok(values);
        }
        let id = feature.id.as_ref().filter(|_| self.columns.has_ids).map(id_value);
        let id = id.iter().map(|value| (Some(0), "id", value));
        let numbers = &self.columns.numbers;
        let properties =
            feature.properties.iter().map(|(name, value)| (numbers.get(name), name.as_str(), value));
        let properties = properties.map(|(at, name, value)| (at.copied().map(usize::from), name, value));
        for (at, name, value) in id.chain(properties) {
            let unfit = || WriteError::Column { label: feature.label(), name: name.to_owned() };
            let at = at.and_then(|at| self.places.get(at).copied()).ok_or_else(unfit)?;
            let Some(at) = at else { continue };
            let place = self.fields.get_mut(at).zip(values.get_mut(at));
            let (slot, place) = place.ok_or_else(unfit)?;
            *place = slot.value(value, &self.ability).ok_or_else(unfit)?;
        }
        for (slot, value) in self.fields.iter_mut().zip(&values) {
            slot.nulls += u64::from(*value == RawValue::Null);
            slot.empty += u64::from(matches!(value, RawValue::Text(text) if text.is_empty()));
        }
        Ok(values)
    }

    /// What happened to the values.
    pub(super) fn notes(&self, notes: &mut Vec<WriteNote>) {
        notes.extend(self.nothing());
        for slot in &self.fields {
            let column = || slot.column.clone();
            if slot.shortened > 0 {
                let bytes = self.ability.text_bytes.unwrap_or_default();
                notes.push(WriteNote::TextsShortened { column: column(), count: slot.shortened, bytes });
            }
            if slot.changed > 0 {
                notes.push(WriteNote::TextsChanged { column: column(), count: slot.changed });
            }
            if slot.rounded > 0 {
                notes.push(WriteNote::NumbersRounded { column: column(), count: slot.rounded });
            }
        }
    }
}

impl Schema {
    /// What becomes of values that are none.
    fn nothing(&self) -> Option<WriteNote> {
        let lost = |count: fn(&Slot) -> u64| {
            let slots = || self.fields.iter().filter(move |slot| count(slot) > 0);
            let columns: Vec<String> = slots().map(|slot| slot.column.clone()).collect();
            (!columns.is_empty()).then(|| (columns, slots().map(count).sum()))
        };
        match self.ability.nothing {
            // A drawing has elements that are on no level, and nothing to tell of them.
            Nothing::Kept => None,
            Nothing::IsNull => {
                lost(|slot| slot.empty).map(|(columns, values)| WriteNote::EmptyAsNull { columns, values })
            }
            Nothing::IsEmptyOrZero => lost(|slot| slot.nulls)
                .map(|(columns, values)| WriteNote::NullAsEmpty { columns, values, zeros: true }),
        }
    }
}

/// Says what a column is there that it was not.
fn told(column: &str, kind: ColumnType, field: &NewField, ability: &Ability, notes: &mut Vec<WriteNote>) {
    let column = column.to_owned();
    if column != field.name {
        notes.push(WriteNote::Renamed { from: column.clone(), to: field.name.clone() });
    }
    if kind == ColumnType::Bool && !ability.boolean {
        notes.push(WriteNote::BooleanAsNumber { column: column.clone() });
    }
    if kind != ColumnType::String && field.kind == FieldKind::Text {
        notes.push(WriteNote::AsText { column });
    }
}

/// The field of a column.
fn field(format: Foreign, ability: &Ability, name: String, kind: ColumnType, facts: &Facts) -> NewField {
    let kind = match kind {
        ColumnType::Bool if ability.boolean => FieldKind::Boolean,
        ColumnType::Bool | ColumnType::Int => FieldKind::Integer,
        ColumnType::Long if ability.long => FieldKind::Long,
        ColumnType::Long if facts.largest <= EXACT => FieldKind::Real,
        ColumnType::Double => FieldKind::Real,
        _ => FieldKind::Text,
    };
    let mut field = NewField { name, kind, width: 0, decimals: 0 };
    match format {
        Foreign::Shapefile => table(&mut field, facts),
        // Every record takes the width of all its texts.
        Foreign::MapInfoTab | Foreign::MapInfoMif if field.kind == FieldKind::Text => {
            field.width = small(facts.bytes.clamp(1, 254));
        }
        _ => {}
    }
    field
}

/// Widths in a Shapefile's table, where numbers are written as text.
fn table(field: &mut NewField, facts: &Facts) {
    let fits = match field.kind {
        FieldKind::Text => true,
        FieldKind::Long => facts.whole <= TABLE_WHOLE,
        _ => facts.whole + 2 <= TABLE_DIGITS,
    };
    if !fits {
        field.kind = FieldKind::Text;
    }
    let (width, decimals) = match field.kind {
        FieldKind::Text => (facts.bytes.clamp(1, 254), 0),
        FieldKind::Real => {
            let decimals = facts.decimals.clamp(1, TABLE_DECIMALS.min(TABLE_DIGITS - 1 - facts.whole));
            (facts.whole + 1 + decimals, decimals)
        }
        _ => (facts.whole.max(1), 0),
    };
    (field.width, field.decimals) = (small(width), small(decimals));
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Slot {
    /// A value as the field takes it; none where it is of another kind than was surveyed.
    fn value(&mut self, value: &Value, ability: &Ability) -> Option<RawValue> {
        Some(match (self.field.kind, value) {
            (_, Value::Null) => RawValue::Null,
            (FieldKind::Boolean | FieldKind::Integer, Value::Bool(value)) => {
                RawValue::Integer((*value).into())
            }
            (FieldKind::Integer | FieldKind::Long, value) => RawValue::Integer(value.as_i64()?),
            (FieldKind::Real, value) => RawValue::Real(self.real(value.as_f64()?, ability)),
            (FieldKind::Boolean, _) => return None,
            (FieldKind::Text, Value::String(text)) => self.text(text, ability),
            (FieldKind::Text, other) => self.text(&other.to_string(), ability),
        })
    }

    /// Counts a number that will not come back as it is.
    fn real(&mut self, number: f64, ability: &Ability) -> f64 {
        let decimals = usize::from(self.field.decimals);
        let written = match ability.digits {
            _ if decimals > 0 => format!("{number:.decimals$}"),
            Some(digits) => format!("{number:.0$e}", digits.saturating_sub(1)),
            None => return number,
        };
        self.rounded += u64::from(written.parse() != Ok(number));
        number
    }

    fn text(&mut self, text: &str, ability: &Ability) -> RawValue {
        let unfit = |c: char| {
            c == '\0' || (!ability.lines && matches!(c, '\n' | '\r')) || (!ability.controls && is_odd(c))
        };
        let mut changed = None;
        if text.contains(unfit) {
            self.changed += 1;
            changed = Some(text.replace(unfit, " "));
        }
        let text = changed.as_deref().unwrap_or(text);
        let most = ability.text_bytes.unwrap_or(usize::MAX);
        self.shortened += u64::from(text.len() > most);
        RawValue::Text(cut(text, most).as_bytes().to_vec())
    }
}

/// Characters that XML 1.0 has no place for.
fn is_odd(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use spatial::Feature;

    use super::{Foreign, RawValue, Schema, Survey, WriteNote};
    use crate::worker::FieldKind;

    fn features(values: &[Value]) -> Vec<Feature> {
        let feature = |(position, value): (u64, &Value)| {
            let properties = json!({"a": value}).as_object().cloned().unwrap_or_default();
            Feature { position, id: None, geometry: None, properties }
        };
        (0..).zip(values).map(feature).collect()
    }

    /// The field of these values, the values in it, and what is noted.
    fn written(format: Foreign, values: &[Value]) -> (FieldKind, u8, u8, Vec<RawValue>, Vec<String>) {
        let features = features(values);
        let mut notes = Vec::new();
        let mut schema =
            Schema::of(format, &Survey::of(&features), &mut notes).unwrap_or_else(|e| panic!("{e}"));
        let values = features.iter().flat_map(|feature| schema.values(feature).unwrap_or_default()).collect();
        schema.notes(&mut notes);
        let field = schema.fields().swap_remove(0);
        (field.kind, field.width, field.decimals, values, notes.iter().map(WriteNote::to_string).collect())
    }

    #[test]
    fn numbers_go_into_a_shapefile_digit_by_digit() {
        let (kind, width, decimals, values, notes) =
            written(Foreign::Shapefile, &[json!(-12.5), json!(0.125)]);
        assert_eq!((kind, width, decimals), (FieldKind::Real, 7, 3));
        assert_eq!((values, notes.len()), (vec![RawValue::Real(-12.5), RawValue::Real(0.125)], 0));
        // A third has sixteen decimals, and the table fifteen.
        let (_, width, decimals, _, notes) = written(Foreign::Shapefile, &[json!(1.0 / 3.0), json!(0.5)]);
        assert_eq!((width, decimals), (17, 15));
        assert_eq!(notes, ["1 numbers of \"a\" lost digits at their end"]);
        let (kind, width, _, _, notes) = written(Foreign::Shapefile, &[json!(123_456_789_012_345_678_i64)]);
        assert_eq!((kind, width, notes.len()), (FieldKind::Long, 18, 0));
        let (kind, _, _, values, notes) = written(Foreign::Shapefile, &[json!(i64::MAX)]);
        assert_eq!((kind, values), (FieldKind::Text, vec![RawValue::Text(b"9223372036854775807".to_vec())]));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn what_a_format_has_no_type_for_becomes_what_loses_nothing() {
        let large = 1_i64 << 53;
        let (kind, ..) = written(Foreign::MapInfoTab, &[json!(large)]);
        assert_eq!(kind, FieldKind::Real);
        let (kind, ..) = written(Foreign::FileGeodatabase, &[json!(large + 1)]);
        assert_eq!(kind, FieldKind::Text);
        let (kind, _, _, values, notes) =
            written(Foreign::GeoPackage, &[json!([1, "đ"]), json!("x"), json!(null)]);
        let texts = ["[1,\"đ\"]", "x"].map(|text| RawValue::Text(text.into()));
        assert_eq!((kind, &values[..2], &values[2]), (FieldKind::Text, &texts[..], &RawValue::Null));
        assert_eq!(notes.len(), 1, "{notes:?}");
    }

    #[test]
    fn texts_are_made_to_fit_and_counted() {
        let (_, width, _, values, notes) = written(Foreign::MapInfoMif, &[json!("hai\ndòng"), json!("một")]);
        assert_eq!((width, &values[0]), (9, &RawValue::Text("hai dòng".into())));
        assert_eq!(notes, ["1 texts of \"a\" had characters that the format cannot hold: blanks now"]);
        let (.., values, notes) = written(Foreign::Gml, &[json!("a\u{1}b\n\u{0}")]);
        assert_eq!((&values[0], notes.len()), (&RawValue::Text("a b\n ".into()), 1));
    }
}
