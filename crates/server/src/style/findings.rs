//! Conflicts: a light red fill, a hatch and an outline on a casing, below the zones' lines.

use serde_json::{Value, json};

use super::{chrome, growing};

/// The layers; none before the first check.
pub(super) fn layers(checked: bool) -> Vec<Value> {
    if !checked {
        return Vec::new();
    }
    let layer = |id: &str, kind: &str, paint: Value| {
        json!({
            "id": id,
            "type": kind,
            "source": "findings",
            "source-layer": "findings",
            "metadata": {"ranh:group": "check", "ranh:collection": "findings"},
            "filter": ["all", ["==", ["geometry-type"], "Polygon"], shown()],
            "paint": paint,
        })
    };
    vec![
        layer(
            "finding-fill",
            "fill",
            json!({"fill-color": chrome::CONFLICT, "fill-opacity": chrome::CONFLICT_FILL, "fill-antialias": false}),
        ),
        // The image is the page's to add: a style cannot carry one.
        layer("finding-hatch", "fill", json!({"fill-pattern": "hatch-conflict"})),
        layer(
            "finding-case",
            "line",
            json!({"line-color": chrome::CASE, "line-width": growing(chrome::CONFLICT_CASE)}),
        ),
        layer(
            "finding-line",
            "line",
            json!({"line-color": chrome::CONFLICT, "line-width": growing(chrome::CONFLICT_WIDTH)}),
        ),
    ]
}

/// Rules whose findings have a shape that only shows where: the whole feature for the most part.
pub(crate) const POINTING: [&str; 11] = [
    "GEO-01", "GEO-03", "GEO-05", "GEO-06", "GEO-08", "PLN-04", "ZON-04", "ZON-05", "ZON-06", "ADM-03",
    "ENV-02",
];

/// Only conflicts of land are hatched. A wrong area figure, a zone in several communes or an invalid boundary has
/// the whole feature for its shape, and hatching that would hide everything else.
fn shown() -> Value {
    json!(["!", ["in", ["get", "rule"], ["literal", POINTING]]])
}
