//! Preparing a layer can be broken off at every piece of the work, and nothing comes of it then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod reader;
mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use geo_types::Coord;
use support::Partition;
use tiles::{DETAIL_ZOOM, LayerSettings, Small, TileCoord, TileLayer};

/// Levels of which nothing is left out are made beside each other: those of zooms 14 to 16.
const LEVELS_AT_ONCE: usize = 3;

/// Prepares a partition; `Err` once `go_on` has been asked more than `most` times. Also how often it was asked.
fn prepared(most: usize, coarser_by: Option<u8>) -> (Result<TileLayer, usize>, usize) {
    let partition = Partition::new(Coord { x: 11_881_234.0, y: 2_394_321.0 }, 4_000.0, 8, 4, 3);
    let settings = LayerSettings { coarser_by, ..LayerSettings::new("stop", vec![], Small::Count) };
    let asked = AtomicUsize::new(0);
    let go_on = || {
        let before = asked.fetch_add(1, Ordering::Relaxed);
        if before < most { Ok(()) } else { Err(before) }
    };
    (TileLayer::unless(settings, partition.features, |_| (), &go_on), asked.into_inner())
}

#[test]
fn work_is_broken_off_whenever_it_is_asked_for() {
    for coarser_by in [None, Some(3)] {
        let (whole, asked) = prepared(usize::MAX, coarser_by);
        // Before every zoom, and within it before vertices are rounded and features put together.
        assert!(asked > 3 * usize::from(DETAIL_ZOOM), "{asked}");
        let tile = TileCoord::new(0, 0, 0).unwrap();
        assert!(!whole.unwrap().encode(tile).bytes.is_empty());
        for most in 0..asked {
            let (broken, asked) = prepared(most, coarser_by);
            assert!(broken.is_err(), "{most}");
            // So few features are one piece at every step, but levels that are made beside each other each ask.
            assert!((most + 1..=most + LEVELS_AT_ONCE).contains(&asked), "{asked} after {most}");
        }
    }
}
