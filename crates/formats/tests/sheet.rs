//! What is no workbook is refused with words. Workbooks themselves are read in the tests of `report`, which writes
//! them.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use formats::{SheetError, SheetLimits, read_sheet};

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [&b""[..], b"PK\x03\x04", b"id,name\n1,2\n", &[0xff; 64]] {
        let refused = read_sheet(Cursor::new(bytes), SheetLimits::default());
        assert!(matches!(refused, Err(SheetError::Workbook(_))), "{bytes:?}");
    }
}
