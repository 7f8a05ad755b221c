//! Expressions back to text and JSON.

use cql2::{Arithmetic, Comparison, Kind, Node, Temporal};
use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};
use spatial::relation::Predicate;

fn comparison(what: Comparison) -> &'static str {
    match what {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn arithmetic(what: Arithmetic) -> &'static str {
    match what {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "-",
        Arithmetic::Multiply => "*",
        Arithmetic::Divide => "/",
        Arithmetic::Quotient => "div",
        Arithmetic::Remainder => "%",
        Arithmetic::Power => "^",
    }
}

fn spatial(what: Predicate) -> &'static str {
    match what {
        Predicate::Intersects => "s_intersects",
        Predicate::Disjoint => "s_disjoint",
        Predicate::Equals => "s_equals",
        Predicate::Touches => "s_touches",
        Predicate::Within => "s_within",
        Predicate::Contains => "s_contains",
        Predicate::Overlaps => "s_overlaps",
        Predicate::Crosses => "s_crosses",
    }
}

fn temporal(what: Temporal) -> &'static str {
    match what {
        Temporal::After => "t_after",
        Temporal::Before => "t_before",
        Temporal::Disjoint => "t_disjoint",
        Temporal::Equals => "t_equals",
        Temporal::Intersects => "t_intersects",
        Temporal::Contains => "t_contains",
        Temporal::During => "t_during",
        Temporal::FinishedBy => "t_finishedBy",
        Temporal::Finishes => "t_finishes",
        Temporal::Meets => "t_meets",
        Temporal::MetBy => "t_metBy",
        Temporal::OverlappedBy => "t_overlappedBy",
        Temporal::Overlaps => "t_overlaps",
        Temporal::StartedBy => "t_startedBy",
        Temporal::Starts => "t_starts",
    }
}

fn joined(nodes: &[Node], between: &str) -> String {
    nodes.iter().map(text).collect::<Vec<_>>().join(between)
}

/// CQL2 text, with more brackets than a person would write.
pub(crate) fn text(node: &Node) -> String {
    match &node.kind {
        Kind::And(parts) => format!("({})", joined(parts, " AND ")),
        Kind::Or(parts) => format!("({})", joined(parts, " or ")),
        Kind::Not(part) => format!("(NOT {})", text(part)),
        Kind::Compare(what, sides) => format!("({})", joined(&**sides, &format!(" {} ", comparison(*what)))),
        Kind::Like(sides) => format!("({})", joined(&**sides, " LIKE ")),
        Kind::Between(p) => format!("({} between {} AND {})", text(&p[0]), text(&p[1]), text(&p[2])),
        Kind::In(value, list) => format!("({} IN ({}))", text(value), joined(list, ", ")),
        Kind::IsNull(value) => format!("({} IS NULL)", text(value)),
        Kind::Spatial(what, sides) => {
            format!("{}({})", spatial(*what).to_uppercase(), joined(&**sides, ", "))
        }
        Kind::Temporal(what, sides) => format!("{}({})", temporal(*what), joined(&**sides, ",")),
        Kind::Property(name) => format!("\"{name}\""),
        Kind::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Kind::Number(number) => number.to_string(),
        Kind::Boolean(truth) => truth.to_string().to_uppercase(),
        Kind::Date(date) => format!("DATE('{date}')"),
        Kind::Timestamp(time) => format!("TIMESTAMP('{time}')"),
        Kind::Interval(bounds) => {
            let bound = |bound: &Option<Node>| match bound.as_ref().map(|node| (node, &node.kind)) {
                None => "'..'".to_owned(),
                Some((_, Kind::Date(date))) => format!("'{date}'"),
                Some((_, Kind::Timestamp(time))) => format!("'{time}'"),
                Some((node, _)) => text(node),
            };
            format!("INTERVAL({}, {})", bound(&bounds[0]), bound(&bounds[1]))
        }
        Kind::Arithmetic(what, sides) => {
            format!("({})", joined(&**sides, &format!(" {} ", arithmetic(*what))))
        }
        Kind::CaseI(inner) => format!("CASEI({})", text(inner)),
        Kind::AccentI(inner) => format!("accenti({})", text(inner)),
        Kind::Geometry(geometry) => wkt(geometry),
        Kind::BBox([a, b, c, d]) => format!("BBOX({a},{b},{c},{d})"),
    }
}

fn positions(line: &LineString<f64>) -> String {
    let positions: Vec<String> = line.0.iter().map(|c| format!("{} {}", c.x, c.y)).collect();
    format!("({})", positions.join(", "))
}

fn rings(polygon: &Polygon<f64>) -> Vec<&LineString<f64>> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect()
}

fn wkt(geometry: &Geometry<f64>) -> String {
    let polygon =
        |p: &Polygon<f64>| format!("({})", rings(p).into_iter().map(positions).collect::<Vec<_>>().join(","));
    match geometry {
        Geometry::Point(p) => format!("POINT({} {})", p.x(), p.y()),
        Geometry::LineString(line) => format!("LINESTRING{}", positions(line)),
        Geometry::Polygon(one) => format!("POLYGON {}", polygon(one)),
        Geometry::MultiPoint(all) => {
            let all: Vec<String> = all.iter().map(|p| format!("({} {})", p.x(), p.y())).collect();
            format!("MULTIPOINT({})", all.join(","))
        }
        Geometry::MultiLineString(all) => {
            format!("multilinestring({})", all.iter().map(positions).collect::<Vec<_>>().join(","))
        }
        Geometry::MultiPolygon(all) => {
            format!("MULTIPOLYGON({})", all.iter().map(polygon).collect::<Vec<_>>().join(", "))
        }
        Geometry::GeometryCollection(all) => {
            format!("GEOMETRYCOLLECTION({})", all.iter().map(wkt).collect::<Vec<_>>().join(", "))
        }
        other => panic!("{other:?} is not written"),
    }
}

fn operation(name: &str, args: Vec<Value>) -> Value {
    json!({"op": name, "args": Value::Array(args)})
}

/// CQL2 JSON.
pub(crate) fn json(node: &Node) -> Value {
    let all = |nodes: &[Node]| nodes.iter().map(json).collect::<Vec<_>>();
    match &node.kind {
        Kind::And(parts) => operation("and", all(parts)),
        Kind::Or(parts) => operation("or", all(parts)),
        Kind::Not(part) => operation("not", vec![json(part)]),
        Kind::Compare(what, sides) => operation(comparison(*what), all(&**sides)),
        Kind::Like(sides) => operation("like", all(&**sides)),
        Kind::Between(parts) => operation("between", all(&**parts)),
        Kind::In(value, list) => operation("in", vec![json(value), all(list).into()]),
        Kind::IsNull(value) => operation("isNull", vec![json(value)]),
        Kind::Spatial(what, sides) => operation(spatial(*what), all(&**sides)),
        Kind::Temporal(what, sides) => operation(temporal(*what), all(&**sides)),
        Kind::Property(name) => json!({"property": name}),
        Kind::Text(text) => json!(text),
        Kind::Number(number) => json!(number),
        Kind::Boolean(truth) => json!(truth),
        Kind::Date(date) => json!({"date": date.to_string()}),
        Kind::Timestamp(time) => json!({"timestamp": time.to_string()}),
        Kind::Interval(bounds) => {
            let bound = |bound: &Option<Node>| match bound.as_ref().map(|node| (node, &node.kind)) {
                None => json!(".."),
                Some((_, Kind::Date(date))) => json!(date.to_string()),
                Some((_, Kind::Timestamp(time))) => json!(time.to_string()),
                Some((node, _)) => json(node),
            };
            json!({"interval": [bound(&bounds[0]), bound(&bounds[1])]})
        }
        Kind::Arithmetic(what, sides) => operation(arithmetic(*what), all(&**sides)),
        Kind::CaseI(inner) => operation("casei", vec![json(inner)]),
        Kind::AccentI(inner) => operation("accenti", vec![json(inner)]),
        Kind::Geometry(geometry) => geojson(geometry),
        Kind::BBox(corners) => json!({"bbox": corners}),
    }
}

fn geojson(geometry: &Geometry<f64>) -> Value {
    let position = |c: Coord<f64>| json!([c.x, c.y]);
    let path = |line: &LineString<f64>| line.0.iter().copied().map(position).collect::<Value>();
    let polygon = |p: &Polygon<f64>| rings(p).into_iter().map(path).collect::<Value>();
    let (kind, coordinates) = match geometry {
        Geometry::Point(p) => ("Point", position(p.0)),
        Geometry::LineString(line) => ("LineString", path(line)),
        Geometry::Polygon(one) => ("Polygon", polygon(one)),
        Geometry::MultiPoint(all) => ("MultiPoint", all.iter().map(|p| position(p.0)).collect()),
        Geometry::MultiLineString(all) => ("MultiLineString", all.iter().map(path).collect()),
        Geometry::MultiPolygon(all) => ("MultiPolygon", all.iter().map(polygon).collect()),
        Geometry::GeometryCollection(all) => {
            return json!({"type": "GeometryCollection", "geometries": all.iter().map(geojson).collect::<Vec<_>>()});
        }
        other => panic!("{other:?} is not written"),
    };
    json!({"type": kind, "coordinates": coordinates})
}
