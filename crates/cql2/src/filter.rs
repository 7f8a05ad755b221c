//! A filter ready to be evaluated.

use spatial::Envelope;
use spatial::relation::Predicate;

use crate::ast::Node;
use crate::error::Cql2Error;
use crate::evaluate::truth;
use crate::lower::Lowering;
use crate::plan::{Shape, Test};
use crate::queryables::Queryables;
use crate::record::Record;
use crate::shape::Space;

/// A condition on the features of one collection.
#[derive(Clone, Debug)]
pub struct Filter {
    test: Test,
}

impl Filter {
    /// Holds an expression against what a collection has, its coordinates being in `space`.
    /// # Errors
    /// [`Cql2Error`] for a name that there is not, types that do not go together, a geometry that is not valid.
    pub fn new(expression: &Node, queryables: &Queryables, space: Space) -> Result<Self, Cql2Error> {
        Lowering::new(queryables, space).test(expression).map(|test| Self { test })
    }

    /// Whether a feature passes. One of which it cannot be known does not.
    pub fn holds(&self, record: &dyn Record) -> bool {
        truth(&self.test, record) == Some(true)
    }

    /// Boxes of the filter's space of which a feature must touch one in order to pass; `None` when it may lie
    /// anywhere.
    pub fn window(&self) -> Option<Vec<Envelope>> {
        window(&self.test)
    }
}

fn window(test: &Test) -> Option<Vec<Envelope>> {
    match test {
        // Every part must hold, so the part with the smallest window is enough.
        Test::All(parts) => parts.iter().filter_map(window).min_by(|a, b| size(a).total_cmp(&size(b))),
        Test::Any(parts) => {
            let windows: Option<Vec<_>> = parts.iter().map(window).collect();
            windows.map(|windows| windows.concat())
        }
        Test::Spatial(Predicate::Disjoint, _) => None,
        Test::Spatial(
            _,
            [Shape::Feature, Shape::Literal(literal)] | [Shape::Literal(literal), Shape::Feature],
        ) => Some(vec![literal.envelope()]),
        _ => None,
    }
}

fn size(boxes: &[Envelope]) -> f64 {
    boxes.iter().map(|b| (b.max[0] - b.min[0]) * (b.max[1] - b.min[1])).sum()
}
