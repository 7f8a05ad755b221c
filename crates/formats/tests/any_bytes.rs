//! Whatever comes in, a value or an error comes out, and it does not depend on how the bytes are delivered.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(unreachable_pub, dead_code, reason = "the table is a module of several test programs")]

#[path = "../../../tests/bad_input/mod.rs"]
mod bad_input;

use std::io::Read;
use std::sync::OnceLock;

use formats::{Document, Limits, ReadError, read_layer, read_seq_layer};
use proptest::prelude::*;

/// Limits so small that random inputs meet them.
fn tight() -> Limits {
    Limits {
        bytes: 4_000,
        feature_bytes: 600,
        features: 20,
        vertices: 12,
        depth: 9,
        properties: 12,
        text_bytes: 40,
        notes_per_kind: 3,
    }
}

/// Pieces of which GeoJSON is made, sound and unsound.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        "\r\n",
        " ",
        "\u{1e}",
        "null",
        "true",
        "NaN",
        "-1e5",
        "105.5",
        "21",
        "1e999",
        "\"type\":",
        "\"Feature\"",
        "\"FeatureCollection\"",
        "\"features\":[",
        "\"geometry\":",
        "\"coordinates\":",
        "\"properties\":{",
        "\"id\":",
        "\"crs\":",
        "\"Point\"",
        "\"Polygon\"",
        "\"MultiPolygon\"",
        "\"GeometryCollection\"",
        "\"geometries\":[",
        "[105,21]",
        "ệ",
        "e\u{301}",
        "\\u00e9",
        "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}",
        "{\"type\":\"FeatureCollection\",\"features\":[",
    ])
}

fn either(bytes: &[u8], limits: &Limits) -> [Result<Document, ReadError>; 2] {
    [read_layer(bytes, limits), read_seq_layer(bytes, limits)]
}

/// Every message can be made, and says something.
fn speaks(outcome: &Result<Document, ReadError>) {
    match outcome {
        Ok(document) => {
            assert!(document.notes.list.iter().all(|note| !note.to_string().is_empty()));
            let skipped = document.notes.skipped() + document.layer.features.len() as u64;
            let positions = document.layer.features.iter().map(|feature| feature.position);
            assert!(positions.clone().zip(positions.skip(1)).all(|(one, next)| one < next));
            assert!(document.layer.features.iter().all(|feature| feature.position < skipped + 1));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A document that is sound but for a ring that is not closed.
fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        bad_input::cases().into_iter().find(|case| case.name == "ring not closed").unwrap().bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        either(&bytes, &tight()).iter().for_each(speaks);
    }

    #[test]
    fn random_pieces(pieces in prop::collection::vec(piece(), 0..80), limits in prop::bool::ANY) {
        let limits = if limits { tight() } else { Limits::default() };
        either(pieces.concat().as_bytes(), &limits).iter().for_each(speaks);
    }

    #[test]
    fn a_sound_document_with_bytes_changed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = sound().to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        either(&bytes, &Limits::default()).iter().for_each(speaks);
    }
}

/// A reader that gives only so many bytes at a time.
struct Drops<'b>(&'b [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(buffer.len());
        self.0.read(&mut buffer[..count])
    }
}

#[test]
fn the_outcome_does_not_depend_on_how_bytes_arrive() {
    for case in bad_input::cases().into_iter().filter(|case| case.bytes.len() < 10_000) {
        let whole = read_layer(case.bytes.as_slice(), &Limits::default());
        for size in [1, 2, 7, 64] {
            let drops = read_layer(Drops(&case.bytes, size), &Limits::default());
            assert_eq!(format!("{drops:?}"), format!("{whole:?}"), "{} by {size}", case.name);
        }
    }
}
