//! Land use: prescribed colours, parcel borders, code labels.

use planning::{LandUseCodes, Language};
use serde_json::{Value, json};

use super::{Drawn, REGULAR, SEMI_BOLD, chrome, hectares};

/// Codes of water, whose edge is drawn blue.
const WATER: [&str; 2] = ["SON", "MNC"];
/// Parcels from this size on show their hectares.
const HECTARES_FROM: f64 = 14.0;

/// The code that colours a parcel: the first of several.
fn main_code() -> Value {
    json!(["coalesce", ["get", "main"], ["get", "code"], ""])
}

/// Fills and borders.
pub(super) fn fills(drawn: &Drawn<'_>, codes: &LandUseCodes) -> [Value; 2] {
    let mut colour = vec![json!("match"), main_code()];
    for code in &codes.codes {
        if let Some(hex) = code.hex() {
            colour.extend([json!(code.code), json!(hex)]);
        }
    }
    colour.push(json!(chrome::NO_COLOUR));
    let water = |then: Value, otherwise: Value| json!(["match", main_code(), WATER, then, otherwise]);
    [
        drawn.layer("landuse-fill", "fill",
            json!({"paint": {"fill-color": colour, "fill-opacity": chrome::FILL_OPACITY, "fill-antialias": false}}),
        ),
        drawn.layer("landuse-line", "line",
            json!({
                "minzoom": chrome::PARCEL_ZOOM,
                "layout": {"line-join": "round"},
                "paint": {
                    "line-color": water(json!(chrome::WATER_LINE), json!(chrome::PARCEL)),
                    "line-width": water(json!(chrome::WATER_WIDTH), json!(chrome::PARCEL_WIDTH)),
                    "line-opacity": chrome::PARCEL_OPACITY,
                },
            }),
        ),
    ]
}

/// The code, and the hectares of larger parcels below it.
pub(super) fn label(drawn: &Drawn<'_>, language: Language) -> Value {
    let font = |stack: &str, scale: f64| json!({"text-font": ["literal", [stack]], "font-scale": scale});
    let large = json!([">=", ["coalesce", ["get", "area_ha"], 0], HECTARES_FROM]);
    let below = json!(["case", large, ["concat", "\n", hectares(language, 1)], ""]);
    let field = json!(["format", ["get", "code"], font(SEMI_BOLD, 1.0), below, font(REGULAR, 0.9)]);
    drawn.layer_of(
        "-label",
        "landuse-label",
        "symbol",
        json!({
            "minzoom": chrome::PARCEL_ZOOM,
            "layout": {
                "text-field": field,
                "text-font": [SEMI_BOLD],
                "text-size": 10,
                "text-line-height": 1.1,
                // Tries beside the middle before it gives up; it never shrinks.
                "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
                "text-radial-offset": 0.4,
                "text-padding": 3,
                "symbol-sort-key": ["-", 0, ["coalesce", ["get", "area_ha"], 0]],
            },
            "paint": {
                "text-color": chrome::LABEL,
                "text-halo-color": chrome::CASE,
                "text-halo-width": 1.1,
            },
        }),
    )
}
