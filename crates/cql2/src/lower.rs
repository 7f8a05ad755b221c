//! From grammar to meaning: every name is held against the queryables and every part gets its type.

mod scalar;
mod temporal;

use crate::ast::{Kind, Node, SPATIAL, name_of};
use crate::error::Cql2Error;
use crate::plan::{Shape, Term, Test};
use crate::queryables::{Queryables, Type};
use crate::shape::{Space, bbox, literal};

/// How deep a tree may be that long calculations make deeper than its brackets.
const MAX_TREE_DEPTH: usize = 4 * crate::MAX_DEPTH;

/// What names and coordinates mean.
pub(crate) struct Lowering<'a> {
    queryables: &'a Queryables,
    space: Space,
    depth: usize,
}

impl<'a> Lowering<'a> {
    pub(crate) fn new(queryables: &'a Queryables, space: Space) -> Self {
        Self { queryables, space, depth: 0 }
    }

    /// One level deeper into the tree.
    fn deeper<T>(
        &mut self,
        node: &Node,
        lower: impl FnOnce(&mut Self) -> Result<T, Cql2Error>,
    ) -> Result<T, Cql2Error> {
        if self.depth >= MAX_TREE_DEPTH {
            return Err(Cql2Error::new(&node.place, "the filter is nested too deeply; make it simpler"));
        }
        self.depth += 1;
        let lowered = lower(self);
        self.depth -= 1;
        lowered
    }

    /// A condition.
    pub(crate) fn test(&mut self, node: &Node) -> Result<Test, Cql2Error> {
        self.deeper(node, |lowering| lowering.condition(node))
    }

    fn condition(&mut self, node: &Node) -> Result<Test, Cql2Error> {
        Ok(match &node.kind {
            Kind::And(parts) => Test::All(self.tests(parts)?),
            Kind::Or(parts) => Test::Any(self.tests(parts)?),
            Kind::Not(part) => Test::Not(Box::new(self.test(part)?)),
            Kind::Compare(comparison, sides) => Test::Compare(*comparison, self.comparable(sides)?),
            Kind::Like(sides) => Test::Like([self.text(&sides[0])?, self.text(&sides[1])?]),
            Kind::Between(parts) => {
                let [value, low] = self.two_comparable(&parts[0], &parts[1])?;
                let [_, high] = self.two_comparable(&parts[0], &parts[2])?;
                Test::Between([value, low, high])
            }
            Kind::In(value, list) => {
                let term = self.term(value)?;
                let list = list.iter().map(|one| self.two_comparable(value, one).map(|[_, one]| one));
                Test::In(term, list.collect::<Result<_, _>>()?)
            }
            Kind::IsNull(value) => self.is_null(value)?,
            Kind::Spatial(predicate, sides) => {
                let name = name_of(&SPATIAL, predicate);
                Test::Spatial(*predicate, [self.shape(&sides[0], name)?, self.shape(&sides[1], name)?])
            }
            Kind::Temporal(relation, sides) => Test::Temporal(*relation, self.spans(*relation, sides)?),
            Kind::Boolean(truth) => Test::True(Term::Boolean(*truth)),
            Kind::Property(name) => match self.property(name, node)? {
                Type::Boolean | Type::Mixed => Test::True(Term::Property(name.clone(), Type::Boolean)),
                other => {
                    let message = format!(
                        "\"{name}\" is {} and no condition by itself; compare it with something",
                        other.words()
                    );
                    return Err(Cql2Error::new(&node.place, message));
                }
            },
            _ => {
                let message = format!("{} is no condition; compare it with something", described(node));
                return Err(Cql2Error::new(&node.place, message));
            }
        })
    }

    fn tests(&mut self, parts: &[Node]) -> Result<Vec<Test>, Cql2Error> {
        parts.iter().map(|part| self.test(part)).collect()
    }

    fn is_null(&mut self, value: &Node) -> Result<Test, Cql2Error> {
        if let Kind::Property(name) = &value.kind {
            return Ok(match self.property(name, value)? {
                Type::Geometry => Test::NoGeometry,
                of => Test::IsNull(Term::Property(name.clone(), of)),
            });
        }
        self.term(value).map(Test::IsNull)
    }

    fn shape(&mut self, node: &Node, function: &str) -> Result<Shape, Cql2Error> {
        let found = match &node.kind {
            Kind::Geometry(geometry) => {
                return literal(geometry, &node.place, self.space).map(|one| Shape::Literal(Box::new(one)));
            }
            Kind::BBox(corners) => {
                return bbox(*corners, &node.place, self.space).map(|one| Shape::Literal(Box::new(one)));
            }
            Kind::Property(name) => match self.property(name, node)? {
                Type::Geometry => return Ok(Shape::Feature),
                other => format!("\"{name}\" is {}", other.words()),
            },
            _ => format!("{} is none", described(node)),
        };
        let geometries =
            self.queryables.names().filter(|name| self.queryables.get(name) == Some(Type::Geometry));
        let geometries = geometries.collect::<Vec<_>>().join(", ");
        let message =
            format!("{function} takes geometries, and {found}; the property with one is: {geometries}");
        Err(Cql2Error::new(&node.place, message))
    }

    /// The type of a property, which must be one of the queryables.
    fn property(&self, name: &str, node: &Node) -> Result<Type, Cql2Error> {
        self.queryables.get(name).ok_or_else(|| {
            let known = self.queryables.names().collect::<Vec<_>>().join(", ");
            Cql2Error::new(&node.place, format!("there is no property \"{name}\"; there are: {known}"))
        })
    }
}

/// What a part is, in words.
fn described(node: &Node) -> String {
    match &node.kind {
        Kind::Property(name) => format!("\"{name}\""),
        Kind::Text(text) => format!("the text '{text}'"),
        Kind::Number(number) => format!("the number {number}"),
        Kind::Boolean(truth) => format!("the value {truth}"),
        Kind::Date(date) => format!("the date {date}"),
        Kind::Timestamp(time) => format!("the timestamp {time}"),
        Kind::Interval(_) => "an interval".into(),
        Kind::Arithmetic(..) => "a calculation".into(),
        Kind::CaseI(_) | Kind::AccentI(_) => "a text".into(),
        Kind::Geometry(_) | Kind::BBox(_) => "a geometry".into(),
        _ => "a condition".into(),
    }
}
