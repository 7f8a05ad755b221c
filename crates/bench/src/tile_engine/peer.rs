//! Tiles through the crate fast-mvt: read back, and the same rings and attributes encoded again.

use std::time::Instant;

use fast_mvt::{MvtGeometry, MvtLayerBuilder, MvtReaderRef, MvtResult, MvtValueRef};
use geo_types::Polygon;

/// A decoded feature.
struct Feature<'a> {
    id: Option<u64>,
    geometry: MvtGeometry,
    tags: Vec<(&'a str, MvtValueRef<'a>)>,
}

/// Time for encoding what a tile's first layer holds, µs, the least of several; `None` when fast-mvt refuses it.
pub(super) fn encode_us(bytes: &[u8], times: usize) -> Option<f64> {
    let reader = MvtReaderRef::new(bytes).ok()?;
    let layer = reader.layers().next()?;
    let mut features = Vec::new();
    for feature in layer.features() {
        let (geometry, tags) = (feature.geometry().ok()?, feature.properties_vec().ok()?);
        features.push(Feature { id: feature.id(), geometry, tags });
    }
    let mut least = f64::INFINITY;
    for _ in 0..times {
        let start = Instant::now();
        let encoded = encode(layer.name(), &features).ok()?;
        least = least.min(start.elapsed().as_secs_f64() * 1e6);
        drop(encoded);
    }
    Some(least)
}

fn encode(name: &str, features: &[Feature<'_>]) -> MvtResult<Vec<u8>> {
    let mut layer = MvtLayerBuilder::new(name)?;
    for feature in features {
        let mut builder = layer.feature(&feature.geometry)?;
        builder.id(feature.id);
        for (key, value) in &feature.tags {
            builder.tag_ref(key, *value)?;
        }
        layer = builder.end();
    }
    Ok(layer.encode())
}

/// The rings of a tile's first layer, without their closing points; none when fast-mvt cannot read it.
pub(super) fn rings(bytes: &[u8]) -> Vec<Vec<[i32; 2]>> {
    let Ok(reader) = MvtReaderRef::new(bytes) else { return Vec::new() };
    let Some(layer) = reader.layers().next() else { return Vec::new() };
    let mut rings = Vec::new();
    let mut add = |polygon: &Polygon<i32>| {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            let open = ring.0.len().saturating_sub(1);
            rings.push(ring.0.iter().take(open).map(|c| [c.x, c.y]).collect());
        }
    };
    for geometry in layer.features().filter_map(|feature| feature.geometry().ok()) {
        match geometry {
            MvtGeometry::Polygon(polygon) => add(&polygon),
            MvtGeometry::MultiPolygon(all) => all.iter().for_each(&mut add),
            _ => {}
        }
    }
    rings
}
