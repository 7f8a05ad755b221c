//! Property values, built with their limits, their text in NFC.

use super::{Cursor, Fault};
use crate::NoteKind;
use crate::nfc::nfc;
use serde_json::{Map, Number, Value};

/// Builds values and counts what it had to do to them.
#[derive(Default)]
pub(crate) struct ValueReader {
    /// Members and list elements so far.
    items: u32,
    /// Texts that were not in NFC.
    pub(crate) normalised: u64,
    /// NaN and infinities, now null.
    pub(crate) non_finite: u64,
    /// Names of members that came twice in one object.
    pub(crate) duplicates: Vec<String>,
}

impl ValueReader {
    /// The members of the object that is next.
    pub(crate) fn object(&mut self, cursor: &mut Cursor<'_>) -> Result<Map<String, Value>, Fault> {
        let mut members = cursor.object("an object ({…})")?;
        let mut map = Map::new();
        while let Some(key) = cursor.next_key(&mut members)? {
            self.count(cursor)?;
            let key = nfc(key, &mut self.normalised);
            let value = self.value(cursor)?;
            // The later one wins, in the place of the first, as in every reader based on a map.
            if let Some(place) = map.get_mut(&key) {
                *place = value;
                self.duplicates.push(key);
            } else {
                map.insert(key, value);
            }
        }
        Ok(map)
    }

    /// The value that is next.
    pub(crate) fn value(&mut self, cursor: &mut Cursor<'_>) -> Result<Value, Fault> {
        Ok(match cursor.peek() {
            Some(b'{') => Value::Object(self.object(cursor)?),
            Some(b'[') => self.list(cursor)?,
            Some(b'"') => Value::String(self.text(cursor)?),
            Some(b'n') if cursor.literal("null") => Value::Null,
            Some(b't') if cursor.literal("true") => Value::Bool(true),
            Some(b'f') if cursor.literal("false") => Value::Bool(false),
            _ => self.number(cursor)?,
        })
    }

    /// The text that is next, in NFC.
    pub(crate) fn text(&mut self, cursor: &mut Cursor<'_>) -> Result<String, Fault> {
        let text = cursor.string()?;
        Ok(nfc(text, &mut self.normalised))
    }

    fn list(&mut self, cursor: &mut Cursor<'_>) -> Result<Value, Fault> {
        let mut elements = cursor.list("a list")?;
        let mut list = Vec::new();
        while cursor.next_element(&mut elements)? {
            self.count(cursor)?;
            list.push(self.value(cursor)?);
        }
        Ok(Value::Array(list))
    }

    fn number(&mut self, cursor: &mut Cursor<'_>) -> Result<Value, Fault> {
        if let Some(found) = cursor.non_finite() {
            cursor.advance(found.len());
            self.non_finite += 1;
            return Ok(Value::Null);
        }
        let offset = cursor.offset();
        let text = cursor.number("a value")?;
        // Keeps every digit; only an exponent is respelled (1E5 becomes 1e+5).
        let number: Result<Number, _> = text.parse();
        number.map(Value::Number).map_err(|error| Fault::syntax(offset, error.to_string()))
    }

    fn count(&mut self, cursor: &Cursor<'_>) -> Result<(), Fault> {
        self.items += 1;
        let limit = cursor.limits().properties;
        if self.items > limit {
            let reason = format!("more than {limit} properties (list elements and nested members included)");
            return Err(Fault::new(cursor.offset(), NoteKind::TooManyProperties, reason));
        }
        Ok(())
    }
}
