//! A server over three hand-made collections, asked without a network.
//!
//! The place is around 21.5° N, 106.7° E, in EPSG:9215 (VN-2000 TM-3 107°15'). Two parcels of 1000 m × 1000 m share
//! a border, a zone of 1000 m × 500 m lies half on each.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod kept;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use geo_types::{Geometry, LineString, Polygon};
use planning::{Collection, CollectionInfo, Role};
use project::{CheckRequest, CheckRun, Version};
use serde_json::{Value, json};
use server::{Content, Limits, Source, SourceError};
use spatial::{Crs, Feature, FeatureId, Layer};
use tower::ServiceExt;

/// Lower left corner of the first parcel, metres.
pub(crate) const CORNER: [f64; 2] = [450_000.0, 2_378_000.0];

/// Collections in memory; a check bumps its number.
pub(crate) struct Memory {
    pub(crate) content: Mutex<Content>,
}

impl Source for Memory {
    fn version(&self) -> Result<Version, SourceError> {
        let content = self.content.lock().unwrap();
        let check = content.check.as_ref().map_or(0, |run| run.id);
        Ok(Version { revision: content.revision, check, event: 0, file: content.file })
    }

    fn read(&self) -> Result<Content, SourceError> {
        Ok(self.content.lock().unwrap().clone())
    }

    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        let mut content = self.content.lock().unwrap();
        let outcome = Arc::new(project::judge(&content.check_input(), request)?);
        let last = content.check.as_ref().map_or(0, |run| run.id);
        let id = if request.is_kept() { last + 1 } else { 0 };
        let at = "2026-01-02T03:04:05.678Z".to_owned();
        let run = CheckRun { id, revision: content.revision, at, hash: String::new(), outcome };
        if request.is_kept() {
            content.check = Some(Arc::new(run.clone()));
        }
        Ok(run)
    }
}

pub(crate) fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Geometry<f64> {
    let (x, y) = (CORNER[0] + x, CORNER[1] + y);
    let ring = vec![(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)];
    Geometry::Polygon(Polygon::new(LineString::from(ring), vec![]))
}

pub(crate) fn feature(position: u64, id: &str, geometry: Geometry<f64>, properties: Value) -> Feature {
    let Value::Object(properties) = properties else { panic!("properties must be an object") };
    Feature { position, id: Some(FeatureId::Text(id.into())), geometry: Some(geometry), properties }
}

pub(crate) fn collection(id: &str, role: Role, features: Vec<Feature>) -> Collection {
    let info: CollectionInfo = serde_json::from_value(json!({
        "collection": id, "role": role, "title": {"vi": format!("Lớp {id}"), "en": format!("Layer {id}")},
        "scale": 2000, "generated": true, "source": {"vi": "Vẽ tay", "en": "Drawn by hand"},
        "approved_on": (role == Role::LandUsePlan).then_some("2024-01-01"),
    }))
    .unwrap();
    Collection { info, layer: Arc::new(Layer { crs: Crs::from_epsg(9215).unwrap(), features }) }
}

pub(crate) fn content() -> Content {
    let plan = vec![
        feature(0, "p1", rectangle(0.0, 0.0, 1000.0, 1000.0), json!({"code": "LUC"})),
        feature(1, "p2", rectangle(1000.0, 0.0, 1000.0, 1000.0), json!({"code": "SKK"})),
    ];
    let zones = vec![feature(
        0,
        "z1",
        rectangle(500.0, 200.0, 1000.0, 500.0),
        json!({"name": "KCN Suối Đá", "kind": "KCN", "state": "established", "declared_area_ha": 50.0,
            "communes": ["00001"]}),
    )];
    let communes = vec![feature(
        0,
        "00001",
        rectangle(-500.0, -500.0, 3000.0, 2000.0),
        json!({"code": "00001", "name": "Đồng Bành", "fullName": "Xã Đồng Bành"}),
    )];
    let collections = vec![
        (collection("zones", Role::Zone, zones), 1),
        (collection("plan", Role::LandUsePlan, plan), 2),
        (collection("communes", Role::Admin, communes), 3),
    ];
    let registers = planning::built_in_registers().unwrap().iter().cloned().map(Arc::new).collect();
    Content { revision: 3, collections, registers, ..Content::default() }
}

pub(crate) fn source() -> Arc<Memory> {
    Arc::new(Memory { content: Mutex::new(content()) })
}

pub(crate) fn router_over(source: Arc<Memory>) -> Router {
    let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
    server::app_router(source, Limits::default(), listen, &["maps.example".to_owned()]).unwrap()
}

/// A server whose check has run.
pub(crate) async fn checked() -> Router {
    let router = router_over(source());
    let answer = post(&router, "/check", "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    router
}

/// A value as it stands in a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub(crate) async fn get(router: &Router, path: &str) -> Answer {
    get_with(router, path, &[]).await
}

pub(crate) async fn get_with(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path).header(header::HOST, "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::empty()).unwrap()).await
}

pub(crate) async fn post_text(router: &Router, path: &str, body: &str) -> Answer {
    post(router, path, body.to_owned()).await
}

pub(crate) async fn post(router: &Router, path: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(path)
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, "http://localhost:8080")
        .header(header::CONTENT_TYPE, "application/json");
    send(router, request.body(body.into()).unwrap()).await
}
