//! What is no workbook is refused with words. Workbooks themselves are read in the tests of `report`, which writes
//! them.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{Cursor, Write};

use formats::{SheetError, SheetLimits, read_workbook};

#[test]
fn what_is_no_workbook_is_refused() {
    for bytes in [&b""[..], b"PK\x03\x04", b"id,name\n1,2\n", &[0xff; 64]] {
        let refused = read_workbook(Cursor::new(bytes), SheetLimits::default());
        assert!(matches!(refused, Err(SheetError::Workbook(_))), "{bytes:?}");
    }
}

/// A workbook's archive in which one entry unpacks to so many zeros.
fn archive(name: &str, bytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&vec![0; bytes]).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_read() {
    let limits = SheetLimits { unpacked_bytes: 1 << 20, ..SheetLimits::default() };
    let refused = |bytes: &[u8]| {
        matches!(read_workbook(Cursor::new(bytes), limits), Err(SheetError::Unpacked { most: 1_048_576 }))
    };
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "anything.bin"] {
        let bomb = archive(name, (1 << 20) + 1);
        assert!(bomb.len() < 4096, "{} bytes unpack to a mebibyte", bomb.len());
        assert!(refused(&bomb), "{name}");
    }
    // Just as much as may be is no workbook, but not too much.
    let most = read_workbook(Cursor::new(archive("a", 1 << 20)), limits);
    assert!(matches!(most, Err(SheetError::Workbook(_))), "{most:?}");
}

#[test]
fn sizes_that_lie_do_not_help() {
    let limits = SheetLimits { unpacked_bytes: 1 << 20, ..SheetLimits::default() };
    let mut bomb = archive("xl/sharedStrings.xml", 2 << 20);
    // Both headers say that the entry unpacks to 10 bytes.
    let size = (2_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    // Either the count finds out, or nobody unpacks more than the archive says.
    assert!(matches!(
        read_workbook(Cursor::new(bomb), limits),
        Err(SheetError::Unpacked { .. } | SheetError::Workbook(_))
    ));
}
