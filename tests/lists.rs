//! Coordinate lists through the program: a workbook as offices make them, alone, in an archive and under another name, becomes
//! the zones that it lists, and what is odd in it is told with its row.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;

/// Corners of a zone: northing and easting, m.
type Corners = [(f64, f64)];

const HUU_LUNG: [(f64, f64); 4] = [
    (2_386_100.25, 441_200.5),
    (2_386_600.25, 441_200.5),
    (2_386_600.25, 442_200.5),
    (2_386_100.25, 442_200.5),
];
const HO_SON: [(f64, f64); 3] =
    [(2_390_000.0, 440_000.0), (2_390_300.0, 440_000.0), (2_390_000.0, 440_400.0)];

/// Writes a list as offices do: a title over merged cells, a heading of two rows, units, sides, and the first point again.
fn list(sheet: &mut Worksheet, title: &str, corners: &Corners, area: &str) {
    let centre = Format::new();
    sheet.merge_range(0, 0, 0, 4, title, &centre).unwrap();
    sheet
        .merge_range(1, 0, 1, 4, "(Hệ tọa độ VN-2000, kinh tuyến trục 107°15', múi chiếu 3°)", &centre)
        .unwrap();
    for (column, text) in [(0, "STT"), (1, "Số hiệu điểm"), (4, "Cạnh (m)")] {
        sheet.merge_range(3, column, 4, column, text, &centre).unwrap();
    }
    sheet.merge_range(3, 2, 3, 3, "Tọa độ", &centre).unwrap();
    sheet.write_string(4, 2, "X (m)").unwrap();
    sheet.write_string(4, 3, "Y (m)").unwrap();
    for (column, text) in (0..).zip(["(1)", "(2)", "(3)", "(4)", "(5)"]) {
        sheet.write_string(5, column, text).unwrap();
    }
    let count = corners.len();
    for at in 0..=count {
        let row = u32::try_from(at).unwrap() + 6;
        let (x, y) = corners[at % count];
        sheet.write_number(row, 0, (at + 1) as f64).unwrap();
        sheet.write_string(row, 1, format!("M{}", at % count + 1)).unwrap();
        sheet.write_number(row, 2, x).unwrap();
        sheet.write_number(row, 3, y).unwrap();
        if at < count {
            let (x2, y2) = corners[(at + 1) % count];
            sheet.write_number(row, 4, ((x2 - x).hypot(y2 - y) * 100.0).round() / 100.0).unwrap();
        }
    }
    let last = u32::try_from(count).unwrap() + 7;
    sheet.write_string(last, 0, area).unwrap();
    sheet.write_string(last + 2, 3, "Người lập bảng").unwrap();
}

fn workbook(path: &Path) {
    let mut book = Workbook::new();
    // 500 m by 1,000 m: 50 ha, and 60 are stated.
    list(
        book.add_worksheet().set_name("Sheet1").unwrap(),
        "BẢNG KÊ TỌA ĐỘ KHU CÔNG NGHIỆP HỮU LŨNG",
        &HUU_LUNG,
        "Diện tích: 60 ha",
    );
    let title = "BẢNG KÊ TỌA ĐỘ RANH GIỚI";
    list(book.add_worksheet().set_name("CCN Hồ Sơn 1").unwrap(), title, &HO_SON, "Tổng diện tích: 6,00 ha");
    book.save(path).unwrap();
}

fn ranh(folder: &Path, arguments: &[&str]) -> Output {
    let done = Command::new(env!("CARGO_BIN_EXE_ranh")).current_dir(folder).args(arguments).output().unwrap();
    assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"), "{done:?}");
    done
}

fn import(folder: &Path, file: &str, more: &[&str]) -> Result<(Value, String), String> {
    let arguments = ["import", file, "--store", "s.gpkg", "--role", "zone", "--collection", "c", "--json"];
    let done = ranh(folder, &[&arguments, more].concat());
    let words = String::from_utf8(done.stderr).unwrap();
    if done.status.success() {
        Ok((serde_json::from_slice(&done.stdout).unwrap(), words))
    } else {
        Err(words)
    }
}

fn stored(folder: &Path) -> Vec<Value> {
    let done = ranh(folder, &["export", "c", "--store", "s.gpkg", "--crs", "EPSG:9215"]);
    let back: Value = serde_json::from_slice(&done.stdout).unwrap();
    back["features"].as_array().unwrap().clone()
}

fn assert_zones(folder: &Path) {
    let features = stored(folder);
    let names: Vec<_> =
        features.iter().map(|feature| feature["properties"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["KHU CÔNG NGHIỆP HỮU LŨNG", "CCN Hồ Sơn 1"]);
    for (feature, corners) in features.iter().zip([&HUU_LUNG[..], &HO_SON[..]]) {
        let ring = feature["geometry"]["coordinates"][0].as_array().unwrap();
        let found: Vec<_> =
            ring.iter().map(|at| (at[1].as_f64().unwrap(), at[0].as_f64().unwrap())).collect();
        // GeoJSON turns outer rings against the clock, from the same corner.
        let wanted: Vec<_> = corners.iter().take(1).chain(corners.iter().rev()).copied().collect();
        assert_eq!(found, wanted, "to the last bit");
    }
    assert_eq!(features[0]["properties"]["declared_area_ha"], 60.0);
}

#[test]
fn a_workbook_becomes_zones_whatever_it_is_called_and_packed_in() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workbook(&folder.join("bảng kê.xlsx"));
    let (report, words) = import(folder, "bảng kê.xlsx", &[]).unwrap();
    assert_eq!(
        (&report["features"], &report["crs"], &report["crs_source"]),
        (&2.into(), &"EPSG:9215".into(), &"file".into())
    );
    assert_zones(folder);
    let area = "line 12: sheet \"Sheet1\", KHU CÔNG NGHIỆP HỮU LŨNG: the list states an area of 600000.0 m², but its coordinates \
                enclose 500000.0 m²";
    assert!(words.contains(area) && words.contains("X was taken as northing"), "{words}");
    assert!(!words.contains("side from point"), "sides are right to the centimetre: {words}");

    let bytes = fs::read(folder.join("bảng kê.xlsx")).unwrap();
    fs::write(folder.join("list.zip"), &bytes).unwrap();
    import(folder, "list.zip", &[]).unwrap();
    assert_zones(folder);
    let mut archive = zip_of(folder, "hồ sơ.zip");
    archive.start_file("toa do/bang.xlsx", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&bytes).unwrap();
    archive.finish().unwrap();
    import(folder, "hồ sơ.zip", &[]).unwrap();
    assert_zones(folder);

    import(folder, "bảng kê.xlsx", &["--layer", "CCN Hồ Sơn 1"]).unwrap();
    assert_eq!(stored(folder).len(), 1);
    let refused = import(folder, "bảng kê.xlsx", &["--layer", "Sheet2"]).unwrap_err();
    assert!(refused.contains("there are Sheet1, CCN Hồ Sơn 1"), "{refused}");
}

fn zip_of(folder: &Path, name: &str) -> zip::ZipWriter<fs::File> {
    zip::ZipWriter::new(fs::File::create(folder.join(name)).unwrap())
}

#[test]
fn what_cannot_be_read_is_refused_with_advice() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let list = "Điểm;X;Y\n1;2386100,5;441200\n2;2386600;441200\n3;2386600;442200\n1;2386100,5;441200\n";
    fs::write(folder.join("a.csv"), list).unwrap();
    let refused = import(folder, "a.csv", &[]).unwrap_err();
    assert!(refused.contains("is said nowhere: name it, such as EPSG:9215"), "{refused}");
    let (report, _) = import(folder, "a.csv", &["--crs", "EPSG:9215"]).unwrap();
    assert_eq!((&report["features"], &report["crs_source"]), (&1.into(), &"given".into()));
    let corner = stored(folder)[0]["geometry"]["coordinates"][0][0].clone();
    assert_eq!((corner[0].as_f64(), corner[1].as_f64()), (Some(441_200.0), Some(2_386_100.5)));
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Danh mục dự án").unwrap();
    book.save(folder.join("b.xlsx")).unwrap();
    let refused = import(folder, "b.xlsx", &["--crs", "EPSG:9215"]).unwrap_err();
    assert!(refused.contains("no sheet has a row that heads columns X and Y"), "{refused}");
    // A workbook that unpacks to far more than it may.
    let mut bomb = zip_of(folder, "bomb.xlsx");
    for name in ["xl/workbook.xml", "xl/sharedStrings.xml"] {
        bomb.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 200 << 20), &mut bomb).unwrap();
    }
    bomb.finish().unwrap();
    let refused = import(folder, "bomb.xlsx", &[]).unwrap_err();
    assert!(refused.contains("unpacks to more than"), "{refused}");
}

/// What a part of a workbook says, its texts one behind the other.
fn part_of(book: &Path, part: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(book).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(part).unwrap(), &mut text).unwrap();
    text
}

#[test]
fn zones_written_as_lists_come_back_with_their_names_numbers_and_areas() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workbook(&folder.join("a.xlsx"));
    import(folder, "a.xlsx", &[]).unwrap();
    let before = stored(folder);
    let write = |out: &str, more: &[&str]| {
        let format = if out.ends_with(".csv") { "coordinates-csv" } else { "coordinates-xlsx" };
        let arguments = ["export", "c", "--store", "s.gpkg", "--format", format, "--out", out];
        ranh(folder, &[&arguments, more].concat())
    };
    let refused = write("b.xlsx", &[]);
    assert!(!refused.status.success() && !folder.join("b.xlsx").exists());
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("coordinate lists are in metres"),
        "{refused:?}"
    );
    for (lang, list) in [("vi", "b.xlsx"), ("en", "b.xlsx"), ("vi", "b.csv"), ("en", "b.csv")] {
        let done = write(list, &["--crs", "EPSG:9215", "--lang", lang]);
        assert!(done.status.success(), "{done:?}");
        let (_, words) = import(folder, list, &[]).unwrap();
        assert!(!words.contains("side from point") && !words.contains("states an area"), "{words}");
        let after = stored(folder);
        assert_eq!(after.len(), before.len(), "{lang}");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(
                before["geometry"], after["geometry"],
                "{lang} {list}: to the millimetre, in which they were"
            );
            for name in ["name", "point_numbers"] {
                assert_eq!(before["properties"][name], after["properties"][name], "{lang} {list}");
            }
        }
    }
    // The hash is of what the workbook says it is of: asked from outside.
    import(folder, "a.xlsx", &[]).unwrap();
    assert!(write("b.xlsx", &["--crs", "EPSG:9215"]).status.success());
    let said = part_of(&folder.join("b.xlsx"), "xl/sharedStrings.xml");
    assert!(said.contains("ranh export c --format geojsonseq --crs EPSG:9215"), "{said}");
    let done = ranh(
        folder,
        &[
            "export",
            "c",
            "--store",
            "s.gpkg",
            "--format",
            "geojsonseq",
            "--crs",
            "EPSG:9215",
            "--out",
            "c.seq",
        ],
    );
    assert!(done.status.success());
    let hash =
        Command::new("sha256sum").current_dir(folder).arg("c.seq").output().expect("sha256sum of coreutils");
    let hash = String::from_utf8(hash.stdout).unwrap();
    assert!(said.contains(&hash[..64]), "{hash} {said}");
    let table = ranh(folder, &["export", "c", "--store", "s.gpkg", "--out", "t.xlsx"]);
    assert!(table.status.success(), "{table:?}");
    assert!(part_of(&folder.join("t.xlsx"), "xl/sharedStrings.xml").contains("declared_area_ha"));
}

/// A ring around a corner, m; against the clock.
fn square([x, y]: [f64; 2], side: f64) -> Value {
    serde_json::json!([[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]])
}

#[test]
fn one_table_tells_zones_of_one_name_holes_and_parts_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let at = |k: f64| square([440_000.0 + 1_000.0 * k, 2_386_000.125], 500.0);
    let hole: Vec<Value> =
        square([440_100.0, 2_386_100.5], 100.0).as_array().unwrap().iter().rev().cloned().collect();
    let zone = |name: Value, shape: Value| {
        serde_json::json!({"type": "Feature", "properties": {"name": name},
            "geometry": {"type": "MultiPolygon", "coordinates": shape}})
    };
    let features = serde_json::json!([
        zone("CCN Hồ Sơn".into(), serde_json::json!([[at(0.0), hole], [at(1.0)]])),
        zone("CCN Hồ Sơn".into(), serde_json::json!([[at(2.0)]])),
        zone(Value::Null, serde_json::json!([[at(3.0)]])),
    ]);
    let crs = serde_json::json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9215"}});
    let all = serde_json::json!({"type": "FeatureCollection", "crs": crs, "features": features});
    fs::write(folder.join("z.geojson"), all.to_string()).unwrap();
    import(folder, "z.geojson", &[]).unwrap();
    let rings = |features: Vec<Value>| -> Vec<Vec<usize>> {
        let count = |feature: &Value| {
            let shape = &feature["geometry"];
            let parts = match shape["type"].as_str() {
                Some("Polygon") => vec![shape["coordinates"].clone()],
                _ => shape["coordinates"].as_array().unwrap().clone(),
            };
            parts.iter().map(|part| part.as_array().unwrap().len()).collect()
        };
        features.iter().map(count).collect()
    };
    assert_eq!(rings(stored(folder)), [vec![2, 1], vec![1], vec![1]]);
    let write = ["export", "c", "--store", "s.gpkg", "--crs", "EPSG:9215", "--format", "coordinates-csv"];
    assert!(ranh(folder, &[&write[..], &["--out", "z.csv"]].concat()).status.success());
    let text = fs::read_to_string(folder.join("z.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    // The first corner of the first zone, its side, and what is left of 25 ha twice without one.
    assert_eq!(lines[2], "Khu;Vòng;STT;Số hiệu điểm;X (m);Y (m);Cạnh (m);Diện tích (m²)");
    assert_eq!(lines[3], "CCN Hồ Sơn;Vòng 1;1;1;2386000,125;440000;500;490000");
    let (_, words) = import(folder, "z.csv", &[]).unwrap();
    assert!(!words.contains("states an area") && !words.contains("side from point"), "{words}");
    let back = stored(folder);
    let names: Vec<_> = back.iter().map(|feature| feature["properties"]["name"].clone()).collect();
    assert_eq!(names, ["CCN Hồ Sơn", "CCN Hồ Sơn (2)", "Khu 3"]);
    assert_eq!(rings(back), [vec![2, 1], vec![1], vec![1]]);
}
