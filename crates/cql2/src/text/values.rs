//! Values that are written like functions: times, texts compared loosely, relations, geometries.

use super::lexer::Token;
use super::parser::Parser;
use crate::ast::{Kind, Node, SPATIAL, Temporal, named};
use crate::error::Cql2Error;
use crate::time::{Moment, read_date, read_timestamp};

impl Parser {
    /// What a word and the bracket behind it stand for; `None` when it is only a name.
    pub(super) fn constructed(&mut self, word: &str) -> Result<Option<Kind>, Cql2Error> {
        let bracket = |token: &Token| *token == Token::Sign("(");
        if let Some(shape) = self.geometry(word)? {
            return Ok(Some(shape));
        }
        if !bracket(self.peek_at(1)) {
            return Ok(None);
        }
        let lower = word.to_ascii_lowercase();
        let kind = match lower.as_str() {
            "date" | "timestamp" => self.moment(&lower)?,
            "interval" => self.interval()?,
            "casei" => Kind::CaseI(Box::new(self.argument()?)),
            "accenti" => Kind::AccentI(Box::new(self.argument()?)),
            name => {
                if let Some(predicate) = named(&SPATIAL, name) {
                    self.advance();
                    Kind::Spatial(predicate, self.two()?)
                } else if let Some(relation) = named(&Temporal::ALL, name) {
                    self.advance();
                    Kind::Temporal(relation, self.two()?)
                } else {
                    return Err(Cql2Error::new(&self.place(), unknown_function(word)));
                }
            }
        };
        Ok(Some(kind))
    }

    fn argument(&mut self) -> Result<Node, Cql2Error> {
        self.advance();
        self.need_sign("(")?;
        let argument = self.inner()?;
        self.need_sign(")")?;
        Ok(argument)
    }

    fn two(&mut self) -> Result<Box<[Node; 2]>, Cql2Error> {
        self.need_sign("(")?;
        let first = self.inner()?;
        self.need_sign(",")?;
        let second = self.inner()?;
        self.need_sign(")")?;
        Ok(Box::new([first, second]))
    }

    /// `DATE('…')` or `TIMESTAMP('…')`.
    fn moment(&mut self, what: &str) -> Result<Kind, Cql2Error> {
        self.advance();
        self.need_sign("(")?;
        let text = match self.peek() {
            Token::Text(text) => text.clone(),
            _ => return Err(self.unexpected("a text such as '2024-01-31'")),
        };
        let read = if what == "date" {
            read_date(&text).map(Kind::Date)
        } else {
            read_timestamp(&text).map(Kind::Timestamp)
        };
        let kind = read.ok_or_else(|| Cql2Error::new(&self.place(), wrong_moment(what, &text)))?;
        self.advance();
        self.need_sign(")")?;
        Ok(kind)
    }

    fn interval(&mut self) -> Result<Kind, Cql2Error> {
        self.advance();
        self.need_sign("(")?;
        let start = self.bound()?;
        self.need_sign(",")?;
        let end = self.bound()?;
        self.need_sign(")")?;
        Ok(Kind::Interval(Box::new([start, end])))
    }

    /// A text that is an instant, `'..'`, or a property.
    fn bound(&mut self) -> Result<Option<Node>, Cql2Error> {
        let place = self.place();
        let Token::Text(text) = self.peek().clone() else { return self.inner().map(Some) };
        if text == ".." {
            self.advance();
            return Ok(None);
        }
        let kind = match Moment::read(&text) {
            Some(Moment::Date(date)) => Kind::Date(date),
            Some(Moment::Time(time)) => Kind::Timestamp(time),
            None => return Err(Cql2Error::new(&place, wrong_moment("interval", &text))),
        };
        self.advance();
        Ok(Some(Node::new(kind, place)))
    }
}

/// What to say about a function that there is not.
pub(crate) fn unknown_function(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("a_") {
        return format!("array functions such as {name} are not there; lists can only be asked IS NULL");
    }
    format!(
        "there is no function \"{name}\"; there are CASEI, ACCENTI, DATE, TIMESTAMP, INTERVAL, BBOX, S_INTERSECTS and \
         the other spatial, T_AFTER and the other temporal ones"
    )
}

/// What to say about a text that is no time.
pub(crate) fn wrong_moment(what: &str, text: &str) -> String {
    let wanted = match what {
        "date" => "a date such as '2024-01-31'",
        "timestamp" => "a timestamp such as '2024-01-31T12:00:00Z'",
        _ => "a date, a timestamp or '..'",
    };
    format!("'{text}' is not {wanted} (RFC 3339)")
}
