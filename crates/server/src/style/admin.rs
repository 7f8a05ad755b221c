//! Administrative units: dash-dot borders on a casing, names.

use serde_json::{Value, json};

use super::{Drawn, SEMI_BOLD, chrome, dashes, growing};

/// Borders.
pub(super) fn lines(drawn: &Drawn<'_>) -> [Value; 2] {
    let line = |name: &str, paint: Value| {
        let rest = json!({"layout": {"line-join": "round"}, "paint": paint});
        drawn.layer(name, "line", rest)
    };
    [
        line(
            "admin-case",
            json!({
                "line-color": chrome::CASE, "line-width": growing(chrome::COMMUNE_CASE), "line-opacity": 0.8,
            }),
        ),
        line(
            "admin-line",
            json!({
                "line-color": chrome::COMMUNE,
                "line-width": growing(chrome::COMMUNE_WIDTH),
                "line-dasharray": dashes(&chrome::COMMUNE_DASH, chrome::COMMUNE_WIDTH),
            }),
        ),
    ]
}

/// Names, spaced out to be told from zones.
pub(super) fn label(drawn: &Drawn<'_>) -> Value {
    drawn.layer_of(
        "-label",
        "admin-label",
        "symbol",
        json!({
            "minzoom": 9.5,
            "layout": {
                "text-field": ["coalesce", ["get", "name"], ["get", "fid"]],
                "text-font": [SEMI_BOLD],
                "text-size": 10.5,
                "text-transform": "uppercase",
                "text-letter-spacing": 0.14,
                "text-max-width": 12,
                "text-padding": 6,
                "symbol-sort-key": ["-", 0, ["coalesce", ["get", "area_ha"], 0]],
            },
            "paint": {
                "text-color": chrome::COMMUNE,
                "text-halo-color": chrome::CASE,
                "text-halo-width": 1.6,
            },
        }),
    )
}
