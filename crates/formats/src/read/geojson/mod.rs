//! GeoJSON and GeoJSONSeq: the features are cut out of the text one by one and parsed in place.

mod collection;
mod coordinates;
mod document;
mod feature;
mod finish;
mod geometry;
mod members;
mod sequence;
mod take;

pub(super) use document::Reader;
