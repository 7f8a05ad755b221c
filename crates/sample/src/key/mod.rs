//! The answer key: every finding that the rules give on the province, counted from sets of atoms, and distances by
//! trying every edge against every other.

pub(crate) mod answers;
pub(crate) mod bench;
mod communes;
mod judge;
mod land;
pub(crate) mod law;
mod near;
pub(crate) mod outline;
mod parts;
mod plan;
mod summary;
mod themed;
mod zones;

pub(crate) use bench::Declared;
pub(crate) use judge::judge;
pub(crate) use parts::Survey;
pub(crate) use summary::summaries;
