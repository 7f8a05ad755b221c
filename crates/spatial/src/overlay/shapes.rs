//! Shapes of one subject with any references, computed when someone looks.

use std::cell::Cell;
use std::sync::OnceLock;

use crate::trace::{Operation, Scratch, Subject};
use crate::{Prepared, Region};

thread_local! {
    static SCRATCH: Cell<Option<Box<Scratch>>> = const { Cell::new(None) };
}

/// One feature as the subject of shapes; prepared when the first is asked for, once for all.
#[derive(Debug)]
pub struct Shapes<'a> {
    layer: &'a Prepared,
    position: usize,
    subject: OnceLock<Subject>,
}

impl<'a> Shapes<'a> {
    /// Nothing is computed yet.
    pub fn new(layer: &'a Prepared, position: usize) -> Self {
        Self { layer, position, subject: OnceLock::new() }
    }

    /// What the subject shares with a feature of another layer on the same plane.
    pub fn with(&self, references: &Prepared, reference: usize) -> Region {
        let subject = self.subject.get_or_init(|| Subject::new(self.layer.polygons(), self.position));
        let mut scratch = SCRATCH.take().unwrap_or_default();
        let shape = subject.overlay(references.polygons(), reference, Operation::Intersection, &mut scratch);
        SCRATCH.set(Some(scratch));
        shape
    }
}
