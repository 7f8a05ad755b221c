//! Archives that are made to harm.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::kind::{Kind, patched, refused, taken, zipped};
use crate::server::GOOD;

const OUT: &str = "leads out of its folder";
const MUCH: &str = "the archive unpacks to more than";
const BROKEN: &str = "cannot be unpacked";

fn linking(name: &str, target: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink(name, target, SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

/// An archive of one good file whose mode in the list at the end is another: a pipe, a device.
fn of_mode(mode: u32) -> Vec<u8> {
    let whole = zipped(&[("a.geojson", GOOD.as_bytes())]);
    let at = central(&whole);
    let mut bytes = whole;
    // Made by Unix (3), and the mode in the upper half of the external attributes.
    bytes[at + 5] = 3;
    bytes[at + 38..at + 42].copy_from_slice(&(mode << 16).to_le_bytes());
    bytes
}

/// Where the list at the end begins.
fn central(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap()
}

/// An archive with a field of its lists changed in both places.
fn with_field(local: usize, listed: usize, value: u16) -> Vec<u8> {
    let mut bytes = zipped(&[("a.geojson", GOOD.as_bytes())]);
    let at = central(&bytes);
    bytes[local..local + 2].copy_from_slice(&value.to_le_bytes());
    bytes[at + listed..at + listed + 2].copy_from_slice(&value.to_le_bytes());
    bytes
}

/// Every kind; `secret` is a file outside.
pub(crate) fn all(secret: &str) -> Vec<Kind> {
    let mut kinds = bombs();
    kinds.extend(names());
    kinds.extend(structures());
    kinds.push(refused("link to a file outside", "l.zip", linking("a.geojson", secret), OUT));
    kinds.push(refused("link upwards", "l.zip", linking("a.geojson", "../../../etc/passwd"), OUT));
    kinds.push(refused("link to a folder", "l.zip", linking("a", "/etc"), OUT));
    kinds.push(refused("link to itself", "l.zip", linking("a.geojson", "a.geojson"), OUT));
    kinds
}

fn bombs() -> Vec<Kind> {
    let zeros = vec![0_u8; 40 << 20];
    let blanks = vec![b' '; 40 << 20];
    let half = &blanks[..20 << 20];
    let inner = zipped(&[("a.geojson", &blanks)]);
    let twice = zipped(&[("inner.zip", &inner)]);
    let many: Vec<(String, &[u8])> =
        (0..2_100).map(|at| (format!("f{at}.geojson"), b"{}".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    vec![
        refused("bomb of one file", "b.zip", zipped(&[("a.geojson", &blanks)]), MUCH),
        refused("bomb of shapes", "b.zip", zipped(&[("a.shp", &zeros)]), MUCH),
        refused("bomb in parts", "b.zip", zipped(&[("a.geojson", half), ("b.geojson", half)]), MUCH),
        refused("bomb in an archive", "b.zip", zipped(&[("inner.zip", &inner)]), "unpack"),
        refused("bomb in an archive in an archive", "b.zip", zipped(&[("outer.zip", &twice)]), "unpack"),
        refused("bomb as KMZ", "b.kmz", zipped(&[("doc.kml", &blanks)]), MUCH),
        refused(
            "bomb as a workbook",
            "b.xlsx",
            zipped(&[("xl/workbook.xml", &blanks), ("xl/worksheets/sheet1.xml", &blanks)]),
            "the workbook unpacks to more than",
        ),
        refused(
            "more files than may be",
            "m.zip",
            zipped(&many),
            "2000 at most are unpacked: give only what is needed",
        ),
    ]
}

fn names() -> Vec<Kind> {
    let deep = format!("{}a.geojson", "d/".repeat(40));
    let long = format!("{}.geojson", "n".repeat(300));
    let file = |name: &str| zipped(&[(name, GOOD.as_bytes())]);
    vec![
        refused("name that leads up", "n.zip", file("../../etc/passwd.geojson"), OUT),
        refused("name that leads up in the middle", "n.zip", file("a/../../b.geojson"), OUT),
        taken(
            "name from the root, which is none here",
            "n.zip",
            file("/etc/cron.d/a.geojson"),
            "features 1,",
        ),
        refused("name with backslashes", "n.zip", file("..\\..\\a.geojson"), "nothing of it was taken"),
        taken("name with a drive, which is none here", "n.zip", file("C:\\a.geojson"), "features 1,"),
        refused("name with a zero", "n.zip", file("a\0.geojson"), "nothing of it was taken"),
        refused("name in forty folders", "n.zip", file(&deep), OUT),
        refused("name of 300 letters", "n.zip", file(&long), "cannot be unpacked"),
        refused("nothing but dots as a name", "n.zip", file(".."), "nothing of it was taken"),
        taken("name of another direction", "n.zip", file("a\u{202e}nosjoeg.geojson"), ""),
        taken("name with line breaks", "n.zip", file("a\nSet-Cookie: a.geojson"), ""),
        taken("name of markup", "n.zip", file("<script>alert(1)<b>.geojson"), ""),
        taken("name that GDAL takes for an address", "n.zip", file("WFS:http:.geojson"), ""),
        refused("name that begins with dots", "n.zip", file("...geojson"), "no identifier can be made"),
    ]
}

fn structures() -> Vec<Kind> {
    let whole = zipped(&[("a.geojson", GOOD.as_bytes())]);
    let at = central(&whole);
    let mut lying = whole.clone();
    lying[at + 24..at + 28].copy_from_slice(&[1, 0, 0, 0]);
    let mut broken = whole.clone();
    broken[40] ^= 0xff;
    let mut far = whole.clone();
    far[at + 42..at + 46].copy_from_slice(&[0xff, 0xff, 0xff, 0x7f]);
    let twice = zipped(&[("a.geojson", GOOD.as_bytes()), ("b.geojson", b"{}")]);
    // Its name stands in the entry and in the list.
    let once = patched(&twice, b"b.geojson", b"a.geojson");
    let twice = patched(&once, b"b.geojson", b"a.geojson");
    let mut commented = ZipWriter::new(Cursor::new(Vec::new()));
    commented.set_comment("PK\u{5}\u{6}".repeat(10_000)).unwrap();
    commented.start_file("a.geojson", SimpleFileOptions::default()).unwrap();
    commented.write_all(GOOD.as_bytes()).unwrap();
    let commented = commented.finish().unwrap().into_inner();
    let inside = |name: &str| zipped(&[("a.geojson", GOOD.as_bytes()), (name, GOOD.as_bytes())]);
    vec![
        refused("size that is a lie", "s.zip", lying, "check that it was saved or downloaded whole"),
        refused("sum that does not fit", "s.zip", broken, BROKEN),
        refused("entry beyond the end", "s.zip", far, BROKEN),
        refused("archive cut in half", "s.zip", whole[..whole.len() / 2].to_vec(), BROKEN),
        refused("encrypted", "s.zip", with_field(6, 8, 1), BROKEN),
        refused("method that nobody knows", "s.zip", with_field(8, 10, 99), BROKEN),
        refused("two files of one name", "s.zip", twice, "should be \"FeatureCollection\""),
        refused("file that is a folder, too", "s.zip", inside("a.geojson/b.geojson"), BROKEN),
        refused("pipe", "s.zip", of_mode(0o010_644), OUT),
        refused("device", "s.zip", of_mode(0o020_644), OUT),
        refused("socket", "s.zip", of_mode(0o140_644), OUT),
        taken("bits that would let it run as root", "s.zip", of_mode(0o104_777), ""),
        taken("comment full of ends of archives", "s.zip", commented, ""),
        refused("archive without anything", "s.zip", zipped(&[]), "it looks like an empty zip archive"),
        taken("program before an archive", "s.zip", [b"PK\x03\x04 no entry".as_slice(), &whole].concat(), ""),
    ]
}
