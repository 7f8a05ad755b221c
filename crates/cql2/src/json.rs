//! CQL2 JSON.

mod operands;
mod shapes;

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::MAX_DEPTH;
use crate::ast::{Arithmetic, Comparison, Kind, Node, Place, SPATIAL, Temporal, named};
use crate::error::Cql2Error;
use crate::text::unknown_function;
use operands::Operands;

/// Reads an expression in CQL2 JSON.
/// # Errors
/// [`Cql2Error`] with the character at which it is no JSON, or the JSON pointer to what makes no sense.
pub fn parse_json(text: &str) -> Result<Node, Cql2Error> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let before: usize =
            text.split('\n').take(error.line().saturating_sub(1)).map(|l| l.chars().count() + 1).sum();
        let place = Place::Character(before + error.column().saturating_sub(1));
        Cql2Error::new(&place, format!("it is not JSON: {error}"))
    })?;
    Reader { pointer: Vec::new() }.node(&value)
}

/// A reader that knows where it is.
struct Reader {
    pointer: Vec<String>,
}

impl Reader {
    fn place(&self) -> Place {
        let escaped = |part: &String| format!("/{}", part.replace('~', "~0").replace('/', "~1"));
        Place::Pointer(self.pointer.iter().map(escaped).collect())
    }

    fn wrong<T>(&self, message: impl Into<String>) -> Result<T, Cql2Error> {
        Err(Cql2Error::new(&self.place(), message))
    }

    /// Reads what is at a key or position below.
    fn below<T>(
        &mut self,
        step: &impl ToString,
        read: impl FnOnce(&mut Self) -> Result<T, Cql2Error>,
    ) -> Result<T, Cql2Error> {
        // Each level of an expression takes two steps: "args" and a position.
        if self.pointer.len() >= 2 * MAX_DEPTH {
            return self
                .wrong(format!("it is nested deeper than {MAX_DEPTH} levels; make the filter simpler"));
        }
        self.pointer.push(step.to_string());
        let read = read(self);
        self.pointer.pop();
        read
    }

    fn node(&mut self, value: &Value) -> Result<Node, Cql2Error> {
        let kind = match value {
            Value::String(text) => Kind::Text(text.nfc().collect()),
            Value::Bool(truth) => Kind::Boolean(*truth),
            Value::Number(_) => Kind::Number(self.number(value)?),
            Value::Object(object) => self.object(object)?,
            Value::Null => {
                return self.wrong("null has no meaning here; \"isNull\" asks for a missing value");
            }
            Value::Array(_) => {
                return self.wrong("a list has no meaning here; array functions are not there");
            }
        };
        Ok(Node::new(kind, self.place()))
    }

    fn number(&self, value: &Value) -> Result<f64, Cql2Error> {
        match value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(number),
            None => self.wrong("a number is needed here"),
        }
    }

    fn object(&mut self, object: &Map<String, Value>) -> Result<Kind, Cql2Error> {
        if let Some(operation) = object.get("op") {
            return self.operation(operation, object);
        }
        if let Some(name) = object.get("property") {
            return match name {
                Value::String(name) => Ok(Kind::Property(name.clone())),
                _ => self.wrong("\"property\" must be a name"),
            };
        }
        for key in ["date", "timestamp"] {
            if let Some(text) = object.get(key) {
                return self.below(&key, |reader| reader.moment(key, text));
            }
        }
        if let Some(bounds) = object.get("interval") {
            return self.below(&"interval", |reader| reader.interval(bounds));
        }
        if object.contains_key("type") {
            return self.geometry(object).map(Kind::Geometry);
        }
        if let Some(corners) = object.get("bbox") {
            return self.below(&"bbox", |reader| reader.bbox(corners));
        }
        self.wrong(
            "expected an object with \"op\" and \"args\", \"property\", \"date\", \"timestamp\", \"interval\", \"bbox\", \
             or a GeoJSON geometry",
        )
    }

    fn operation(&mut self, operation: &Value, object: &Map<String, Value>) -> Result<Kind, Cql2Error> {
        let Some(name) = operation.as_str() else {
            return self.wrong("\"op\" must be the name of an operator");
        };
        let Some(Value::Array(args)) = object.get("args") else {
            return self.wrong(format!("\"{name}\" needs \"args\", a list"));
        };
        let name = name.to_owned();
        self.below(&"args", |reader| reader.applied(&name, args))
    }

    fn applied(&mut self, name: &str, args: &[Value]) -> Result<Kind, Cql2Error> {
        let mut operands = Operands { reader: self, name, args };
        if let Some(comparison) = named(&Comparison::ALL, name) {
            return Ok(Kind::Compare(comparison, operands.two()?));
        }
        if let Some(operator) = named(&Arithmetic::ALL, name) {
            return Ok(Kind::Arithmetic(operator, operands.two()?));
        }
        if let Some(predicate) = named(&SPATIAL, name) {
            return Ok(Kind::Spatial(predicate, operands.two()?));
        }
        if let Some(relation) = named(&Temporal::ALL, name) {
            return Ok(Kind::Temporal(relation, operands.two()?));
        }
        Ok(match name.to_ascii_lowercase().as_str() {
            "and" => Kind::And(operands.several()?),
            "or" => Kind::Or(operands.several()?),
            "not" => Kind::Not(operands.one()?),
            "like" => Kind::Like(operands.two()?),
            "between" => Kind::Between(operands.three()?),
            "in" => operands.is_in()?,
            "isnull" => Kind::IsNull(operands.one()?),
            "casei" => Kind::CaseI(operands.one()?),
            "accenti" => Kind::AccentI(operands.one()?),
            _ => return self.wrong(unknown_function(name)),
        })
    }
}
