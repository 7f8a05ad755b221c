//! Edges to draw along: where the borders of everything run, to the last bit, so that what is drawn on them coincides
//! with them. A page of features would have them too, but rounded where it is asked in another CRS than their own.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use geo_types::{Geometry, LineString};
use spatial::crs::Transformation;
use spatial::{Crs, Envelope};

use crate::app::{App, Current};
use crate::bbox::BBox;
use crate::catalog::{Catalog, LayerRole, Served};
use crate::crs;
use crate::params::Params;
use crate::problem::Problem;
use crate::respond;
use crate::wire::{EdgeLine, Edges};

/// Edges of features in a box, each with the vertices at its ends, unrounded.
#[utoipa::path(get, path = "/edges", tag = "Map",
    params(("bbox" = String, Query, description = "west,south,east,north in degrees"),
        ("crs" = Option<String>, Query, description = "CRS of the answer; usually CRS84"),
        ("collections" = Option<String>, Query, description = "Ids of collections, comma-separated; without it all")),
    responses((status = 200, description = "The edges", body = Edges), (status = 404, description = "No such collection")))]
pub(crate) async fn edges(
    State(app): State<App>,
    Current(catalog): Current,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, Problem> {
    params.only(&["bbox", "crs", "collections"])?;
    let bbox = params.bbox()?.ok_or_else(|| Problem::bad("The parameter \"bbox\" is missing."))?;
    let crs = wanted_crs(&catalog, &params)?;
    let layers = chosen(&catalog, params.value("collections"))?;
    let most = app.limits().edge_vertices;
    let work = move || found(&layers, &bbox, &crs, most);
    let edges = tokio::task::spawn_blocking(work).await.map_err(|error| Problem::broken(&error))?;
    respond::json(&headers, &edges)
}

/// One of the CRSs that are offered, or one that a collection is stored in.
fn wanted_crs(catalog: &Catalog, params: &Params) -> Result<Crs, Problem> {
    let own = catalog.layers.iter().find_map(|served| params.crs("crs", &served.layer.crs).ok());
    own.map_or_else(|| params.crs("crs", &Crs::wgs84()), Ok)
}

fn chosen(catalog: &Catalog, wanted: Option<&str>) -> Result<Vec<Arc<Served>>, Problem> {
    match wanted {
        None => {
            let data = catalog.layers.iter().filter(|served| matches!(served.role, LayerRole::Data(_)));
            Ok(data.cloned().collect())
        }
        Some(ids) => ids.split(',').map(|id| super::layer(catalog, id.trim()).cloned()).collect(),
    }
}

fn found(layers: &[Arc<Served>], bbox: &BBox, crs: &Crs, most: usize) -> Edges {
    let mut search = Search { lines: Vec::new(), vertices: 0, most, y_first: crs::y_first(crs) };
    for served in layers {
        search.layer(served, bbox, crs);
    }
    let uri = crs::uri(crs).unwrap_or_else(|| crs.name().to_owned());
    Edges { crs: uri, truncated: search.is_full(), lines: search.lines }
}

struct Search {
    lines: Vec<EdgeLine>,
    vertices: usize,
    most: usize,
    y_first: bool,
}

impl Search {
    fn is_full(&self) -> bool {
        self.vertices >= self.most
    }

    fn layer(&mut self, served: &Served, bbox: &BBox, crs: &Crs) {
        let ways = Transformation::new(&served.layer.crs, crs)
            .and_then(|to| Ok((to, Transformation::new(&Crs::wgs84(), crs)?)));
        // What has no coordinates that can be computed has no edges either.
        let Ok((to, from_degrees)) = ways else { return };
        let boxes: Vec<Envelope> = bbox.boxes.iter().filter_map(|one| from_degrees.envelope(one)).collect();
        for at in served.within(Some(bbox)) {
            if self.is_full() {
                return;
            }
            let geometry = served.layer.features.get(at).and_then(|feature| feature.geometry.as_ref());
            let geometry =
                geometry.and_then(|one| if to.is_identity() { Some(one.clone()) } else { to.geometry(one) });
            for line in geometry.iter().flat_map(lines) {
                self.line(served, at, &line, &boxes);
            }
        }
    }

    /// The runs of a line's edges that touch one of the boxes.
    fn line(&mut self, served: &Served, at: usize, line: &LineString<f64>, boxes: &[Envelope]) {
        let mut run: Vec<[f64; 2]> = Vec::new();
        for pair in line.0.windows(2) {
            let ends = [pair[0], pair[1]].map(|end| [end.x, end.y]);
            let edge = Envelope::of(ends);
            if edge.is_some_and(|edge| boxes.iter().any(|one| one.intersects(&edge))) {
                if run.is_empty() {
                    run.push(ends[0]);
                }
                run.push(ends[1]);
            } else {
                self.keep(served, at, std::mem::take(&mut run));
            }
        }
        self.keep(served, at, run);
    }

    fn keep(&mut self, served: &Served, at: usize, run: Vec<[f64; 2]>) {
        if run.is_empty() || self.is_full() {
            return;
        }
        self.vertices += run.len();
        let position = |[x, y]: [f64; 2]| if self.y_first { [y, x] } else { [x, y] };
        self.lines.push(EdgeLine {
            collection: served.info.id.clone(),
            feature: served.identities.id(at).to_owned(),
            coordinates: run.into_iter().map(position).collect(),
        });
    }
}

/// The lines and rings of a geometry.
fn lines(geometry: &Geometry<f64>) -> Vec<LineString<f64>> {
    let of_polygon = |polygon: &geo_types::Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).cloned().collect::<Vec<_>>()
    };
    match geometry {
        Geometry::LineString(line) => vec![line.clone()],
        Geometry::MultiLineString(all) => all.0.clone(),
        Geometry::Polygon(polygon) => of_polygon(polygon),
        Geometry::MultiPolygon(all) => all.0.iter().flat_map(of_polygon).collect(),
        Geometry::GeometryCollection(all) => all.0.iter().flat_map(lines).collect(),
        Geometry::Line(line) => vec![LineString(vec![line.start, line.end])],
        Geometry::Rect(rect) => of_polygon(&rect.to_polygon()),
        Geometry::Triangle(triangle) => of_polygon(&triangle.to_polygon()),
        Geometry::Point(_) | Geometry::MultiPoint(_) => Vec::new(),
    }
}
