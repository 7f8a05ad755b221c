//! Repairs polygons from standard input by every method, for comparison with other engines: one JSON document in, a
//! list of multipolygons as `[[ring, …], …]` in metres; one list of answers out.

use std::error::Error;
use std::io::{self, Write};

use geo_types::{LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};
use spatial::repair::{Method, repair};
use spatial::validity::{ProblemKind, validate};

type Rings = Vec<Vec<[f64; 2]>>;

fn main() -> Result<(), Box<dyn Error>> {
    let input: Vec<Vec<Rings>> = serde_json::from_reader(io::BufReader::new(io::stdin()))?;
    let answers: Vec<Value> = input.into_iter().map(answer).collect();
    let mut out = io::BufWriter::new(io::stdout());
    serde_json::to_writer(&mut out, &answers)?;
    Ok(out.flush()?)
}

fn answer(polygons: Vec<Rings>) -> Value {
    let polygons = MultiPolygon(polygons.into_iter().map(polygon).collect());
    json!({ "invalid": kinds(&polygons), "structure": repaired(&polygons, Method::Structure),
        "linework": repaired(&polygons, Method::Linework) })
}

fn polygon(rings: Rings) -> Polygon<f64> {
    let mut rings = rings.into_iter().map(LineString::from);
    Polygon::new(rings.next().unwrap_or_else(|| LineString(vec![])), rings.collect())
}

/// What makes the polygons invalid.
fn kinds(polygons: &MultiPolygon<f64>) -> Vec<ProblemKind> {
    let problems = validate(&polygons.clone().into());
    problems.into_iter().map(|problem| problem.kind).filter(|kind| kind.is_invalid()).collect()
}

/// The repaired polygons, what was changed, and what is still wrong with them: nothing, it is hoped.
fn repaired(polygons: &MultiPolygon<f64>, method: Method) -> Value {
    let repaired = repair(polygons, method);
    let ring = |ring: &LineString<f64>| ring.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let rings = |polygon: &Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>()
    };
    let parts: Vec<Rings> = repaired.polygons.iter().map(rings).collect();
    json!({ "polygons": parts, "changes": repaired.changes, "invalid": kinds(&repaired.polygons) })
}
