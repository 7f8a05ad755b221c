//! The edges that a sweep line crosses, in their order along it.
//!
//! The line runs from left to right, and upwards where places are equally far left, as if it were turned a little. At
//! any moment the edges that it crosses, and that do not cross each other before it, have one order from below; two of
//! them are compared at the later of their two left ends, exactly.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound::Excluded;

use super::contacts::Edge;
use super::ring::Ring;
use crate::predicate::{Side, side};

/// An edge from its left (then lower) end to its right one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) left: [f64; 2],
    pub(super) right: [f64; 2],
    pub(super) edge: Edge,
}

impl Span {
    pub(super) fn of(rings: &[Ring], edge: Edge) -> Self {
        let [a, b] = rings[edge.ring].edge(edge.index);
        let (left, right) = if a <= b { (a, b) } else { (b, a) };
        Self { left, right, edge }
    }
}

/// What stands in the order: an edge, or the gap just below or above all edges through a place.
#[derive(Clone, Copy, Debug)]
enum Key {
    Span(Span),
    Below([f64; 2]),
    Above([f64; 2]),
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Span(a), Self::Span(b)) => compare(a, b),
            (Self::Span(span), Self::Below(place)) => against(span, *place).then(Ordering::Greater),
            (Self::Span(span), Self::Above(place)) => against(span, *place).then(Ordering::Less),
            (_, Self::Span(_)) => other.cmp(self).reverse(),
            // Gaps are only asked for, at one place at a time, never kept.
            (Self::Below(_), Self::Above(_)) => Ordering::Less,
            (Self::Above(_), Self::Below(_)) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

/// Which of two edges lies lower where the line crosses both. Edges on one line come in the order of their numbers.
pub(super) fn compare(a: &Span, b: &Span) -> Ordering {
    if a.edge == b.edge {
        return Ordering::Equal;
    }
    if a.left < b.left {
        return compare(b, a).reverse();
    }
    let apart = |place| side(b.left, b.right, place);
    match (apart(a.left), apart(a.right)) {
        (Side::Left, _) | (Side::On, Side::Left) => Ordering::Greater,
        (Side::Right, _) | (Side::On, Side::Right) => Ordering::Less,
        (Side::On, Side::On) => a.edge.cmp(&b.edge),
    }
}

/// Whether an edge passes below or above a place, or through it.
fn against(span: &Span, place: [f64; 2]) -> Ordering {
    match side(span.left, span.right, place) {
        Side::Left => Ordering::Less,
        Side::Right => Ordering::Greater,
        Side::On => Ordering::Equal,
    }
}

/// The edges under the line.
#[derive(Default)]
pub(super) struct Status(BTreeSet<Key>);

impl Status {
    pub(super) fn insert(&mut self, span: Span) {
        self.0.insert(Key::Span(span));
    }

    pub(super) fn remove(&mut self, span: &Span) {
        if !self.0.remove(&Key::Span(*span)) {
            // Not where it should be: then it is looked for, so that whoever wants it gone gets it gone.
            self.0.retain(|key| key.span().is_none_or(|other| other.edge != span.edge));
        }
    }

    /// The edges through a place of the line, from below.
    pub(super) fn through(&self, place: [f64; 2]) -> impl Iterator<Item = Span> {
        self.0.range((Excluded(Key::Below(place)), Excluded(Key::Above(place)))).filter_map(Key::span)
    }

    /// The edges next to a place of the line, below and above those through it.
    pub(super) fn beside(&self, place: [f64; 2]) -> [Option<Span>; 2] {
        let below = self.0.range(..Key::Below(place)).next_back();
        let above = self.0.range(Key::Above(place)..).next();
        [below, above].map(|key| key.and_then(Key::span))
    }

    /// The edge next below another, which need not be among them.
    pub(super) fn below(&self, span: &Span) -> Option<Span> {
        self.0.range(..Key::Span(*span)).next_back().and_then(Key::span)
    }
}

impl Key {
    fn span(&self) -> Option<Span> {
        match self {
            Self::Span(span) => Some(*span),
            Self::Below(_) | Self::Above(_) => None,
        }
    }
}
