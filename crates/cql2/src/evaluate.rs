//! Evaluation on one record, with the three values of SQL: `None` is what cannot be known.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::Value as Json;

use crate::ast::{Arithmetic, Comparison};
use crate::pattern::matches;
use crate::plan::{Shape, Span, Term, Test};
use crate::queryables::Type;
use crate::record::Record;
use crate::time::{Moment, Period};
use crate::value::{Value, folded};

/// Whether the condition holds.
pub(crate) fn truth(test: &Test, record: &dyn Record) -> Option<bool> {
    match test {
        Test::All(parts) => gathered(parts, record, false),
        Test::Any(parts) => gathered(parts, record, true),
        Test::Not(part) => truth(part, record).map(|truth| !truth),
        Test::Compare(comparison, [left, right]) => {
            value(left, record).order(&value(right, record)).map(|order| fits(*comparison, order))
        }
        Test::Like([text, pattern]) => Some(matches(&text_of(text, record)?, &text_of(pattern, record)?)),
        Test::Between([middle, low, high]) => {
            let middle = value(middle, record);
            let above = middle.order(&value(low, record))?.is_ge();
            Some(middle.order(&value(high, record))?.is_le() && above)
        }
        Test::In(one, list) => is_in(&value(one, record), list, record),
        Test::IsNull(Term::Property(name, _)) => {
            Some(record.property(name).is_none_or(|value| value.is_null()))
        }
        Test::IsNull(term) => Some(matches!(value(term, record), Value::Null)),
        Test::NoGeometry => Some(record.geometry().is_none()),
        Test::Spatial(predicate, [left, right]) => {
            let shape = |shape| match shape {
                &Shape::Feature => record.geometry(),
                Shape::Literal(literal) => Some(&**literal),
            };
            Some(shape(left)?.holds(*predicate, shape(right)?))
        }
        Test::Temporal(relation, [left, right]) => {
            period(left, record)?.relates(*relation, period(right, record)?)
        }
        Test::True(term) => match value(term, record) {
            Value::Boolean(truth) => Some(truth),
            _ => None,
        },
    }
}

/// AND is decided by a false part, OR by a true one; else by one that cannot be known.
fn gathered(parts: &[Test], record: &dyn Record, decisive: bool) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match truth(part, record) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decisive)
}

fn fits(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

fn is_in(one: &Value<'_>, list: &[Term], record: &dyn Record) -> Option<bool> {
    let mut known = true;
    for member in list {
        match one.order(&value(member, record)) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(false)
}

fn value<'a>(term: &'a Term, record: &'a dyn Record) -> Value<'a> {
    match term {
        Term::Text(text) => Value::Text(Cow::Borrowed(text)),
        Term::Number(number) => Value::Number(*number),
        Term::Boolean(truth) => Value::Boolean(*truth),
        Term::Moment(moment) => Value::Moment(*moment),
        Term::Property(name, of) => property(record.property(name), *of),
        Term::Calculation(operator, sides) => match (value(&sides[0], record), value(&sides[1], record)) {
            (Value::Number(a), Value::Number(b)) => calculated(*operator, a, b),
            _ => Value::Null,
        },
        Term::Folded(..) => text_of(term, record).map_or(Value::Null, Value::Text),
        Term::Test(test) => truth(test, record).map_or(Value::Null, Value::Boolean),
    }
}

fn property(value: Option<Cow<'_, Json>>, of: Type) -> Value<'_> {
    let text = match value {
        None => return Value::Null,
        Some(Cow::Borrowed(Json::String(text))) => Cow::Borrowed(text.as_str()),
        Some(Cow::Owned(Json::String(text))) => Cow::Owned(text),
        Some(value) => match &*value {
            Json::Number(number) => return number.as_f64().map_or(Value::Null, Value::Number),
            Json::Bool(truth) => return Value::Boolean(*truth),
            _ => return Value::Null,
        },
    };
    if matches!(of, Type::Date | Type::Timestamp) {
        return Moment::read(&text).map_or(Value::Null, Value::Moment);
    }
    Value::Text(text)
}

/// A value as the text that it is in the data.
fn text_of<'a>(term: &'a Term, record: &'a dyn Record) -> Option<Cow<'a, str>> {
    match term {
        Term::Text(text) => Some(Cow::Borrowed(text)),
        Term::Property(name, _) => match property(record.property(name), Type::Text) {
            Value::Text(text) => Some(text),
            _ => None,
        },
        Term::Folded(folding, inner) => Some(Cow::Owned(folded(&text_of(inner, record)?, *folding))),
        _ => None,
    }
}

/// What has no finite result has none at all.
fn calculated<'a>(operator: Arithmetic, a: f64, b: f64) -> Value<'a> {
    let result = match operator {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Quotient => (a / b).trunc(),
        Arithmetic::Remainder => a % b,
        Arithmetic::Power => a.powf(b),
    };
    if result.is_finite() { Value::Number(result) } else { Value::Null }
}

fn period(span: &Span, record: &dyn Record) -> Option<Period> {
    let moment = |term: &Term| match value(term, record) {
        Value::Moment(moment) => Some(moment),
        Value::Text(text) => Moment::read(&text),
        _ => None,
    };
    // An open bound stays open; one that is missing makes the whole unknown.
    let bound = |bound: &Option<Term>| bound.as_ref().map_or(Some(None), |term| moment(term).map(Some));
    match span {
        Span::Instant(term) => moment(term).map(|at| Period { start: Some(at), end: Some(at) }),
        Span::Interval(start, end) => Some(Period { start: bound(start)?, end: bound(end)? }),
    }
}
