//! Files that are made to harm, no two of one kind.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use crate::server::GOOD;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The first bytes of formats, and a name that goes with each.
const MAGICS: [(&str, &[u8]); 24] = [
    ("a.gpkg", b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20"),
    ("a.shp", b"\0\0\x27\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x00\x32\xe8\x03\0\0"),
    ("a.dgn", b"\x08\x05\xfe\x02"),
    ("b.dgn", b"\xc8\x05\xfe\x02"),
    ("v8.dgn", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("a.dwg", b"AC1032\0\0\0\0"),
    ("a.dxf", b"  0\nSECTION\n  2\nENTITIES\n"),
    ("a.kml", b"<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>"),
    ("a.kmz", b"PK\x03\x04\x14\0\0\0\x08\0"),
    ("a.gml", b"<?xml version=\"1.0\"?><gml:FeatureCollection xmlns:gml=\"http://www.opengis.net/gml\">"),
    ("a.tab", b"!table\n!version 300\n!charset Neutral\n\nDefinition Table\n"),
    ("a.mif", b"Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nColumns 1\n"),
    ("a.fgb", b"fgb\x03fgb\x00"),
    ("b.fgb", b"fgb\x03fgb\x00\xff\xff\xff\xff"),
    ("a.csv", b"wkt,ten\n"),
    ("a.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0"),
    ("a.zip", b"PK\x03\x04\xff\xff\xff\xff"),
    ("a.gz", b"\x1f\x8b\x08\0"),
    ("a.xz", b"\xfd7zXZ\0"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c"),
    ("a.parquet", b"PAR1"),
    ("a.pdf", b"%PDF-1.7\n"),
    ("a.tif", b"II*\0\x08\0\0\0"),
    ("a.geojson", b"{\"type\":\"FeatureCollection\",\"features\":["),
];

/// Bytes without sense that are the same each time.
fn noise(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..count).map(|_| next()).collect()
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn linking(target: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("plan.geojson", target, SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn feature(geometry: &str) -> Vec<u8> {
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#).into_bytes()
}

fn with_property(value: &str) -> Vec<u8> {
    GOOD.replace("\"A\"", value).into_bytes()
}

/// Every file, by its name.
pub(crate) fn hostile() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, (name, magic)) in MAGICS.iter().enumerate() {
        files.push(((*name).to_owned(), [*magic, &noise(at as u64 + 7, 20_000)].concat()));
    }
    files.extend(archives().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
    files.extend(documents().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
    // A good file with some of its bytes changed, cut or doubled, each in another way.
    let good = GOOD.as_bytes();
    for seed in 0..12_u64 {
        let mut bytes = good.to_vec();
        let changes = noise(seed * 31 + 3, 8);
        for pair in changes.chunks(2) {
            let at = (usize::from(pair[0]) * 7 + seed as usize * 13) % bytes.len();
            bytes[at] = pair[1];
        }
        bytes.truncate(bytes.len() - seed as usize * 5);
        files.push((format!("mutated-{seed}.geojson"), bytes));
    }
    files
}

fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![0_u8; 40 << 20];
    let blanks = vec![b' '; 40 << 20];
    let many: Vec<(String, &[u8])> =
        (0..2_100).map(|at| (format!("f{at}.geojson"), b"{}".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let deep = format!("{}a.geojson", "d/".repeat(40));
    let long = format!("{}.geojson", "n".repeat(300));
    let inner = zipped(&[("a.geojson", &blanks)]);
    let whole = zipped(&[("a.geojson", GOOD.as_bytes())]);
    let mut lying = whole.clone();
    // The list at the end says another size than there is.
    let at = lying.windows(4).position(|four| four == b"PK\x01\x02").unwrap() + 24;
    lying[at..at + 4].copy_from_slice(&[1, 0, 0, 0]);
    let mut broken = whole.clone();
    broken[40] ^= 0xff;
    vec![
        ("bomb.zip", zipped(&[("a.geojson", &blanks)])),
        ("bomb-of-shapes.zip", zipped(&[("a.shp", &zeros)])),
        (
            "parts-of-a-bomb.zip",
            zipped(&[("a.geojson", &blanks[..20 << 20]), ("b.geojson", &blanks[..20 << 20])]),
        ),
        ("bomb-in-a-zip.zip", zipped(&[("inner.zip", &inner)])),
        ("up.zip", zipped(&[("../../etc/passwd.geojson", b"{}")])),
        ("up-in-the-middle.zip", zipped(&[("a/../../b.geojson", b"{}")])),
        ("root.zip", zipped(&[("/etc/cron.d/a.geojson", b"{}")])),
        ("backslash.zip", zipped(&[("..\\..\\a.geojson", b"{}")])),
        ("nul.zip", zipped(&[("a\0.geojson", b"{}")])),
        ("drive.zip", zipped(&[("C:\\a.geojson", b"{}")])),
        ("deep.zip", zipped(&[(&deep, b"{}")])),
        ("long.zip", zipped(&[(&long, b"{}")])),
        ("link.zip", linking("/etc/passwd")),
        ("link-up.zip", linking("../../../etc/passwd")),
        ("many.zip", zipped(&many)),
        ("lying.zip", lying),
        ("broken.zip", broken),
        ("cut.zip", whole[..whole.len() / 2].to_vec()),
        ("vrt.zip", zipped(&[("a.geojson", VRT.as_bytes()), ("a.vrt", VRT.as_bytes())])),
        (
            "disguised-workbook.zip",
            zipped(&[("xl/workbook.xml", ENTITIES.as_bytes()), ("a.xlsx", b"PK\x03\x04")]),
        ),
        (
            "workbook-bomb.xlsx",
            zipped(&[("xl/workbook.xml", &blanks), ("xl/worksheets/sheet1.xml", &blanks)]),
        ),
        ("kmz-bomb.kmz", zipped(&[("doc.kml", &blanks)])),
        (
            "folder-of-a-database.zip",
            zipped(&[("a.gdb/a00000001.gdbtable", &noise(5, 4_000)), ("a.gdb/gdb", b"")]),
        ),
    ]
}

/// A source that would have GDAL read another file, and fetch one.
const VRT: &str = "<OGRVRTDataSource><OGRVRTLayer name=\"passwd\"><SrcDataSource>/vsicurl/http://127.0.0.1:9/passwd\
    </SrcDataSource><SrcSQL>SELECT * FROM passwd</SrcSQL></OGRVRTLayer></OGRVRTDataSource>";

/// Entities that a simple reader would make gigabytes of, and one that it would read from elsewhere.
const ENTITIES: &str = "<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\"><!ENTITY b \
    \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \
    \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e SYSTEM \"file:///etc/passwd\">]><kml><Document><Placemark><name>&d;&d;&e;\
    </name><Point><coordinates>106,21</coordinates></Point></Placemark></Document></kml>";

fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let depth =
        |open: &str, close: &str, times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
    let mut ring = String::from("[");
    for at in 0..400_000 {
        let _ = write!(ring, "[{}.5,21.{at}],", 100 + at % 9);
    }
    ring.push_str("[100.5,21.0]]");
    let holes = vec!["[[106,21],[107,21],[107,22],[106,21]]"; 50_000].join(",");
    let members: String = (0..60_000).fold(String::new(), |mut text, at| {
        let _ = write!(text, "\"p{at}\":{at},");
        text
    });
    let polygon = |ring: &str| feature(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#));
    vec![
        ("vrt.geojson", VRT.as_bytes().to_vec()),
        ("entities.kml", ENTITIES.as_bytes().to_vec()),
        ("entities.gml", ENTITIES.replace("kml", "gml").into_bytes()),
        ("deep.geojson", depth("[", "]", 2_000_000).into_bytes()),
        ("deep-objects.geojson", with_property(&depth("{\"a\":", "}", 200_000).replace(":}", ":1}"))),
        ("deep-collection.geojson", feature(&depth("{\"type\":\"GeometryCollection\",\"geometries\":[", "]}", 50_000))),
        ("huge-ring.geojson", polygon(&ring)),
        ("many-holes.geojson", polygon(&holes)),
        ("many-members.geojson", GOOD.replace("\"name\"", &format!("{members}\"name\"")).into_bytes()),
        ("long-text.geojson", with_property(&format!("\"{}\"", "a".repeat(8 << 20)))),
        ("long-number.geojson", with_property(&"9".repeat(1 << 20))),
        ("infinite.geojson", polygon("[[1e999,21],[106,21],[106,22],[1e999,21]]")),
        ("not-a-number.geojson", polygon("[[NaN,21],[106,21],[106,22],[NaN,21]]")),
        ("far.geojson", polygon("[[1e300,1e300],[-1e300,1e300],[0,-1e300],[1e300,1e300]]")),
        ("no-quotes.geojson", format!("{{\"type\":\"{}", "F".repeat(1 << 20)).into_bytes()),
        ("escapes.geojson", with_property(&format!("\"{}\"", "\\ud800".repeat(50_000)))),
        ("not-utf8.geojson", [GOOD.as_bytes(), b"\xff\xfe\x80"].concat()),
        ("sixteen.geojson", GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("blank.geojson", vec![b' '; 8 << 20]),
        ("nul.geojson", vec![0; 8 << 20]),
        ("lines.geojsonl", "{}\n".repeat(500_000).into_bytes()),
        ("one-line.csv", "\"".repeat(4 << 20).into_bytes()),
        ("columns.csv", ["a"; 100_000].join(",").into_bytes()),
        ("crs.geojson", GOOD.replace("\"features\"", "\"crs\":{\"type\":\"link\",\"properties\":{\"href\":\"http://127.0.0.1:9/\"}},\"features\"").into_bytes()),
        ("proj.geojson", GOOD.replace("\"features\"", "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"+proj=pipeline +step +init=/etc/passwd\"}},\"features\"").into_bytes()),
        ("formula.csv", b"wkt,ten\nPOINT(106 21),=cmd|' /C calc'!A0\n".to_vec()),
    ]
}
