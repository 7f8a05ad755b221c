//! The wire format of vector tiles: protocol buffers' varints, and commands with zigzag parameters.

/// MoveTo, LineTo and ClosePath (specification 4.3.3).
pub(crate) const MOVE: u32 = 1;
pub(crate) const LINE: u32 = 2;
pub(crate) const CLOSE: u32 = 7;

/// A command for so many points.
pub(crate) fn command(id: u32, count: usize) -> u32 {
    id | (count as u32) << 3
}

/// Small numbers of either sign as small numbers.
pub(crate) fn zigzag(value: i32) -> u32 {
    (value << 1 ^ value >> 31).cast_unsigned()
}

/// The number that [`zigzag`] made this of.
pub(crate) fn unzigzag(value: u32) -> i32 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// Bytes of a varint: ⌈bits / 7⌉, without a division.
pub(crate) fn length(value: u64) -> usize {
    let bits = 64 - (value | 1).leading_zeros();
    ((bits * 9 + 64) >> 6) as usize
}

/// Appends a varint.
pub(crate) fn put(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push(value as u8 | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}

/// Appends a step from one point to the next.
pub(crate) fn put_step(into: &mut Vec<u8>, from: [i32; 2], to: [i32; 2]) {
    for k in 0..2 {
        put(into, u64::from(zigzag(to[k].wrapping_sub(from[k]))));
    }
}

/// Reads varints of 32 bits one after another; past the end it reads zeros.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Goes on from another place.
    pub(crate) fn jump(&mut self, position: usize) {
        self.at = position;
    }

    pub(crate) fn varint(&mut self) -> u32 {
        let mut value = 0;
        let mut shift = 0;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 || shift >= 28 {
                break;
            }
            shift += 7;
        }
        value
    }

    /// Where it reads next.
    pub(crate) fn position(&self) -> u32 {
        self.at as u32
    }

    /// A varint that ends where it should; `None` where there is none.
    pub(crate) fn whole_varint(&mut self) -> Option<u32> {
        let before = self.at;
        let value = self.varint();
        let last = self.bytes.get(before..self.at)?.last()?;
        (*last < 0x80).then_some(value)
    }

    /// The point a step leads to that is there as a whole.
    pub(crate) fn whole_step(&mut self, from: [i32; 2]) -> Option<[i32; 2]> {
        let [x, y] = [self.whole_varint()?, self.whole_varint()?].map(unzigzag);
        Some([from[0].wrapping_add(x), from[1].wrapping_add(y)])
    }

    /// The point a step leads to.
    pub(crate) fn step(&mut self, from: [i32; 2]) -> [i32; 2] {
        let x = from[0].wrapping_add(unzigzag(self.varint()));
        let y = from[1].wrapping_add(unzigzag(self.varint()));
        [x, y]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_the_bytes() {
        for bits in 0..64 {
            for value in [(1_u64 << bits) - 1, 1 << bits, (1 << bits) + 1] {
                let mut bytes = Vec::new();
                put(&mut bytes, value);
                assert_eq!(length(value), bytes.len(), "{value}");
            }
        }
        assert_eq!(length(u64::MAX), 10);
    }

    #[test]
    fn steps_come_back() {
        for value in [0, 1, -1, 63, -64, 64, i32::MAX, i32::MIN] {
            let mut bytes = Vec::new();
            put_step(&mut bytes, [5, 0], [value, value]);
            assert_eq!(Reader::new(&bytes).step([5, 0]), [value, value]);
        }
        // The specification's own example: 2 ↔ 4, -3 ↔ 5.
        assert_eq!((zigzag(2), zigzag(-3)), (4, 5));
    }
}
