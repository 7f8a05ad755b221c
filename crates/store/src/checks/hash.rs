//! Numbers for what a run said: one for each row as it is kept, one for the whole run.

use xxhash_rust::xxh3::Xxh3;

/// Number of a row.
pub(crate) type Digest = [u8; 16];

/// Hashes parts in their order.
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

    pub(super) fn digest(&self) -> Digest {
        self.0.digest128().to_be_bytes()
    }

    pub(super) fn hex(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}

/// The number of a row made of these parts.
pub(super) fn digest(parts: [&[u8]; 3]) -> Digest {
    let mut hash = RunHash::new();
    parts.into_iter().for_each(|part| hash.part(part));
    hash.digest()
}
