//! A worker that the system cannot load: its library is not installed. What is said names what to install, and blames no file.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use formats::worker::{Request, Worker, WorkerError, WorkerLimits};

/// What the loader of glibc 2.36 prints, and the code that it ends with.
const LOADER: &str = "#!/bin/sh\necho 'ranh-gdal: error while loading shared libraries: libgdal.so.32: cannot open shared object file' >&2\nexit 127\n";

#[test]
fn a_missing_library_is_named() {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unloadable-ranh-gdal");
    fs::write(&program, LOADER).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut job = Worker::new(program, WorkerLimits::default()).start(&Request::default()).unwrap();
    let error = job.next_frame().unwrap_err();
    assert!(matches!(error, WorkerError::Loader { .. }), "{error}");
    let said = error.to_string();
    assert!(said.contains("libgdal.so.32") && said.contains("apt install libgdal32"), "{said}");
    assert!(!said.contains("damaged"), "{said}");
}
