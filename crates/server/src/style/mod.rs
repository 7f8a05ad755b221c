//! The map style (MapLibre style specification, version 8): what is drawn, in which order, in which colours.

mod admin;
pub(crate) mod chrome;
pub(crate) mod findings;
mod land_use;
pub(crate) mod zones;

use planning::{DataError, Language, Role};
use serde_json::{Map, Value, json};
use tiles::DETAIL_ZOOM;

use crate::base::Base;
use crate::catalog::{Catalog, LayerRole, Served};
use crate::routes::tiles::template;

/// Font stacks; the files stand at the root of the style.
const REGULAR: &str = "Be Vietnam Pro Regular";
const SEMI_BOLD: &str = "Be Vietnam Pro SemiBold";

/// The style of everything there is, bottom to top; addresses in it begin with `base`.
pub(crate) fn style(catalog: &Catalog, language: Language, base: &Base) -> Result<Value, DataError> {
    let of = |role| catalog.of_role(role).collect::<Vec<_>>();
    let (plans, present) = (of(Role::LandUsePlan), of(Role::LandUse));
    let (admin, zones) = (of(Role::Admin), of(Role::Zone));
    let codes = planning::codes()?;
    let mut layers = vec![json!({
        "id": "paper", "type": "background", "paint": {"background-color": chrome::PAPER}
    })];
    for (served, group) in present.iter().map(|s| (s, "land_use")).chain(plans.iter().map(|s| (s, "plan"))) {
        // One land use at a time: the plan in force, until the reader asks for another.
        let drawn = Drawn { group, visible: catalog.plan() == Some(&served.info.id), served };
        layers.extend(land_use::fills(&drawn, codes));
    }
    layers.extend(admin.iter().flat_map(|served| admin::lines(&Drawn::new("admin", served))));
    layers.extend(findings::layers(catalog.check.is_some()));
    layers.extend(zones.iter().flat_map(|served| zones::lines(&Drawn::new("zones", served))));
    for (served, group) in present.iter().map(|s| (s, "land_use")).chain(plans.iter().map(|s| (s, "plan"))) {
        let drawn = Drawn { group, visible: catalog.plan() == Some(&served.info.id), served };
        layers.push(land_use::label(&drawn, language));
    }
    layers.extend(admin.iter().map(|served| admin::label(&Drawn::new("admin", served))));
    layers.extend(zones.iter().map(|served| zones::label(&Drawn::new("zones", served), language)));
    Ok(json!({
        "version": 8,
        "name": "Ranh",
        "metadata": {"ranh:revision": catalog.version.revision, "ranh:check": catalog.version.check},
        "font-faces": {
            REGULAR: base.to("/assets/fonts/be-vietnam-pro-400.woff2"),
            SEMI_BOLD: base.to("/assets/fonts/be-vietnam-pro-600.woff2"),
        },
        "sources": sources(catalog, language, base),
        "layers": layers,
    }))
}

/// Every layer that tiles are made of is a source of its own, named by the collection.
fn sources(catalog: &Catalog, language: Language, base: &Base) -> Map<String, Value> {
    let drawn = catalog.layers.iter().filter(|served| served.role != LayerRole::Sliver);
    drawn.map(|served| (served.info.id.clone(), source(served, language, base))).collect()
}

fn source(served: &Served, language: Language, base: &Base) -> Value {
    let mut source = json!({
        "type": "vector",
        "tiles": [base.to(&template(served))],
        "minzoom": 0,
        "maxzoom": DETAIL_ZOOM,
        "promoteId": "fid",
        "attribution": served.info.source.in_language(language),
    });
    if let (Some(bounds), Some(map)) = (served.extent(), source.as_object_mut()) {
        map.insert("bounds".into(), json!(bounds));
    }
    source
}

/// A collection to be drawn.
struct Drawn<'a> {
    served: &'a Served,
    /// Group of the layer list.
    group: &'static str,
    /// Whether it is shown at first.
    visible: bool,
}

impl<'a> Drawn<'a> {
    fn new(group: &'static str, served: &'a Served) -> Self {
        Self { served, group, visible: true }
    }

    /// A style layer `{name}:{collection}` over the collection's features.
    fn layer(&self, name: &str, kind: &str, rest: Value) -> Value {
        self.layer_of("", name, kind, rest)
    }

    /// The same over another layer of the collection's tiles: `-label` or `-coarse`.
    fn layer_of(&self, part: &str, name: &str, kind: &str, rest: Value) -> Value {
        let id = &self.served.info.id;
        let mut layer = json!({
            "id": format!("{name}:{id}"),
            "type": kind,
            "source": id,
            "source-layer": format!("{id}{part}"),
            "metadata": {"ranh:group": self.group, "ranh:collection": id},
        });
        merge(&mut layer, rest);
        if !self.visible
            && let Some(map) = layer.as_object_mut()
        {
            let layout = map.entry("layout").or_insert_with(|| json!({}));
            merge(layout, json!({"visibility": "none"}));
        }
        layer
    }
}

/// Puts the members of one object into another.
fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Pixels that grow from a third at zoom 7 to the whole at zoom 11, so that far views are not all lines.
fn growing(pixels: f64) -> Value {
    json!(["interpolate", ["linear"], ["zoom"], 7, pixels / 3.0, 11, pixels])
}

/// Dashes in pixels, as the style wants them: in line widths.
fn dashes(pixels: &[f64], width: f64) -> Value {
    pixels.iter().map(|p| json!((p / width * 100.0).round() / 100.0)).collect()
}

/// Hectares with decimals, written as the language writes numbers.
fn hectares(language: Language, decimals: u8) -> Value {
    let locale = match language {
        Language::Vi => "vi",
        Language::En => "en",
    };
    let digits = json!({"locale": locale, "min-fraction-digits": decimals, "max-fraction-digits": decimals});
    json!(["number-format", ["get", "area_ha"], digits])
}
