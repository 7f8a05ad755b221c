//! A client that asks one thing after the other and reads each answer to its end.

use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::All;
use crate::problem::Problem;
use crate::served::{Server, connect, read};

/// How long a client waits that was told to come back: less than it was told, so that the load goes on.
const BACK_OFF: Duration = Duration::from_millis(200);

/// A collection with its extent in degrees.
pub(super) struct Layer {
    pub(super) id: String,
    bbox: [f64; 4],
}

/// The collections that have an extent.
pub(super) fn layers(server: &mut Server) -> Result<Vec<Layer>, Problem> {
    let all = server.ask("GET", "/collections", "")?.json()?;
    let layer = |one: &Value| {
        let numbers = one.pointer("/extent/spatial/bbox/0")?.as_array()?.iter().map(Value::as_f64);
        let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
        Some(Layer { id: one["id"].as_str()?.to_owned(), bbox: numbers.try_into().ok()? })
    };
    let layers: Vec<Layer> = all["collections"].as_array().into_iter().flatten().filter_map(layer).collect();
    if layers.is_empty() {
        return Err(Problem::Engine {
            engine: "ranh serve".into(),
            what: "the store has no collection".into(),
        });
    }
    Ok(layers)
}

/// Numbers that look random and come again (Knuth's MMIX constants).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// From 0 to below 1.
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// What is asked next: its kind, and the request.
pub(super) fn request(layers: &[Layer], dice: &mut Dice) -> (&'static str, String) {
    let kind = dice.roll();
    let layer = &layers[(dice.roll() * layers.len() as f64) as usize % layers.len()];
    let [west, south, east, north] = layer.bbox;
    let (x, y) = (west + (east - west) * dice.roll(), south + (north - south) * dice.roll());
    let id = &layer.id;
    let get = |path: String| format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    match kind {
        k if k < 0.70 => {
            let zoom = 6 + (dice.roll() * 9.0) as u32;
            let [column, row] = tile(x, y, zoom);
            ("tile", get(format!("/tiles/{id}/{zoom}/{column}/{row}")))
        }
        k if k < 0.82 => ("items", get(format!("/collections/{id}/items?limit=100"))),
        k if k < 0.94 => {
            let (right, top) = (x + 0.05, y + 0.05);
            (
                "filter",
                get(format!("/collections/{id}/items?limit=100&bbox={x:.5},{y:.5},{right:.5},{top:.5}")),
            )
        }
        k if k < 0.98 => ("list", get("/findings?limit=50".to_owned())),
        _ => {
            let body = "{\"inputs\":{\"keep\":false}}";
            let head = "POST /processes/check/execution HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json";
            ("check", format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
        }
    }
}

/// The tile of a place (WebMercatorQuad).
fn tile(longitude: f64, latitude: f64, zoom: u32) -> [u32; 2] {
    let size = f64::from(1_u32 << zoom);
    let sine = latitude.to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    [(longitude / 360.0 + 0.5) * size, y * size].map(|at| at.clamp(0.0, size - 1.0) as u32)
}

/// Asks until told to stop.
pub(super) fn ask(address: &str, layers: &[Layer], seed: u64, stop: &AtomicBool) -> All {
    let (mut all, mut dice) = (All::new(), Dice(seed));
    let mut connection: Option<BufReader<TcpStream>> = None;
    while !stop.load(Ordering::Relaxed) {
        let (kind, text) = request(layers, &mut dice);
        let met = all.entry(kind).or_default();
        let Some(mut open) = connection.take().or_else(|| connect(address).ok()) else {
            *met.broken.entry("no connection".to_owned()).or_default() += 1;
            thread::sleep(BACK_OFF);
            continue;
        };
        let begun = Instant::now();
        match open.get_mut().write_all(text.as_bytes()).and_then(|()| read(&mut open)) {
            Ok(answer) if answer.status != 0 => {
                *met.statuses.entry(answer.status).or_default() += 1;
                if answer.status == 503 {
                    thread::sleep(BACK_OFF);
                } else {
                    met.times_ms.push(begun.elapsed().as_secs_f64() * 1e3);
                }
                connection = Some(open);
            }
            Ok(_) => *met.broken.entry("closed".to_owned()).or_default() += 1,
            Err(error) => *met.broken.entry(error.kind().to_string()).or_default() += 1,
        }
    }
    all
}
