//! Answers questions of distance from standard input, for comparison with other engines: one JSON document in, one
//! list of answers out. Coordinates are metres of one plane.
//!
//! `{"features": […], "subjects": […], "questions": […]}`, a geometry being `{"points": [[x, y], …], "lines":
//! [[[x, y], …], …], "polygons": [[ring, …], …]}` and a question one of [`Question`], by positions in the two lists.

use std::error::Error;
use std::io::{self, Write};

use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiPolygon, Point, Polygon};
use serde::Deserialize;
use serde_json::{Value, json};
use spatial::distance::{Neighbour, Neighbours, Separation, Shape};

#[derive(Deserialize)]
struct Input {
    features: Vec<Parts>,
    subjects: Vec<Parts>,
    questions: Vec<Question>,
}

type Path = Vec<[f64; 2]>;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Parts {
    points: Path,
    lines: Vec<Path>,
    polygons: Vec<Vec<Path>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Question {
    /// Distance of a subject from a feature, and the two points.
    Separation(usize, usize),
    /// Whether a subject is so near to a feature, m.
    IsWithin(usize, usize, f64),
    /// Features so near to a subject, m.
    Within(usize, f64),
    /// So many features nearest to a subject.
    Nearest(usize, usize),
    /// Features whose area holds a point.
    Containing([f64; 2]),
    /// Where a point lies with regard to a feature.
    Locate([f64; 2], usize),
    /// Length of a subject inside a feature, and along its boundary, m.
    LengthIn(usize, usize),
    /// Hausdorff distance of a subject and a feature, each edge in so many parts.
    HausdorffOfParts(usize, usize, u32),
    /// Exact Hausdorff distance of a subject and a feature, to a tolerance in metres.
    Hausdorff(usize, usize, f64),
}

fn main() -> Result<(), Box<dyn Error>> {
    let input: Input = serde_json::from_reader(io::BufReader::new(io::stdin()))?;
    let features = Neighbours::new(input.features.into_iter().map(shape).collect());
    let subjects: Vec<Option<Shape>> = input.subjects.into_iter().map(shape).collect();
    let mut out = io::BufWriter::new(io::stdout());
    let questions = input.questions.iter();
    let answers: Vec<Option<Value>> = questions.map(|q| answer(q, &subjects, &features)).collect();
    serde_json::to_writer(&mut out, &answers)?;
    Ok(out.flush()?)
}

fn shape(parts: Parts) -> Option<Shape> {
    let line = |path: Path| LineString::from_iter(path.into_iter().map(Coord::from));
    let polygon = |rings: Vec<Path>| {
        let mut rings = rings.into_iter().map(line);
        Polygon::new(rings.next().unwrap_or_else(|| LineString(vec![])), rings.collect())
    };
    let mut members: Vec<Geometry<f64>> = parts.points.into_iter().map(|p| Point::from(p).into()).collect();
    members.extend(parts.lines.into_iter().map(|path| Geometry::from(line(path))));
    members.push(MultiPolygon(parts.polygons.into_iter().map(polygon).collect()).into());
    Shape::new(&Geometry::GeometryCollection(GeometryCollection(members)))
}

fn answer(question: &Question, subjects: &[Option<Shape>], features: &Neighbours) -> Option<Value> {
    let subject = |position: usize| subjects.get(position)?.as_ref();
    let feature = |position: usize| features.shape(position);
    Some(match *question {
        Question::Separation(s, f) => told(subject(s)?.separation(feature(f)?)),
        Question::IsWithin(s, f, distance_m) => json!(subject(s)?.is_within(feature(f)?, distance_m)),
        Question::Within(s, distance_m) => listed(features.within(subject(s)?, distance_m)),
        Question::Nearest(s, count) => listed(features.nearest(subject(s)?, count)),
        Question::Containing(point) => {
            let found = features.containing(point).into_iter();
            found.map(|(position, location)| json!([position, format!("{location:?}")])).collect()
        }
        Question::Locate(point, f) => json!(format!("{:?}", feature(f)?.locate(point))),
        Question::LengthIn(s, f) => {
            let found = subject(s)?.length_in(feature(f)?);
            json!([found.interior_m, found.boundary_m])
        }
        Question::HausdorffOfParts(s, f, parts) => told(subject(s)?.hausdorff_of_parts(feature(f)?, parts)),
        Question::Hausdorff(s, f, tolerance_m) => told(subject(s)?.hausdorff(feature(f)?, tolerance_m)),
    })
}

fn listed(neighbours: Vec<Neighbour>) -> Value {
    neighbours.into_iter().map(|n| json!([n.position, n.separation.distance_m])).collect()
}

fn told(separation: Separation) -> Value {
    json!([separation.distance_m, separation.on_subject, separation.on_reference])
}
