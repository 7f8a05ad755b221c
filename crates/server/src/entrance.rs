//! Where requests come in.
//!
//! Tiles for maps are most of what is asked, and cost so little that the router's layers, each a box around the next that
//! is copied for every request, would cost as much again. So they take a short way: the same guard, turn, time limit and
//! counting as everything else, called one inside the other. Whatever is not plainly such a tile goes to the router,
//! which answers it alike.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;
use tower::Service;

use crate::answer::{caught, finished};
use crate::app::App;
use crate::routes::tiles;
use crate::security::{Gate, guarded};

/// What answers requests; cheap to clone.
#[derive(Clone)]
pub(crate) struct Entrance {
    router: Router,
    tiles: Arc<(App, Gate)>,
}

impl Entrance {
    /// Before a router that has the same guard.
    pub(crate) fn new(app: App, gate: Gate, router: Router) -> Self {
        Self { router, tiles: Arc::new((app, gate)) }
    }
}

impl Service<Request> for Entrance {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if *request.method() == Method::GET && is_tile(request.uri()) {
            let tiles = Arc::clone(&self.tiles);
            Box::pin(async move { Ok(tile(&tiles.0, &tiles.1, request).await) })
        } else {
            Box::pin(self.router.call(request))
        }
    }
}

/// Whether a path is that of a tile and needs no decoding.
fn is_tile(uri: &Uri) -> bool {
    tiles::parts(uri.path()).is_some()
}

async fn tile(app: &App, gate: &Gate, request: Request) -> Response {
    let answer = |request: Request| async move {
        let (asked, _no_body) = request.into_parts();
        let in_time = async {
            let answered = timeout(app.limits().answer, tiles::plain(app, &asked)).await;
            answered.unwrap_or_else(|_late| StatusCode::GATEWAY_TIMEOUT.into_response())
        };
        app.turns().light(in_time).await
    };
    let guarded = |request| caught(guarded(gate, Some(tiles::TILE), request, answer));
    finished(app.metrics(), tiles::TILE, request, guarded).await
}
