//! An expression in which every part has its type: what is evaluated.

use spatial::relation::{Predicate, Related};

use crate::ast::{Arithmetic, Comparison, Temporal};
use crate::queryables::Type;
use crate::time::Moment;

/// A condition.
#[derive(Clone, Debug)]
pub(crate) enum Test {
    All(Vec<Test>),
    Any(Vec<Test>),
    Not(Box<Test>),
    Compare(Comparison, [Term; 2]),
    Like([Term; 2]),
    Between([Term; 3]),
    In(Term, Vec<Term>),
    IsNull(Term),
    /// The feature has no geometry.
    NoGeometry,
    Spatial(Predicate, [Shape; 2]),
    Temporal(Temporal, [Span; 2]),
    /// The value is `true`.
    True(Term),
}

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Term {
    Text(String),
    Number(f64),
    Boolean(bool),
    Moment(Moment),
    Property(String, Type),
    Calculation(Arithmetic, Box<[Term; 2]>),
    Folded(Folding, Box<Term>),
    Test(Box<Test>),
}

/// What a text is compared without.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Folding {
    Case,
    Accents,
}

/// A geometry.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// That of the feature.
    Feature,
    Literal(Box<Related>),
}

/// A time.
#[derive(Clone, Debug)]
pub(crate) enum Span {
    Instant(Term),
    /// `None` = open.
    Interval(Option<Term>, Option<Term>),
}
