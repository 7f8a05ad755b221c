//! The table of contents: every path that is answered.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Router, extract::DefaultBodyLimit};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa::openapi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;
use crate::entrance::Entrance;
use crate::routes::{
    api, check, cluster_report, collections, decisions, edges, edit, explanation, export, files, findings,
    formats, history, items, jobs, land, landing, legend, operation, pick, processes, qgis, register,
    registers, schemas, search, style, tables, tiles, unit_changes, uploads, zone_table, zones,
};
use crate::{answer, security, turns};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ranh",
    description = "Boundaries of industrial zones against land-use plans and administrative borders: OGC API \
        Features and Processes, vector tiles, checks and their findings."
))]
struct Description;

/// What is answered at once.
fn light_routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        // OGC API Features
        .routes(routes!(landing::landing))
        .routes(routes!(api::api))
        .routes(routes!(landing::conformance))
        .routes(routes!(collections::collections))
        .routes(routes!(collections::collection))
        .routes(routes!(schemas::schema))
        .routes(routes!(schemas::queryables))
        .routes(routes!(items::item, edit::item_options))
        .routes(routes!(edit::items_options))
        // the map
        .routes(routes!(tiles::tile_json))
        .routes(routes!(tiles::matrix_sets))
        .routes(routes!(tiles::matrix_set))
        .routes(routes!(tiles::tilesets))
        .routes(routes!(tiles::tileset))
        .routes(routes!(style::style))
        .routes(routes!(qgis::project))
        // the check's answers
        .routes(routes!(findings::finding))
        .routes(routes!(explanation::explanation))
        .routes(routes!(decisions::decide))
        .routes(routes!(decisions::history))
        .routes(routes!(decisions::changes))
        // OGC API Processes
        .routes(routes!(processes::processes))
        .routes(routes!(processes::process))
        .routes(routes!(jobs::jobs))
        .routes(routes!(jobs::job, jobs::dismiss))
        .routes(routes!(jobs::job_results))
        // imports
        .routes(routes!(uploads::uploaded, uploads::give_up))
        // the register
        .routes(routes!(register::zone))
        .routes(routes!(register::documents))
        .routes(routes!(registers::registers))
        .routes(routes!(registers::register))
        .routes(routes!(registers::versions))
        .routes(routes!(registers::enter))
        .routes(routes!(cluster_report::forms))
        // tables and downloads
        .routes(routes!(formats::formats))
        .routes(routes!(formats::provinces))
        .routes(routes!(tables::codes))
        .routes(routes!(tables::kinds))
        .routes(routes!(tables::rules))
        .routes(routes!(landing::health))
}

/// What costs much more than a tile: a bounded number at a time, on threads of their own.
fn heavy_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(items::items))
        .routes(routes!(legend::legend))
        .routes(routes!(pick::pick))
        .routes(routes!(edges::edges))
        .routes(routes!(search::search))
        .routes(routes!(findings::findings))
        .routes(routes!(findings::geojson))
        .routes(routes!(findings::csv))
        .routes(routes!(zones::summary))
        .routes(routes!(register::zones))
        .routes(routes!(register::statistics))
        .routes(routes!(zone_table::table))
        .routes(routes!(zone_table::csv))
        .routes(routes!(zone_table::xlsx))
        .routes(routes!(cluster_report::workbook))
        .routes(routes!(land::land))
        .routes(routes!(land::csv))
        .routes(routes!(land::xlsx))
        .routes(routes!(unit_changes::units))
        .routes(routes!(unit_changes::csv))
        .routes(routes!(unit_changes::xlsx))
        .routes(routes!(history::history))
        .routes(routes!(export::export))
        .routes(routes!(export::notes))
}

/// For those who run the server; these wait for no turn.
fn operation_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(operation::alive))
        .routes(routes!(operation::ready))
        .routes(routes!(operation::metrics))
}

/// What may take longer than an answer should.
fn slow_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(check::check))
}

/// Tiles, which code themselves and keep what they have coded.
fn tile_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(tiles::tile)).routes(routes!(tiles::matrix_tile))
}

/// What takes long as well, and bodies with geometry.
fn execution_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(processes::execute))
        .routes(routes!(edit::create))
        .routes(routes!(edit::transact))
        .routes(routes!(edit::replace, edit::update, edit::remove))
}

/// What comes in pieces, counted and timed as they come.
fn upload_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(uploads::upload))
}

/// The description of all routes.
pub(crate) fn description() -> openapi::OpenApi {
    let all = [
        tile_routes(),
        heavy_routes(),
        operation_routes(),
        slow_routes(),
        execution_routes(),
        upload_routes(),
    ];
    all.into_iter().fold(light_routes(), OpenApiRouter::merge).into_openapi()
}

/// All that is answered: the router, and the short way of tiles beside it.
pub(crate) fn service(app: App, security: security::Security) -> Router {
    let described = serde_json::to_value(description()).unwrap_or_default();
    let gate = security::Gate::new(app.clone(), security, &described);
    let entrance = Entrance::new(app.clone(), gate.clone(), router(app, gate));
    Router::new().fallback_service(entrance)
}

/// The router: routes, files of the web page, and the layers around them, innermost first.
fn router(app: App, gate: security::Gate) -> Router {
    let limits = *app.limits();
    let within = |time| TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, time);
    let plain = |routes: OpenApiRouter<App>| routes.split_for_parts().0;
    let bodies = |router: Router<App>, most: usize| {
        let gathered = router.layer(from_fn_with_state(limits.body, turns::gathered));
        gathered.layer(DefaultBodyLimit::max(most)).layer(RequestBodyLimitLayer::new(most))
    };
    let light = plain(light_routes()).fallback(files::file).layer(within(limits.answer));
    let light = light.layer(from_fn_with_state(app.turns().clone(), turns::light));
    let tiles = plain(tile_routes()).layer(within(limits.answer));
    let tiles = tiles.layer(from_fn_with_state(app.turns().clone(), turns::light));
    let heavy = plain(heavy_routes()).layer(within(limits.answer));
    let heavy = heavy.layer(from_fn_with_state(app.turns().clone(), turns::heavy));
    // A check stops by itself at its limit and says so; this is for one that does not.
    let patience = within(limits.check + limits.answer);
    let metrics = Arc::clone(app.metrics());
    bodies(light, limits.body_bytes)
        .merge(bodies(heavy, limits.body_bytes))
        .merge(bodies(plain(operation_routes()).layer(within(limits.answer)), limits.body_bytes))
        .merge(bodies(plain(slow_routes()).layer(patience), limits.body_bytes))
        .merge(bodies(plain(execution_routes()).layer(patience), limits.execution_bytes))
        .merge(plain(upload_routes()).layer(DefaultBodyLimit::disable()))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .merge(tiles)
        .with_state(app)
        .layer(from_fn_with_state(gate, security::guard))
        .layer(from_fn(answer::catch))
        .layer(from_fn_with_state(metrics, answer::finish))
}
