//! One tile as an answer: from the cache or made, coded as the client wants it, with a tag of its content.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tiles::TileCoord;

use super::MVT;
use crate::app::App;
use crate::catalog::{Grid, Served};
use crate::coding::Coding;
use crate::problem::Problem;
use crate::respond;
use crate::tile_cache::Made;

/// Tiles of more bytes are coded on another thread, so that those asked for on the same thread need not wait.
const CODED_HERE_BYTES: usize = 16 * 1024;

/// How many headers an answer with a tile has, at most.
const HEADERS: usize = 16;

/// Answers with a tile.
pub(super) async fn tile(
    app: &App,
    served: &Arc<Served>,
    grid: Grid,
    coord: TileCoord,
    headers: &HeaderMap,
    cache: &str,
) -> Result<Response, Problem> {
    let (made, cache) = match patched(served, grid, coord).await? {
        // As good as certainly the tile for good, but nobody has compared.
        Some(made) => (made, respond::REVALIDATE),
        None => (made(app, served, grid, coord).await?, cache),
    };
    let coding = Coding::wanted(headers).for_bytes(made.bytes.len());
    let mut response = if respond::known(headers, &tag(&made, coding)) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        respond::insert(&mut response, header::ETAG, &tag(&made, coding));
        response
    } else if made.bytes.is_empty() {
        let mut response = StatusCode::NO_CONTENT.into_response();
        respond::insert(&mut response, header::ETAG, &tag(&made, coding));
        response
    } else {
        let (bytes, coding) = coded(app, &made, coding).await?;
        let length = HeaderValue::from(bytes.len());
        let mut response = Body::from(bytes).into_response();
        // Room for all headers at once.
        response.headers_mut().reserve(HEADERS);
        response.headers_mut().insert(header::CONTENT_LENGTH, length);
        respond::insert(&mut response, header::CONTENT_TYPE, MVT);
        respond::insert(&mut response, header::ETAG, &tag(&made, coding));
        if let Some(name) = coding.name() {
            respond::insert(&mut response, header::CONTENT_ENCODING, name);
        }
        response
    };
    respond::insert(&mut response, header::CACHE_CONTROL, cache);
    respond::insert(&mut response, header::VARY, "accept-encoding");
    // What a tile leaves out, or draws as a part of something else, is told beside it, as there is no place for it inside.
    for (name, count) in [("ranh-tile-collapsed", made.collapsed), ("ranh-tile-merged", made.merged)] {
        if count > 0 {
            respond::insert(&mut response, HeaderName::from_static(name), &count.to_string());
        }
    }
    Ok(response)
}

/// The strong tag of a tile in a coding (RFC 9110, 8.8.3.3: each coding has its own).
fn tag(made: &Made, coding: Coding) -> String {
    match coding.name() {
        None => format!("\"{:032x}\"", made.hash),
        Some(name) => format!("\"{:032x}-{name}\"", made.hash),
    }
}

/// The tile after an edit, while the layer is not prepared; none where that can be waited for only.
async fn patched(served: &Arc<Served>, grid: Grid, coord: TileCoord) -> Result<Option<Arc<Made>>, Problem> {
    if served.has_tiles(grid) {
        return Ok(None);
    }
    let patched = move |served: &Served| served.patched(grid, coord).map(|tile| Arc::new(tile.into()));
    if served.is_at_hand(grid, coord) {
        return Ok(patched(served));
    }
    let turn = served.waiting.part().await;
    if served.is_at_hand(grid, coord) {
        return Ok(patched(served));
    }
    let served = Arc::clone(served);
    in_turn(turn, move || patched(&served)).await
}

/// The tile as it is. Where its grid has to be prepared first, or read, another thread does that.
async fn made(app: &App, served: &Arc<Served>, grid: Grid, coord: TileCoord) -> Result<Arc<Made>, Problem> {
    let key = (served.number(grid), coord);
    let made =
        move |app: &App, served: &Served| app.tiles().plain(key, || served.tile(grid, coord, app.keep()));
    if served.is_at_hand(grid, coord) {
        return Ok(made(app, served));
    }
    let turn = served.waiting.whole().await;
    if served.is_at_hand(grid, coord) {
        return Ok(made(app, served));
    }
    let (app, served) = (app.clone(), Arc::clone(served));
    let work = move || {
        let made = made(&app, &served);
        app.keep_tiles_of(&served);
        made
    };
    in_turn(turn, work).await
}

/// Does on another thread what takes its time. The turn ends with the work, even where its client has left before.
async fn in_turn<T: Send + 'static>(
    turn: impl Send + 'static,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Problem> {
    let work = move || {
        let done = work();
        drop(turn);
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))
}

async fn coded(app: &App, made: &Arc<Made>, coding: Coding) -> Result<(Bytes, Coding), Problem> {
    if let Some(bytes) = app.tiles().coded(made, coding) {
        return Ok((bytes, coding));
    }
    if made.bytes.len() <= CODED_HERE_BYTES {
        return Ok(app.tiles().code(made, coding));
    }
    let turn = Arc::clone(&app.tiles().coding).acquire_owned().await;
    let turn = turn.map_err(|error| Problem::broken(&error))?;
    // Who came before may have coded it.
    if let Some(bytes) = app.tiles().coded(made, coding) {
        return Ok((bytes, coding));
    }
    let (app, made) = (app.clone(), Arc::clone(made));
    in_turn(turn, move || app.tiles().code(&made, coding)).await
}
