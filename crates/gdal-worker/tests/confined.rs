//! What a file made to harm may not do: reach the network, other files, more memory or time than it is given; and what a
//! worker may not do to who asked it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(unreachable_pub, dead_code, missing_docs, reason = "the module serves several test programs")]

mod made;

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use formats::worker::{Worker, WorkerError, WorkerLimits};
use made::{ask, convert, folder, request, worker};

const EVERY: [&str; 13] = [
    "GPKG",
    "ESRI Shapefile",
    "FlatGeobuf",
    "GeoJSON",
    "GeoJSONSeq",
    "KML",
    "LIBKML",
    "GML",
    "MapInfo File",
    "DGN",
    "DXF",
    "OpenFileGDB",
    "CSV",
];

/// Puts a text into the folder and asks for it with every driver there is.
fn hostile(folder: &Path, name: &str, text: &str) -> Result<made::Answer, WorkerError> {
    fs::write(folder.join(name), text).unwrap();
    ask(&worker(WorkerLimits::default()), &request(folder, name, &EVERY))
}

#[test]
fn links_to_the_network_and_to_other_files_are_not_followed() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let outside = folder();
    let canary = outside.path().join("plan.geojson");
    let canary_path = canary.display();
    let inside = tempfile::tempdir().unwrap();
    let vrt = |source: &str| {
        format!(
            "<OGRVRTDataSource><OGRVRTLayer name=\"plan\"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
        )
    };
    let gml = |head: &str, href: &str| {
        format!(
            "<?xml version=\"1.0\"?>{head}<ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" \
             xmlns:gml=\"http://www.opengis.net/gml\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://x {url}/a.xsd\">\
             <gml:featureMember><ogr:a><ogr:t>{href}</ogr:t><ogr:g xlink:href=\"{url}/b.gml#c\"/></ogr:a>\
             </gml:featureMember></ogr:FeatureCollection>"
        )
    };
    let entity = format!("<!DOCTYPE a [<!ENTITY e SYSTEM \"file://{canary_path}\">]>");
    let texts = [
        ("a.geojson", vrt(&canary_path.to_string())),
        ("a.vrt", vrt(&format!("/vsicurl/{url}/plan.geojson"))),
        ("a.gml", gml("", "x")),
        ("entity.gml", gml(&entity, "&e;")),
        (
            "link.kml",
            format!(
                "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><NetworkLink><Link><href>{url}/a.kml</href></Link></NetworkLink></kml>"
            ),
        ),
        (
            "service.json",
            format!(
                "{{\"type\":\"FeatureCollection\",\"features\":[],\"links\":[{{\"rel\":\"next\",\"href\":\"{url}\"}}]}}"
            ),
        ),
        (
            "a.tab",
            format!(
                "!table\n!version 300\n!charset Neutral\n\nDefinition Table\n  File \"{canary_path}\"\n  Type NATIVE Charset \"Neutral\"\n  Fields 1\n    a Char (9) ;\n"
            ),
        ),
        ("wfs.xml", format!("<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>")),
    ];
    for (name, text) in texts {
        if let Ok(answer) = hostile(inside.path(), name, &text) {
            let read = format!("{answer:?}");
            assert!(!read.contains("Bố Hạ") && answer.features.len() < 2, "{name}: {read}");
        }
    }
    symlink(&canary, inside.path().join("linked.geojson")).unwrap();
    let linked =
        ask(&worker(WorkerLimits::default()), &request(inside.path(), "linked.geojson", &["GeoJSON"]));
    assert!(matches!(linked, Err(WorkerError::Open { .. })), "{linked:?}");
    for name in ["../x/plan.geojson", "/vsicurl/http:", "", "..", "/etc/passwd"] {
        let named = ask(&worker(WorkerLimits::default()), &request(outside.path(), name, &["GeoJSON"]));
        assert!(matches!(named, Err(WorkerError::Open { .. })), "{name}");
    }
    // The listener would have somebody waiting if anything had come.
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
    let left: Vec<_> = fs::read_dir(outside.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing was written");
}

#[test]
fn drivers_that_are_not_known_open_nothing() {
    let folder = folder();
    for drivers in [&["VRT"][..], &[], &["WFS", "HTTP", "PostgreSQL"]] {
        let answer = ask(&worker(WorkerLimits::default()), &request(folder.path(), "plan.geojson", drivers));
        assert!(matches!(answer, Err(WorkerError::Open { .. })), "{drivers:?}");
    }
}

#[test]
fn entities_that_multiply_and_nesting_end_in_a_message() {
    let folder = tempfile::tempdir().unwrap();
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE kml [<!ENTITY a0 \"aaaaaaaaaa\">");
    for at in 1..12 {
        let before = format!("&a{};", at - 1).repeat(10);
        bomb += &format!("<!ENTITY a{at} \"{before}\">");
    }
    bomb += "]><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>&a11;</name></Document></kml>";
    let collections = "{\"type\":\"GeometryCollection\",\"geometries\":[".repeat(200_000);
    let folders = format!("<kml xmlns=\"http://www.opengis.net/kml/2.2\">{}", "<Folder>".repeat(200_000));
    for (name, text) in [("bomb.kml", bomb), ("deep.geojson", collections), ("deep.kml", folders)] {
        let answer = hostile(folder.path(), name, &text);
        assert!(answer.map_or(true, |answer| answer.features.is_empty()), "{name}");
    }
}

#[test]
fn memory_and_processor_time_are_bounded() {
    let folder = folder();
    let small = WorkerLimits { memory_bytes: 150 << 20, ..WorkerLimits::default() };
    let long = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"geometry\":null,\"properties\":{{\"a\":\"{}\"}}}}]}}",
        "x".repeat(100 << 20)
    );
    fs::write(folder.path().join("long.geojson"), long).unwrap();
    let answer = ask(&worker(small), &request(folder.path(), "long.geojson", &["GeoJSON"]));
    assert!(answer.is_err(), "{answer:?}");
    let brief = WorkerLimits { cpu_s: 0, ..WorkerLimits::default() };
    let error = ask(&worker(brief), &request(folder.path(), "long.geojson", &["GeoJSON"])).unwrap_err();
    assert!(matches!(error, WorkerError::CpuTime { .. } | WorkerError::Crashed { .. }), "{error}");
}

#[test]
fn what_never_ends_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("mkfifo").arg(folder.path().join("endless.csv")).status().unwrap();
    assert!(made.success());
    let brief = WorkerLimits { wall_s: 1, ..WorkerLimits::default() };
    // Opening a pipe waits for somebody to write.
    let error = ask(&worker(brief), &request(folder.path(), "endless.csv", &["CSV"])).unwrap_err();
    assert!(matches!(error, WorkerError::WallTime { seconds: 1 } | WorkerError::Open { .. }), "{error}");
}

/// A worker that is a script: what one that was taken over could do.
fn impostor(folder: &Path, script: &str, limits: WorkerLimits) -> Result<made::Answer, WorkerError> {
    let program = folder.join("impostor");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    ask(&Worker::new(program, limits), &request(folder, "a", &["CSV"]))
}

#[test]
fn a_worker_that_lies_floods_hangs_or_dies_is_an_error_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let opening = "printf 'RANHGDAL\\002\\000'";
    let small =
        WorkerLimits { wall_s: 2, output_bytes: 1 << 20, frame_bytes: 1 << 16, ..WorkerLimits::default() };
    let cases: [(&str, &str); 9] = [
        ("echo hello hello", "worker_version"),
        ("printf 'RANHGDAL\\007\\000'", "worker_version"),
        ("exit 3", "worker_crashed"),
        ("kill -SEGV $$", "worker_crashed"),
        (&format!("{opening}; printf 'Q\\000\\000\\000\\000'"), "worker_garbage"),
        (&format!("{opening}; printf 'D\\377\\377\\377\\377'"), "worker_garbage"),
        (
            &format!("{opening}; printf 'E\\010\\000\\000\\000\\001\\000\\000\\000\\000\\000\\000\\000'"),
            "worker_garbage",
        ),
        // Warnings without end.
        (
            &format!("{opening}; while :; do printf 'W\\005\\000\\000\\000\\001\\000\\000\\000x'; done"),
            "worker_flood",
        ),
        // A child that keeps the pipe open after the worker is gone.
        (&format!("{opening}; /bin/sleep 600 & exit 0"), "worker_wall_time"),
    ];
    for (script, code) in cases {
        let error = impostor(folder.path(), script, small).unwrap_err();
        let late = matches!(error, WorkerError::WallTime { .. }) && code == "worker_flood";
        assert!(error.code() == code || late, "{script}: {error}");
    }
    let silent = WorkerLimits { silence_s: 1, ..WorkerLimits::default() };
    let error = impostor(folder.path(), &format!("{opening}; exec /bin/sleep 600"), silent).unwrap_err();
    assert!(matches!(error, WorkerError::Silent { seconds: 1 }), "{error}");
    let error = Worker::new(folder.path().join("none"), small).start(&request(folder.path(), "a", &[]));
    assert!(matches!(error.map(|_| ()), Err(WorkerError::Start { .. })));
}

#[test]
fn a_view_without_end_is_given_up_and_so_is_what_nobody_wants() {
    let folder = folder();
    let path = convert(folder.path(), "GPKG", "v.gpkg", &[]);
    let endless = "CREATE VIEW v AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT i AS fid FROM n";
    let known =
        "INSERT INTO gpkg_contents (table_name, identifier, data_type) VALUES ('v', 'v', 'attributes')";
    for statement in [endless, known] {
        let told = Command::new("ogrinfo").arg("-q").arg(&path).args(["-sql", statement]).output();
        assert!(told.expect("ogrinfo: Debian's gdal-bin").status.success());
    }
    let limits = WorkerLimits { silence_s: 2, ..WorkerLimits::default() };
    let error = ask(&worker(limits), &request(folder.path(), "v.gpkg", &["GPKG"])).unwrap_err();
    assert!(matches!(error, WorkerError::Silent { seconds: 2 }), "{error}");
    let asked = std::cell::Cell::new(0);
    let cancelled = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let wanted = request(folder.path(), "v.gpkg", &["GPKG"]);
    let mut job = worker(WorkerLimits::default()).start_until(&wanted, &cancelled).map_err(|_| ()).unwrap();
    let ended = loop {
        if let Err(error) = job.next_frame() {
            break error;
        }
    };
    assert!(matches!(ended, WorkerError::Cancelled), "{ended}");
}

#[test]
fn broken_files_end_in_an_answer() {
    let folder = folder();
    let files = [
        ("GPKG", "m.gpkg"),
        ("FlatGeobuf", "m.fgb"),
        ("DXF", "m.dxf"),
        ("MapInfo File", "m.mif"),
        ("GML", "m.gml"),
    ];
    for (driver, file) in files {
        let more: &[&str] =
            if driver == "DXF" { &["-dialect", "SQLITE", "-sql", "SELECT geometry FROM plan"] } else { &[] };
        let path = convert(folder.path(), driver, file, more);
        let whole = fs::read(&path).unwrap();
        // A generator of Lehmer's, so that the same files come every time.
        let mut seed: u64 = 7;
        let mut next = |below: usize| {
            seed = seed * 48_271 % 0x7fff_ffff;
            usize::try_from(seed).unwrap() % below
        };
        for _ in 0..12 {
            let mut broken = whole.clone();
            for _ in 0..1 + next(20) {
                let at = next(broken.len());
                broken[at] = u8::try_from(next(256)).unwrap();
            }
            broken.truncate(1 + next(whole.len() * 2).min(whole.len() - 1));
            fs::write(&path, broken).unwrap();
            let answer = ask(
                &worker(WorkerLimits { wall_s: 20, ..WorkerLimits::default() }),
                &request(folder.path(), file, &[driver]),
            );
            let told = answer.map_or_else(|error| error.code(), |_| "worker_read");
            let may = ["worker_open", "worker_read", "worker_layer", "worker_crashed"];
            assert!(may.contains(&told), "{file}: {told}");
        }
    }
}
