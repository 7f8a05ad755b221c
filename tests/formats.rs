//! The same 400 polygons through every format that is written: out with `ranh convert`, looked at from outside with
//! `ogrinfo`, in again. What each format keeps stands in a table that the test holds against what happens. And what MapInfo
//! gets lies, read by plain `ogr2ogr`, where it was.
//!
//! Where `ranh-gdal` was not built, only what this program writes by itself is tried, and the rest has to be refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]
#![allow(unreachable_pub, missing_docs, clippy::indexing_slicing, reason = "tests")]

#[path = "formats/nothing.rs"]
mod nothing;
#[path = "formats/plan.rs"]
mod plan;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nothing::{APART, Nothing, nothing};
use plan::{Back, COUNT, area_m2, border_m, farthest_m, shapes};
use tempfile::TempDir;

/// What a format keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kept {
    /// Elements that a feature of several parts becomes, and one with holes.
    features: Elements,
    /// Whether a reader finds the CRS in the file: we, and `ogrinfo`.
    crs: (Finds, Finds),
    /// Whether every text comes back letter by letter, and every number.
    attributes: bool,
    /// What no value and an empty text are when they come back, and no number.
    nothing: (Nothing, Nothing, Nothing),
    /// How far a corner may move, m; 0 where coordinates come back bit for bit.
    moved_m: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Elements {
    Feature,
    Part,
    Ring,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Finds {
    /// As EPSG:9211, or as EPSG:4326 in KML.
    Code,
    /// By its numbers.
    Numbers,
    Nothing,
}

const WHOLE: Kept = Kept {
    features: Elements::Feature,
    crs: (Finds::Code, Finds::Code),
    attributes: true,
    nothing: APART,
    moved_m: 0.0,
};
const MAPINFO: Kept = Kept {
    crs: (Finds::Numbers, Finds::Numbers),
    nothing: (Nothing::Empty, Nothing::Empty, Nothing::Zero),
    ..WHOLE
};
const DRAWING: Kept = Kept {
    features: Elements::Part,
    crs: (Finds::Nothing, Finds::Nothing),
    attributes: false,
    nothing: (Nothing::Left, Nothing::Left, Nothing::Left),
    moved_m: 1e-8,
};

/// File, whether the worker writes it, what is kept.
const EXPECTED: [(&str, bool, Kept); 14] = [
    ("a.geojson", false, WHOLE),
    // GDAL knows no CRS of a sequence but WGS 84.
    ("a.geojsonl", false, Kept { crs: (Finds::Code, Finds::Nothing), ..WHOLE }),
    ("a.fgb", false, WHOLE),
    (
        "a.csv",
        false,
        Kept {
            crs: (Finds::Nothing, Finds::Nothing),
            nothing: (Nothing::Empty, Nothing::Empty, Nothing::Empty),
            ..WHOLE
        },
    ),
    ("a.gpkg", true, WHOLE),
    ("a.shp", true, Kept { nothing: (Nothing::Null, Nothing::Null, Nothing::Null), ..WHOLE }),
    // 15 digits are nanometres; the way to degrees and back is computed.
    ("a.kml", true, Kept { moved_m: 1e-6, ..WHOLE }),
    ("a.kmz", true, Kept { moved_m: 1e-6, ..WHOLE }),
    ("a.gml", true, Kept { moved_m: 1e-8, ..WHOLE }),
    ("a.mif", true, Kept { moved_m: 1e-8, ..MAPINFO }),
    // A grid of 2·10⁹ steps over the eight kilometres of the plan.
    ("b.tab", true, Kept { moved_m: 1e-5, ..MAPINFO }),
    ("a.dxf", true, DRAWING),
    // A grid of 10⁻⁴ m, to which GDAL cuts off both coordinates.
    ("a.dgn", true, Kept { features: Elements::Ring, moved_m: 1.42e-4, ..DRAWING }),
    ("a.gdb", true, Kept { moved_m: 1e-7, ..WHOLE }),
];

fn in_degrees(file: &str) -> bool {
    file.ends_with(".kml") || file.ends_with(".kmz")
}

fn ranh(folder: &Path, args: &[&str]) -> Output {
    let done = Command::new(env!("CARGO_BIN_EXE_ranh")).current_dir(folder).args(args).output().unwrap();
    assert!(!String::from_utf8_lossy(&done.stderr).contains("panicked"), "{done:?}");
    done
}

/// What was said; it has to have worked.
fn done(folder: &Path, args: &[&str]) -> String {
    let done = ranh(folder, args);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{args:?}: {said}");
    said
}

fn tool(folder: &Path, program: &str, args: &[&str]) -> String {
    let done = Command::new(program).current_dir(folder).args(args).output().expect("Debian's gdal-bin");
    assert!(done.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    plan::write(&folder.path().join("plan.geojson"));
    folder
}

fn worker_is_there() -> bool {
    let there = PathBuf::from(env!("CARGO_BIN_EXE_ranh")).with_file_name("ranh-gdal").exists();
    if !there {
        println!("WITHOUT ranh-gdal, which was not built: only its absence is tested.");
    }
    there
}

#[test]
fn every_letter_is_there() {
    let letters: std::collections::BTreeSet<char> =
        plan::LETTERS.chars().chain(plan::LETTERS.to_uppercase().chars()).collect();
    assert_eq!(letters.len(), 134);
}

#[test]
fn every_format_keeps_what_the_table_says() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        println!(
            "LEFT OUT: what is written is looked at with ogrinfo (Debian's gdal-bin), which is not here."
        );
        return;
    }
    let folder = folder();
    let folder = folder.path();
    let with_worker = worker_is_there();
    let mut table = String::from(
        "| format | written | read | elements | CRS read by us, by ogrinfo | attributes | null, \"\", no number | corners moved, m | areas, relative |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for (file, needs_worker, expected) in EXPECTED {
        let to = if in_degrees(file) { "CRS84" } else { "EPSG:9211" };
        let args = ["convert", "plan.geojson", "--to", to, "--out", file];
        if needs_worker && !with_worker {
            let refused = String::from_utf8(ranh(folder, &args).stderr).unwrap();
            assert!(refused.contains("install Ranh's GDAL worker"), "{refused}");
            assert!(!folder.join(file).exists(), "{file}");
            continue;
        }
        done(folder, &args);
        if file.ends_with(".csv") && !with_worker {
            continue;
        }
        let kept = kept(folder, file);
        assert_eq!(kept.kept(&expected), expected, "{file}: {kept:?}");
        assert!(kept.area <= kept.area_may(&expected), "{file}: {kept:?}");
        let Kept { features, crs, attributes, nothing, .. } = expected;
        table += &format!(
            "| {file} | yes | yes | {}, one a {features:?} | {:?}, {:?} | {} | {nothing:?} | {:.1e} | {:.1e} |\n",
            kept.count,
            crs.0,
            crs.1,
            if attributes { "yes" } else { "none" },
            kept.moved_m,
            kept.area,
        );
    }
    println!("{table}");
}

/// What came back.
#[derive(Debug)]
struct Measured {
    count: usize,
    features: Elements,
    crs: (Finds, Finds),
    attributes: bool,
    nothing: (Nothing, Nothing, Nothing),
    moved_m: f64,
    /// The largest difference of a geodesic area (of all, where features fell apart), relative.
    area: f64,
}

impl Measured {
    /// As a row of the table; a corner that moved less than expected is as expected.
    fn kept(&self, expected: &Kept) -> Kept {
        let moved_m = if self.moved_m <= expected.moved_m { expected.moved_m } else { self.moved_m };
        let Self { features, crs, attributes, nothing, .. } = *self;
        Kept { features, crs, attributes, nothing, moved_m }
    }

    /// 10⁻⁶, and what corners that move may take off a border of 800 m around 30,000 m².
    fn area_may(&self, expected: &Kept) -> f64 {
        1e-6 + if expected.moved_m >= 1e-4 { expected.moved_m * 800.0 / 30_000.0 } else { 0.0 }
    }
}

/// Reads a file back and compares.
fn kept(folder: &Path, file: &str) -> Measured {
    let degrees = in_degrees(file);
    let to = if degrees { "CRS84" } else { "EPSG:9211" };
    let mut args = vec!["convert", file, "--to", to, "--out", "back.geojson"];
    let alone = ranh(folder, &["convert", file, "--out", "alone.geojson"]);
    let said = String::from_utf8(alone.stderr).unwrap();
    let found = match said.lines().last().unwrap_or_default() {
        _ if !alone.status.success() => Finds::Nothing,
        last if last.contains(" from EPSG:9211 ") => Finds::Code,
        last if degrees && (last.contains(" from EPSG:4326 ") || last.contains(" from OGC:CRS84 ")) => {
            Finds::Code
        }
        last if last.contains("+proj=tmerc") => Finds::Numbers,
        _ => Finds::Nothing,
    };
    if found != Finds::Code {
        args.extend(["--crs", "EPSG:9211"]);
    }
    done(folder, &args);
    let (back, _) = plan::read(&folder.join("back.geojson"));
    let outside = outside(folder, file, back.len(), degrees);
    let (features, area, moved_m) = compared(&back, degrees);
    Measured {
        count: back.len(),
        features,
        crs: (found, outside),
        attributes: attributes(&back),
        nothing: nothing(&back),
        moved_m,
        area,
    }
}

/// Elements, areas and corners beside those of the plan.
fn compared(back: &[Back], degrees: bool) -> (Elements, f64, f64) {
    let plan = shapes();
    let way =
        spatial::crs::Transformation::new(&spatial::Crs::from_epsg(9211).unwrap(), &spatial::Crs::wgs84());
    let way = way.unwrap();
    let shown = |shape: &plan::Shape| match degrees {
        false => shape.clone(),
        true => {
            let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(|at| way.point(*at).unwrap()).collect();
            shape.iter().map(|rings| rings.iter().map(ring).collect()).collect()
        }
    };
    let per = if degrees { [103_700.0, 110_700.0] } else { [1.0, 1.0] };
    let parts = plan.iter().map(Vec::len).sum::<usize>();
    let rings = plan.iter().flatten().map(Vec::len).sum::<usize>();
    if back.len() == COUNT {
        let (mut area, mut moved) = (0.0_f64, 0.0_f64);
        for (at, feature) in back.iter().enumerate() {
            let at = feature.number().unwrap_or(at);
            let expected = area_m2(&plan[at], false);
            area = area.max((area_m2(&feature.shape, degrees) - expected).abs() / expected);
            moved = moved.max(farthest_m(&shown(&plan[at]), &feature.shape, per));
        }
        return (Elements::Feature, area, moved);
    }
    // What fell apart is compared as a whole: holes are elements like any other where there are as many as rings.
    let all = |shapes: &mut dyn Iterator<Item = plan::Shape>| {
        shapes.map(|shape| area_m2(&shape, degrees)).sum::<f64>()
    };
    let apart = |by_ring: bool| {
        plan.iter().flatten().flat_map(move |rings| match by_ring {
            true => rings.iter().map(|ring| vec![vec![ring.clone()]]).collect::<Vec<_>>(),
            false => vec![vec![rings.clone()]],
        })
    };
    let kind = if back.len() == parts { Elements::Part } else { Elements::Ring };
    assert!(back.len() == parts || back.len() == rings, "{} elements", back.len());
    let expected: Vec<plan::Shape> = apart(kind == Elements::Ring).collect();
    let total = all(&mut expected.iter().cloned());
    let area = (all(&mut back.iter().map(|feature| feature.shape.clone())) - total).abs() / total;
    // They come in the order in which they were written.
    let moved = expected.iter().zip(back).map(|(shape, back)| farthest_m(shape, &back.shape, per));
    (kind, area, moved.fold(0.0, f64::max))
}

/// Whether every attribute of every feature came back.
fn attributes(back: &[Back]) -> bool {
    back.iter().all(|feature| {
        let Some(at) = feature.number().filter(|at| *at < COUNT) else { return false };
        let expected = plan::properties(at);
        let has_value = |(_, value): &(&String, &serde_json::Value)| !value.is_null() && *value != "";
        expected.as_object().unwrap().iter().filter(has_value).all(|(name, value)| {
            let plain = |value: &serde_json::Value| match value.as_f64() {
                Some(number) => number.to_string(),
                None => value.as_str().unwrap_or_default().to_owned(),
            };
            let found = feature.value(name).map(plain);
            // A table of texts has numbers as texts.
            let number = found.as_deref().and_then(|text| text.parse::<f64>().ok());
            found == Some(plain(value)) || (number.is_some() && number == value.as_f64())
        })
    })
}

/// What `ogrinfo` finds: as many features, where they are, and which CRS.
fn outside(folder: &Path, file: &str, count: usize, degrees: bool) -> Finds {
    let mut args = vec!["-al", "-so", file];
    if file.ends_with(".csv") {
        args.extend(["-oo", "GEOM_POSSIBLE_NAMES=wkt"]);
    }
    if file.ends_with(".dgn") {
        // GDAL's extent of a DGN leaves out what stands in groups, as polygons with holes do.
        tool(folder, "ogr2ogr", &["-f", "GPKG", "dgn.gpkg", file]);
        args[2] = "dgn.gpkg";
    }
    let said = tool(folder, "ogrinfo", &args);
    assert!(said.contains(&format!("Feature Count: {count}\n")), "{file}: {said}");
    let extent = said.lines().find_map(|line| line.strip_prefix("Extent: ")).unwrap();
    let numbers: Vec<f64> =
        extent.split(['(', ')', ',', '-', ' ']).filter_map(|number| number.parse().ok()).collect();
    let corners: Vec<[f64; 2]> = shapes().into_iter().flatten().flatten().flatten().collect();
    let least = |at: usize| corners.iter().map(|corner| corner[at]).fold(f64::INFINITY, f64::min);
    let most = |at: usize| corners.iter().map(|corner| corner[at]).fold(f64::NEG_INFINITY, f64::max);
    if !degrees && !file.ends_with("geojsonl") {
        for (found, expected) in numbers.iter().zip([least(0), least(1), most(0), most(1)]) {
            assert!((found - expected).abs() < 1e-3, "{file}: {extent}");
        }
    }
    let code = if degrees { "ID[\"EPSG\",4326]]" } else { "ID[\"EPSG\",9211]]" };
    match said {
        said if said.contains(code) => Finds::Code,
        said if said.contains("PARAMETER[\"X-axis translation\",-191.90441429") => Finds::Numbers,
        _ => Finds::Nothing,
    }
}

#[test]
fn the_list_says_what_is_there() {
    let there = worker_is_there();
    let said = ranh(Path::new("."), &["formats", "--json"]).stdout;
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said["worker_missing"].is_null(), there, "{said}");
    let formats = said["formats"].as_array().unwrap();
    for (file, needs_worker, _) in EXPECTED {
        let ending = file.rsplit('.').next().unwrap();
        let has = |format: &&serde_json::Value| {
            format["endings"].as_array().unwrap().iter().any(|one| one == ending)
        };
        let format = formats.iter().find(has).unwrap();
        assert_eq!(format["writes"], !needs_worker || there, "{file}");
    }
}

#[test]
fn mapinfo_lies_where_it_was_for_any_reader() {
    if !worker_is_there() {
        return;
    }
    let folder = folder();
    let folder = folder.path();
    let precise = ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=12"];
    let ogr2ogr = |to: &str, from: &str, crs: &str| {
        tool(folder, "ogr2ogr", &[&precise[..], &["-t_srs", crs, to, from]].concat());
        plan::read(&folder.join(to)).0
    };
    // PROJ's own way from EPSG:9211, by EPSG:6960.
    let degrees = ogr2ogr("plan-4326.json", "plan.geojson", "EPSG:4326");
    for file in ["a.mif", "b.tab"] {
        done(folder, &["convert", "plan.geojson", "--out", file]);
        for (crs, per) in [("EPSG:4326", [103_700.0, 110_700.0]), ("EPSG:9211", [1.0, 1.0])] {
            let back = ogr2ogr(&format!("{file}-{}.json", crs.replace(':', "-")), file, crs);
            assert_eq!(back.len(), COUNT);
            let plan: Vec<_> = match crs {
                "EPSG:4326" => degrees.iter().map(|feature| feature.shape.clone()).collect(),
                _ => shapes(),
            };
            let moved =
                back.iter().map(|feature| farthest_m(&plan[feature.number().unwrap()], &feature.shape, per));
            let moved = moved.fold(0.0, f64::max);
            println!("{file} in {crs}: {moved:.1e} m");
            assert!(moved < 1e-3, "{file} in {crs}: {moved} m");
        }
    }
    assert!(border_m(&shapes()[0]) > 100.0);
}

#[test]
fn degrees_and_other_zones_lie_where_they_were() {
    if !worker_is_there() {
        return;
    }
    let folder = folder();
    let folder = folder.path();
    // WGS 84 and VN-2000 in degrees, the 48th UTM zone of both, another TM-3 zone.
    for crs in ["EPSG:4326", "EPSG:4756", "EPSG:3405", "EPSG:32648", "EPSG:9215"] {
        for file in ["a.gpkg", "a.shp", "a.gml", "a.mif", "b.tab", "a.dgn", "a.gdb"] {
            done(folder, &["convert", "plan.geojson", "--to", crs, "--out", file]);
            let mut args = vec!["convert", file, "--to", "EPSG:9211", "--out", "back.geojson"];
            if file == "a.dgn" {
                args.extend(["--crs", crs]);
            }
            done(folder, &args);
            let (back, _) = plan::read(&folder.join("back.geojson"));
            let plan = shapes();
            let at = |number: usize, feature: &Back| feature.number().unwrap_or(number);
            let moved: Vec<f64> = if file == "a.dgn" {
                let rings = plan.iter().flatten().flatten().map(|ring| vec![vec![ring.clone()]]);
                rings.zip(&back).map(|(ring, back)| farthest_m(&ring, &back.shape, [1.0, 1.0])).collect()
            } else {
                let all = back.iter().enumerate();
                all.map(|(number, back)| farthest_m(&plan[at(number, back)], &back.shape, [1.0, 1.0]))
                    .collect()
            };
            let farthest = moved.iter().copied().fold(0.0, f64::max);
            // The way to another datum and back closes to a millimetre; a drawing's grid comes on top.
            assert!(moved.len() >= COUNT && farthest < 1.3e-3, "{file} in {crs}: {farthest} m");
        }
    }
}

#[test]
fn groups_of_files_and_archives_take_the_place_of_what_was_there() {
    if !worker_is_there() {
        return;
    }
    let folder = folder();
    let folder = folder.path();
    fs::write(folder.join("quy-hoach.qix"), "an index of other shapes").unwrap();
    let said = done(folder, &["convert", "plan.geojson", "--out", "quy-hoach.shp"]);
    assert!(said.contains("quy-hoach.dbf") && said.contains("400 features"), "{said}");
    assert!(!folder.join("quy-hoach.qix").exists());
    let small =
        ranh(folder, &["convert", "plan.geojson", "--worker-file-bytes", "4096", "--out", "small.gpkg"]);
    assert!(!small.status.success() && !folder.join("small.gpkg").exists(), "{small:?}");
    done(folder, &["convert", "plan.geojson", "--out", "quy-hoach.gdb.zip"]);
    assert!(
        tool(folder, "ogrinfo", &["-al", "-so", "/vsizip/quy-hoach.gdb.zip/quy-hoach.gdb"])
            .contains("Count: 400")
    );
    let refused = ranh(folder, &["convert", "plan.geojson", "--out", "quy-hoach.zip"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("give --format"), "{refused:?}");
    let refused = ranh(folder, &["convert", "plan.geojson", "--to", "EPSG:9211", "--out", "a.kml"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("write it in CRS84"), "{refused:?}");
    done(
        folder,
        &["import", "quy-hoach.gdb.zip", "--store", "s.gpkg", "--role", "land_use_plan", "--collection", "c"],
    );
    let args = ["export", "c", "--store", "s.gpkg", "--crs", "EPSG:9211", "--format", "geopackage"];
    let written = ranh(folder, &args);
    assert!(
        written.status.success() && written.stdout.starts_with(b"SQLite format 3\0"),
        "to standard output"
    );
    fs::write(folder.join("out.gpkg"), written.stdout).unwrap();
    assert!(tool(folder, "ogrinfo", &["-al", "-so", "out.gpkg"]).contains("Feature Count: 400"));
    let left: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with('.')), "{left:?}");
}
