//! A thread with connections.
//!
//! A tile is made in less time than it takes to wake another thread for it. So connections are handed in turn to a few
//! threads, one a processor, each with a runtime of its own that passes nothing on, and tiles are made where they are
//! asked for. Everything else that is asked on a connection runs on the runtime of many threads, so that long work
//! holds up nobody's tiles.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::thread;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::task::JoinHandle;
use tower::Service;

use super::patient::Patient;
use super::told;
use crate::settings::Limits;

/// A connection on its way to a thread.
pub(super) struct Accepted {
    pub(super) stream: std::net::TcpStream,
    pub(super) peer: SocketAddr,
    /// Given back when the connection ends.
    pub(super) permit: OwnedSemaphorePermit,
}

/// A thread with connections.
pub(super) struct Lane {
    connections: mpsc::UnboundedSender<Accepted>,
}

impl Lane {
    /// Starts it. Connections are told to end with `stop`; what is left of them ends when it `is_over`.
    pub(super) fn start(
        number: usize,
        answering: Answering,
        limits: Limits,
        stop: watch::Receiver<bool>,
        mut is_over: watch::Receiver<bool>,
    ) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (connections, mut handed) = mpsc::unbounded_channel::<Accepted>();
        let serving = async move {
            while let Some(accepted) = handed.recv().await {
                let (answering, stop) = (answering.clone(), stop.clone());
                tokio::spawn(async move {
                    let Accepted { stream, peer, permit } = accepted;
                    // Clients leave in the middle all the time.
                    if let Err(error) = answer(stream, answering, limits, stop).await {
                        tracing::debug!(%peer, %error, "a connection broke off");
                    }
                    drop(permit);
                });
            }
        };
        thread::Builder::new().name(format!("connections-{number}")).spawn(move || {
            runtime.block_on(async move {
                tokio::select! {
                    () = serving => told(&mut is_over).await,
                    () = told(&mut is_over) => {}
                }
            });
            runtime.shutdown_background();
        })?;
        Ok(Self { connections })
    }

    pub(super) fn take(&self, accepted: Accepted) {
        // A lane that is gone cannot answer; the client sees a closed connection.
        let _taken = self.connections.send(accepted);
    }
}

/// Answers what is asked on a connection, until it ends or is to end.
async fn answer(
    stream: std::net::TcpStream,
    answering: Answering,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let io = TokioIo::new(Patient::new(TcpStream::from_std(stream)?, limits.stall));
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let answer = answering.clone().answer(request.map(Body::new));
        async { Ok::<_, Infallible>(answer.await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.headers)
        .serve_connection(io, service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return Ok(ended?),
        () = told(&mut stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    Ok(connection.await?)
}

/// What answers the requests of a connection.
#[derive(Clone)]
pub(super) struct Answering {
    pub(super) router: Router,
    /// The runtime of many threads.
    pub(super) many: Handle,
}

impl Answering {
    /// Makes tiles here and everything else on the runtime of many threads.
    async fn answer(mut self, request: Request) -> Response {
        if request.uri().path().contains("/tiles/") {
            let Ok(response) = self.router.call(request).await;
            return response;
        }
        let mut answer = Abandoned(self.many.spawn(self.router.call(request)));
        match (&mut answer.0).await {
            Ok(Ok(response)) => response,
            // Panics are caught further in, so the runtime is going down.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        }
    }
}

/// Work that is given up when its client has left.
struct Abandoned(JoinHandle<Result<Response, Infallible>>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.abort();
    }
}
