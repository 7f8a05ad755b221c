//! The length of a line inside an area, and along its boundary, without cutting the line.
//!
//! An edge of the line lies on a straight line ℓ. Shift ℓ a hair to its left: the shifted line passes through no
//! vertex, and it crosses an edge of the area exactly when one end of that edge lies left of ℓ and the other does
//! not. The same to the right. Where both shifted lines are inside, the line is inside; where one is, it runs along
//! the boundary; where neither is, it is outside. So nothing is decided but on which side of ℓ vertices lie, and that
//! is exact ([`predicate`](crate::predicate)); a stretch along a boundary needs no tolerance and cannot be lost.
//!
//! Crossings behind the edge's start count as crossings at its start, those beyond its end do nothing. A run of edges
//! that lies wholly behind the start crosses ℓ an odd number of times exactly when its ends lie on different sides,
//! so that only boxes near the edge are opened. Runs of the line whose boxes meet no leaf of the area are
//! decided by one of their vertices.

use super::edge::{Edge, between, crossing, dot, minus};
use super::linework::{Linework, Node};
use super::{Location, Shape, locate};
use crate::Envelope;
use crate::predicate::{Side, side};

/// How much of a line lies in an area.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LengthIn {
    /// Length inside, m.
    pub interior_m: f64,
    /// Length along the boundary, m.
    pub boundary_m: f64,
}

impl LengthIn {
    /// Length in the closed area, m: inside and along the boundary.
    pub fn length_m(&self) -> f64 {
        self.interior_m + self.boundary_m
    }
}

impl Shape {
    /// How much of its lines (of a polygon: its rings) lies in the area of `area`. A stretch that a line passes twice
    /// counts twice; where two polygons of a collection meet along a line, it lies inside.
    pub fn length_in(&self, area: &Self) -> LengthIn {
        let mut stab = Stab { area, events: Vec::new(), found: LengthIn::default() };
        self.linework().for_each(|lines| stab.run(lines, lines.node(lines.root())));
        stab.found
    }
}

/// A crossing of the shifted lines with one of the areas.
struct Event {
    /// Where, as a share of the edge.
    at: f64,
    area: usize,
    /// Whether the line shifted to the left crosses, and the one to the right.
    shifted: [bool; 2],
}

struct Stab<'a> {
    area: &'a Shape,
    events: Vec<Event>,
    found: LengthIn,
}

impl Stab<'_> {
    /// Adds the length of a run of the line.
    fn run(&mut self, lines: &Linework, node: &Node) {
        let around = &node.envelope;
        if !around.intersects(&self.area.envelope()) {
            return;
        }
        let free = self.area.areas().iter().all(|area| is_free(area, area.node(area.root()), around));
        if free {
            let first = lines.at(node.first);
            let is_inside =
                self.area.areas().iter().any(|area| locate::locate(first, area) == Location::Interior);
            self.found.interior_m += if is_inside { length_m(lines, node) } else { 0.0 };
        } else if node.is_leaf() {
            lines.edges(node).filter(|[a, b]| a != b).for_each(|edge| self.edge(edge));
        } else {
            lines.children(node).for_each(|child| self.run(lines, lines.node(child)));
        }
    }

    fn edge(&mut self, edge: Edge) {
        self.events.clear();
        let around = super::edge::envelope(edge);
        for (number, area) in self.area.areas().iter().enumerate() {
            if area.envelope().intersects(&around) {
                let mut line = Line { edge, area, number, events: &mut self.events };
                line.stab(area.node(area.root()));
            }
        }
        self.sweep(edge);
    }

    /// Goes along the edge and adds up where the shifted lines are inside.
    fn sweep(&mut self, [a, b]: Edge) {
        self.events.sort_by(|one, other| one.at.total_cmp(&other.at));
        let [x, y] = minus(b, a);
        let length_m = x.hypot(y);
        let mut inside = vec![[false; 2]; self.area.areas().len()];
        let mut before = 0.0;
        let end = Event { at: 1.0, area: 0, shifted: [false; 2] };
        for event in self.events.iter().chain([&end]) {
            let stretch_m = (event.at - before) * length_m;
            match [0, 1].map(|k| inside.iter().any(|area| area[k])) {
                [true, true] => self.found.interior_m += stretch_m,
                [false, false] => {}
                _ => self.found.boundary_m += stretch_m,
            }
            before = event.at;
            if let Some(area) = inside.get_mut(event.area) {
                *area = [0, 1].map(|k| area[k] != event.shifted[k]);
            }
        }
    }
}

/// Whether no leaf's box meets the box.
fn is_free(area: &Linework, node: &Node, around: &Envelope) -> bool {
    if !node.envelope.intersects(around) {
        return true;
    }
    !node.is_leaf() && area.children(node).all(|child| is_free(area, area.node(child), around))
}

fn length_m(lines: &Linework, node: &Node) -> f64 {
    if node.is_leaf() {
        return lines.edges(node).map(|[a, b]| minus(b, a)).map(|[x, y]| x.hypot(y)).sum();
    }
    lines.children(node).map(|child| length_m(lines, lines.node(child))).sum()
}

/// One edge of the line against one of the areas.
struct Line<'a> {
    edge: Edge,
    area: &'a Linework,
    number: usize,
    events: &'a mut Vec<Event>,
}

/// Where a box lies with regard to an edge.
enum Lies {
    /// On one side of its line, or beyond its end.
    Apart,
    /// Behind its start.
    Behind,
    /// None of these for certain.
    Near,
}

impl Line<'_> {
    fn stab(&mut self, node: &Node) {
        match lies(self.edge, &node.envelope) {
            Lies::Apart => {}
            Lies::Behind => {
                for [first, last] in self.area.open_parts(node).into_iter().flatten() {
                    let sides = [first, last].map(|vertex| self.side(self.area.at(vertex)));
                    self.cross(sides, |_| 0.0);
                }
            }
            Lies::Near if node.is_leaf() => self.leaf(node),
            Lies::Near => self.area.children(node).for_each(|child| self.stab(self.area.node(child))),
        }
    }

    fn leaf(&mut self, leaf: &Node) {
        let mut before = self.side(self.area.at(leaf.first));
        for [a, b] in self.area.edges(leaf) {
            let after = self.side(b);
            let line = self.edge;
            self.cross([before, after], |sides| match sides {
                [Side::On, _] => share(line, a),
                [_, Side::On] => share(line, b),
                _ => share(line, between(a, b, crossing([a, b], line))),
            });
            before = after;
        }
    }

    /// Notes which of the shifted lines cross something whose ends lie on these sides.
    fn cross(&mut self, sides: [Side; 2], at: impl FnOnce([Side; 2]) -> f64) {
        let shifted = [Side::Left, Side::Right].map(|side| (sides[0] == side) != (sides[1] == side));
        if shifted != [false; 2] {
            self.events.push(Event { at: at(sides), area: self.number, shifted });
        }
    }

    fn side(&self, point: [f64; 2]) -> Side {
        side(self.edge[0], self.edge[1], point)
    }
}

/// How far along the edge a point of its line is, as a share of it; nothing is before its start or beyond its end.
fn share([a, b]: Edge, point: [f64; 2]) -> f64 {
    let along = minus(b, a);
    let share = dot(minus(point, a), along) / dot(along, along);
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

fn lies([a, b]: Edge, around: &Envelope) -> Lies {
    let [dx, dy] = minus(b, a);
    let [low, high] = [minus(around.min, a), minus(around.max, a)];
    let [x, y] = [0, 1].map(|k| (low[k] + high[k]) / 2.0);
    let [half_x, half_y] = [0, 1].map(|k| (high[k] - low[k]) / 2.0);
    // Far more than rounding can do: what is not certain is looked at edge by edge.
    let doubt = 1e-13 * (dx.abs() + dy.abs()) * (x.abs() + y.abs() + half_x + half_y);
    let (across, along) = (dx * y - dy * x, dx * x + dy * y);
    if across.abs() > dx.abs() * half_y + dy.abs() * half_x + doubt {
        return Lies::Apart;
    }
    let reach = dx.abs() * half_x + dy.abs() * half_y + doubt;
    if along + reach < 0.0 {
        Lies::Behind
    } else if along - reach > (dx * dx + dy * dy) * (1.0 + 1e-13) {
        Lies::Apart
    } else {
        Lies::Near
    }
}
