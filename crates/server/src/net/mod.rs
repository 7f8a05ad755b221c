//! Connections: a bounded number, each on one thread for as long as it lives and held to its time, drained when the
//! server stops. axum's own server knows no limits.

mod lane;
mod patient;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::settings::Limits;
use lane::{Accepted, Answering, Lane};

/// How long to wait before connections are taken again, when the system has no more to give.
const BREATH: Duration = Duration::from_millis(200);
/// Said to connections that are too many, without looking at what they ask.
const TOO_MANY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\nretry-after: 2\r\n\
    content-type: application/problem+json\r\ncontent-length: 126\r\n\r\n\
    {\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"Too many connections are open; ask again in 2 s.\"}\n";

/// Serves connections until told to stop, then lets open requests end, `limits.farewell` at most.
/// # Errors
/// The system's, when it gives no threads.
pub async fn serve_on(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let (over, is_over) = watch::channel(false);
    let mut lanes = Vec::new();
    for number in 0..thread::available_parallelism().map_or(1, usize::from) {
        let answering = Answering { router: router.clone(), many: Handle::current() };
        lanes.push(Lane::start(number, answering, limits, stop.clone(), is_over.clone())?);
    }
    let open = Arc::new(Semaphore::new(limits.connections));
    tokio::select! {
        () = accept(&listener, &lanes, &open) => {}
        () = told(&mut stop) => {}
    }
    drop(listener);
    let most = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let drained = tokio::time::timeout(limits.farewell, open.acquire_many(most)).await;
    if drained.is_err() {
        let left = limits.connections - open.available_permits();
        tracing::warn!(connections = left, "not all requests had their end in time");
    }
    over.send_replace(true);
    Ok(())
}

/// Hands connections to threads in turn.
async fn accept(listener: &TcpListener, lanes: &[Lane], open: &Arc<Semaphore>) {
    for lane in lanes.iter().cycle() {
        let (stream, peer) = next(listener).await;
        let permit = Arc::clone(open).try_acquire_owned().ok();
        match ready(stream, peer, permit) {
            Ok(Some(accepted)) => lane.take(accepted),
            Ok(None) => tracing::debug!("too many connections"),
            Err(error) => tracing::debug!(%error, "a connection was lost before it was answered"),
        }
    }
}

async fn next(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => {
            }
            Err(error) => {
                // Without file descriptors every attempt would fail at once.
                tracing::error!(%error, "no connection could be taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// A connection as a thread takes it; none when it was one too many, and was told so.
fn ready(
    stream: TcpStream,
    peer: SocketAddr,
    permit: Option<OwnedSemaphorePermit>,
) -> io::Result<Option<Accepted>> {
    // Answers are written whole; waiting for more to send with them only delays the last part.
    stream.set_nodelay(true)?;
    let mut stream = stream.into_std()?;
    let Some(permit) = permit else {
        // What it does not take at once it does not get.
        stream.write_all(TOO_MANY)?;
        return Ok(None);
    };
    Ok(Some(Accepted { stream, peer, permit }))
}

/// Waits until something is so; also when nobody is left who could say it.
async fn told(stop: &mut watch::Receiver<bool>) {
    stop.wait_for(|stop| *stop).await.map(drop).ok();
}

#[cfg(test)]
mod tests {
    use super::TOO_MANY;

    #[test]
    fn the_refusal_is_as_long_as_it_says() {
        let text = std::str::from_utf8(TOO_MANY).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("content-length: {}", body.len())), "{}", body.len());
        assert_eq!(serde_json::from_str::<serde_json::Value>(body).unwrap()["status"], 503);
    }
}
