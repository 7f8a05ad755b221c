//! Conditions on features: a CQL2 filter, and properties given by their names (OGC API Features part 3).

use cql2::{Comparison, Filter, Kind, Node, Place, Space, Type, parse_json, parse_text};
use spatial::Crs;

use super::query::KNOWN;
use crate::catalog::Served;
use crate::crs::y_first;
use crate::params::{Params, unknown};
use crate::problem::Problem;

/// What features must fulfil.
pub(super) struct Wanted {
    /// All of them.
    pub(super) filters: Vec<Filter>,
    /// CRS of the coordinates in them.
    pub(super) crs: Crs,
    /// Other properties, and the texts that they must have.
    pub(super) texts: Vec<(String, String)>,
}

/// Reads `filter` and the parameters that are names of properties.
pub(super) fn wanted(served: &Served, params: &Params) -> Result<Wanted, Problem> {
    let crs = params.crs("filter-crs", &served.layer.crs)?;
    let space = Space { geographic: crs.is_geographic(), y_first: y_first(&crs) };
    let queryables = &served.schema().queryables;
    let mut wanted = Wanted { filters: Vec::new(), crs, texts: Vec::new() };
    if let Some(expression) = expression(params)? {
        let filter = Filter::new(&expression, queryables, space).map_err(|error| refused(&error))?;
        wanted.filters.push(filter);
    }
    for (name, value) in params.others(&KNOWN) {
        let of = queryables.get(name).filter(|of| *of != Type::Geometry);
        let known = || KNOWN.into_iter().chain(queryables.names()).collect::<Vec<_>>();
        let literal = match of.ok_or_else(|| unknown(name, &known()))? {
            Type::Number => Kind::Number(number(name, value)?),
            Type::Boolean => Kind::Boolean(truth(name, value)?),
            _ => {
                wanted.texts.push((name.to_owned(), value.to_owned()));
                continue;
            }
        };
        let sides = [Kind::Property(name.to_owned()), literal].map(node);
        let equal = node(Kind::Compare(Comparison::Equal, Box::new(sides)));
        wanted.filters.push(Filter::new(&equal, queryables, space).map_err(|error| refused(&error))?);
    }
    Ok(wanted)
}

fn node(kind: Kind) -> Node {
    Node { kind, place: Place::Character(0) }
}

/// The filter as it is written.
fn expression(params: &Params) -> Result<Option<Node>, Problem> {
    let language = params.value("filter-lang").unwrap_or("cql2-text");
    if !matches!(language, "cql2-text" | "cql2-json") {
        let detail = format!("\"filter-lang\" must be cql2-text or cql2-json, not \"{language}\".");
        return Err(Problem::bad(detail));
    }
    let Some(text) = params.value("filter") else { return Ok(None) };
    let read = if language == "cql2-json" { parse_json(text) } else { parse_text(text) };
    read.map(Some).map_err(|error| {
        let looks_like_json = language == "cql2-text" && text.trim_start().starts_with('{');
        let hint = if looks_like_json { " JSON needs filter-lang=cql2-json." } else { "" };
        Problem::bad(format!("\"filter\" {error}.{hint}"))
    })
}

fn refused(error: &cql2::Cql2Error) -> Problem {
    Problem::bad(format!("\"filter\" {error}."))
}

fn number(name: &str, value: &str) -> Result<f64, Problem> {
    let number = value.parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| {
        Problem::bad(format!("\"{name}\" is a number, so its value must be one, not \"{value}\"."))
    })
}

fn truth(name: &str, value: &str) -> Result<bool, Problem> {
    value.parse().map_err(|_| Problem::bad(format!("\"{name}\" is true or false, not \"{value}\".")))
}
