//! Geometry and its judgement: features, layers, coordinate reference systems, the spatial index, validity,
//! overlay and area. No I/O and no domain words; nothing here fails because of data: problems come back as
//! notes, problems or counts.
//!
//! Reading order: [`Feature`] and [`Layer`] are what came in, bit for bit; [`Crs`] and [`crs::Transformation`]
//! move them to a working plane in metres; [`Prepared`] is a layer on that plane, validated, mended and indexed;
//! [`overlay`] answers what overlaps by how much: areas and widths by [`section`], shapes by [`trace`] on the global
//! grid ([`Region`]); [`distance`] answers how far things are apart and what lies near what; [`relation`] how any two
//! geometries lie to each other.

pub mod coverage;
pub mod crs;
pub mod distance;
mod envelope;
mod feature;
mod hilbert;
mod index;
mod layer;
pub mod overlay;
mod polygons;
mod predicate;
mod prepared;
pub mod redraw;
mod region;
pub mod relation;
pub mod repair;
pub mod section;
pub mod trace;
pub mod validity;

pub use crs::Crs;
pub use envelope::Envelope;
pub use feature::{Feature, FeatureId, Properties};
pub use hilbert::hilbert_order;
pub use index::Index;
pub use layer::Layer;
pub use polygons::{Polygons, Ring};
pub use prepared::{Prepared, PreparedFeature, Stage};
pub use region::{COORDINATE_LIMIT_M, FillRule, GRID_STEP_M, Region};
