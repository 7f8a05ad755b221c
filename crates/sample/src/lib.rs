//! A province that does not exist, and the answer key of its check.
//!
//! [`province`] draws communes, two land-use plans, present land use and a register of zones from a seed, the same
//! on every machine, plants conflicts in them, and lists every finding that the rules must give. The figures come
//! from the construction and not from an overlay: everything is a set of faces of one planar mesh on whole quarter
//! metres, so that an overlap is the sum of the faces in both sets, exactly.
//!
//! Reading order: `layout` designs rivers, roads, relief, settlements and sites of zones; `mesh` triangulates them;
//! `cover` labels the triangles by commune, parcel and zone; `map` turns the labels into shared borders, takes
//! vertices off them and cuts the planted pieces; `themes` draws small layers on it; `key` counts the answers;
//! `collections` writes features.
//!
//! `faulty` makes files that a rule on files must catch.
//!
//! [`workload`] stands by itself: what the benchmarks run over.

mod collections;
mod cover;
mod faulty;
mod key;
mod layout;
mod map;
mod mesh;
mod names;
mod plane;
mod province;
mod random;
#[cfg(test)]
mod tests;
mod themes;
pub mod workload;

pub use key::answers::{
    Answers, ExpectedCoverage, ExpectedFault, ExpectedFinding, ExpectedSliver, ExpectedSummary, Line, Totals,
};
pub use province::{Province, province};
