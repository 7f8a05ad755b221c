//! What files that are handed on say of themselves: what they were made of, in which CRS, how much, and a hash that whoever has
//! the original can make again, by the command that stands beside it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// The parameters as Circular 973/2001/TT-TCĐC publishes them (EPSG 6960).
const PUBLISHED: &str = "dX = -191.90441429 m; dY = -39.30318279 m; dZ = -111.45032835 m";

/// A folder with a plan of two squares, five positions each, one value of which is none.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let feature = |at: u32| {
        let (x, y) = (450_000.0 + 200.0 * f64::from(at), 2_417_000.0);
        let ring = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
        let text = if at == 0 { json!("Đất ở") } else { Value::Null };
        json!({"type": "Feature", "properties": {"code": "ONT", "diện tích đất": text},
            "geometry": {"type": "Polygon", "coordinates": [ring]}})
    };
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9215"}});
    let all = json!({"type": "FeatureCollection", "crs": crs, "features": [feature(0), feature(1)]});
    fs::write(folder.path().join("plan.geojson"), all.to_string()).unwrap();
    folder
}

fn worker_is_there() -> bool {
    let there = PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal").exists();
    if !there {
        println!("WITHOUT ranh-gdal, which was not built: nothing that GDAL writes is tested.");
    }
    there
}

/// What was printed, and what was said; it has to have worked, or not.
fn ranh(folder: &Path, works: bool, args: &[&str]) -> (Vec<u8>, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_ranh")).current_dir(folder).args(args).output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.success(), works, "{args:?}: {said}");
    (done.stdout, said)
}

/// What the lines of a text of metadata say, by their names.
fn lines(text: &str) -> BTreeMap<String, String> {
    let lines = text.trim_start_matches('\u{feff}').split("\r\n").filter_map(|line| line.split_once(": "));
    lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The hash of a file, by another program.
fn sha256sum(path: &Path) -> String {
    let done = Command::new("sha256sum").arg(path).output().expect("sha256sum of the coreutils");
    String::from_utf8(done.stdout).unwrap().split(' ').next().unwrap().to_owned()
}

/// The files of an archive, by their names.
fn unzipped(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
    }
    files
}

/// Holds what is told of the plan against what it is; runs the command that is told, whose file must have the hash.
fn judge(folder: &Path, told: &BTreeMap<String, String>) {
    for (name, value) in [
        ("Title", "plan"),
        ("Original file", "plan.geojson"),
        ("EPSG code", "EPSG:9215"),
        ("Features", "2"),
        ("Positions", "10"),
    ] {
        assert_eq!(told.get(name).map(String::as_str), Some(value), "{told:?}");
    }
    assert!(told["Seven parameters to WGS 84"].starts_with(PUBLISHED), "{told:?}");
    assert!(told["Last change of the file (UTC)"].ends_with('Z'), "{told:?}");
    let command = told["SHA-256 of"].strip_prefix("the file that this writes: ranh ").unwrap();
    let words: Vec<&str> = command.split(' ').collect();
    ranh(folder, true, &words);
    assert_eq!(told["SHA-256"], sha256sum(&folder.join(words.last().unwrap())));
}

#[test]
fn an_archive_of_a_converted_file_says_what_it_is() {
    let folder = folder();
    let folder = folder.path();
    ranh(folder, true, &["convert", "plan.geojson", "--out", "a.csv.zip", "--lang", "en"]);
    let files = unzipped(&folder.join("a.csv.zip"));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["a.csv", "a.metadata.txt"]);
    let text = &files["a.metadata.txt"];
    judge(folder, &lines(text));
    // A table of texts has no null, and no place for a CRS.
    for note in
        ["Note: the format has no place for no value: 1 of them", "Note: the format has no place for the CRS"]
    {
        assert_eq!(text.matches(note).count(), 1, "{note}: {text}");
    }
    ranh(folder, true, &["convert", "plan.geojson", "--out", "b.csv.zip"]);
    let text = &unzipped(&folder.join("b.csv.zip"))["b.metadata.txt"];
    assert!(text.contains("Ghi chú: định dạng không ghi được hệ tọa độ: đó là EPSG:9215"), "{text}");
}

#[test]
fn beside_a_file_it_stands_if_that_is_asked_for() {
    let folder = folder();
    let folder = folder.path();
    ranh(folder, true, &["convert", "plan.geojson", "--out", "a.fgb"]);
    assert!(!folder.join("a.metadata.txt").exists());
    ranh(folder, true, &["convert", "plan.geojson", "--out", "a.fgb", "--metadata", "--lang", "en"]);
    let text = fs::read_to_string(folder.join("a.metadata.txt")).unwrap();
    judge(folder, &lines(&text));
    assert!(!text.contains("Note: "), "{text}");
    let import =
        ["import", "plan.geojson", "--store", "s.gpkg", "--role", "land_use_plan", "--collection", "c"];
    ranh(folder, true, &import);
    let export = ["export", "c", "--store", "s.gpkg", "--crs", "EPSG:9215"];
    ranh(folder, true, &[&export[..], &["--out", "b.geojson", "--metadata", "--lang", "en"]].concat());
    let told = lines(&fs::read_to_string(folder.join("b.metadata.txt")).unwrap());
    assert_eq!((&*told["Collection"], &*told["Features"], &*told["Positions"]), ("c", "2", "10"));
    let printed = "what this prints: ranh export c --format geojsonseq --crs EPSG:9215";
    assert_eq!(told["SHA-256 of"], printed);
    let (sequence, _) = ranh(folder, true, &[&export[..], &["--format", "geojsonseq"]].concat());
    fs::write(folder.join("sequence"), sequence).unwrap();
    assert_eq!(told["SHA-256"], sha256sum(&folder.join("sequence")));
    ranh(folder, false, &[&export[..], &["--metadata"]].concat());
}

#[test]
fn workbooks_are_made_of_files_too_and_say_it_on_a_sheet() {
    let folder = folder();
    let folder = folder.path();
    // Both squares, and the sheet that says what they are.
    for (format, sheets) in [("xlsx", 2), ("coordinates-xlsx", 3)] {
        ranh(folder, true, &["convert", "plan.geojson", "--format", format, "--out", "a.xlsx"]);
        let files = unzipped(&folder.join("a.xlsx"));
        assert_eq!(files["xl/workbook.xml"].matches("<sheet ").count(), sheets, "{format}");
        let texts = &files["xl/sharedStrings.xml"];
        assert!(texts.contains(PUBLISHED) && texts.contains("plan.geojson"), "{texts}");
    }
    let args = ["convert", "plan.geojson", "--to", "CRS84", "--format", "coordinates-csv", "--out", "a.csv"];
    let (_, refused) = ranh(folder, false, &args);
    assert!(refused.contains("coordinate lists are in metres"), "{refused}");
    let (_, refused) = ranh(folder, false, &["convert", "plan.geojson", "--out", "a.pmtiles"]);
    assert!(refused.contains("see ranh export"), "{refused}");
}

#[test]
fn what_the_worker_writes_says_what_became_of_its_names() {
    if !worker_is_there() {
        return;
    }
    let folder = folder();
    let folder = folder.path();
    ranh(folder, true, &["convert", "plan.geojson", "--out", "a.shp.zip", "--lang", "en"]);
    let files = unzipped(&folder.join("a.shp.zip"));
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["a.cpg", "a.dbf", "a.metadata.txt", "a.prj", "a.shp", "a.shx"]
    );
    let text = &files["a.metadata.txt"];
    judge(folder, &lines(text));
    // Ten bytes of UTF-8 hold seven of its letters.
    let renamed = "Note: the column \"diện tích đất\" is called \"diện tí\" there";
    assert_eq!(text.matches(renamed).count(), 1, "{text}");
    // Its CRS is declared by the file, and read from there alone.
    ranh(folder, true, &["convert", "plan.geojson", "--out", "b.gpkg"]);
    let args = ["convert", "b.gpkg", "--to", "EPSG:9211", "--out", "b.fgb", "--metadata", "--lang", "en"];
    ranh(folder, true, &args);
    let told = lines(&fs::read_to_string(folder.join("b.metadata.txt")).unwrap());
    assert_eq!((&*told["Original file"], &*told["EPSG code"]), ("b.gpkg", "EPSG:9211"));
}

#[test]
fn an_export_holds_the_worker_to_the_limits_that_are_named() {
    if !worker_is_there() {
        return;
    }
    let folder = folder();
    let folder = folder.path();
    let import =
        ["import", "plan.geojson", "--store", "s.gpkg", "--role", "land_use_plan", "--collection", "c"];
    ranh(folder, true, &import);
    let export = ["export", "c", "--store", "s.gpkg", "--format", "geopackage"];
    let limited = [&export[..], &["--out", "a.gpkg", "--worker-file-bytes", "4096"]].concat();
    let (_, refused) = ranh(folder, false, &limited);
    assert!(refused.contains("a file would have more than 4096 bytes"), "{refused}");
    assert!(!folder.join("a.gpkg").exists());
    let (printed, _) = ranh(folder, true, &export);
    assert!(printed.starts_with(b"SQLite format 3\0"));
}
