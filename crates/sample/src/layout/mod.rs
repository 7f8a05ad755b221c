//! The design of the province before there is any mesh: lines, relief, settlements, sites of zones.

pub(crate) mod communes;
pub(crate) mod lines;
pub(crate) mod register;
pub(crate) mod relief;
pub(crate) mod settlements;
pub(crate) mod shapes;
pub(crate) mod sites;
mod zones;
