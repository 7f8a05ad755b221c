//! The tile matrix sets (OGC Two Dimensional Tile Matrix Set 2.0).

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use tiles::MAX_ZOOM;

use crate::catalog::Grid;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::routes::landing::json_only;
use crate::wire::{Link, TileMatrix, TileMatrixSet, TileMatrixSetItem, TileMatrixSets};

/// Metres of a pixel of 0.28 mm, by which scale denominators are defined (TMS 2.0, 6.2).
const PIXEL_M: f64 = 0.000_28;
/// Metres in a degree of the equator of WGS 84, whose ellipsoid VN-2000 has too.
const DEGREE_M: f64 = 6_378_137.0 * std::f64::consts::PI / 180.0;
/// Pixels along a side of a tile, as the standard's own sets have it.
const TILE_PIXELS: u32 = 256;

/// The tile matrix sets.
#[utoipa::path(get, path = "/tileMatrixSets", tag = "Tiles",
    responses((status = 200, description = "Tile matrix sets", body = TileMatrixSets)))]
pub(crate) async fn matrix_sets(headers: HeaderMap, params: Params) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let item = |grid: Grid| TileMatrixSetItem {
        id: grid.id().into(),
        title: title(grid).into(),
        uri: uri(grid).map(str::to_owned),
        crs: crs(grid).into(),
        links: vec![Link::new(path(grid), "self", "application/json", title(grid))],
    };
    respond::json(&headers, &TileMatrixSets { tile_matrix_sets: Grid::ALL.map(item).into() })
}

/// A tile matrix set.
#[utoipa::path(get, path = "/tileMatrixSets/{tileMatrixSet}", tag = "Tiles",
    params(("tileMatrixSet" = String, Path, description = "WebMercatorQuad or VN2000Quad")),
    responses((status = 200, description = "Tile matrix set", body = TileMatrixSet),
        (status = 404, description = "No such set")))]
pub(crate) async fn matrix_set(
    Path(id): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["f"])?;
    json_only(&params)?;
    let grid = grid(&id)?;
    let ordered_axes = if grid == Grid::WebMercator { ["X", "Y"] } else { ["Lat", "Lon"] };
    let set = TileMatrixSet {
        id: grid.id().into(),
        title: title(grid).into(),
        uri: uri(grid).map(str::to_owned),
        crs: crs(grid).into(),
        ordered_axes: ordered_axes.map(str::to_owned).into(),
        well_known_scale_set: scale_set(grid).map(str::to_owned),
        tile_matrices: (0..=deepest(grid)).map(|z| matrix(grid, z)).collect(),
    };
    respond::json(&headers, &set)
}

/// The set of a name.
pub(super) fn grid(id: &str) -> Result<Grid, Problem> {
    Grid::ALL.into_iter().find(|grid| grid.id() == id).ok_or_else(|| {
        let known = Grid::ALL.map(Grid::id).join(", ");
        Problem::missing(format!("There is no tile matrix set of that name. There are: {known}."))
    })
}

/// The deepest tile matrix of a set.
pub(super) fn deepest(grid: Grid) -> u8 {
    MAX_ZOOM - grid.zooms_above()
}

pub(super) fn path(grid: Grid) -> String {
    format!("/tileMatrixSets/{}", grid.id())
}

pub(super) fn title(grid: Grid) -> &'static str {
    match grid {
        Grid::WebMercator => "Google Maps Compatible for the World",
        Grid::Vn2000 => "VN-2000 geographic, quarters of 180 degrees",
    }
}

/// The name that the set has elsewhere, if it has any.
pub(super) fn uri(grid: Grid) -> Option<&'static str> {
    match grid {
        Grid::WebMercator => Some("http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"),
        Grid::Vn2000 => None,
    }
}

pub(super) fn crs(grid: Grid) -> &'static str {
    match grid {
        Grid::WebMercator => "http://www.opengis.net/def/crs/EPSG/0/3857",
        Grid::Vn2000 => "http://www.opengis.net/def/crs/EPSG/0/4756",
    }
}

fn scale_set(grid: Grid) -> Option<&'static str> {
    (grid == Grid::WebMercator).then_some("http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible")
}

/// A tile matrix. The first of VN-2000 has two tiles side by side, 180 degrees each.
fn matrix(grid: Grid, z: u8) -> TileMatrix {
    let side = 1_u32 << (z + grid.zooms_above());
    let (world, unit_m, origin) = match grid {
        Grid::WebMercator => {
            let half = tiles::WORLD_HALF_M;
            (2.0 * half, 1.0, [-half, half])
        }
        Grid::Vn2000 => (360.0, DEGREE_M, [90.0, -180.0]),
    };
    let cell_size = world / f64::from(side) / f64::from(TILE_PIXELS);
    TileMatrix {
        id: z.to_string(),
        scale_denominator: cell_size * unit_m / PIXEL_M,
        cell_size,
        corner_of_origin: "topLeft".into(),
        point_of_origin: origin,
        tile_width: TILE_PIXELS,
        tile_height: TILE_PIXELS,
        matrix_width: side,
        matrix_height: side >> grid.zooms_above(),
    }
}
