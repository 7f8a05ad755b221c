//! Whose turn it is: a bounded number of requests is under way at a time, cheap and costly ones apart, so that pages
//! of features cannot hold up tiles. Who has waited too long is told to come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{self, Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tracing::Instrument;

use crate::answer;
use crate::problem::Problem;
use crate::settings::Limits;

/// Requests under way; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Turns(Arc<Pools>);

#[derive(Debug)]
struct Pools {
    light: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
    wait: Duration,
    retry_after: Duration,
    /// Threads for costly requests; without, they run where all others do.
    threads: Option<Handle>,
    refused: AtomicU64,
    /// How many may have their turn: cheap ones, costly ones.
    most: [usize; 2],
}

impl Turns {
    pub(crate) fn new(limits: &Limits, threads: Option<Handle>) -> Self {
        let pool = |most| Arc::new(Semaphore::new(most));
        Self(Arc::new(Pools {
            light: pool(limits.light_requests),
            heavy: pool(limits.heavy_requests),
            wait: limits.turn,
            retry_after: limits.retry_after,
            threads,
            refused: AtomicU64::new(0),
            most: [limits.light_requests, limits.heavy_requests],
        }))
    }

    /// Requests that were told to come back.
    pub(crate) fn refused(&self) -> u64 {
        self.0.refused.load(Ordering::Relaxed)
    }

    /// Requests that have their turn now, by what they cost.
    pub(crate) fn taken(&self) -> [(&'static str, usize); 2] {
        let Pools { light, heavy, most: [most_light, most_heavy], .. } = self.0.as_ref();
        let taken = |pool: &Semaphore, most: usize| most.saturating_sub(pool.available_permits());
        [("cheap", taken(light, *most_light)), ("costly", taken(heavy, *most_heavy))]
    }

    /// A cheap answer in its turn.
    pub(crate) async fn light(&self, answer: impl Future<Output = Response>) -> Response {
        match self.turn(&self.0.light).await {
            Ok(_permit) => answer.await,
            Err(problem) => problem.into_response(),
        }
    }

    async fn turn(&self, pool: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(permit) = Arc::clone(pool).try_acquire_owned() {
            return Ok(permit);
        }
        let waited = tokio::time::timeout(self.0.wait, Arc::clone(pool).acquire_owned()).await;
        if let Ok(Ok(permit)) = waited {
            return Ok(permit);
        }
        self.0.refused.fetch_add(1, Ordering::Relaxed);
        let detail = "The server has too much to do; ask again in a while.";
        Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).with_retry_after(self.0.retry_after))
    }
}

/// Answers a cheap request in its turn.
pub(crate) async fn light(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    turns.light(next.run(request)).await
}

/// Answers a costly request in its turn, on the threads for that. When the client leaves, it is given up.
pub(crate) async fn heavy(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let permit = match turns.turn(&turns.0.heavy).await {
        Ok(permit) => permit,
        Err(problem) => return problem.into_response(),
    };
    let work = async move {
        let response = next.run(request).await;
        drop(permit);
        response
    };
    let Some(threads) = &turns.0.threads else {
        return work.await;
    };
    let task = threads.spawn(work.in_current_span());
    let _leaving = Abort(task.abort_handle());
    match task.await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => answer::panicked(payload),
            Err(_stopped) => Problem::broken(&"the server is stopping").into_response(),
        },
    }
}

struct Abort(AbortHandle);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for a request's whole body before its turn comes, so that a slow one holds nothing up. The layer around this
/// one limits its bytes.
pub(crate) async fn gathered(State(time): State<Duration>, request: Request, next: Next) -> Response {
    if request.body().size_hint().exact() == Some(0) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let late = || {
        let detail = format!("The body did not arrive within {} s.", time.as_secs_f64());
        Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response()
    };
    match tokio::time::timeout(time, body::to_bytes(body, usize::MAX)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_too_many)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_elapsed) => late(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::response::Response;
    use axum::routing::get;
    use tokio::runtime::Handle;
    use tokio::sync::Notify;
    use tower::ServiceExt;

    use super::{Turns, heavy, light};
    use crate::problem::Problem;
    use crate::settings::Limits;

    /// One costly request at a time, which lasts until it is told to end.
    struct Place {
        router: Router,
        turns: Turns,
        begun: Arc<Notify>,
        end: Arc<Notify>,
    }

    fn place() -> Place {
        let limits = Limits {
            heavy_requests: 1,
            light_requests: 1,
            turn: Duration::from_millis(20),
            ..Limits::default()
        };
        let turns = Turns::new(&limits, Some(Handle::current()));
        let (begun, end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (tell, wait) = (Arc::clone(&begun), Arc::clone(&end));
        let slow = move || async move {
            tell.notify_one();
            wait.notified().await;
        };
        let costly = Router::new()
            .route("/slow", get(slow))
            .route(
                "/broken",
                get(async || {
                    if true {
                        panic!("the secret is 42")
                    }
                }),
            )
            .layer(from_fn_with_state(turns.clone(), heavy));
        let cheap = Router::new().route("/cheap", get(async || "here"));
        let router = costly.merge(cheap.layer(from_fn_with_state(turns.clone(), light)));
        Place { router, turns, begun, end }
    }

    impl Place {
        async fn ask(&self, path: &str) -> Response {
            self.router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
        }
    }

    #[tokio::test]
    async fn who_waits_too_long_is_told_when_to_come_back_and_cheap_ones_go_on() {
        let place = place();
        let first = place.ask("/slow");
        let others = async {
            place.begun.notified().await;
            assert_eq!(place.turns.taken(), [("cheap", 0), ("costly", 1)]);
            let refused = place.ask("/slow").await;
            assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
            let problem = refused.extensions().get::<Problem>().unwrap();
            assert_eq!(problem.retry_after, Some(Limits::default().retry_after));
            assert_eq!(place.ask("/cheap").await.status(), StatusCode::OK);
            place.end.notify_one();
        };
        assert_eq!(tokio::join!(first, others).0.status(), StatusCode::OK);
        assert_eq!(place.turns.refused(), 1);
        assert_eq!(place.turns.taken(), [("cheap", 0), ("costly", 0)]);
        place.end.notify_one();
        assert_eq!(place.ask("/slow").await.status(), StatusCode::OK, "the turn is free again");
    }

    #[tokio::test]
    async fn a_client_that_leaves_gives_up_its_turn() {
        let place = place();
        tokio::select! {
            _ = place.ask("/slow") => panic!("it was not told to end"),
            () = place.begun.notified() => {}
        }
        let (next, ()) = tokio::join!(place.ask("/slow"), async {
            place.begun.notified().await;
            place.end.notify_one();
        });
        assert_eq!(next.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_gives_up_its_turn() {
        let place = place();
        for _ in 0..3 {
            assert_eq!(place.ask("/broken").await.status(), StatusCode::INTERNAL_SERVER_ERROR);
        }
        place.end.notify_one();
        assert_eq!(place.ask("/slow").await.status(), StatusCode::OK);
    }
}
