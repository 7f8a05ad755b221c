//! Connections, each on one thread for as long as it lives.
//!
//! A tile is made in less time than it takes to wake another thread for it. So connections are handed in turn to a few
//! threads, one a processor, each with a runtime of its own that passes nothing on, and tiles are made where they are
//! asked for. Everything else that is asked on a connection runs on the runtime of many threads, so that long work
//! holds up nobody's tiles.

use std::io;
use std::net::SocketAddr;
use std::thread;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

/// A connection on its way to a thread.
type Accepted = (std::net::TcpStream, SocketAddr);

/// Serves connections until `told`, then lets open requests end.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    told: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let router = router.layer(from_fn_with_state(Handle::current(), elsewhere));
    let (stop, stopped) = watch::channel(false);
    let mut lanes = Vec::new();
    for number in 0..thread::available_parallelism().map_or(1, usize::from) {
        lanes.push(Lane::start(number, address, router.clone(), stopped.clone())?);
    }
    let accepting = async {
        for lane in lanes.iter().cycle() {
            let (stream, peer) = Listener::accept(&mut listener).await;
            // Answers are written whole; waiting for more to send with them only delays the last part.
            let ready = stream.set_nodelay(true).and_then(|()| stream.into_std());
            match ready {
                Ok(stream) => lane.take((stream, peer)),
                Err(error) => tracing::debug!(%error, "a connection was lost before it was answered"),
            }
        }
    };
    tokio::select! {
        () = accepting => {}
        () = told => {}
    }
    drop(listener);
    stop.send_replace(true);
    for lane in lanes {
        // Without an answer the thread is gone, and with it all that it was to do.
        lane.ended.await.unwrap_or(Ok(()))?;
    }
    Ok(())
}

/// A thread with connections.
struct Lane {
    connections: mpsc::UnboundedSender<Accepted>,
    ended: oneshot::Receiver<io::Result<()>>,
}

impl Lane {
    fn start(
        number: usize,
        address: SocketAddr,
        router: Router,
        mut stopped: watch::Receiver<bool>,
    ) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (connections, handed) = mpsc::unbounded_channel();
        let (end, ended) = oneshot::channel();
        let told = async move {
            // The sender lives until all lanes have ended.
            let _stopping = stopped.wait_for(|stopped| *stopped).await;
        };
        thread::Builder::new().name(format!("connections-{number}")).spawn(move || {
            let serving = axum::serve(Handed { handed, address }, router).with_graceful_shutdown(told);
            let ended = runtime.block_on(async move { serving.await });
            // Nobody waits any more when the farewell took too long.
            let _waited = end.send(ended);
        })?;
        Ok(Self { connections, ended })
    }

    fn take(&self, accepted: Accepted) {
        // A lane that is gone cannot answer; the client sees a closed connection.
        let _taken = self.connections.send(accepted);
    }
}

/// The connections that a thread is handed.
struct Handed {
    handed: mpsc::UnboundedReceiver<Accepted>,
    address: SocketAddr,
}

impl Listener for Handed {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            let Some((stream, peer)) = self.handed.recv().await else {
                return std::future::pending().await;
            };
            match TcpStream::from_std(stream) {
                Ok(stream) => return (stream, peer),
                Err(error) => tracing::debug!(%error, "a connection was lost before it was answered"),
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Lets tiles be made here and everything else on the runtime of many threads.
async fn elsewhere(State(many): State<Handle>, request: Request, next: Next) -> Response {
    if request.uri().path().contains("/tiles/") {
        return next.run(request).await;
    }
    let mut answer = Abandoned(many.spawn(next.run(request)));
    match (&mut answer.0).await {
        Ok(response) => response,
        // Panics are caught further in, so the runtime is going down.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Work that is given up when its client has left.
struct Abandoned(JoinHandle<Response>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.abort();
    }
}
