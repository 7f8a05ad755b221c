//! Files of the formats that are read without GDAL.

use std::fmt::Write as _;

use crate::kind::{Kind, noise, refused, taken, zipped};
use crate::server::GOOD;
use crate::trap::Trap;

fn feature(geometry: &str) -> Vec<u8> {
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#);
    format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#).into_bytes()
}

fn with_property(value: &str) -> Vec<u8> {
    GOOD.replace("\"A\"", value).into_bytes()
}

fn with_member(member: &str) -> Vec<u8> {
    GOOD.replace("\"features\"", &format!("{member},\"features\"")).into_bytes()
}

fn polygon(ring: &str) -> Vec<u8> {
    feature(&format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#))
}

fn nested(open: &str, close: &str, times: usize) -> String {
    format!("{}{}", open.repeat(times), close.repeat(times))
}

/// Every kind.
pub(crate) fn all(trap: &Trap) -> Vec<Kind> {
    let mut kinds = sizes();
    kinds.extend(texts());
    kinds.extend(values());
    kinds.extend(links(trap));
    kinds.extend(others());
    kinds.extend(lists(trap));
    kinds.extend(csv_lists());
    kinds
}

/// Depth, length and number.
fn sizes() -> Vec<Kind> {
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
    let collections = nested("{\"type\":\"GeometryCollection\",\"geometries\":[", "]}", 50_000);
    vec![
        refused(
            "two million lists in each other",
            "d.geojson",
            nested("[", "]", 2_000_000),
            "it looks like a bare list",
        ),
        refused(
            "objects in each other as a property",
            "d.geojson",
            with_property(&nested("{\"a\":", "}", 200_000).replace(":}", ":1}")),
            "brackets nest deeper than any real data",
        ),
        refused(
            "collections of geometries in each other",
            "d.geojson",
            feature(&collections),
            "brackets nest deeper than any real data",
        ),
        refused(
            "ring of 400,000 corners that crosses itself",
            "r.geojson",
            polygon(&ring),
            "crosses itself in more than",
        ),
        refused("polygon with 50,000 equal holes", "h.geojson", polygon(&holes), "the same rings more than"),
        refused(
            "60,000 properties",
            "m.geojson",
            GOOD.replace("\"name\"", &format!("{members}\"name\"")),
            "more than 10000 properties",
        ),
    ]
}

/// Texts without an end, or with nothing in them.
fn texts() -> Vec<Kind> {
    vec![
        refused(
            "text of 8 MB",
            "t.geojson",
            with_property(&format!("\"{}\"", "a".repeat(8 << 20))),
            "a text of 8388608 bytes",
        ),
        taken("number of a million digits", "n.geojson", with_property(&"9".repeat(1 << 20)), ""),
        refused(
            "text without an end",
            "q.geojson",
            format!("{{\"type\":\"{}", "F".repeat(1 << 20)),
            "ends in the middle: check that it was saved",
        ),
        refused("nothing but blanks", "b.geojson", vec![b' '; 8 << 20], "empty but for white space"),
        refused("nothing but zeros", "z.geojson", vec![0; 8 << 20], "it looks like a binary file"),
        refused(
            "half a million empty lines of features",
            "l.geojsonl",
            "{}\n".repeat(500_000),
            "the feature has no",
        ),
        taken("records without anything", "s.geojsonseq", "\u{1e}\n".repeat(500_000), ""),
        refused(
            "list of features without an end",
            "e.geojson",
            &GOOD.as_bytes()[..GOOD.len() - 200],
            "ends in the middle: check that it was saved",
        ),
        refused("larger than may be sent", "l.geojson", vec![b'['; 17 << 20], "more than the 16777216 bytes"),
    ]
}

/// Values that are none.
fn values() -> Vec<Kind> {
    let text = |value: &str| with_property(value);
    vec![
        refused(
            "infinite corner",
            "v.geojson",
            polygon("[[1e999,21],[106,21],[106,22],[1e999,21]]"),
            "1e999 is too large for a coordinate",
        ),
        refused(
            "corner that is no number",
            "v.geojson",
            polygon("[[NaN,21],[106,21],[106,22],[NaN,21]]"),
            "NaN as a coordinate",
        ),
        taken(
            "corners beyond the universe",
            "v.geojson",
            polygon("[[1e300,1e300],[-1e300,1e300],[0,-1e300],[1e300,1e300]]"),
            "",
        ),
        refused(
            "corners that are texts",
            "v.geojson",
            polygon(r#"[["106","21"],["a","b"]]"#),
            "a coordinate in quotes: it should be a plain number",
        ),
        refused(
            "halves of letters",
            "v.geojson",
            text(&format!("\"{}\"", "\\ud800".repeat(50_000))),
            "is one half of a character: the other half is missing",
        ),
        taken("bytes that are no text", "v.geojson", text("\"\u{1}\"").as_slice(), ""),
        refused(
            "UTF-16",
            "v.geojson",
            GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
            "it looks like text in UTF-16",
        ),
        taken("markup as a name", "v.geojson", text("\"<script>alert(1)</script>\""), ""),
        taken(
            "thousand times the same member",
            "v.geojson",
            with_member(&vec!["\"name\":\"x\""; 1_000].join(",")),
            "",
        ),
        taken("members that JavaScript minds", "v.geojson", text("{\"__proto__\":{\"a\":1}}"), ""),
        taken("bytes behind the end", "v.geojson", [GOOD.as_bytes(), b"\xff\xfe\x80"].concat(), ""),
        taken(
            "says of itself what it may not",
            "v.geojson",
            with_member(r#""ranh":{"id":"../../zones","role":"admin of all","title":7}"#),
            "",
        ),
    ]
}

/// What leads elsewhere.
fn links(trap: &Trap) -> Vec<Kind> {
    let (url, file) = (trap.url(), trap.path("s.geojson"));
    let crs =
        |name: &str| with_member(&format!(r#""crs":{{"type":"name","properties":{{"name":"{name}"}}}}"#));
    vec![
        refused(
            "CRS that is a link",
            "c.geojson",
            with_member(&format!(
                r#""crs":{{"type":"link","properties":{{"href":"{url}","type":"ogcwkt"}}}}"#
            )),
            "links are not followed; write",
        ),
        refused("CRS that is an address", "c.geojson", crs(&url), "give EPSG:n"),
        refused(
            "CRS that reads a file of PROJ",
            "c.geojson",
            crs(&format!("+proj=pipeline +step +init={file}")),
            "the CRS that the document names cannot be used",
        ),
        refused(
            "CRS that reads a grid",
            "c.geojson",
            crs(&format!("+proj=longlat +ellps=WGS84 +nadgrids={file} +type=crs")),
            "grid shift files are not read; give +towgs84",
        ),
        refused(
            "CRS whose axes are swapped in the registry",
            "c.geojson",
            crs("urn:ogc:def:crs:EPSG::6956"),
            "is deprecated: its false easting and northing are swapped",
        ),
        refused(
            "answer of a service that goes on elsewhere",
            "w.json",
            format!(
                r#"{{"links":[{{"rel":"data","href":"{url}"}}],"conformsTo":["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]}}"#
            ),
            "should be \"FeatureCollection\"",
        ),
        refused(
            "features of Esri that go on elsewhere",
            "e.json",
            format!(
                r#"{{"exceededTransferLimit":true,"geometryType":"esriGeometryPolygon","url":"{url}","features":[{{"attributes":{{}},"geometry":{{"rings":[]}}}}]}}"#
            ),
            "it looks like Esri JSON",
        ),
        refused(
            "arcs of a topology that are far away",
            "t.json",
            r#"{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":[[2147483647]]}}}"#,
            "it looks like TopoJSON",
        ),
        refused(
            "address in the place of features",
            "u.geojson",
            format!("\"{url}/a.geojson\""),
            "it looks like a single JSON value",
        ),
        refused("path in the place of features", "p.geojson", file, "should start with a brace"),
        taken(
            "features that name files and addresses",
            "f.geojson",
            with_property(&format!(r#"{{"$ref":"{url}","href":"file://{}"}}"#, trap.path("s.txt"))),
            "",
        ),
    ]
}

/// What is something else.
fn others() -> Vec<Kind> {
    let begins = |bytes: &[u8]| [bytes, &noise(bytes.len() as u64 + 7, 20_000)].concat();
    vec![
        refused(
            "FlatGeobuf with a head of 4 GB",
            "a.fgb",
            begins(b"fgb\x03fgb\x00\xff\xff\xff\xff"),
            "split the document, or raise the limit",
        ),
        refused(
            "FlatGeobuf without sense",
            "a.fgb",
            begins(b"fgb\x03fgb\x00\x40\0\0\0"),
            "check that it was saved or downloaded whole",
        ),
        refused(
            "FlatGeobuf of tomorrow",
            "a.fgb",
            begins(b"fgb\x09fgb\x00"),
            "save it anew with a current program",
        ),
        refused("gzip", "a.gz", begins(b"\x1f\x8b\x08\0"), "unpack it first and give the file inside"),
        refused("xz", "a.xz", begins(b"\xfd7zXZ\0"), "unpack it first and give the file inside"),
        refused("7-Zip", "a.7z", begins(b"7z\xbc\xaf\x27\x1c"), "unpack it first and give the file inside"),
        refused("RAR", "a.rar", begins(b"Rar!\x1a\x07\x01\0"), "unpack it first and give the file inside"),
        refused("PDF", "a.pdf", begins(b"%PDF-1.7\n"), "it looks like a PDF document"),
        refused("TIFF", "a.tif", begins(b"II*\0\x08\0\0\0"), "it looks like a binary file"),
        refused("Parquet", "a.parquet", begins(b"PAR1"), "it looks like GeoParquet"),
        refused("program", "a.geojson", begins(b"\x7fELF\x02\x01\x01\0"), "it looks like a binary file"),
        refused(
            "page of the web",
            "a.geojson",
            b"<!doctype html><script src=\"//x\"></script>".to_vec(),
            "it looks like a web page",
        ),
        refused(
            "document of Word",
            "a.docx",
            zipped(&[("word/document.xml", b"<w/>")]),
            "copy its list of coordinates into a workbook",
        ),
    ]
}

/// What makes an archive a workbook.
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// Coordinate lists in workbooks.
fn lists(trap: &Trap) -> Vec<Kind> {
    let workbook = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="KCN" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="TARGET"/></Relationships>"#;
    let sheet = |rows: &str| {
        format!(
            r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
        )
    };
    let book = |rows: &str, target: &str, head: &str| {
        let sheet = format!("{head}{}", sheet(rows));
        let relations = relations.replace("TARGET", target);
        zipped(&[
            ("[Content_Types].xml", TYPES.as_bytes()),
            ("_rels/.rels", PACKAGE.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    let usual = "worksheets/sheet1.xml";
    let entity = format!("<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"file://{}\">]>", trap.path("s.txt"));
    let multiplied = "<!DOCTYPE worksheet [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY e \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
    let text = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&e;</t></is></c></row>";
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    let cells: String = (1..100_000).fold(String::new(), |mut rows, at| {
        let _ = write!(rows, "<row r=\"{at}\"><c r=\"A{at}\"><v>{at}</v></c></row>");
        rows
    });
    vec![
        refused(
            "workbook that includes a file",
            "x.xlsx",
            book(text, usual, &entity),
            "or save it anew as XLSX",
        ),
        refused(
            "workbook whose text multiplies",
            "x.xlsx",
            book(text, usual, multiplied),
            "or save it anew as XLSX",
        ),
        refused(
            "workbook with a cell at its very end",
            "x.xlsx",
            book(far, usual, ""),
            "a cell stands beyond column 1000: delete what is there",
        ),
        refused(
            "workbook whose sheet lies elsewhere",
            "x.xlsx",
            book("", "../../../../etc/passwd", ""),
            "Worksheet 'KCN' not found",
        ),
        refused(
            "workbook whose sheet is an address",
            "x.xlsx",
            book("", &trap.url(), ""),
            "Worksheet 'KCN' not found",
        ),
        refused(
            "workbook of rows without points",
            "x.xlsx",
            book(&cells, usual, ""),
            "no sheet has a row that heads columns X and Y",
        ),
    ]
}

/// Coordinate lists as CSV.
fn csv_lists() -> Vec<Kind> {
    vec![
        refused(
            "list of points without a CRS",
            "l.csv",
            "STT,X (m),Y (m),Cạnh\n1,1e308,1e308,1\n2,-1e308,1e308,2\n3,1e308,-1e308,3\n",
            "the feature was left out",
        ),
        refused(
            "list without an end of its ring",
            "l.csv",
            format!("STT,X (m),Y (m),Cạnh\n{}", "1,2350000.0,500000.0,1\n".repeat(100_000)),
            "no ring has three points or more",
        ),
    ]
}
