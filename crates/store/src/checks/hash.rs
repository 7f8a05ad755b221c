//! One number for everything that a run said.

use xxhash_rust::xxh3::Xxh3;

/// Hashes rows as they are kept.
pub(super) struct RunHash(Xxh3);

impl RunHash {
    pub(super) fn new() -> Self {
        Self(Xxh3::new())
    }

    /// Takes in a part with its length, so that no two lists of parts are the same bytes.
    pub(super) fn part(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub(super) fn hex(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}
