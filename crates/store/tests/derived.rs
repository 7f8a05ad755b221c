//! What is kept beside a store comes back as it was or not at all, and never takes more room than it may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use store::{Derived, StoreError};

const PLENTY: u64 = 1 << 20;

fn parts() -> Vec<Vec<u8>> {
    vec![b"head".to_vec(), vec![], (0..=255).collect()]
}

fn folder(store: &Path) -> PathBuf {
    store.with_file_name("land.gpkg.tiles")
}

fn files(store: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder(store)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A store's path in a folder of its own, and what is kept beside it.
fn beside() -> (tempfile::TempDir, PathBuf, Derived) {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("land.gpkg");
    let derived = Derived::beside(&store);
    (dir, store, derived)
}

#[test]
fn parts_come_back_under_their_name_and_key_alone() {
    let (_dir, store, derived) = beside();
    assert!(derived.open("communes-WebMercatorQuad", 7).unwrap().is_none());
    let bytes = derived.keep("communes-WebMercatorQuad", 7, parts().into_iter(), PLENTY).unwrap();
    let sizes: Vec<u64> = files(&store).iter().map(|file| fs::metadata(file).unwrap().len()).collect();
    assert_eq!(sizes, [bytes]);
    let file = derived.open("communes-WebMercatorQuad", 7).unwrap().unwrap();
    assert_eq!((0..file.parts()).map(|part| file.read(part).unwrap()).collect::<Vec<_>>(), parts());
    assert!(matches!(file.read(3), Err(StoreError::File { .. })));
    assert!(derived.open("communes-WebMercatorQuad", 8).unwrap().is_none());
    assert!(derived.open("communes", 7).unwrap().is_none());
    for name in ["", "../land", "a/b", "a.b"] {
        assert!(matches!(derived.open(name, 7), Err(StoreError::File { .. })), "{name}");
    }
    // A file under another's key is not that one's.
    let own = files(&store).remove(0);
    derived.keep("communes-WebMercatorQuad", 9, parts().into_iter(), PLENTY).unwrap();
    let other = files(&store).into_iter().find(|file| *file != own).unwrap();
    fs::copy(own, other).unwrap();
    assert!(matches!(derived.open("communes-WebMercatorQuad", 9), Err(StoreError::File { .. })));
}

#[test]
fn an_open_file_is_read_on_when_its_name_is_anothers() {
    let (_dir, store, derived) = beside();
    derived.keep("zones", 1, parts().into_iter(), PLENTY).unwrap();
    let file = derived.open("zones", 1).unwrap().unwrap();
    derived.keep("zones", 1, std::iter::once(b"other".to_vec()), PLENTY).unwrap();
    assert_eq!(file.read(0).unwrap(), b"head");
    fs::remove_dir_all(folder(&store)).unwrap();
    assert_eq!(file.read(2).unwrap(), parts()[2]);
}

#[test]
fn files_take_no_more_room_than_they_may() {
    let (_dir, store, derived) = beside();
    let kilobyte = || std::iter::once(vec![7; 1000]);
    for key in 0..4 {
        derived.keep("zones", key, kilobyte(), PLENTY).unwrap();
        assert!(derived.open("zones", key).unwrap().is_some(), "the newest is kept");
    }
    assert_eq!(files(&store).len(), 2, "of each name two");
    fs::remove_dir_all(folder(&store)).unwrap();
    for (age_s, name) in [(0, "a"), (1, "b"), (2, "c")] {
        derived.keep(name, 0, kilobyte(), PLENTY).unwrap();
        let is_made = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().starts_with(name);
        let made = files(&store).into_iter().find(is_made).unwrap();
        let used = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000 - age_s);
        fs::File::options().append(true).open(made).unwrap().set_modified(used).unwrap();
    }
    // Opening it makes it the one used last.
    assert!(derived.open("c", 0).unwrap().is_some());
    // Room for three files of 1,068 bytes.
    derived.keep("d", 0, kilobyte(), 3_300).unwrap();
    let there = ["a", "b", "c", "d"].map(|name| derived.open(name, 0).unwrap().is_some());
    assert_eq!(there, [true, false, true, true]);
}

#[test]
fn what_cannot_be_kept_leaves_nothing() {
    let (_dir, store, derived) = beside();
    let large = || [vec![1; 600], vec![2; 600]].into_iter();
    assert!(matches!(derived.keep("zones", 1, large(), 1_000), Err(StoreError::File { .. })));
    assert_eq!(files(&store), Vec::<PathBuf>::new());
    fs::remove_dir(folder(&store)).unwrap();
    fs::write(folder(&store), "in the way").unwrap();
    assert!(matches!(derived.keep("zones", 1, large(), PLENTY), Err(StoreError::File { .. })));
    assert_eq!(fs::read(folder(&store)).unwrap(), b"in the way");
}

#[test]
fn files_abandoned_in_the_making_go() {
    let (_dir, store, derived) = beside();
    fs::create_dir(folder(&store)).unwrap();
    for (name, age_s) in [("old", 7_200), ("new", 0)] {
        let path = folder(&store).join(format!("{name}.0.derived.1.part"));
        let used = SystemTime::now() - Duration::from_secs(age_s);
        fs::File::create(path).unwrap().set_modified(used).unwrap();
    }
    fs::write(folder(&store).join("note.txt"), "somebody's own").unwrap();
    derived.keep("zones", 1, parts().into_iter(), PLENTY).unwrap();
    let left = files(&store);
    let left: Vec<&str> = left.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(left.contains(&"new.0.derived.1.part") && left.contains(&"note.txt"));
}

proptest! {
    #[test]
    fn a_changed_file_gives_an_error_or_what_was_kept(
        cuts in proptest::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..12, proptest::collection::vec(any::<u8>(), 0..12)), 1..4),
        all in proptest::option::weighted(0.1, proptest::collection::vec(any::<u8>(), 0..200)),
    ) {
        let (_dir, store, derived) = beside();
        derived.keep("zones", 1, parts().into_iter(), PLENTY).unwrap();
        let path = files(&store).remove(0);
        let mut bytes = fs::read(&path).unwrap();
        for (place, taken, put) in cuts {
            let start = place.index(bytes.len() + 1);
            let end = bytes.len().min(start + taken);
            bytes.splice(start..end, put);
        }
        fs::write(path, all.unwrap_or(bytes)).unwrap();
        if let Ok(file) = derived.open("zones", 1) {
            let file = file.unwrap();
            prop_assert_eq!(file.parts(), 3);
            for (part, was) in parts().into_iter().enumerate() {
                if let Ok(read) = file.read(part) {
                    prop_assert_eq!(read, was);
                }
            }
        }
    }
}
