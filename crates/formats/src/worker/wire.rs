//! Numbers and bytes as they stand in a frame: little endian, bytes behind their count of 32 bits.

/// A frame's payload does not hold what its kind asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CutOff;

/// Takes values off a payload, front to back. No count is believed: memory is taken for bytes that are there.
pub(super) struct Taking<'a> {
    rest: &'a [u8],
}

impl<'a> Taking<'a> {
    pub(super) fn new(payload: &'a [u8]) -> Self {
        Self { rest: payload }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], CutOff> {
        let (head, rest) = self.rest.split_first_chunk().ok_or(CutOff)?;
        self.rest = rest;
        Ok(*head)
    }

    pub(super) fn u8(&mut self) -> Result<u8, CutOff> {
        self.take().map(|[byte]| byte)
    }

    pub(super) fn u32(&mut self) -> Result<u32, CutOff> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, CutOff> {
        self.take().map(u64::from_le_bytes)
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8], CutOff> {
        let count = usize::try_from(self.u32()?).map_err(|_| CutOff)?;
        let (head, rest) = self.rest.split_at_checked(count).ok_or(CutOff)?;
        self.rest = rest;
        Ok(head)
    }

    /// Text that the worker wrote itself; what is not UTF-8 in it is replaced.
    pub(super) fn text(&mut self) -> Result<String, CutOff> {
        self.bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    /// As many as a count of 32 bits says, each taken by `one`.
    pub(super) fn all<T>(&mut self, one: fn(&mut Self) -> Result<T, CutOff>) -> Result<Vec<T>, CutOff> {
        (0..self.u32()?).map(|_| one(self)).collect()
    }

    /// Nothing may be left over.
    pub(super) fn end(self) -> Result<(), CutOff> {
        if self.rest.is_empty() { Ok(()) } else { Err(CutOff) }
    }
}

/// Appends bytes behind their count. Longer ones than the count can say cannot occur: frames are shorter.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_count(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// Appends a count of 32 bits.
pub(super) fn put_count(out: &mut Vec<u8>, count: usize) {
    out.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}
