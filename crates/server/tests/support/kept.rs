//! A server over a store on disk, which keeps what is changed.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use project::{Project, Store};
use serde_json::{Value, json};
use server::Limits;

use super::{Answer, content, send};

pub(crate) const ITEMS: &str = "/collections/zones/items";
pub(crate) const VN2000: &str = "http://www.opengis.net/def/crs/EPSG/0/9215";

pub(crate) struct Place {
    folder: tempfile::TempDir,
    pub(crate) project: Arc<Project>,
    pub(crate) router: Router,
}

impl Place {
    /// The store.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("s.gpkg")
    }
}

pub(crate) fn place() -> Place {
    place_within(Limits::default())
}

pub(crate) fn place_within(limits: Limits) -> Place {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.gpkg");
    let mut store = Store::create(&path).unwrap();
    for (collection, _) in content().collections {
        store.replace_collection(&collection.info, &collection.layer, None, &[]).unwrap();
    }
    drop(store);
    let project = Arc::new(Project::open(&path).unwrap());
    let router = server::app_router(Arc::clone(&project) as _, limits, listen(), &[]).unwrap();
    Place { folder, project, router }
}

pub(crate) fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

pub(crate) async fn ask(
    router: &Router,
    method: Method,
    path: &str,
    more: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://localhost:8080");
    if !more.iter().any(|(name, _)| *name == "content-type") {
        request = request.header(header::CONTENT_TYPE, "application/geo+json");
    }
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::from(body.to_owned())).unwrap()).await
}

/// A square of about 100 m, in longitude and latitude.
pub(crate) fn square(id: Option<&str>, lon: f64, lat: f64) -> Value {
    let (east, north) = (lon + 0.001, lat + 0.001);
    let ring = json!([[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]);
    let mut feature = json!({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"name": "CCN Mới", "kind": "CCN", "state": "proposed"}});
    if let Some(id) = id {
        feature["id"] = id.into();
    }
    feature
}
