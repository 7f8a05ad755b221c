//! The table of contents: every path that is answered.

use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Router, extract::DefaultBodyLimit};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa::openapi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;
use crate::routes::{
    api, check, collections, decisions, explanation, export, files, findings, items, jobs, landing, legend,
    pick, processes, register, schemas, search, style, tables, tiles, zones,
};
use crate::{answer, security};

#[derive(OpenApi)]
#[openapi(info(
    title = "Ranh",
    description = "Boundaries of industrial zones against land-use plans and administrative borders: OGC API \
        Features and Processes, vector tiles, checks and their findings."
))]
struct Description;

/// All routes with their description.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        // OGC API Features
        .routes(routes!(landing::landing))
        .routes(routes!(api::api))
        .routes(routes!(landing::conformance))
        .routes(routes!(collections::collections))
        .routes(routes!(collections::collection))
        .routes(routes!(schemas::schema))
        .routes(routes!(schemas::queryables))
        .routes(routes!(items::items))
        .routes(routes!(items::item))
        // the map
        .routes(routes!(tiles::tile_json))
        .routes(routes!(tiles::matrix_sets))
        .routes(routes!(tiles::matrix_set))
        .routes(routes!(tiles::tilesets))
        .routes(routes!(tiles::tileset))
        .routes(routes!(style::style))
        .routes(routes!(legend::legend))
        .routes(routes!(pick::pick))
        .routes(routes!(search::search))
        // the check's answers
        .routes(routes!(findings::findings))
        .routes(routes!(findings::finding))
        .routes(routes!(explanation::explanation))
        .routes(routes!(findings::geojson))
        .routes(routes!(findings::csv))
        .routes(routes!(decisions::decide))
        .routes(routes!(decisions::history))
        .routes(routes!(decisions::changes))
        .routes(routes!(zones::summary))
        // OGC API Processes
        .routes(routes!(processes::processes))
        .routes(routes!(processes::process))
        .routes(routes!(jobs::jobs))
        .routes(routes!(jobs::job, jobs::dismiss))
        .routes(routes!(jobs::job_results))
        // the register
        .routes(routes!(register::zones))
        .routes(routes!(register::zone))
        .routes(routes!(register::statistics))
        .routes(routes!(register::documents))
        // tables and downloads
        .routes(routes!(tables::codes))
        .routes(routes!(tables::kinds))
        .routes(routes!(tables::rules))
        .routes(routes!(export::export))
        // the server itself
        .routes(routes!(landing::health))
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
    OpenApiRouter::new().routes(routes!(processes::execute))
}

/// The description of all routes.
pub(crate) fn description() -> openapi::OpenApi {
    routes().merge(tile_routes()).merge(slow_routes()).merge(execution_routes()).into_openapi()
}

/// The router: routes, files of the web page, and the layers around them, innermost first.
pub(crate) fn router(app: App, hosts: security::Hosts) -> Router {
    let limits = *app.limits();
    let within = |time| TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, time);
    let (quick, _) = routes().split_for_parts();
    let (slow, _) = slow_routes().split_for_parts();
    let (execution, _) = execution_routes().split_for_parts();
    let (tiles, _) = tile_routes().split_for_parts();
    let bodies = |router: Router<App>, most: usize| {
        router.layer(DefaultBodyLimit::max(most)).layer(RequestBodyLimitLayer::new(most))
    };
    // A check stops by itself at its limit and says so; this is for one that does not.
    let patience = within(limits.check + limits.answer);
    bodies(quick.fallback(files::file).layer(within(limits.answer)), limits.body_bytes)
        .merge(bodies(slow.layer(patience), limits.body_bytes))
        .merge(bodies(execution.layer(patience), limits.execution_bytes))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .merge(tiles.layer(within(limits.answer)))
        .with_state(app)
        .layer(from_fn_with_state(hosts, security::guard))
        .layer(CatchPanicLayer::custom(answer::panicked))
        .layer(from_fn(answer::finish))
}
