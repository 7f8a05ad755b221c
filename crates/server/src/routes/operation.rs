//! For those who run the server: is it alive, is it ready, what has it done.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::{App, Current};
use crate::catalog::{Catalog, Grid, Preparation, Served};
use crate::jobs::JobStatus;
use crate::metrics::{Kind, MEDIA_TYPE, Text};
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::Health;

/// Whether the process is alive: it answers, so it is. Whoever restarts what hangs asks this.
#[utoipa::path(get, path = "/healthz", tag = "Server",
    responses((status = 200, description = "Alive", body = Health)))]
pub(crate) async fn alive(Current(catalog): Current, headers: HeaderMap) -> Result<Response, Problem> {
    respond::json(&headers, &Health { status: "ok".into(), revision: catalog.version.revision })
}

/// Whether requests should be sent here: the store can be read, and the server is not about to stop.
#[utoipa::path(get, path = "/readyz", tag = "Server",
    responses((status = 200, description = "Ready", body = Health), (status = 503, description = "Not now")))]
pub(crate) async fn ready(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let not_now = |detail| {
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail);
        Err(problem.with_retry_after(app.limits().retry_after))
    };
    if app.jobs().is_stopping() {
        return not_now("The server is stopping.");
    }
    if !app.is_store_readable() {
        return not_now("The store cannot be read; what was read before is still served. The log says why.");
    }
    respond::json(&headers, &Health { status: "ok".into(), revision: catalog.version.revision })
}

/// What has been counted, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "Server",
    responses((status = 200, description = "Text format 0.0.4", content_type = "text/plain", body = String)))]
pub(crate) async fn metrics(
    State(app): State<App>,
    Current(catalog): Current,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&[])?;
    let mut text = Text::default();
    app.metrics().tell(&mut text);
    text.family(
        "ranh_http_requests_refused_total",
        Kind::Counter,
        "Requests told to come back: too many at once.",
    );
    text.sample("", &[], app.turns().refused() as f64);
    under_way(&app, &mut text);
    tiles(&catalog, &mut text);
    jobs(&app, &mut text);
    text.family("ranh_catalog_revision", Kind::Gauge, "Revision of the store that is served.");
    text.sample("", &[], catalog.version.revision as f64);
    text.family("ranh_catalog_check_run", Kind::Gauge, "Number of the check run that is served.");
    text.sample("", &[], catalog.version.check as f64);
    text.family(
        "ranh_store_readable",
        Kind::Gauge,
        "Whether the store could be read when it was asked last.",
    );
    text.sample("", &[], f64::from(u8::from(app.is_store_readable())));
    if let Some(used) = app.process_use() {
        used.tell(&mut text);
    }
    let mut response = Body::from(text.text).into_response();
    respond::insert(&mut response, header::CONTENT_TYPE, MEDIA_TYPE);
    respond::insert(&mut response, header::CACHE_CONTROL, "no-store");
    Ok(response)
}

/// What clients hold at this moment.
fn under_way(app: &App, text: &mut Text) {
    let help = "Requests that have their turn, by what they cost.";
    text.family("ranh_turns", Kind::Gauge, help);
    for (cost, taken) in app.turns().taken() {
        text.sample("", &[("cost", cost)], taken as f64);
    }
    text.family("ranh_exports", Kind::Gauge, "Exports that are being written.");
    let free = app.exporting().available_permits();
    text.sample("", &[], app.limits().exports.saturating_sub(free) as f64);
}

/// How far the tiles of the layers are.
fn tiles(catalog: &Catalog, text: &mut Text) {
    let preparation = |served: &Served| served.preparation(Grid::WebMercator);
    text.family("ranh_tile_layers", Kind::Gauge, "Layers by how far their tiles are.");
    for state in Preparation::NAMES {
        let count = catalog.layers.iter().filter(|served| preparation(served).name() == state).count();
        text.sample("", &[("state", state)], count as f64);
    }
    let help = "Zooms that are there of the layers whose tiles are being prepared.";
    text.family("ranh_tile_zooms_prepared", Kind::Gauge, help);
    for served in &catalog.layers {
        if let Preparation::UnderWay { zooms } = preparation(served) {
            text.sample("", &[("collection", &served.info.id)], f64::from(zooms));
        }
    }
}

fn jobs(app: &App, text: &mut Text) {
    let all = app.jobs().all();
    text.family("ranh_jobs", Kind::Gauge, "Jobs that wait or run.");
    for status in [JobStatus::Accepted, JobStatus::Running] {
        let count = all.iter().filter(|job| job.state().status == status).count();
        text.sample("", &[("status", status.name())], count as f64);
    }
    text.family(
        "ranh_jobs_total",
        Kind::Counter,
        "Jobs that had their end: checks, what-ifs, plan differences.",
    );
    for ((process, status), count) in app.jobs().ended() {
        text.sample("", &[("process", process), ("status", status)], count as f64);
    }
}
