//! Knows what was asked for not long ago, in a room of fixed size and without a lock.
//!
//! Most tiles are asked for once: to keep each of them costs memory that has to be fetched anew, which takes longer than
//! making a small tile does, and drives out what is asked for again. So a tile is kept when it is asked for the second
//! time (admission as in TinyLFU, Einziger, Friedman and Manes, 2017, with a memory of one).

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};

/// How many keys are remembered; a newer one may take the place of an older.
const PLACES: usize = 1 << 16;

/// Marks of the keys that were asked for, each at a place that its hash says.
pub(crate) struct Doorkeeper {
    marks: Box<[AtomicU32]>,
    hasher: RandomState,
}

impl Doorkeeper {
    pub(crate) fn new() -> Self {
        Self { marks: (0..PLACES).map(|_| AtomicU32::new(0)).collect(), hasher: RandomState::new() }
    }

    /// Whether a key was asked for before; remembers that it is. Another key is taken for it once in 2³¹.
    pub(crate) fn knows(&self, key: &impl Hash) -> bool {
        let hash = self.hasher.hash_one(key);
        let mark = (hash >> 32) as u32 | 1;
        self.marks[hash as usize % PLACES].swap(mark, Ordering::Relaxed) == mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_from_the_second_time_on() {
        let door = Doorkeeper::new();
        for key in 0..100_u32 {
            assert!(!door.knows(&key), "{key} was not asked for");
            assert!(door.knows(&key) && door.knows(&key), "{key} was asked for");
        }
    }

    #[test]
    fn what_was_asked_for_long_ago_is_forgotten() {
        let door = Doorkeeper::new();
        door.knows(&0_usize);
        // Each of them misses one place with probability 1 − 1/65,536; all do with e⁻¹⁶.
        (1..16 * PLACES).for_each(|key| _ = door.knows(&key));
        assert!(!door.knows(&0_usize));
    }
}
