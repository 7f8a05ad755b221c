//! GEO-07, no CRS: nothing says where a collection lies, or what says so cannot be true.

use geo::CoordsIter;

use crate::check::{Draft, LayerContext, Report, Scene};
use crate::{Parameter, Parameters};

pub(super) const ID: &str = "GEO-07";

/// Beyond these no number is a degree.
const LARGEST_DEGREE: f64 = 360.0;

/// One finding per collection whose CRS was assumed, whose degrees are metres for the most part, or whose TM-3
/// coordinates are tagged with the datum WGS 84, as MapInfo writes them.
pub(super) fn judge(context: &LayerContext<'_>, scene: &Scene<'_>, report: &mut Report) {
    let Some(rule) = &scene.pack.rules.geo_07 else { return };
    let message = if context.collection.info.crs_assumed {
        "message"
    } else if holds_metres(context) {
        "message_metres"
    } else if is_tm3_on_wgs84(context.crs().proj_string()) {
        "message_datum"
    } else {
        return;
    };
    let parameters = Parameters::new()
        .with("collection", Parameter::Words(context.collection.info.title.clone()))
        .name("crs", context.crs().name());
    let draft = Draft::new(ID, rule.severity, parameters, context.crs());
    report.add(scene, Draft { message, other: Some(context.whole()), ..draft });
}

/// Whether most features of a collection in degrees have coordinates that are none.
fn holds_metres(context: &LayerContext<'_>) -> bool {
    let geometries =
        || context.collection.layer.features.iter().filter_map(|feature| feature.geometry.as_ref());
    let is_large = |value: f64| value.abs() > LARGEST_DEGREE;
    let odd = geometries().filter(|geometry| geometry.coords_iter().any(|c| is_large(c.x) || is_large(c.y)));
    context.crs().is_geographic() && 2 * odd.count() > geometries().count()
}

/// The projection of TM-3 zones (k = 0.9999) without VN-2000's datum shift.
fn is_tm3_on_wgs84(proj: &str) -> bool {
    let has = |word: &str| proj.split_whitespace().any(|part| part == word);
    let scale = has("+k=0.9999") || has("+k_0=0.9999");
    has("+proj=tmerc") && scale && !proj.contains("+towgs84") && (has("+datum=WGS84") || has("+ellps=WGS84"))
}
