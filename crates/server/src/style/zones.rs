//! Zones: one violet, told apart by their lines. A zone of a kind that is not known is drawn like a park: it must
//! be seen.

use planning::Language;
use serde_json::{Value, json};

use super::{Drawn, REGULAR, SEMI_BOLD, chrome, dashes, growing, hectares};

/// Clusters, craft villages included.
const CLUSTERS: [&str; 2] = ["CCN", "CCNLN"];
const EXPORT_ZONES: [&str; 1] = ["KCX"];
const ECONOMIC: [&str; 2] = ["KKTCK", "KKTVB"];
/// Parts of economic zones.
const PARTS: [&str; 1] = ["KCNANG"];

/// How a kind of zone is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Solid,
    Dashed,
    Dotted,
    Thin,
}

/// The line of a kind.
pub(crate) fn line(kind: &str) -> Line {
    match kind {
        kind if CLUSTERS.contains(&kind) => Line::Dashed,
        kind if EXPORT_ZONES.contains(&kind) => Line::Dotted,
        kind if ECONOMIC.contains(&kind) || PARTS.contains(&kind) => Line::Thin,
        _ => Line::Solid,
    }
}

fn of(kinds: &[&str]) -> Value {
    json!(["in", ["get", "kind"], ["literal", kinds]])
}

fn not_of(kinds: &[&str]) -> Value {
    json!(["!", of(kinds)])
}

/// Bands, casings, lines, and the fill that is there to be clicked.
pub(super) fn lines(drawn: &Drawn<'_>) -> Vec<Value> {
    let economic_and_parts = [&ECONOMIC[..], &PARTS[..]].concat();
    let not_parks = [&CLUSTERS[..], &EXPORT_ZONES[..], &ECONOMIC[..], &PARTS[..]].concat();
    let line = |name: &str, filter: Value, paint: Value| {
        let rest = json!({"filter": filter, "layout": {"line-join": "round"}, "paint": paint});
        drawn.layer(name, "line", rest)
    };
    let width = growing(chrome::ZONE_WIDTH);
    vec![
        drawn.layer_of("-coarse", "zone-band", "line", json!({"filter": of(&ECONOMIC), "paint": band()})),
        line(
            "zone-case",
            not_of(&ECONOMIC),
            json!({
                "line-color": chrome::CASE,
                "line-width": growing(chrome::ZONE_CASE),
                "line-opacity": ["match", ["get", "kind"], PARTS, 0.6, 1],
            }),
        ),
        line("zone-line-kkt", of(&economic_and_parts), paint(&growing(chrome::THIN_WIDTH), None)),
        line("zone-line-kcn", not_of(&not_parks), paint(&width, None)),
        line("zone-line-ccn", of(&CLUSTERS), paint(&width, Some(&chrome::CCN_DASH))),
        line("zone-line-kcx", of(&EXPORT_ZONES), paint(&width, Some(&chrome::KCX_DASH))),
        drawn.layer("zone-fill", "fill", json!({"paint": {"fill-color": chrome::ZONE, "fill-opacity": 0}})),
    ]
}

fn paint(width: &Value, dash: Option<&[f64]>) -> Value {
    let mut paint = json!({
        "line-color": chrome::ZONE,
        "line-width": width,
        "line-opacity": ["match", ["get", "state"], ["revoked", "converted"], chrome::PAST_OPACITY, 1],
    });
    if let Some(dash) = dash {
        super::merge(&mut paint, json!({"line-dasharray": zone_dashes(dash)}));
    }
    paint
}

/// A band inside the edge: on polygons a positive offset goes inwards.
fn band() -> Value {
    json!({
        "line-color": chrome::ZONE,
        "line-width": band_pixels(1.0),
        "line-offset": band_pixels(0.5),
        "line-opacity": chrome::KKT_OPACITY,
    })
}

/// A share of the band's width: far out it is narrower, as it would fill the zone.
fn band_pixels(share: f64) -> Value {
    let full = chrome::KKT_BAND * share;
    json!(["interpolate", ["linear"], ["zoom"], 8, full * 0.25, 13, full])
}

/// Dashes of a small zone far out must be short, or it would be one dash.
fn zone_dashes(pixels: &[f64]) -> Value {
    let near = dashes(pixels, chrome::ZONE_WIDTH);
    let far: Vec<f64> = pixels.iter().map(|p| p / 2.0).collect();
    json!(["step", ["zoom"], ["literal", dashes(&far, chrome::ZONE_WIDTH)], 11.5, ["literal", near]])
}

/// Name, and hectares below it where there is room to read them.
pub(super) fn label(drawn: &Drawn<'_>, language: Language) -> Value {
    let font = |stack: &str, scale: f64| json!({"text-font": ["literal", [stack]], "font-scale": scale});
    let name = json!(["coalesce", ["get", "name"], ["get", "fid"]]);
    let area = json!(["case", ["has", "area_ha"], ["concat", "\n", hectares(language, 2), " ha"], ""]);
    let field = |area: Value| json!(["format", name, font(SEMI_BOLD, 1.0), area, font(REGULAR, 0.85)]);
    drawn.layer_of(
        "-label",
        "zone-label",
        "symbol",
        json!({
            "minzoom": 8.5,
            "layout": {
                "text-field": ["step", ["zoom"], field(json!("")), 11, field(area)],
                "text-font": [SEMI_BOLD],
                "text-size": ["interpolate", ["linear"], ["zoom"], 9, 11, 12, 13],
                "text-line-height": 1.25,
                "text-max-width": 11,
                "text-variable-anchor": ["center", "top", "bottom"],
                "text-radial-offset": 0.6,
                "symbol-sort-key": ["-", 0, ["coalesce", ["get", "area_ha"], 0]],
            },
            "paint": {
                "text-color": chrome::ZONE,
                "text-halo-color": chrome::CASE,
                "text-halo-width": 1.6,
            },
        }),
    )
}
