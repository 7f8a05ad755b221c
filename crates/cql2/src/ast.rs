//! The tree of an expression as it was written: grammar without types.

use geo_types::Geometry;
use jiff::Timestamp;
use jiff::civil::Date;
use spatial::relation::Predicate;

/// Where a part of an expression stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Characters before it, in text.
    Character(usize),
    /// JSON pointer to it (RFC 6901).
    Pointer(String),
}

/// A part of an expression. Two are equal when they mean the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    pub(crate) fn new(kind: Kind, place: Place) -> Self {
        Self { kind, place }
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What a part of an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// All of them.
    And(Vec<Node>),
    /// One of them.
    Or(Vec<Node>),
    /// The contrary.
    Not(Box<Node>),
    /// A comparison of two values.
    Compare(Comparison, Box<[Node; 2]>),
    /// A text and its pattern: `%` stands for any characters, `_` for one, `\` before either for itself.
    Like(Box<[Node; 2]>),
    /// A value, the lowest and the highest.
    Between(Box<[Node; 3]>),
    /// A value and what it may be.
    In(Box<Node>, Vec<Node>),
    /// Whether there is no value.
    IsNull(Box<Node>),
    /// A relation of two geometries.
    Spatial(Predicate, Box<[Node; 2]>),
    /// A relation of two times.
    Temporal(Temporal, Box<[Node; 2]>),
    /// A property by its name.
    Property(String),
    /// A text, in Unicode's composed form (NFC).
    Text(String),
    /// A finite number.
    Number(f64),
    /// A truth.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// From an instant to an instant; `None` = open.
    Interval(Box<[Option<Node>; 2]>),
    /// A calculation.
    Arithmetic(Arithmetic, Box<[Node; 2]>),
    /// A text without the difference of capitals.
    CaseI(Box<Node>),
    /// A text without marks on its letters.
    AccentI(Box<Node>),
    /// A geometry, coordinates as they were written.
    Geometry(Geometry<f64>),
    /// A box: lower corner, upper corner, as written.
    BBox([f64; 4]),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Each with its sign.
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::Equal, "="),
        (Self::NotEqual, "<>"),
        (Self::Less, "<"),
        (Self::LessOrEqual, "<="),
        (Self::Greater, ">"),
        (Self::GreaterOrEqual, ">="),
    ];
}

/// A calculation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `div`: how often it goes into it.
    Quotient,
    /// `%`: what is left then, with the sign of the first.
    Remainder,
    /// `^`
    Power,
}

impl Arithmetic {
    /// Each with its sign.
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::Add, "+"),
        (Self::Subtract, "-"),
        (Self::Multiply, "*"),
        (Self::Divide, "/"),
        (Self::Quotient, "div"),
        (Self::Remainder, "%"),
        (Self::Power, "^"),
    ];
}

/// A relation of times (OGC 21-065, 7.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporal {
    /// The first begins after the second ends.
    After,
    /// The first ends before the second begins.
    Before,
    /// They share nothing.
    Disjoint,
    /// They begin and end together.
    Equals,
    /// They share an instant.
    Intersects,
    /// The second lies in the first and touches neither end.
    Contains,
    /// The first lies in the second and touches neither end.
    During,
    /// They end together, the second begins later.
    FinishedBy,
    /// They end together, the first begins later.
    Finishes,
    /// The first ends where the second begins.
    Meets,
    /// The first begins where the second ends.
    MetBy,
    /// The second begins first and ends in the first.
    OverlappedBy,
    /// The first begins first and ends in the second.
    Overlaps,
    /// They begin together, the second ends first.
    StartedBy,
    /// They begin together, the first ends first.
    Starts,
}

impl Temporal {
    /// Each with the name of its function in JSON; in text it is the same in any case.
    pub(crate) const ALL: [(Self, &'static str); 15] = [
        (Self::After, "t_after"),
        (Self::Before, "t_before"),
        (Self::Disjoint, "t_disjoint"),
        (Self::Equals, "t_equals"),
        (Self::Intersects, "t_intersects"),
        (Self::Contains, "t_contains"),
        (Self::During, "t_during"),
        (Self::FinishedBy, "t_finishedBy"),
        (Self::Finishes, "t_finishes"),
        (Self::Meets, "t_meets"),
        (Self::MetBy, "t_metBy"),
        (Self::OverlappedBy, "t_overlappedBy"),
        (Self::Overlaps, "t_overlaps"),
        (Self::StartedBy, "t_startedBy"),
        (Self::Starts, "t_starts"),
    ];

    /// Whether it is for instants as well, not for intervals alone.
    pub(crate) fn takes_instants(self) -> bool {
        matches!(self, Self::After | Self::Before | Self::Disjoint | Self::Equals | Self::Intersects)
    }
}

/// Spatial functions, each with its name in JSON.
pub(crate) const SPATIAL: [(Predicate, &str); 8] = [
    (Predicate::Intersects, "s_intersects"),
    (Predicate::Equals, "s_equals"),
    (Predicate::Disjoint, "s_disjoint"),
    (Predicate::Touches, "s_touches"),
    (Predicate::Within, "s_within"),
    (Predicate::Overlaps, "s_overlaps"),
    (Predicate::Crosses, "s_crosses"),
    (Predicate::Contains, "s_contains"),
];

/// What a table has under a name, in any case.
pub(crate) fn named<T: Copy>(table: &[(T, &'static str)], name: &str) -> Option<T> {
    table.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(what, _)| *what)
}

/// The name in a table.
pub(crate) fn name_of<T: PartialEq>(table: &[(T, &'static str)], what: &T) -> &'static str {
    table.iter().find(|(known, _)| known == what).map_or("", |(_, name)| name)
}
