//! Limits: each with its own clear message, and memory that does not grow with the document.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::io::{self, Read};
use std::ops::ControlFlow;

use formats::{Limits, NoteKind, ReadError, Text, read, read_layer};

/// `count` features, made while they are read; the number of bytes asked for at once is remembered.
struct Features {
    count: u64,
    made: u64,
    pending: Vec<u8>,
    largest: usize,
}

impl Features {
    fn new(count: u64) -> Self {
        let head = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
        Self { count, made: 0, pending: head, largest: 0 }
    }
}

impl Read for Features {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.largest = self.largest.max(buffer.len());
        while self.pending.len() < 4_096 && self.made <= self.count {
            let comma = if self.made + 1 < self.count { "," } else { "" };
            let text = if self.made == self.count {
                "]}".to_owned()
            } else {
                format!(
                    "{{\"type\":\"Feature\",\"id\":{},\"properties\":null,\"geometry\":{{\"type\":\"Point\",\"coordinates\":[105,21]}}}}{comma}\n",
                    self.made
                )
            };
            self.pending.extend(text.bytes());
            self.made += 1;
        }
        let count = buffer.len().min(self.pending.len());
        buffer[..count].copy_from_slice(&self.pending[..count]);
        self.pending.drain(..count);
        Ok(count)
    }
}

#[test]
fn the_window_stays_small_however_long_the_document() {
    let mut input = Features::new(40_000);
    let mut seen = 0;
    let limits = Limits::default();
    let mut sink = |feature: spatial::Feature| {
        assert_eq!(feature.position, seen);
        seen += 1;
        ControlFlow::Continue(())
    };
    let outcome = read(&mut input, Text::Any, &limits, None, &mut sink).unwrap();
    assert_eq!((outcome.met, outcome.delivered), (40_000, 40_000));
    // About 4 MB went through; what the reader asks for at once is what its window has free.
    assert!(input.largest <= 1 << 20, "asked for {} bytes at once", input.largest);
}

#[test]
fn a_sink_can_stop_the_reading() {
    let mut seen = 0;
    let limits = Limits::default();
    let mut sink = |_| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let error = read(Features::new(10), Text::Any, &limits, None, &mut sink).unwrap_err();
    assert!(matches!(error, ReadError::Stopped));
    assert_eq!(seen, 3);
}

#[test]
fn document_limits_end_the_reading() {
    let few = Limits { features: 5, ..Limits::default() };
    let error = read_layer(Features::new(6), &few).unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than 5 features in the document: split the document, or raise the limit"
    );
    assert_eq!(read_layer(Features::new(5), &few).unwrap().layer.features.len(), 5);
    let short = Limits { bytes: 100, ..Limits::default() };
    let error = read_layer(Features::new(6), &short).unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than 100 bytes in the document: split the document, or raise the limit"
    );
    let head = Limits { feature_bytes: 100, ..Limits::default() };
    let text =
        format!("{{\"type\":\"FeatureCollection\",\"name\":\"{}\",\"features\":[]}}", "x".repeat(300_000));
    let error = read_layer(text.as_bytes(), &head).unwrap_err();
    assert!(error.to_string().starts_with("more than 100 bytes in a bare object, or around"), "{error}");
}

#[test]
fn a_feature_beyond_its_limit_is_left_out_and_the_next_one_read() {
    let small = Limits { feature_bytes: 200, ..Limits::default() };
    let feature = |name: &str| {
        format!("{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":null}}")
    };
    // Longer than what is read at once, so that it has to be passed over in pieces.
    let long = "}x\\\"".repeat(200_000);
    let text = [feature("a"), feature(&long), feature("b")].join(",");
    for text in
        [format!("{{\"features\":[{text}],\"type\":\"FeatureCollection\"}}"), text.replace("},{", "}\n{")]
    {
        let document = read_layer(text.as_bytes(), &small).unwrap();
        let names: Vec<_> =
            document.layer.features.iter().filter_map(|feature| feature.text("name")).collect();
        assert_eq!(names, ["a", "b"]);
        let note = document.notes.first(NoteKind::FeatureTooLarge).unwrap();
        assert_eq!(note.position, Some(1));
        assert!(note.message.contains("longer than 200 bytes; the feature was left out"), "{note}");
    }
}

#[test]
fn notes_beyond_their_limit_are_counted() {
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}null]}}",
        "null,".repeat(4) + &feature_text()
    );
    let limits = Limits { notes_per_kind: 2, ..Limits::default() };
    let document = read_layer(text.as_bytes(), &limits).unwrap();
    assert_eq!(document.notes.count(NoteKind::NotAnObject), 5);
    assert_eq!((document.notes.skipped(), document.notes.left_out()), (5, 3));
}

fn feature_text() -> String {
    "{\"type\":\"Feature\",\"properties\":null,\"geometry\":{\"type\":\"Point\",\"coordinates\":[105,21]}},"
        .into()
}
