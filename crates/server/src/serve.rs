//! Starting, following the store, stopping.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use project::{Project, ProjectError};
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::signal;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::net::serve_on;
use crate::public::Public;
use crate::router;
use crate::security::Security;
use crate::settings::{Limits, Settings};
use crate::source::{Source, SourceError};

/// Why the server cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] ProjectError),
    /// The store cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gives no threads.
    #[error("the server's threads could not be started: {0}")]
    Threads(std::io::Error),
}

/// Serves a store until the process is told to stop (SIGTERM, ctrl-c). `ready` is called with the address once
/// requests are answered.
/// # Errors
/// [`ServeError`] when the store or the address cannot be had.
pub async fn serve(settings: Settings, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let address = settings.listen;
    let listen = |source| ServeError::Listen { address, source };
    // The port first: it is the likeliest to be taken, and reading a large store takes a while.
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let limits = settings.limits;
    let costly = costly_threads(&limits)?;
    let (threads, security) = (costly.handle().clone(), Security::new(address, &settings));
    let app = blocking(move || {
        let mut source: Arc<dyn Source> = Arc::new(Project::open(&settings.store)?);
        if settings.public {
            source = Arc::new(Public::over(source)?);
        }
        Ok::<_, ServeError>(App::new(source, &settings, Some(threads))?)
    })
    .await;
    let app = match app {
        Ok(app) => app,
        Err(error) => {
            costly.shutdown_background();
            return Err(error);
        }
    };
    let router = router::service(app.clone(), security);
    let following = tokio::spawn(follow(app.clone(), limits.poll));
    let stop = stopping(&app);
    ready(address);
    tracing::info!(%address, "serving");
    let served = serve_on(listener, router, limits, stop).await;
    following.abort();
    costly.shutdown_background();
    served.map_err(ServeError::Threads)
}

/// The whole application over any source, for tests and for embedding. `listen` is the address it will be asked at.
/// # Errors
/// [`SourceError`] when the source cannot be read.
pub fn app_router(
    source: Arc<dyn Source>,
    limits: Limits,
    listen: SocketAddr,
    allow_hosts: &[String],
) -> Result<Router, SourceError> {
    let mut settings = Settings::new(PathBuf::new(), listen);
    (settings.limits, settings.allow_hosts) = (limits, allow_hosts.to_vec());
    service(source, &settings)
}

/// The whole application over any source, by settings.
/// # Errors
/// [`SourceError`] when the source cannot be read.
pub fn service(source: Arc<dyn Source>, settings: &Settings) -> Result<Router, SourceError> {
    Ok(router::service(App::new(source, settings, None)?, Security::new(settings.listen, settings)))
}

/// Threads for costly requests, apart from those that answer everything else.
fn costly_threads(limits: &Limits) -> Result<Runtime, ServeError> {
    let mut threads = runtime::Builder::new_multi_thread();
    threads.worker_threads(limits.heavy_requests).thread_name("costly").enable_all();
    threads.build().map_err(ServeError::Threads)
}

/// Becomes true when the process is told to stop; until then jobs may run.
fn stopping(app: &App) -> watch::Receiver<bool> {
    let (told, heard) = watch::channel(false);
    let jobs = Arc::clone(app.jobs());
    tokio::spawn(async move {
        stop_signal().await;
        tracing::info!("stopping");
        jobs.stop();
        told.send_replace(true);
    });
    heard
}

/// Waits for SIGTERM or ctrl-c; a signal that cannot be listened for never comes.
async fn stop_signal() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Swaps in new revisions as they appear: other processes may import into the store. What the source computes by
/// itself is renewed beside it, so that a long computation keeps nothing old on show.
async fn follow(app: App, every: Duration) {
    let mut renewing: Option<JoinHandle<()>> = None;
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let (app, follower) = (app.clone(), app.clone());
        let refreshed: JoinHandle<Result<(), SourceError>> =
            tokio::task::spawn_blocking(move || app.refresh());
        match refreshed.await {
            Ok(Ok(())) => {}
            // The last good revision is served on.
            Ok(Err(error)) => tracing::warn!(%error, "the store could not be read"),
            Err(error) => tracing::error!(%error, "reading the store failed"),
        }
        follower.uploads().inspect(|uploads| uploads.expire());
        if renewing.as_ref().is_none_or(JoinHandle::is_finished) {
            renewing = Some(tokio::task::spawn_blocking({
                let app = follower.clone();
                move || renew(&app)
            }));
        }
    }
}

fn renew(app: &App) {
    let renewed = app.source().renew(&|| app.jobs().is_stopping());
    match renewed.and_then(|changed| if changed { app.refresh() } else { Ok(()) }) {
        Ok(()) => {}
        Err(error) => tracing::warn!(%error, "what is computed from the store could not be renewed"),
    }
}

/// Runs blocking work; a panic in it goes on here.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
