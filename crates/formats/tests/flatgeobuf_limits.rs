//! FlatGeobuf that is too large, cut off, or not what it says: each with its own error or note, and never a panic or
//! memory that the bytes do not account for.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(unreachable_pub, dead_code, reason = "the files are a module of several test programs")]

mod made;

use std::io::Read;

use flatgeobuf::{ColumnType, GeometryType};
use formats::{Document, LimitName, Limits, NoteKind, ReadError, read_layer};
use made::{File, MAGIC, Shape, parts, square, text};
use proptest::prelude::*;

fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    read_layer(bytes, limits)
}

/// Ten squares with two columns.
fn sound() -> File {
    let columns = vec![("name", ColumnType::String), ("json", ColumnType::Json)];
    let feature = |n| (Some(square(n)), [text(0, "Khu A".as_bytes()), text(1, b"[1,{\"a\":2}]")].concat());
    File { columns, count: 10, features: (0..10).map(feature).collect(), ..File::default() }
}

/// A reader that remembers how much was asked of it at once.
struct Asked<'b>(&'b [u8], usize);

impl Read for Asked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.1 = self.1.max(buffer.len());
        self.0.read(buffer)
    }
}

#[test]
fn claims_cost_nothing() {
    let limits = Limits { features: u64::MAX, bytes: u64::MAX, feature_bytes: u64::MAX, ..Limits::default() };
    let file = sound();
    for node_size in [0, 1, 2, 16, u16::MAX] {
        for count in [1 << 60, u64::MAX] {
            let bytes = File { count, node_size, ..file.clone() }.bytes();
            let mut input = Asked(&bytes, 0);
            let outcome = read_layer(&mut input, &limits);
            assert!(input.1 <= 1 << 20, "asked for {} bytes at once", input.1);
            match outcome {
                // Without an index the features are there; the count is wrong.
                Ok(document) => {
                    assert_eq!((node_size, document.layer.features.len()), (0, 10));
                    let note = document.notes.first(NoteKind::Truncated).unwrap();
                    assert!(
                        note.message.contains(&format!("counts {count} features, and 10 are there")),
                        "{note}"
                    );
                }
                Err(error) => assert_eq!(error.code(), "broken", "{error}"),
            }
            // With the usual limits nothing is even looked at.
            let error = read(&bytes, &Limits::default()).unwrap_err();
            assert!(
                matches!(error, ReadError::Limit { what: LimitName::Features, limit: 10_000_000 }),
                "{error}"
            );
        }
    }
    // A header and a feature that claim 4 GiB.
    let header = [&MAGIC[..], &[255; 4], &[0; 100]].concat();
    let feature = [&MAGIC[..], &File { count: 0, ..file }.header(), &[255; 4], &[0; 100]].concat();
    for bytes in [header, feature] {
        let mut input = Asked(&bytes, 0);
        let error = read_layer(&mut input, &limits).unwrap_err();
        assert!(input.1 <= 1 << 20, "asked for {} bytes at once", input.1);
        assert!(["broken", "nothing_read"].contains(&error.code()), "{error}");
    }
}

#[test]
fn a_file_cut_off_anywhere_says_so() {
    let whole = sound().bytes();
    let all = read(&whole, &Limits::default()).unwrap();
    assert!(all.notes.list.is_empty());
    for length in 0..whole.len() {
        match read(&whole[..length], &Limits::default()) {
            Ok(document) => {
                assert_eq!(document.notes.count(NoteKind::Truncated), 1, "cut at {length}");
                let read = document.layer.features.len();
                assert!(read > 0 && document.layer.features == all.layer.features[..read], "cut at {length}");
            }
            Err(error) => {
                let early = ["empty", "document_syntax", "broken", "nothing_read"];
                assert!(early.contains(&error.code()), "cut at {length}: {} {error}", error.code());
            }
        }
    }
    let longer = [whole.as_slice(), b"more"].concat();
    let document = read(&longer, &Limits::default()).unwrap();
    assert_eq!(document.notes.count(NoteKind::TrailingData), 1);
    // Without a count the end of the file is the end.
    let uncounted = File { count: 0, ..sound() }.bytes();
    assert!(read(&uncounted, &Limits::default()).unwrap().notes.list.is_empty());
    let document = read(&uncounted[..uncounted.len() - 5], &Limits::default()).unwrap();
    assert_eq!(document.layer.features.len(), 9);
    let kinds: Vec<_> = document.notes.counts.keys().copied().collect();
    assert_eq!(kinds, [NoteKind::Truncated, NoteKind::FeatureCutOff]);
    let none = read(&File { features: Vec::new(), count: 0, ..sound() }.bytes(), &Limits::default()).unwrap();
    assert_eq!(none.notes.count(NoteKind::NoFeatures), 1);
}

#[test]
fn each_limit_has_its_own_words() {
    let whole = sound().bytes();
    let error = |limits: Limits| read(&whole, &limits).unwrap_err().to_string();
    let usual = Limits::default;
    assert!(error(Limits { bytes: 500, ..usual() }).starts_with("more than 500 bytes in the document"));
    assert!(error(Limits { features: 9, ..usual() }).starts_with("more than 9 features in the document"));
    assert!(
        error(Limits { feature_bytes: 20, ..usual() }).starts_with("more than 20 bytes in a bare object")
    );
    let fits = u64::try_from(sound().header().len()).unwrap();
    let say = |limits: Limits| match read(&whole, &limits).unwrap_err() {
        ReadError::NothingRead { met, first } => (met, first.kind, first.message),
        other => panic!("{other}"),
    };
    let (met, kind, message) = say(Limits { feature_bytes: fits, ..usual() });
    assert_eq!((met, kind), (10, NoteKind::FeatureTooLarge));
    assert!(message.contains(&format!("and the limit is {fits}; the feature was left out")), "{message}");
    assert_eq!(say(Limits { vertices: 4, ..usual() }).1, NoteKind::TooManyVertices);
    assert_eq!(say(Limits { properties: 1, ..usual() }).1, NoteKind::TooManyProperties);
    assert_eq!(say(Limits { text_bytes: 4, ..usual() }).1, NoteKind::TextTooLong);
    assert_eq!(say(Limits { depth: 1, ..usual() }).1, NoteKind::TooDeep);
    let mut nested = square(0);
    for _ in 0..5 {
        nested = parts(GeometryType::GeometryCollection, &[nested]);
    }
    let bytes = File::of([nested.clone(), square(1)]).bytes();
    let document = read(&bytes, &Limits { depth: 4, ..usual() }).unwrap();
    assert_eq!(document.notes.count(NoteKind::TooDeep), 1);
    // What the verifier finds too deep is a broken feature.
    for _ in 0..100 {
        nested = parts(GeometryType::GeometryCollection, &[nested]);
    }
    let document = read(&File::of([nested, square(1)]).bytes(), &usual()).unwrap();
    assert_eq!((document.layer.features.len(), document.notes.count(NoteKind::BrokenFeature)), (1, 1));
}

#[test]
fn the_outcome_does_not_depend_on_how_bytes_arrive() {
    struct Drops<'b>(&'b [u8], usize);
    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }
    let bytes = sound().bytes();
    let whole = read(&bytes, &Limits::default()).unwrap();
    for size in [1, 3, 8, 61] {
        assert_eq!(read_layer(Drops(&bytes, size), &Limits::default()).unwrap(), whole);
    }
}

/// Limits so small that damaged files meet them.
fn tight() -> Limits {
    Limits {
        bytes: 4_000,
        feature_bytes: 400,
        features: 20,
        vertices: 12,
        depth: 3,
        properties: 4,
        text_bytes: 40,
        notes_per_kind: 3,
    }
}

/// Every message can be made, and every feature is accounted for.
fn speaks(bytes: &[u8]) {
    for limits in [tight(), Limits::default()] {
        match read(bytes, &limits) {
            Ok(document) => {
                assert!(document.notes.list.iter().all(|note| !note.to_string().is_empty()));
                let met = document.notes.skipped() + document.layer.features.len() as u64;
                assert!(document.layer.features.iter().all(|feature| feature.position < met));
                let positions = document.layer.features.iter().map(|feature| feature.position);
                assert!(positions.clone().zip(positions.skip(1)).all(|(one, next)| one < next));
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.code().is_empty()),
        }
    }
}

/// Files with everything in them, one of which is damaged.
fn varied() -> Vec<Vec<u8>> {
    let multi = parts(GeometryType::MultiPolygon, &[square(1), square(2)]);
    let holed =
        Shape { xy: [square(3).xy, square(4).xy].concat(), ends: vec![5, 10], z: vec![0.0; 10], ..square(3) };
    let nested = parts(GeometryType::GeometryCollection, &[multi.clone(), holed.clone()]);
    let mixed = File::of([square(0), multi.clone(), holed, nested]);
    let typed = File { kind: GeometryType::MultiPolygon, ..File::of([multi]) };
    let uncounted = File { count: 0, ..sound() };
    [sound(), mixed, typed, uncounted].iter().map(File::bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_behind_the_magic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        speaks(&[&MAGIC[..], &bytes].concat());
    }

    #[test]
    fn any_bytes_behind_a_sound_header(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        count in prop_oneof![Just(0), Just(1), 2..u64::MAX],
        size in any::<bool>(),
    ) {
        let header = File { count, ..sound() }.header();
        // Mostly with a size that fits, so that what is inside is looked at.
        let prefix = if size { u32::try_from(bytes.len()).unwrap().to_le_bytes().to_vec() } else { Vec::new() };
        speaks(&[&MAGIC[..], &header, &prefix, &bytes].concat());
    }

    #[test]
    fn sound_files_with_bytes_changed(
        which in 0..4_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = varied().swap_remove(which);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        speaks(&bytes);
    }

    #[test]
    fn sound_files_with_numbers_changed(
        which in 0..4_usize,
        place in any::<prop::sample::Index>(),
        number in prop_oneof![Just(0_u32), Just(1), Just(u32::MAX), Just(i32::MAX as u32), 0..2_000_u32],
    ) {
        let mut bytes = varied().swap_remove(which);
        // Sizes, offsets and counts stand at multiples of four.
        let place = place.index(bytes.len() / 4) * 4;
        bytes[place..place + 4].copy_from_slice(&number.to_le_bytes());
        speaks(&bytes);
    }

    #[test]
    fn sound_files_with_a_stretch_lost(
        which in 0..4_usize,
        from in any::<prop::sample::Index>(),
        length in 1..80_usize,
    ) {
        let mut bytes = varied().swap_remove(which);
        let from = from.index(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.drain(from..to);
        speaks(&bytes);
    }
}
