//! Types of values, and which of them can be compared.

use super::{Lowering, described};
use crate::ast::{Kind, Node};
use crate::error::Cql2Error;
use crate::plan::{Folding, Term};
use crate::queryables::Type;
use crate::time::Moment;

/// What a value is, as far as comparisons care.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Text,
    Number,
    Truth,
    Moment,
    /// To be seen with each value.
    Any,
}

impl Class {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Moment => "a date or timestamp",
            Self::Any => "anything",
        }
    }
}

fn class(term: &Term) -> Class {
    match term {
        Term::Text(_) | Term::Folded(..) => Class::Text,
        Term::Number(_) | Term::Calculation(..) => Class::Number,
        Term::Boolean(_) | Term::Test(_) => Class::Truth,
        Term::Moment(_) => Class::Moment,
        Term::Property(_, of) => match of {
            Type::Text => Class::Text,
            Type::Number => Class::Number,
            Type::Boolean => Class::Truth,
            Type::Date | Type::Timestamp => Class::Moment,
            _ => Class::Any,
        },
    }
}

impl Lowering<'_> {
    pub(super) fn comparable(&mut self, sides: &[Node; 2]) -> Result<[Term; 2], Cql2Error> {
        self.two_comparable(&sides[0], &sides[1])
    }

    /// Two values of one type.
    pub(super) fn two_comparable(&mut self, left: &Node, right: &Node) -> Result<[Term; 2], Cql2Error> {
        let terms = [self.term(left)?, self.term(right)?];
        let [a, b] = [class(&terms[0]), class(&terms[1])];
        // A property that is a date may be compared with a text that is one: in the data it is a text as well.
        let written = |term: &Term| matches!(term, Term::Text(text) if Moment::read(text).is_some());
        let dated = (a == Class::Moment && written(&terms[1])) || (b == Class::Moment && written(&terms[0]));
        if a == b || a == Class::Any || b == Class::Any || dated {
            return Ok(terms);
        }
        let message = format!(
            "{} is {} and cannot be compared with {}, which is {}",
            described(left),
            a.words(),
            described(right),
            b.words()
        );
        Err(Cql2Error::new(&right.place, message))
    }

    /// A value that is a text. Dates are texts in the data.
    pub(super) fn text(&mut self, node: &Node) -> Result<Term, Cql2Error> {
        let term = self.term(node)?;
        let is_property = matches!(&term, Term::Property(..));
        match class(&term) {
            Class::Text | Class::Any => Ok(term),
            Class::Moment if is_property => Ok(term),
            other => {
                let message = format!("a text is needed here, and {} is {}", described(node), other.words());
                Err(Cql2Error::new(&node.place, message))
            }
        }
    }

    fn number(&mut self, node: &Node) -> Result<Term, Cql2Error> {
        let term = self.term(node)?;
        match class(&term) {
            Class::Number | Class::Any => Ok(term),
            other => {
                let message = format!(
                    "one can calculate with numbers only, and {} is {}",
                    described(node),
                    other.words()
                );
                Err(Cql2Error::new(&node.place, message))
            }
        }
    }

    /// A value of any type.
    pub(super) fn term(&mut self, node: &Node) -> Result<Term, Cql2Error> {
        self.deeper(node, |lowering| lowering.value(node))
    }

    fn value(&mut self, node: &Node) -> Result<Term, Cql2Error> {
        Ok(match &node.kind {
            Kind::Text(text) => Term::Text(text.clone()),
            Kind::Number(number) => Term::Number(*number),
            Kind::Boolean(truth) => Term::Boolean(*truth),
            Kind::Date(date) => Term::Moment(Moment::Date(*date)),
            Kind::Timestamp(time) => Term::Moment(Moment::Time(*time)),
            Kind::Property(name) => match self.property(name, node)? {
                of @ (Type::Geometry | Type::Structure) => {
                    let message = format!(
                        "\"{name}\" is {}: here it can only be asked IS NULL{}",
                        of.words(),
                        if of == Type::Geometry {
                            ", or in S_INTERSECTS and the other spatial functions"
                        } else {
                            ""
                        }
                    );
                    return Err(Cql2Error::new(&node.place, message));
                }
                of => Term::Property(name.clone(), of),
            },
            Kind::Arithmetic(operator, sides) => {
                Term::Calculation(*operator, Box::new([self.number(&sides[0])?, self.number(&sides[1])?]))
            }
            Kind::CaseI(text) => Term::Folded(Folding::Case, Box::new(self.text(text)?)),
            Kind::AccentI(text) => Term::Folded(Folding::Accents, Box::new(self.text(text)?)),
            Kind::Interval(_) => {
                let message = "an interval can be used in T_INTERSECTS and the other temporal functions only";
                return Err(Cql2Error::new(&node.place, message));
            }
            Kind::Geometry(_) | Kind::BBox(_) => {
                let message = "a geometry can be used in S_INTERSECTS and the other spatial functions only";
                return Err(Cql2Error::new(&node.place, message));
            }
            _ => Term::Test(Box::new(self.test(node)?)),
        })
    }
}
