//! Shapes of themed features, and how each lies to a zone, by exact arithmetic on whole quarter metres.

use std::collections::BTreeSet;

use crate::key::outline::{Edge, apart_m, holds, meet};
use crate::plane::{Point, Spot, shoelace, square_metres};

/// The shape of a feature.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// Whole parcels of the newest plan.
    Parcels(BTreeSet<u32>),
    /// A convex polygon, counter-clockwise.
    Polygon(Vec<Point>),
    Line(Vec<Point>),
    Spot(Point),
}

/// How a feature lies to a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Outside,
    Inside,
    /// Some of its border meets the zone's.
    Across,
}

impl Shape {
    fn vertices(&self) -> &[Point] {
        match self {
            Self::Parcels(_) => &[],
            Self::Polygon(points) | Self::Line(points) => points,
            Self::Spot(point) => std::slice::from_ref(point),
        }
    }

    /// Its border; none of parcels, which are counted as sets.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let points = self.vertices();
        let next = |k: usize| points[(k + 1) % points.len()];
        let count = if matches!(self, Self::Line(_)) { points.len() - 1 } else { points.len() };
        (0..count).map(|k| [points[k], next(k)]).collect()
    }

    /// Distance to the outline of a zone, m; 0 when they touch or one holds the other.
    pub(crate) fn apart_m(&self, zone: &[Edge]) -> f64 {
        let edges = self.edges();
        let around = matches!(self, Self::Polygon(_)) && zone.iter().take(1).any(|e| holds(&edges, e[0]));
        if around || self.reach(zone) != Reach::Outside { 0.0 } else { apart_m(&edges, zone) }
    }

    /// How it lies to the outline of a zone.
    pub(crate) fn reach(&self, zone: &[Edge]) -> Reach {
        if meet(&self.edges(), zone) {
            Reach::Across
        } else if self.vertices().first().is_some_and(|&at| holds(zone, at)) {
            Reach::Inside
        } else {
            Reach::Outside
        }
    }

    /// Area, m²: exact; 0 of lines and points.
    pub(crate) fn area_m2(&self) -> f64 {
        let Self::Polygon(_) = self else { return 0.0 };
        square_metres(self.edges().iter().map(|&[a, b]| shoelace(a, b)).sum())
    }

    /// Length of the border, m.
    pub(crate) fn around_m(&self) -> f64 {
        self.edges().iter().map(|[a, b]| a.distance_m(*b)).sum()
    }

    /// Mean width 2A/P of what lies inside a zone of whose border a single straight edge crosses this polygon, m;
    /// `None` where it is not as simple as that.
    pub(crate) fn width_within_m(&self, zone: &[Edge]) -> Option<f64> {
        let edges = self.edges();
        let mut crossing = zone.iter().filter(|edge| meet(&edges, &[**edge]));
        let (Some(&[a, b]), None) = (crossing.next(), crossing.next()) else { return None };
        if holds(&edges, a) || holds(&edges, b) {
            return None;
        }
        let (a, along) = (a.spot(), b.spot() - a.spot());
        let inner = self.vertices().iter().find(|at| holds(zone, **at))?;
        let side = along.cross(inner.spot() - a).signum();
        let ring: Vec<Spot> = self.vertices().iter().map(|at| at.spot()).collect();
        let within = cut(&ring, |at| along.cross(at - a) * side);
        let (mut twice, mut around) = (0.0, 0.0);
        for (k, &p) in within.iter().enumerate() {
            let q = within[(k + 1) % within.len()];
            twice += p.cross(q);
            around += p.distance(q);
        }
        Some(twice.abs() / around)
    }
}

/// What of a convex ring lies where `side` is not negative; `side` is linear.
fn cut(ring: &[Spot], side: impl Fn(Spot) -> f64) -> Vec<Spot> {
    let mut kept = Vec::new();
    for (k, &p) in ring.iter().enumerate() {
        let q = ring[(k + 1) % ring.len()];
        let (s, t) = (side(p), side(q));
        if s >= 0.0 {
            kept.push(p);
        }
        if s * t < 0.0 {
            kept.push(p + (q - p) * (s / (s - t)));
        }
    }
    kept
}
