//! Sending files to a server, several at a time; what can be imported of one is imported.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde_json::{Value, json};

use crate::SECRET;
use crate::kind::Kind;
use crate::server::{Answer, Server};

/// How many are sent at a time.
const AT_ONCE: usize = 4;
/// The collection that files become.
const COLLECTION: &str = "hostile";

/// What a person was told of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The last status.
    pub(crate) status: u16,
    /// Whether something of it was imported.
    pub(crate) taken: bool,
    /// All that was said.
    pub(crate) words: String,
    /// Whether any answer had the secret in it.
    pub(crate) leaked: bool,
}

impl Told {
    fn hear(&mut self, answer: &Answer) {
        self.status = answer.status;
        self.leaked |= answer.body.contains(SECRET);
    }

    fn say(&mut self, words: &str) {
        if !self.words.is_empty() {
            self.words.push_str(" | ");
        }
        self.words.extend(words.chars().map(|c| if c.is_control() { '·' } else { c }));
    }
}

/// Sends all; what was told of each, in their order. In between the server is asked whether it is well.
pub(crate) fn send_all(server: &Server, kinds: &[Kind]) -> Vec<Told> {
    let next = AtomicUsize::new(0);
    let told: Vec<Mutex<Told>> = kinds.iter().map(|_| Mutex::default()).collect();
    // One is imported at a time; others are refused meanwhile, which is another test's.
    let importing = Mutex::new(());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(kind) = kinds.get(at) else { return };
                    let begun = Instant::now();
                    let heard = sent(server, kind, &importing);
                    // As it comes, so that what hangs is seen.
                    println!(
                        "{} ({}, {} bytes) -> {} {} [{} ms]",
                        kind.what,
                        kind.name,
                        kind.bytes.len(),
                        heard.status,
                        heard.words,
                        begun.elapsed().as_millis()
                    );
                    *told[at].lock().unwrap() = heard;
                    assert_eq!(server.get("/health").status, 200, "after {}", kind.what);
                }
            });
        }
    });
    told.into_iter().map(|told| told.into_inner().unwrap()).collect()
}

fn sent(server: &Server, kind: &Kind, importing: &Mutex<()>) -> Told {
    let mut told = Told::default();
    let answer = server.upload(&kind.name, &kind.bytes);
    told.hear(&answer);
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    if answer.status != 201 {
        told.say(body["detail"].as_str().unwrap_or_default());
        return told;
    }
    for source in body["sources"].as_array().into_iter().flatten() {
        let layers = source["layers"].as_array().cloned().unwrap_or_default();
        match source["problem"]["en"].as_str() {
            Some(problem) => told.say(problem),
            None => layers.iter().for_each(|layer| {
                let _one = importing.lock().unwrap();
                import(server, &body["id"], source, layer, &mut told);
            }),
        }
    }
    // Imported whole, it is gone.
    server.forget(body["id"].as_str().unwrap());
    told
}

fn import(server: &Server, upload: &Value, source: &Value, layer: &Value, told: &mut Told) {
    if let Some(doubt) = layer["doubt"]["en"].as_str() {
        told.say(doubt);
    }
    let mut inputs =
        json!({"upload": upload, "source": source["path"], "role": "zone", "collection": COLLECTION});
    if layer["crs"].is_null() {
        inputs["crs"] = "EPSG:9211".into();
    }
    if !layer["name"].is_null() {
        inputs["layer"] = layer["name"].clone();
    }
    let ask =
        |inputs: &Value| server.post("/processes/import/execution", &json!({"inputs": inputs}).to_string());
    let mut answer = ask(&inputs);
    if answer.body.contains("they look like degrees") {
        inputs["crs"] = "CRS84".into();
        answer = ask(&inputs);
    }
    told.hear(&answer);
    let report: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    if answer.status != 200 {
        told.say(report["detail"].as_str().unwrap_or_default());
        return;
    }
    told.taken = true;
    let counts = ["features", "skipped", "invalid", "without_geometry"];
    let counts: Vec<String> = counts.iter().map(|count| format!("{count} {}", report[count])).collect();
    told.say(&counts.join(", "));
    for note in ["remarks", "notes"].iter().flat_map(|list| report[list].as_array().into_iter().flatten()) {
        told.say(note["en"].as_str().unwrap_or_default());
    }
    // What was taken in is looked at as others will.
    for path in ["items?f=json&limit=50", "items?f=html&limit=5", "schema?f=json"] {
        let shown = server.get(&format!("/collections/{COLLECTION}/{path}"));
        told.leaked |= shown.body.contains(SECRET);
        assert_eq!(shown.status, 200, "{path}: {}", shown.body);
    }
}
