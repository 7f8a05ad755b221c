//! JSON with whole coordinates written without a decimal point.

use std::io::{Error, Write};

use serde_json::ser::{CompactFormatter, Formatter};

/// Below this every whole double has all of its digits in front of the point.
const ALL_DIGITS: f64 = 1e15;

/// Compact JSON whose doubles have the shortest text that reads back to the same bits: `519624`, not `519624.0`,
/// which on whole metres is a fifth of a file. Negative zero keeps its point, as `-0` would be read as an integer.
/// Numbers of properties never come here: they keep the text they were read with.
pub(super) struct Shortest;

impl Formatter for Shortest {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> Result<(), Error> {
        let negative_zero = value == 0.0 && value.is_sign_negative();
        if value.fract() == 0.0 && value.abs() < ALL_DIGITS && !negative_zero {
            write!(writer, "{value:.0}")
        } else {
            CompactFormatter.write_f64(writer, value)
        }
    }
}
