//! A memory of bounded size. What was asked for since it came to the front is passed over once when room is needed
//! (second chance), so that one sweep over everything does not drive out what is in use.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};

/// Parts with a lock of their own, so that threads seldom wait for each other.
const SHARDS: usize = 16;
/// What an entry takes besides its value, about, bytes.
const ENTRY_BYTES: usize = 160;

/// Values by key, of so many bytes in all.
pub(crate) struct Bounded<K, V> {
    shards: Vec<Mutex<Shard<K, V>>>,
    hasher: RandomState,
    shard_bytes: usize,
}

struct Shard<K, V> {
    entries: HashMap<K, Entry<V>>,
    order: VecDeque<K>,
    bytes: usize,
}

struct Entry<V> {
    value: V,
    bytes: usize,
    is_asked: bool,
}

impl<K: Hash + Eq + Copy, V: Clone> Bounded<K, V> {
    /// Room for so many bytes; none for 0.
    pub(crate) fn new(bytes: usize) -> Self {
        let shard = || Mutex::new(Shard { entries: HashMap::new(), order: VecDeque::new(), bytes: 0 });
        Self {
            shards: (0..SHARDS).map(|_| shard()).collect(),
            hasher: RandomState::new(),
            shard_bytes: bytes / SHARDS,
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let mut shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
        let entry = shard.entries.get_mut(key)?;
        entry.is_asked = true;
        Some(entry.value.clone())
    }

    /// Keeps a value of so many bytes, if there is room for such a one at all.
    pub(crate) fn keep(&self, key: K, value: V, bytes: usize) {
        let bytes = bytes + ENTRY_BYTES;
        if bytes > self.shard_bytes {
            return;
        }
        let mut shard = self.shard(&key).lock().unwrap_or_else(PoisonError::into_inner);
        if shard.entries.contains_key(&key) {
            return;
        }
        shard.make_room(self.shard_bytes - bytes);
        shard.bytes += bytes;
        shard.order.push_back(key);
        shard.entries.insert(key, Entry { value, bytes, is_asked: false });
    }

    fn shard(&self, key: &K) -> &Mutex<Shard<K, V>> {
        &self.shards[self.hasher.hash_one(key) as usize % SHARDS]
    }
}

impl<K: Hash + Eq + Copy, V> Shard<K, V> {
    /// Drops entries until no more bytes are kept than these.
    fn make_room(&mut self, most: usize) {
        while self.bytes > most {
            let Some(key) = self.order.pop_front() else { return };
            match self.entries.get_mut(&key) {
                Some(entry) if entry.is_asked => {
                    entry.is_asked = false;
                    self.order.push_back(key);
                }
                _ => self.bytes -= self.entries.remove(&key).map_or(0, |entry| entry.bytes),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let kept = Bounded::new(SHARDS * 1000);
        for key in 0..10_000_u32 {
            kept.keep(key, key, 100);
        }
        let there = (0..10_000).filter(|key| kept.get(key).is_some()).count();
        // 1000 / 260 in each of 16 shards.
        assert_eq!(there, 48);
        assert_eq!(kept.get(&9_999), Some(9_999), "the newest is there");
    }

    #[test]
    fn what_is_in_use_outlives_a_sweep() {
        let kept = Bounded::new(SHARDS * 1000);
        kept.keep(7_u32, 7, 100);
        for key in 100..1_000 {
            kept.keep(key, key, 100);
            assert_eq!(kept.get(&7), Some(7));
        }
    }

    #[test]
    fn what_is_larger_than_the_room_is_not_kept() {
        let kept = Bounded::new(SHARDS * 1000);
        kept.keep(1_u32, 1, 5000);
        assert_eq!(kept.get(&1), None);
        let none = Bounded::new(0);
        none.keep(1_u32, 1, 0);
        assert_eq!(none.get(&1), None);
    }
}
