//! Recognising what was handed over instead of GeoJSON.

use serde_json::{Map, Value};

use crate::ReadError;

const UNPACK: &str = "unpack it first and give the file inside";
const CONVERT: &str =
    "save it as GeoJSON first (QGIS: Export > Save Features As; GDAL: ogr2ogr out.geojson in)";
const UTF8: &str = "save it as UTF-8 first";
/// Bytes of an archive in which parts of a document are looked for.
const HEAD: usize = 4 << 10;

/// Beginnings of files that cannot be text of ours, what each seems to be, and what to do.
const BEGINNINGS: &[(&[u8], &str, &str)] = &[
    (&[0x1f, 0x8b], "a gzip archive", UNPACK),
    (b"PK\x05\x06", "an empty zip archive", "put the files into it and give it again"),
    (b"PK\x03\x04", "a zip archive (a zipped Shapefile, KMZ or Excel file is one too)", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (&[0xfd, b'7', b'z', b'X', b'Z'], "an xz archive", UNPACK),
    (&[0x28, 0xb5, 0x2f, 0xfd], "a zstd archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (&[0xff, 0xfe], "text in UTF-16", UTF8),
    (&[0xfe, 0xff], "text in UTF-16", UTF8),
    (&[0, 0, 0x27, 0x0a], "the .shp part of a Shapefile", CONVERT),
    (b"SQLite format 3", "a GeoPackage or another SQLite database", CONVERT),
    (b"PAR1", "GeoParquet", CONVERT),
    (b"%PDF", "a PDF document", "GeoJSON cannot be had from it; ask for the data behind it"),
    (b"AC10", "an AutoCAD drawing (DWG)", "save it as DXF (AutoCAD: Save As, or DXFOUT)"),
    (
        b"\xd0\xcf\x11\xe0",
        "a MicroStation drawing of version 8 (DGN) or an old Office document",
        "save a drawing as DGN V7 or DXF (MicroStation: File > Save As), a table as XLSX",
    ),
    (b"!table", "a MapInfo table (TAB)", CONVERT),
    (b"Version ", "a MapInfo interchange file (MIF)", CONVERT),
    (b"callback(", "JSONP, JavaScript that calls a function", "keep only what stands between the brackets"),
];

/// Documents of offices, which are archives, by the name of a part that stands near the beginning.
const OFFICE: &[(&[u8], &str, &str)] = &[
    (
        b"word/",
        "a Word document (DOCX)",
        "copy its list of coordinates into a workbook (XLSX), and give that",
    ),
    (b"opendocument.spreadsheet", "a spreadsheet of OpenDocument (ODS)", "save it as XLSX"),
    (
        b"opendocument.text",
        "a document of OpenDocument (ODT)",
        "copy its list of coordinates into a workbook (XLSX), and give that",
    ),
];

/// The error for a document that begins like something else; `None` if it may be GeoJSON.
pub(crate) fn by_beginning(window: &[u8]) -> Option<ReadError> {
    if window.starts_with(b"PK\x03\x04") {
        let head = window.get(..HEAD.min(window.len())).unwrap_or(window);
        let office = OFFICE.iter().find(|(part, ..)| head.windows(part.len()).any(|bytes| bytes == *part));
        if let Some((_, seems, advice)) = office {
            return Some(ReadError::NotGeoJson { seems, advice });
        }
    }
    for (beginning, seems, advice) in BEGINNINGS {
        if window.starts_with(beginning) {
            return Some(ReadError::NotGeoJson { seems, advice });
        }
    }
    let not = |seems, advice| Some(ReadError::NotGeoJson { seems, advice });
    match window {
        [0, byte, ..] | [byte, 0, ..] if *byte != 0 => not("text in UTF-16", UTF8),
        _ if window.iter().take(512).any(|byte| *byte == 0) => not("a binary file", CONVERT),
        _ => None,
    }
}

/// The error for a document whose first character is neither a brace nor a record separator.
pub(crate) fn by_text(window: &[u8], line: u64, column: u64) -> ReadError {
    let start = String::from_utf8_lossy(&window[..window.len().min(512)]);
    let lower = start.to_ascii_lowercase();
    let not = |seems, advice| ReadError::NotGeoJson { seems, advice };
    let well_known = ["point", "linestring", "polygon", "multi", "geometrycollection", "srid="];
    match lower.as_bytes().first() {
        Some(b'<') => by_tag(&lower),
        Some(b'[') => not("a bare list", "put it into {\"type\":\"FeatureCollection\",\"features\":…}"),
        Some(b'"' | b'-' | b'0'..=b'9') if !lower.contains(['\n', ',', ';']) => {
            not("a single JSON value", "a document should be a FeatureCollection")
        }
        _ if well_known.iter().any(|word| lower.starts_with(word)) => not("well-known text (WKT)", CONVERT),
        _ if ["var ", "let ", "const ", "export ", "window."].iter().any(|word| lower.starts_with(word)) => {
            not("JavaScript", "keep only the object, from its first brace to its last")
        }
        _ if lower.lines().next().is_some_and(|first| first.contains([',', ';', '\t'])) => {
            not("a table (CSV)", "geometry is needed: save it as GeoJSON from a program that draws it")
        }
        _ => ReadError::Syntax {
            line,
            column,
            reason: "the document should start with a brace \"{\"; check that it is GeoJSON".into(),
        },
    }
}

fn by_tag(lower: &str) -> ReadError {
    let not = |seems, advice| ReadError::NotGeoJson { seems, advice };
    if lower.contains("<kml") {
        not("KML", CONVERT)
    } else if lower.contains("gml") {
        not("GML", CONVERT)
    } else if lower.contains("<html") || lower.contains("<!doctype html") {
        not(
            "a web page",
            "the download gave a page instead of the data: open it in a browser to see what it says",
        )
    } else {
        not("XML", CONVERT)
    }
}

/// The error for a whole object that is neither a collection, a feature nor a geometry.
pub(crate) fn by_members(type_name: Option<&str>, members: &Map<String, Value>) -> ReadError {
    let has = |name: &str| members.contains_key(name);
    let not = |seems, advice| ReadError::NotGeoJson { seems, advice };
    match type_name {
        Some("Topology") => not("TopoJSON", CONVERT),
        Some("CityJSON" | "CityJSONFeature") => not("CityJSON", CONVERT),
        Some("Coverage" | "CoverageCollection") => not("CoverageJSON", CONVERT),
        Some("FeatureCollection") => ReadError::NoFeaturesMember,
        Some(other) => {
            let shown: String = other.chars().take(40).collect();
            ReadError::NotGeoJsonType { found: format!("its \"type\" is \"{shown}\"") }
        }
        None if is_esri(members) => {
            not("Esri JSON", "ask the service for f=geojson, or save it as GeoJSON from QGIS")
        }
        None if has("error") || has("message") || has("detail") => {
            not("a service's error message", "the download failed: read what it says and try again")
        }
        None => {
            let names: Vec<_> = members.keys().take(5).map(|name| format!("\"{name}\"")).collect();
            let found = if names.is_empty() { "an empty object".into() } else { names.join(", ") };
            ReadError::NotGeoJsonType { found: format!("an object without \"type\" ({found})") }
        }
    }
}

/// Whether the members around the features are those of an Esri feature set.
pub(crate) fn is_esri(members: &Map<String, Value>) -> bool {
    ["geometryType", "spatialReference", "esriGeometryType", "objectIdFieldName", "rings"]
        .iter()
        .any(|name| members.contains_key(*name))
}
