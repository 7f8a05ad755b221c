//! The room that uploads have: so many, and so many bytes in all.

use std::sync::{Arc, Mutex, PoisonError};

/// The room, and what is taken of it.
#[derive(Debug)]
pub(super) struct Room {
    most: usize,
    most_bytes: u64,
    taken: Mutex<(usize, u64)>,
}

/// What one upload takes; given back when it goes.
#[derive(Debug)]
pub(super) struct Share {
    room: Arc<Room>,
    bytes: u64,
}

impl Room {
    pub(super) fn new(most: usize, most_bytes: u64) -> Self {
        Self { most, most_bytes, taken: Mutex::default() }
    }

    /// A share without bytes; none where there are as many as there may be.
    pub(super) fn share(self: &Arc<Self>) -> Option<Share> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.0 >= self.most {
            return None;
        }
        taken.0 += 1;
        Some(Share { room: Arc::clone(self), bytes: 0 })
    }

    /// Bytes that nobody has taken.
    pub(super) fn left(&self) -> u64 {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        self.most_bytes.saturating_sub(taken.1)
    }
}

impl Share {
    /// Takes more; `false` where there is no room for it.
    pub(super) fn grow(&mut self, bytes: u64) -> bool {
        let mut taken = self.room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if self.room.most_bytes.saturating_sub(taken.1) < bytes {
            return false;
        }
        taken.1 += bytes;
        self.bytes += bytes;
        true
    }

    /// Gives bytes back.
    pub(super) fn shrink(&mut self, bytes: u64) {
        let mut taken = self.room.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = bytes.min(self.bytes);
        taken.1 -= bytes;
        self.bytes -= bytes;
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.shrink(self.bytes);
        self.room.taken.lock().unwrap_or_else(PoisonError::into_inner).0 -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_gives_its_room_back() {
        let room = Arc::new(Room::new(2, 10));
        let (mut one, mut two) = (room.share().unwrap(), room.share().unwrap());
        assert!(room.share().is_none());
        assert!(one.grow(7) && !two.grow(4) && two.grow(3));
        assert_eq!(room.left(), 0);
        one.shrink(2);
        assert!(two.grow(2));
        drop(one);
        assert_eq!(room.left(), 5);
        assert!(room.share().is_some());
    }
}
