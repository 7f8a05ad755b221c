//! A small collection for the tests.
#![allow(dead_code, reason = "each test file uses a part of it")]

use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use planning::{CollectionInfo, Role, Text};
use spatial::{Crs, Feature, FeatureId, Layer};

/// What is known of a collection of zones with that id.
pub(crate) fn info(id: &str) -> CollectionInfo {
    let title = Text { vi: "Khu, cụm công nghiệp".to_owned(), en: "Zones".to_owned() };
    CollectionInfo {
        scale: Some(2000),
        generated: true,
        as_of: Some("2024-12-31".to_owned()),
        ..CollectionInfo::new(id, Role::Zone, title)
    }
}

/// Features in TM-3 107°15′.
pub(crate) fn layer(features: Vec<Feature>) -> Layer {
    Layer { crs: Crs::from_epsg(9215).expect("a TM-3 zone"), features }
}

/// A square with its lower left corner at (x, y).
pub(crate) fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    let ring = vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    Polygon::new(LineString::from(ring), Vec::new())
}

/// A zone with Vietnamese texts at (x, y), 100 m wide.
pub(crate) fn zone(position: u64, name: &str, x: f64, y: f64) -> Feature {
    let properties =
        format!(r#"{{"id":"Z{position}","name":"{name}","kind":"CCN","declared_area_ha":1.10}}"#);
    Feature {
        position,
        id: Some(FeatureId::Text(format!("Z{position}"))),
        geometry: Some(Geometry::MultiPolygon(MultiPolygon(vec![square(x, y, 100.0)]))),
        properties: serde_json::from_str(&properties).expect("test JSON"),
    }
}

/// Three zones near Lạng Sơn.
pub(crate) fn zones() -> Layer {
    layer(vec![
        zone(0, "CCN Đồng Bành", 449_000.0, 2_417_000.0),
        zone(1, "CCN Hữu Lũng", 449_500.25, 2_417_000.0),
        zone(2, "KCN Hồng Phong", 460_000.0, 2_420_000.5),
    ])
}
