//! What is asked: kinds of requests, each with its share of the clients.

use serde_json::Value;

use crate::problem::Problem;
use crate::served::{Server, failed};

/// A kind of request. Each client asks one kind alone, so that what one of them costs holds up no other's clients
/// before they have even asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Vector tiles of zoom 6 to 14.
    Tile,
    /// A page of a hundred features.
    Items,
    /// Features in a small box.
    Box,
    /// Features by a CQL2 filter: a spatial one, or one on a text.
    Filter,
    /// A page of findings.
    Findings,
    /// A check of one zone by all rules.
    CheckZone,
    /// A check of all zones by all rules, kept nowhere.
    CheckAll,
}

/// Of a hundred clients.
const SHARES: [(Kind, usize); 7] = [
    (Kind::Tile, 66),
    (Kind::Items, 12),
    (Kind::Box, 6),
    (Kind::Filter, 8),
    (Kind::Findings, 4),
    (Kind::CheckZone, 2),
    (Kind::CheckAll, 2),
];

impl Kind {
    /// The kind of a client's requests.
    pub(super) fn of_client(number: usize) -> Self {
        // 37 has no factor in common with 100: kinds are spread, so that a small crowd has several of them too.
        let mut place = number * 37 % 100;
        for (kind, share) in SHARES {
            if place < share {
                return kind;
            }
            place -= share;
        }
        Self::Tile
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tile => "tile",
            Self::Items => "items",
            Self::Box => "box",
            Self::Filter => "CQL2",
            Self::Findings => "findings",
            Self::CheckZone => "check one",
            Self::CheckAll => "check all",
        }
    }
}

/// A collection with its extent in degrees.
pub(super) struct Layer {
    pub(super) id: String,
    bbox: [f64; 4],
    /// What its geometry is called in a filter.
    geometry: String,
    /// A property that is a text.
    text: Option<String>,
}

/// What requests are made of.
pub(super) struct Place {
    pub(super) layers: Vec<Layer>,
    /// Identifiers of zones.
    zones: Vec<String>,
}

impl Place {
    /// Asks the server what it has.
    pub(super) fn of(server: &mut Server) -> Result<Self, Problem> {
        let all = server.ask("GET", "/collections", "")?.json()?;
        let mut layers = Vec::new();
        for one in all["collections"].as_array().into_iter().flatten() {
            if let (Some(id), Some(bbox)) = (one["id"].as_str(), bbox(one)) {
                let known = server.ask("GET", &format!("/collections/{id}/queryables"), "")?.json()?;
                let [geometry, text] = [is_geometry, is_text].map(|wanted| property(&known, wanted));
                let geometry = geometry.unwrap_or_else(|| "geometry".to_owned());
                layers.push(Layer { id: id.to_owned(), bbox, geometry, text });
            }
        }
        let zones = server.ask("GET", "/collections/zones/items?limit=1000", "")?.json()?;
        let id = |zone: &Value| zone["id"].as_str().map(str::to_owned);
        let zones: Vec<String> = zones["features"].as_array().into_iter().flatten().filter_map(id).collect();
        if layers.is_empty() || zones.is_empty() {
            return Err(failed("the store has no zones".to_owned()));
        }
        Ok(Self { layers, zones })
    }

    /// The next request of a kind, as it is sent.
    pub(super) fn request(&self, kind: Kind, dice: &mut Dice) -> String {
        let layer = dice.pick(&self.layers);
        let id = &layer.id;
        match kind {
            Kind::Tile => {
                let zoom = 6 + (dice.roll() * 9.0) as u32;
                let [column, row] = tile(layer.point(dice), zoom);
                get(&format!("/tiles/{id}/{zoom}/{column}/{row}"))
            }
            Kind::Items => get(&format!("/collections/{id}/items?limit=100")),
            Kind::Box => {
                let [x, y] = layer.point(dice);
                let bbox = format!("{x:.5},{y:.5},{:.5},{:.5}", x + 0.05, y + 0.05);
                get(&format!("/collections/{id}/items?limit=100&bbox={bbox}"))
            }
            Kind::Filter => {
                let filter = encoded(&layer.filter(dice));
                get(&format!("/collections/{id}/items?limit=100&filter={filter}"))
            }
            Kind::Findings => get("/findings?limit=50"),
            Kind::CheckZone => check(&format!(r#"{{"zones":[{:?}],"keep":false}}"#, dice.pick(&self.zones))),
            Kind::CheckAll => check(r#"{"keep":false}"#),
        }
    }
}

impl Layer {
    fn point(&self, dice: &mut Dice) -> [f64; 2] {
        let [west, south, east, north] = self.bbox;
        [west + (east - west) * dice.roll(), south + (north - south) * dice.roll()]
    }

    fn filter(&self, dice: &mut Dice) -> String {
        if let Some(name) = self.text.as_ref().filter(|_| dice.roll() < 0.5) {
            let letter = char::from(b'A' + (dice.roll() * 26.0) as u8);
            return format!("\"{name}\" LIKE '%{letter}%' AND NOT \"{name}\" IS NULL");
        }
        let [x, y] = self.point(dice);
        let (right, top) = (x + 0.05, y + 0.05);
        let ring = format!("{x:.5} {y:.5},{right:.5} {y:.5},{x:.5} {top:.5},{x:.5} {y:.5}");
        format!("S_INTERSECTS(\"{}\",POLYGON(({ring})))", self.geometry)
    }
}

fn bbox(collection: &Value) -> Option<[f64; 4]> {
    let numbers = collection.pointer("/extent/spatial/bbox/0")?.as_array()?.iter().map(Value::as_f64);
    numbers.collect::<Option<Vec<f64>>>()?.try_into().ok()
}

/// The first queryable of a sort.
fn property(queryables: &Value, wanted: fn(&Value) -> bool) -> Option<String> {
    let all = queryables["properties"].as_object()?;
    all.iter().find(|(_, schema)| wanted(schema)).map(|(name, _)| name.clone())
}

fn is_geometry(schema: &Value) -> bool {
    schema["x-ogc-role"] == "primary-geometry"
}

fn is_text(schema: &Value) -> bool {
    schema["type"] == "string" && schema.get("x-ogc-role").is_none()
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n")
}

fn check(inputs: &str) -> String {
    let body = format!("{{\"inputs\":{inputs}}}");
    let head =
        "POST /processes/check/execution HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json";
    format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// A text as it stands in a query.
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

/// The tile of a place (WebMercatorQuad).
fn tile([longitude, latitude]: [f64; 2], zoom: u32) -> [u32; 2] {
    let size = f64::from(1_u32 << zoom);
    let sine = latitude.to_radians().sin();
    let y = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (4.0 * std::f64::consts::PI);
    [(longitude / 360.0 + 0.5) * size, y * size].map(|at| at.clamp(0.0, size - 1.0) as u32)
}

/// Numbers that look random and come again (Knuth's MMIX constants).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: usize) -> Self {
        Self(seed as u64 + 1)
    }

    /// From 0 to below 1.
    pub(super) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[(self.roll() * all.len() as f64) as usize % all.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, SHARES, tile};

    #[test]
    fn a_hundred_clients_are_shared_out_as_is_said() {
        for (kind, share) in SHARES {
            let count = (0..100).filter(|&client| Kind::of_client(client) == kind).count();
            assert_eq!(count, share, "{kind:?}");
        }
    }

    #[test]
    fn tiles_are_numbered_as_web_maps_do() {
        // Hà Nội on the public slippy-map calculators.
        assert_eq!(tile([105.85, 21.03], 10), [813, 450]);
        assert_eq!(tile([-180.0, 85.0511], 0), [0, 0]);
    }
}
