//! The legend of what is in view.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use spatial::{Envelope, FillRule, Region};

use super::layer;
use crate::app::{App, Current};
use crate::bbox::BBox;
use crate::catalog::{Plane, Served};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Legend, LegendLine};

/// Points along each side of the box, so that a parallel stays one on the plane.
const STEPS: u32 = 32;
/// Degrees around the data that a box is narrowed to: more than what rounding could cut off.
const MARGIN: f64 = 0.01;

/// Area per land-use code in a box, parcels clipped to it.
#[utoipa::path(get, path = "/legend", tag = "Map",
    params(("collection" = String, Query, description = "A land-use collection"),
        ("bbox" = Option<String>, Query, description = "west,south,east,north in degrees; without it all of the collection")),
    responses((status = 200, description = "Areas, largest first", body = Legend)))]
pub(crate) async fn legend(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["collection", "bbox"])?;
    let id =
        params.value("collection").ok_or_else(|| Problem::bad("The parameter \"collection\" is missing."))?;
    let served = Arc::clone(layer(&catalog, id)?);
    if !served.role.has_codes() {
        return Err(Problem::bad("That collection has no land-use codes."));
    }
    let (bbox, clips) = (params.bbox()?, app.limits().legend_clips);
    // Clipping a province's worth of parcels takes long enough to keep other answers waiting.
    let work = move || Some(measure(&served, served.plane()?, bbox.as_ref(), clips));
    let legend = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))?;
    respond::json(&headers, &legend.ok_or_else(|| Problem::missing("That collection has no areas."))?)
}

fn measure(served: &Served, plane: &Plane, bbox: Option<&BBox>, clips: usize) -> Legend {
    let found = served.within(bbox);
    let across: Vec<usize> = found.iter().copied().filter(|&i| !lies_inside(served.bbox(i), bbox)).collect();
    let approximate = across.len() > clips;
    let view = bbox.filter(|_| !approximate).map(|bbox| view(bbox, served.extent(), plane));
    let mut codes: BTreeMap<String, LegendLine> = BTreeMap::new();
    for &i in &found {
        let Some(feature) = served.layer.features.get(i) else { continue };
        let area_m2 = match &view {
            Some(view) if across.binary_search(&i).is_ok() => {
                plane.prepared.region(i).map_or(0.0, |region| region.intersection(view).area_m2())
            }
            _ => plane.prepared.area_m2(i),
        };
        if area_m2 > 0.0 {
            let code = planning::parcel_codes(feature, served.info.role).join("+");
            let line = codes.entry(code.clone()).or_insert(LegendLine { code, area_m2: 0.0, count: 0 });
            line.area_m2 += area_m2;
            line.count += 1;
        }
    }
    let mut codes: Vec<LegendLine> = codes.into_values().collect();
    codes.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2));
    Legend {
        collection: served.info.id.clone(),
        crs: plane.crs().name().to_owned(),
        total_m2: codes.iter().map(|line| line.area_m2).fold(0.0, std::ops::Add::add),
        approximate,
        codes,
    }
}

fn lies_inside(feature: Option<[f64; 4]>, bbox: Option<&BBox>) -> bool {
    let Some(bbox) = bbox else { return true };
    feature.is_some_and(|[west, south, east, north]| {
        let holds =
            |b: &Envelope| b.min[0] <= west && b.min[1] <= south && east <= b.max[0] && north <= b.max[1];
        bbox.boxes.iter().any(holds)
    })
}

/// The box on the plane. It is first narrowed to where the data are, since no projection takes the world.
fn view(bbox: &BBox, extent: Option<[f64; 4]>, plane: &Plane) -> Region {
    let extent = extent.map(|[w, s, e, n]| [w - MARGIN, s - MARGIN, e + MARGIN, n + MARGIN]);
    let polygons = bbox.boxes.iter().filter_map(|b| {
        let extent = extent?;
        let west = b.min[0].max(extent[0]);
        let south = b.min[1].max(extent[1]);
        let (east, north) = (b.max[0].min(extent[2]), b.max[1].min(extent[3]));
        let corners = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        let ring: Option<Vec<Coord<f64>>> = corners
            .windows(2)
            .flat_map(|side| {
                (0..STEPS).map(|k| {
                    let t = f64::from(k) / f64::from(STEPS);
                    [0, 1].map(|axis| side[0][axis] + (side[1][axis] - side[0][axis]) * t)
                })
            })
            .map(|degrees| plane.point(degrees).map(|[x, y]| Coord { x, y }))
            .collect();
        (west < east && south < north).then(|| Some(Polygon::new(LineString(ring?), vec![])))?
    });
    Region::from_multi_polygon(&MultiPolygon(polygons.collect()), FillRule::NonZero)
}
