//! A project for QGIS: every collection over OGC API Features and as vector tiles, drawn as on the map. What is written
//! is what QGIS 3.22 needs of its own format; newer versions read it, too.

mod layer;
mod symbol;
mod xml;

use planning::{DataError, Language, Role};
use spatial::Crs;

use crate::base::Base;
use crate::catalog::{Catalog, LayerRole, Served};
use layer::Drawing;
use xml::{element, leaf};

/// The version whose format this is.
const VERSION: &str = "3.22.0";
/// Longitude and latitude, as features are answered and boxes are given.
const DEGREES: u32 = 4326;
/// Web Mercator, of the tiles.
const MERCATOR: u32 = 3857;

/// The project of everything that is drawn, topmost first; `base` is where QGIS finds the server.
pub(crate) fn project(catalog: &Catalog, base: &Base, language: Language) -> Result<String, DataError> {
    let shown: Vec<&Served> = topmost_first(catalog).collect();
    let drawings = shown.iter().map(|served| Drawing::of(served, language)).collect::<Result<Vec<_>, _>>()?;
    let drawn = shown.iter().zip(&drawings);
    let features: Vec<String> =
        drawn.clone().map(|(served, drawing)| layer::features(served, drawing, base, language)).collect();
    let tiles: Vec<String> =
        drawn.map(|(served, drawing)| layer::tiles(served, drawing, base, language)).collect();
    let whole = [
        leaf("title", "Ranh"),
        element("projectCrs", &[], &reference(project_crs(catalog))),
        tree(catalog, &shown, language),
        view(&shown),
        element("projectlayers", &[], &[features, tiles].concat().concat()),
        element("properties", &[], &element("SpatialRefSys", &[], &on("ProjectionsEnabled"))),
    ];
    let document = element("qgis", &[("version", VERSION), ("projectname", "Ranh")], &whole.concat());
    Ok(format!("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{document}\n"))
}

/// The layers that are drawn, in the order in which the map has them.
fn topmost_first(catalog: &Catalog) -> impl Iterator<Item = &Served> {
    let order = [
        LayerRole::Data(Role::Zone),
        LayerRole::Finding,
        LayerRole::Data(Role::Constraint),
        LayerRole::Data(Role::Admin),
        LayerRole::Data(Role::LandUsePlan),
        LayerRole::Data(Role::LandUse),
    ];
    let of = |role| catalog.layers.iter().filter(move |served| served.role == role);
    order.into_iter().flat_map(of).map(AsRef::as_ref)
}

/// Where the plan in force is stored, else Web Mercator: QGIS measures in the project's CRS.
fn project_crs(catalog: &Catalog) -> u32 {
    let plan = catalog.plan().and_then(|id| catalog.layer(id));
    let crs: Option<&Crs> = plan.or_else(|| catalog.layers.first()).map(|served| &served.layer.crs);
    crs.filter(|crs| !crs.is_geographic()).and_then(Crs::epsg).unwrap_or(MERCATOR)
}

/// A CRS by its code. QGIS looks the code up only where there is a number of its own as well, whichever it is.
fn reference(code: u32) -> String {
    let id = leaf("authid", &format!("EPSG:{code}"));
    element("spatialrefsys", &[], &[leaf("srsid", "1"), leaf("srid", &code.to_string()), id].concat())
}

fn on(name: &str) -> String {
    element(name, &[("type", "int")], "1")
}

/// The layers' list: features, and below them the same as tiles, which are off.
fn tree(catalog: &Catalog, shown: &[&Served], language: Language) -> String {
    let entry = |served: &&Served, kind: &str, checked: bool| {
        let id = layer::id(served, kind);
        let name = served.info.title.in_language(language);
        let checked = if checked { "Qt::Checked" } else { "Qt::Unchecked" };
        element(
            "layer-tree-layer",
            &[("id", &id), ("name", name), ("checked", checked), ("expanded", "0")],
            "",
        )
    };
    let visible = |served: &Served| !served.role.has_codes() || catalog.plan() == Some(&served.info.id);
    let features = shown.iter().map(|served| entry(served, layer::FEATURES, visible(served)));
    let tiles = shown.iter().map(|served| entry(served, layer::TILES, visible(served)));
    let name = match language {
        Language::Vi => "Ô véc-tơ",
        Language::En => "Vector tiles",
    };
    let group = [("name", name), ("checked", "Qt::Unchecked"), ("expanded", "0")];
    let group = element("layer-tree-group", &group, &tiles.collect::<String>());
    element("layer-tree-group", &[], &features.chain([group]).collect::<String>())
}

/// Where the map begins: at all that there is.
fn view(shown: &[&Served]) -> String {
    let extents = shown.iter().filter_map(|served| served.extent());
    let whole = extents.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let Some(corners) = whole.map(|whole| whole.map(|degrees| degrees.to_string())) else {
        return String::new();
    };
    let [west, south, east, north] = &corners;
    let corners: [(&str, &str); 4] = [("xmin", west), ("ymin", south), ("xmax", east), ("ymax", north)];
    let extent = element("DefaultViewExtent", &corners, &reference(DEGREES));
    element("ProjectViewSettings", &[("UseProjectScales", "0")], &extent)
}
