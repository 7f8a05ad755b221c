//! What is written, sent a chunk at a time.

use std::io::{self, Write};
use std::time::Instant;

use axum::body::Bytes;
use tokio::sync::{mpsc, oneshot};

use super::order::{Failed, Order};

/// Bytes gathered before they are sent.
const CHUNK: usize = 64 * 1024;

/// What is known when the first byte is ready.
pub(super) struct Head {
    /// How many notes there are, where that is known by then.
    pub(super) notes: Option<usize>,
}

/// Writes it all; an error is told apart as long as nothing was sent.
pub(super) fn write(order: &Order, mut out: Chunks) {
    if let Err(error) = sent(order, &mut out) {
        out.fail(error);
    }
}

fn sent(order: &Order, out: &mut Chunks) -> Result<(), Failed> {
    let (ready, notes) = order.ready()?;
    out.notes = notes.map(|notes| notes.len());
    let without = order.send(ready, out)?.without_geometry.len();
    if without > 0 {
        tracing::warn!(
            features = without,
            crs = order.crs.name(),
            "exported without geometry: not in that CRS"
        );
    }
    // What has nothing in it has a head all the same.
    out.begin();
    Ok(())
}

/// Sends what is written, a chunk at a time.
pub(super) struct Chunks {
    sender: mpsc::Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
    /// Whom to tell that it begins, or why it cannot; gone when it has begun.
    tell: Option<oneshot::Sender<Result<Head, Failed>>>,
    notes: Option<usize>,
    /// A client that takes a little now and then would hold a thread for good.
    until: Instant,
}

impl Chunks {
    pub(super) fn new(
        sender: mpsc::Sender<io::Result<Bytes>>,
        tell: oneshot::Sender<Result<Head, Failed>>,
        until: Instant,
    ) -> Self {
        Self { sender, buffer: Vec::with_capacity(CHUNK), tell: Some(tell), notes: None, until }
    }

    fn begin(&mut self) {
        if let Some(tell) = self.tell.take() {
            // A client that has left hears nothing.
            let _gone = tell.send(Ok(Head { notes: self.notes }));
        }
    }

    fn fail(mut self, error: Failed) {
        match self.tell.take() {
            Some(tell) => {
                tracing::warn!(%error, "an export could not be made");
                let _gone = tell.send(Err(error));
            }
            None => {
                // The status is sent already; breaking off the body is the only way left to tell the client.
                tracing::warn!(%error, "an export was broken off");
                let _gone = self.sender.blocking_send(Err(io::Error::other(error)));
            }
        }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        if Instant::now() > self.until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.begin();
        let chunk = Bytes::from(std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK)));
        self.sender.blocking_send(Ok(chunk)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
