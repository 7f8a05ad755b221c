//! What the worker makes: every format in the folder that it is given and nowhere else, whole or not at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(unreachable_pub, dead_code, missing_docs, reason = "the module serves several test programs")]

mod made;

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use formats::worker::{Frame, Mode, NewLayer, Request, Worker, WorkerError, WorkerLimits};
use formats::{
    Foreign, ForeignSource, ForeignTarget, ForeignWriter, Limits, Survey, Watch, WriteError, WriteNote,
    Written,
};
use geo_types::{Geometry, LineString, MultiPolygon, Polygon, point};
use made::worker;
use serde_json::json;
use spatial::{Crs, Feature};

const EVERY: [Foreign; 9] = [
    Foreign::GeoPackage,
    Foreign::Shapefile,
    Foreign::Kml,
    Foreign::Gml,
    Foreign::MapInfoTab,
    Foreign::MapInfoMif,
    Foreign::Dgn,
    Foreign::Dxf,
    Foreign::FileGeodatabase,
];

fn square(x: f64, y: f64, side: f64) -> LineString<f64> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].into()
}

/// A polygon, one with a hole, one of two parts.
fn features() -> Vec<Feature> {
    let (x, y) = (500_000.0, 2_350_000.0);
    let plain = Polygon::new(square(x, y, 100.0), Vec::new());
    let hollow = Polygon::new(square(x + 200.0, y, 100.0), vec![square(x + 210.0, y + 10.0, 20.0)]);
    let apart = Polygon::new(square(x + 400.0, y, 10.0), Vec::new());
    let shapes: [Geometry<f64>; 3] =
        [plain.clone().into(), hollow.into(), MultiPolygon(vec![plain, apart]).into()];
    let properties =
        json!({"mã đất": "ODT", "tên": "Đất ở đô thị, \"khu\" ấ", "so": 7, "dien_tich": 0.1, "cong": true});
    let feature = |(position, geometry)| Feature {
        position,
        id: None,
        geometry: Some(geometry),
        properties: properties.as_object().unwrap().clone(),
    };
    (0..).zip(shapes).map(feature).collect()
}

fn target(folder: &Path, format: Foreign) -> ForeignTarget {
    ForeignTarget {
        format,
        folder: folder.as_os_str().as_encoded_bytes().to_vec(),
        stem: "quy hoạch".to_owned(),
        layer: "zones".to_owned(),
        crs: if format == Foreign::Kml { Crs::wgs84() } else { Crs::from_epsg(9211).unwrap() },
    }
}

fn write(worker: &Worker, target: &ForeignTarget, features: &[Feature]) -> Result<Written, WriteError> {
    let mut writer = ForeignWriter::begin(worker, target, &Survey::of(features))?;
    features.iter().try_for_each(|feature| writer.feature(feature))?;
    writer.finish()
}

fn read(folder: &Path, target: &ForeignTarget) -> (Vec<Feature>, Crs) {
    let name = format!("{}.{}", target.stem, target.format.ending());
    let source = ForeignSource {
        format: target.format,
        folder: folder.as_os_str().as_encoded_bytes().to_vec(),
        name: name.into_bytes(),
        layer: None,
        encoding: None,
        given: None,
        remark: None,
    };
    // Drawings do not say their CRS.
    let given = matches!(target.format, Foreign::Dgn | Foreign::Dxf).then_some(&target.crs);
    let mut features = Vec::new();
    let outcome = formats::read_foreign(
        &worker(WorkerLimits::default()),
        &source,
        &Limits::default(),
        given,
        Watch::default(),
        &mut |feature| {
            features.push(feature);
            ControlFlow::Continue(())
        },
    );
    let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", target.format));
    (features, outcome.crs)
}

#[test]
fn every_format_is_made_in_the_folder_and_read_again() {
    for format in EVERY {
        let folder = tempfile::tempdir().unwrap();
        let target = target(folder.path(), format);
        let mut features = features();
        if format == Foreign::Kml {
            // Degrees, as near to each other as they were.
            let shrink = |at: geo_types::Coord<f64>| geo_types::Coord {
                x: 106.0 + (at.x - 500_000.0) / 1e5,
                y: 21.0 + (at.y - 2_350_000.0) / 1e5,
            };
            for feature in &mut features {
                feature.geometry =
                    feature.geometry.take().map(|geometry| geo::MapCoords::map_coords(&geometry, shrink));
            }
        }
        let written = write(&worker(WorkerLimits::default()), &target, &features);
        let written = written.unwrap_or_else(|error| panic!("{format}: {error}"));
        assert_eq!(written.features, 3, "{format}");
        let said = written.notes.iter().filter(|note| matches!(note, WriteNote::GdalSaid(_)));
        let said: Vec<_> = said.map(ToString::to_string).filter(|note| !note.contains("UTF-8")).collect();
        assert!(said.is_empty(), "{format}: {said:?}");
        let (back, crs) = read(folder.path(), &target);
        let drawing = matches!(format, Foreign::Dgn | Foreign::Dxf);
        assert_eq!(
            back.len(),
            [3, 4, 5][usize::from(drawing) + usize::from(format == Foreign::Dgn)],
            "{format}"
        );
        if !drawing {
            let expected = if format == Foreign::Kml { Crs::wgs84() } else { target.crs.clone() };
            // MapInfo says its CRS by numbers, which PROJ writes in another way.
            let by_number = matches!(format, Foreign::MapInfoTab | Foreign::MapInfoMif);
            assert!(by_number || crs.same_coordinates(&expected), "{format}: {}", crs.name());
            let text = back[0].properties.values().any(|value| value == "Đất ở đô thị, \"khu\" ấ");
            assert!(text, "{format}: {:?}", back[0].properties);
        }
    }
}

#[test]
fn what_a_format_cannot_carry_is_told_with_its_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut features = features();
    features[0].properties.insert("ghi chú".to_owned(), json!("ă".repeat(200)));
    features[1].properties.insert("dien_tich".to_owned(), json!(123_456_789_012.123_46));
    let written =
        write(&worker(WorkerLimits::default()), &target(folder.path(), Foreign::Shapefile), &features);
    let notes: Vec<String> = written.unwrap().notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "true and false of \"cong\" are written as 1 and 0",
            "1 texts of \"ghi chú\" were cut to 254 bytes, the most that the format holds",
        ]
    );
    let (back, _) = read(folder.path(), &target(folder.path(), Foreign::Shapefile));
    // An "ă" takes two bytes.
    assert_eq!(back[0].properties["ghi chú"], "ă".repeat(127));
    assert_eq!(back[1].properties["dien_tich"], 123_456_789_012.123_46);
    let folder = tempfile::tempdir().unwrap();
    let written = write(&worker(WorkerLimits::default()), &target(folder.path(), Foreign::Dxf), &features);
    let notes: Vec<String> = written.unwrap().notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "the format has no attributes: 16 values were left out (mã đất, tên, so, dien_tich, cong, ghi chú)",
            "the format has no place for the CRS: it is EPSG:9211; say it to whoever gets the file",
            "1 features of several parts became one element for each part",
        ]
    );
}

#[test]
fn kinds_that_a_format_keeps_apart_get_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut features = features();
    features[2].geometry = Some(point!(x: 500_000.5, y: 2_350_000.5).into());
    write(&worker(WorkerLimits::default()), &target(folder.path(), Foreign::Shapefile), &features).unwrap();
    let names = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut shapes: Vec<_> =
        names().map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".shp")).collect();
    shapes.sort();
    assert_eq!(shapes, ["quy hoạch_point.shp", "quy hoạch_polygon.shp"]);
    assert_eq!(names().count(), 10, "shp, shx, dbf, prj and cpg of each");
}

#[test]
fn nothing_is_written_outside_the_folder_and_files_are_bounded() {
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("inside");
    fs::create_dir(&folder).unwrap();
    let limits = WorkerLimits { file_bytes: 64 << 10, ..WorkerLimits::default() };
    let many: Vec<Feature> = features().into_iter().cycle().take(2_000).collect();
    let error = write(&worker(limits), &target(&folder, Foreign::GeoPackage), &many).unwrap_err();
    assert!(
        matches!(error, WriteError::Worker { source: WorkerError::FileSize { bytes: 65_536 }, .. }),
        "{error}"
    );
    for name in ["../outside.gpkg", "/tmp/ranh-outside.gpkg", "..", "a/b.gpkg"] {
        let asked = Request {
            mode: Mode::Write,
            folder: folder.as_os_str().as_encoded_bytes().to_vec(),
            name: name.as_bytes().to_vec(),
            drivers: vec!["GPKG".to_owned()],
            ..Request::default()
        };
        let mut job = worker(WorkerLimits::default()).start(&asked).unwrap();
        let sent = job.send(&Frame::NewLayer(NewLayer::default())).and_then(|()| job.sent());
        let told = sent.and_then(|()| job.next_frame().map(|_| ())).unwrap_err();
        assert!(matches!(told, WorkerError::Create { .. }), "{name}: {told}");
    }
    assert_eq!(fs::read_dir(around.path()).unwrap().count(), 1, "nothing beside the folder");
}

#[test]
fn a_worker_that_dies_or_lies_while_it_writes_is_an_error_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let opening = "printf 'RANHGDAL\\002\\000'";
    let many: Vec<Feature> = features().into_iter().cycle().take(20_000).collect();
    let cases = [
        ("exit 3".to_owned(), "worker_crashed"),
        (format!("{opening}; kill -SEGV $$"), "worker_crashed"),
        // An end before anything was taken.
        (
            format!(
                "{opening}; printf 'E\\010\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000'; exit 0"
            ),
            "worker_garbage",
        ),
        ("exec /bin/sleep 600".to_owned(), "worker_wall_time"),
    ];
    for (script, code) in cases {
        let program = folder.path().join("impostor");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let limits = WorkerLimits { wall_s: 2, ..WorkerLimits::default() };
        let worker = Worker::new(program, limits);
        let error = write(&worker, &target(folder.path(), Foreign::GeoPackage), &many).unwrap_err();
        let WriteError::Worker { source, .. } = error else { panic!("{script}: {error}") };
        assert_eq!(source.code(), code, "{script}: {source}");
    }
}
