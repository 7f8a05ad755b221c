//! Answers that wait for a layer's tiles.

use std::sync::Arc;

use tokio::sync::{Mutex, OwnedMutexGuard};

/// Whose turn it is to have a thread work on a layer's tiles. All others wait without one, and as a rule find what they
/// came for at hand then: else each of some hundred maps that are opened at once would hold a thread, and its memory.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    whole: Arc<Mutex<()>>,
    part: Arc<Mutex<()>>,
}

impl Waiting {
    /// For the whole layer: it is prepared, or read.
    pub(crate) async fn whole(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.whole).lock_owned().await
    }

    /// For what an edit has touched, which must not wait for the whole.
    pub(crate) async fn part(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.part).lock_owned().await
    }
}
