//! The same polygons through every format that `ogr2ogr` writes: all arrive, with their text as bytes and their areas.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(unreachable_pub, dead_code, missing_docs, reason = "the module serves several test programs")]

mod made;

use formats::worker::{Field, RawFeature, RawGeometry, RawValue, WorkerError, WorkerLimits};
use made::{COUNT, area_m2, ask, convert, folder, name, request, worker};

/// Driver to write, drivers to read, file, what `ogr2ogr` is told besides.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// Formats that keep everything on the plane.
const WHOLE: [Case; 9] = [
    ("GPKG", "GPKG", "a.gpkg", &[]),
    ("ESRI Shapefile", "ESRI Shapefile", "a.shp", &["-lco", "ENCODING=UTF-8"]),
    ("FlatGeobuf", "FlatGeobuf", "a.fgb", &[]),
    ("GeoJSON", "GeoJSON", "a.geojson", &[]),
    ("GML", "GML", "a.gml", &[]),
    ("OpenFileGDB", "OpenFileGDB", "a.gdb", &[]),
    ("MapInfo File", "MapInfo File", "a.mif", &["-lco", "ENCODING=UTF-8"]),
    ("MapInfo File", "MapInfo File", "a.tab", &["-lco", "ENCODING=UTF-8"]),
    ("CSV", "CSV", "a.csv", &["-lco", "GEOMETRY=AS_WKT"]),
];

/// The value of a field, as text.
fn value(fields: &[Field], feature: &RawFeature, wanted: &str) -> Option<String> {
    let at = fields.iter().position(|field| field.name == wanted.as_bytes())?;
    match feature.values.get(at)? {
        RawValue::Text(bytes) => String::from_utf8(bytes.clone()).ok(),
        RawValue::Integer(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The area by the shoelace formula of a WKB polygon with one ring, or of a multipolygon of one such.
fn shoelace_m2(geometry: &RawGeometry) -> f64 {
    let (RawGeometry::Wkb(wkb) | RawGeometry::Straightened(wkb)) = geometry else { return f64::NAN };
    // Byte order and type stand before each; a multipolygon has its count besides.
    let ring = if wkb[1] == 6 { &wkb[9..] } else { &wkb[..] };
    assert_eq!(ring[..9], [1, 3, 0, 0, 0, 1, 0, 0, 0], "one polygon of one ring");
    let numbers: Vec<f64> =
        ring[13..].chunks_exact(8).map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap())).collect();
    // Near the first corner, so that no digits are lost.
    let points: Vec<(f64, f64)> =
        numbers.chunks_exact(2).map(|pair| (pair[0] - numbers[0], pair[1] - numbers[1])).collect();
    points.windows(2).map(|edge| edge[0].0 * edge[1].1 - edge[1].0 * edge[0].1).sum::<f64>().abs() / 2.0
}

#[test]
fn every_format_gives_all_polygons_with_names_and_areas() {
    let folder = folder();
    for (driver, reader, file, more) in WHOLE {
        convert(folder.path(), driver, file, more);
        let answer = ask(&worker(WorkerLimits::default()), &request(folder.path(), file, &[reader]))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(answer.driver, reader);
        assert_eq!(answer.features.len(), COUNT, "{file}");
        let fields = &answer.layers[0].fields;
        for feature in &answer.features {
            // FlatGeobuf brings the features into an order of its own: the number tells which one it is.
            let at: usize = value(fields, feature, "so").unwrap().parse().unwrap();
            assert_eq!(value(fields, feature, "ten").unwrap(), name(at), "{file}");
            let (area, expected) = (shoelace_m2(&feature.geometry), area_m2(at));
            // TAB rounds coordinates to a grid of about a centimetre: some 300 m of border move by that at most.
            let tolerance = if file == "a.tab" { 300.0 * 0.02 } else { 1e-6 * expected };
            assert!((area - expected).abs() < tolerance, "{file}: {area} instead of {expected}");
        }
    }
}

#[test]
fn the_crs_arrives_where_the_format_has_one() {
    let folder = folder();
    for (driver, reader, file, more) in WHOLE.into_iter().take(6) {
        convert(folder.path(), driver, file, more);
        let asked = request(folder.path(), file, &[reader]);
        let answer = ask(&worker(WorkerLimits::default()), &asked).unwrap();
        assert_eq!(answer.layers[0].authority, "EPSG:9211", "{file}");
    }
    convert(folder.path(), "LIBKML", "b.kml", &[]);
    let asked = request(folder.path(), "b.kml", &["LIBKML"]);
    let answer = ask(&worker(WorkerLimits::default()), &asked).unwrap();
    assert_eq!((answer.layers[0].authority.as_str(), answer.features.len()), ("EPSG:4326", COUNT));
}

#[test]
fn drawings_give_levels_and_colours_and_no_crs() {
    let folder = folder();
    for (driver, file, levels) in [("DGN", "a.dgn", "Level"), ("DXF", "a.dxf", "Layer")] {
        convert(folder.path(), driver, file, &["-dialect", "SQLITE", "-sql", "SELECT geometry FROM plan"]);
        let answer = ask(&worker(WorkerLimits::default()), &request(folder.path(), file, &[driver])).unwrap();
        let layer = &answer.layers[0];
        assert_eq!((answer.features.len(), layer.wkt.as_str()), (COUNT, ""), "{file}");
        assert!(value(&layer.fields, &answer.features[0], levels).is_some(), "{file}");
        let style = value(&layer.fields, &answer.features[0], "ogr_style").unwrap();
        assert!(style.contains("c:#"), "{file}: {style}");
    }
}

#[test]
fn text_in_an_old_encoding_arrives_byte_for_byte() {
    let folder = folder();
    // Windows-1258 has no letter "ạ": it is written as "a" and a combining dot below (0xF2).
    convert(folder.path(), "ESRI Shapefile", "old.shp", &["-lco", "ENCODING=UTF-8"]);
    let path = folder.path().join("old.dbf");
    let mut table = std::fs::read(&path).unwrap();
    let first = table.windows(2).position(|pair| pair == [0xC4, 0x90]).expect("the letter Đ");
    let old = b"\xD0at B\xEB Ha\xF2 ";
    table[first..first + old.len()].copy_from_slice(old);
    std::fs::write(&path, table).unwrap();
    std::fs::write(folder.path().join("old.cpg"), "1258").unwrap();
    let asked = request(folder.path(), "old.shp", &["ESRI Shapefile"]);
    let answer = ask(&worker(WorkerLimits::default()), &asked).unwrap();
    assert_eq!(answer.layers[0].encoding, "1258");
    let RawValue::Text(bytes) = &answer.features[0].values[0] else { panic!("no text") };
    assert!(bytes.starts_with(old), "{bytes:?}");
}

#[test]
fn of_several_layers_one_is_named() {
    let folder = folder();
    convert(folder.path(), "GPKG", "two.gpkg", &["-nln", "đất"]);
    convert(folder.path(), "GPKG", "two.gpkg", &["-update", "-nln", "ranh"]);
    let mut asked = request(folder.path(), "two.gpkg", &["GPKG"]);
    let error = ask(&worker(WorkerLimits::default()), &asked).unwrap_err();
    assert!(matches!(error, WorkerError::Layer { .. }), "{error}");
    assert!(error.to_string().contains("đất, ranh"), "{error}");
    asked.layer = Some("đất".as_bytes().to_vec());
    assert_eq!(ask(&worker(WorkerLimits::default()), &asked).unwrap().features.len(), COUNT);
}
