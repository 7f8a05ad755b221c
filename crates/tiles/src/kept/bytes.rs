//! Numbers as bytes, little-endian, and back; whatever the bytes are, reading them ends in a value or in none.

/// Bytes that are read from the beginning on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next bytes; `None` where there are not so many.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next numbers of so many bytes each.
    pub(crate) fn numbers<const N: usize>(&mut self, count: usize) -> Option<impl Iterator<Item = [u8; N]>> {
        let (numbers, _) = self.take(count.checked_mul(N)?)?.as_chunks::<N>();
        Some(numbers.iter().copied())
    }

    /// The next number that counts something.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = self.numbers::<8>(1)?.next()?;
        usize::try_from(u64::from_le_bytes(count)).ok()
    }

    /// Whether nothing is left.
    pub(crate) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Appends a number that counts something.
pub(crate) fn put_count(into: &mut Vec<u8>, count: usize) {
    into.extend((count as u64).to_le_bytes());
}
