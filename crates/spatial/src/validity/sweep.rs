//! All contacts of edges that no boxes keep apart, by a sweep line (Shamos and Hoey, 1976): long edges beside each
//! other have boxes that all meet, but along the line each has two neighbours only.
//!
//! Edges that touch are found where the line passes the end of one of them. Two that cross are neighbours before they
//! do; then the longer is taken out, so that the order of the others never changes, and compared with all others by
//! itself afterwards. So n edges of which few cross are searched in n log n steps; where many do, the search ends
//! at [`COMPARISON_LIMIT`], when every edge that was taken out has been told with one that it crosses.

use std::cmp::Ordering;

use super::CONTACT_LIMIT;
use super::contact::Contact;
use super::contacts::{Edge, Meeting, meeting};
use super::ring::Ring;
use super::status::{Span, Status};

/// Most comparisons of edges that were taken out with others.
const COMPARISON_LIMIT: usize = 30_000_000;

/// All meetings, in any order, some of them twice; and how many pairs of edges were compared.
pub(super) fn meetings(rings: &[Ring]) -> (Vec<Meeting>, usize) {
    let mut sweep = Sweep::new(rings);
    let events = events(&sweep.spans);
    for at_one_place in events.chunk_by(|a, b| a.place == b.place) {
        sweep.pass(at_one_place);
        if sweep.found.len() >= CONTACT_LIMIT {
            return (sweep.found, sweep.comparisons);
        }
    }
    sweep.compare_taken_out();
    (sweep.found, sweep.comparisons)
}

/// The line comes to an end of an edge.
struct Event {
    place: [f64; 2],
    span: usize,
    begins: bool,
}

/// In the order in which the line comes to them.
fn events(spans: &[Span]) -> Vec<Event> {
    let ends = |(number, span): (usize, &Span)| {
        [(span.left, true), (span.right, false)].map(|(place, begins)| Event { place, span: number, begins })
    };
    let mut events: Vec<Event> = spans.iter().enumerate().flat_map(ends).collect();
    // Coordinates are finite.
    events.sort_unstable_by(|a, b| a.place.partial_cmp(&b.place).unwrap_or(Ordering::Equal));
    events
}

struct Sweep<'a> {
    rings: &'a [Ring],
    spans: Vec<Span>,
    /// Where the edges of each ring begin among the spans.
    firsts: Vec<usize>,
    status: Status,
    taken_out: Vec<bool>,
    found: Vec<Meeting>,
    comparisons: usize,
}

impl<'a> Sweep<'a> {
    fn new(rings: &'a [Ring]) -> Self {
        let (mut spans, mut firsts) = (Vec::new(), Vec::new());
        for (ring, of) in rings.iter().enumerate() {
            firsts.push(spans.len());
            spans.extend((0..of.points.len()).map(|index| Span::of(rings, Edge { ring, index })));
        }
        let taken_out = vec![false; spans.len()];
        Self { rings, spans, firsts, status: Status::default(), taken_out, found: Vec::new(), comparisons: 0 }
    }

    /// Tells what meets at a place, and brings the order up to date.
    fn pass(&mut self, events: &[Event]) {
        let place = events[0].place;
        let mut here: Vec<Span> = self.status.through(place).collect();
        here.extend(events.iter().filter(|event| event.begins).map(|event| self.spans[event.span]));
        for (k, first) in here.iter().enumerate() {
            for second in &here[k + 1..] {
                self.touch(first, second, place);
            }
            if self.found.len() >= CONTACT_LIMIT {
                return;
            }
        }
        for event in events.iter().filter(|event| !event.begins && !self.taken_out[event.span]) {
            self.status.remove(&self.spans[event.span]);
        }
        // Those that cross right here go first: beyond, their order is another.
        self.take_out(place);
        for event in events.iter().filter(|event| event.begins) {
            self.status.insert(self.spans[event.span]);
        }
        self.take_out(place);
    }

    /// Takes out one of every two neighbours around a place that cross.
    fn take_out(&mut self, place: [f64; 2]) {
        while let Some(span) = self.crossing_at(place) {
            self.status.remove(&span);
            let number = self.firsts[span.edge.ring] + span.edge.index;
            self.taken_out[number] = true;
        }
    }

    /// Of neighbours around a place that cross the one to be taken out.
    fn crossing_at(&mut self, place: [f64; 2]) -> Option<Span> {
        let [below, above] = self.status.beside(place);
        let row: Vec<Span> = below.into_iter().chain(self.status.through(place)).chain(above).collect();
        for pair in row.windows(2) {
            if let Some(found) = self.compare(&pair[0], &pair[1])
                && matches!(found.contact, Contact::Cross(_))
            {
                self.found.push(found);
                let [first, second] = [pair[0], pair[1]].map(|span| span.right[0] - span.left[0]);
                return Some(if first > second { pair[0] } else { pair[1] });
            }
        }
        None
    }

    /// Tells two edges through a place if that is where they begin to meet.
    fn touch(&mut self, first: &Span, second: &Span, place: [f64; 2]) {
        let found = self.compare(first, second);
        self.found.extend(found.filter(|meeting| match meeting.contact {
            Contact::Touch(at) | Contact::Overlap(at) => at == place,
            Contact::Cross(_) => false,
        }));
    }

    fn compare(&mut self, one: &Span, other: &Span) -> Option<Meeting> {
        self.comparisons += 1;
        let (first, second) =
            if one.edge < other.edge { (one.edge, other.edge) } else { (other.edge, one.edge) };
        meeting(self.rings, first, second)
    }

    fn compare_taken_out(&mut self) {
        let numbers: Vec<usize> = (0..self.spans.len()).filter(|&number| self.taken_out[number]).collect();
        let limit = self.comparisons + COMPARISON_LIMIT;
        for number in numbers {
            let span = self.spans[number];
            let (low, high) = heights(&span);
            for other in 0..self.spans.len() {
                let beside = self.spans[other];
                let (other_low, other_high) = heights(&beside);
                let boxes_meet = span.left[0] <= beside.right[0]
                    && beside.left[0] <= span.right[0]
                    && low <= other_high
                    && other_low <= high;
                if boxes_meet && other != number {
                    let found = self.compare(&span, &beside);
                    self.found.extend(found);
                }
            }
            self.comparisons += self.spans.len();
            if self.comparisons >= limit || self.found.len() >= CONTACT_LIMIT {
                return;
            }
        }
    }
}

fn heights(span: &Span) -> (f64, f64) {
    (span.left[1].min(span.right[1]), span.left[1].max(span.right[1]))
}
