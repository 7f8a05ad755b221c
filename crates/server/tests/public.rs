//! What a server for the public shows of a store with internal data: land is planted that must not be seen, and every
//! answer there is is searched for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use planning::{Role, Visibility};
use project::CheckRequest;
use serde_json::{Value, json};
use server::{Content, Limits, Public, Source};
use support::{Memory, collection, content, feature, get, post, rectangle};

/// Words of what must not be seen: ids, codes, names, the title and the areas of parcels and zones.
const SECRETS: [&str; 13] = [
    "barracks-7",
    "station-8",
    "CQP",
    "CAN",
    "Kho Ẩn",
    "hidden-plan",
    "hidden-parcel",
    "hidden-zones",
    "zone-x",
    "Khu Kín",
    // 123.4 m × 56.7 m and 111.1 m × 77.7 m, in m² and in ha.
    "6996.7",
    "0.69967",
    "8632.4",
];

/// The support's place with defence land half inside the zone, security land beside other land, a plan and zones that
/// are internal as a whole.
fn planted() -> Content {
    let mut content = content();
    let land = vec![
        feature(
            0,
            "barracks-7",
            rectangle(1438.3, 300.0, 123.4, 56.7),
            json!({"code": "CQP", "name": "Kho Ẩn"}),
        ),
        feature(1, "station-8", rectangle(700.0, 400.0, 111.1, 77.7), json!({"code": "ONT+CAN"})),
        feature(2, "field-9", rectangle(500.0, 200.0, 200.0, 100.0), json!({"code": "LUC"})),
    ];
    let hidden =
        vec![feature(0, "hidden-parcel", rectangle(0.0, 0.0, 3000.0, 3000.0), json!({"code": "DGT"}))];
    let kept_secret = vec![feature(
        0,
        "zone-x",
        rectangle(1400.0, 200.0, 500.0, 500.0),
        json!({"name": "Khu Kín", "kind": "KCN"}),
    )];
    let mut internal = [
        collection("hidden-plan", Role::LandUsePlan, hidden),
        collection("hidden-zones", Role::Zone, kept_secret),
    ];
    for (at, one) in internal.iter_mut().enumerate() {
        one.info.visibility = Visibility::Internal;
        one.info.approved_on = (at == 0).then(|| "2025-01-01".into());
        content.collections.push((one.clone(), 4 + at as u64));
    }
    content.collections.push((collection("land", Role::LandUse, land), 6));
    content.revision = 6;
    content
}

fn memory() -> Arc<Memory> {
    let memory = Arc::new(Memory { content: Mutex::new(planted()) });
    // The staff's check is in the store, with all that it saw.
    memory.check(&CheckRequest::default()).unwrap();
    memory
}

fn router(source: Arc<dyn Source>) -> Router {
    server::app_router(source, Limits::default(), SocketAddr::from(([127, 0, 0, 1], 8080)), &[]).unwrap()
}

/// A server for the public whose own check has run.
fn public(memory: &Arc<Memory>) -> (Arc<Public>, Router) {
    let public = Arc::new(Public::over(memory.clone()).unwrap());
    assert!(public.renew(&|| false).unwrap());
    assert!(!public.renew(&|| false).unwrap(), "nothing has changed since");
    (public.clone(), router(public))
}

/// Everything that can be asked for. The tables of codes and rules are the law's and name codes without land.
async fn everything(router: &Router) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<String> = [
        "/",
        "/conformance",
        "/collections",
        "/findings",
        "/findings?geometry=true&limit=10000",
        "/findings.geojson",
        "/check/changes",
        "/findings.csv",
        "/search?q=kho",
        "/search?q=khu",
        "/search?q=can",
        "/search?q=hidden",
        "/register/zones",
        "/register/statistics",
        "/register/documents",
        "/processes",
        "/jobs",
        "/health",
        "/zones/z1/summary",
    ]
    .map(str::to_owned)
    .to_vec();
    let ids = ["zones", "plan", "communes", "land", "hidden-plan", "hidden-zones", "findings", "slivers"];
    for id in ids {
        paths.extend(["", "/items?limit=100"].map(|rest| format!("/collections/{id}{rest}")));
        paths.extend(["geojson", "geojsonseq", "flatgeobuf"].map(|f| format!("/export/{id}?format={f}")));
        paths.extend([format!("/tiles/{id}"), format!("/legend?collection={id}")]);
        for (z, x, y) in [(0, 0, 0), (8, 203, 112), (12, 3262, 1797), (14, 13051, 7189)] {
            paths.push(format!("/tiles/{id}/{z}/{x}/{y}"));
        }
        for parcel in ["barracks-7", "station-8", "hidden-parcel", "zone-x"] {
            paths.push(format!("/collections/{id}/items/{parcel}"));
        }
    }
    for process in ["check", "what-if", "plan-difference"] {
        paths.push(format!("/processes/{process}"));
    }
    let list = get(router, "/findings?limit=10000").await.json();
    for finding in list["findings"].as_array().unwrap() {
        let own = format!("/findings/{}", finding["id"].as_str().unwrap());
        paths.extend(["", "/explanation", "/history"].map(|rest| format!("{own}{rest}")));
    }
    let place = get(router, "/collections/land/items/field-9").await.json()["geometry"].clone();
    let [west, south] = [0, 1].map(|axis| place["coordinates"][0][0][axis].as_f64().unwrap());
    paths.push(format!("/pick?lon={west}&lat={south}&tolerance_m=5000"));
    let mut answers = Vec::new();
    for path in paths {
        let answer = get(router, &path).await;
        // A problem says what was asked for: an echo, and no answer.
        let problem = answer.header("content-type") == "application/problem+json";
        let bytes = if problem { without_echo(answer.json()) } else { answer.bytes };
        answers.push((path, bytes));
    }
    let executions = [
        ("check", json!({"inputs": {"keep": false}})),
        ("check", json!({"inputs": {"zones": ["z1"]}})),
        ("check", json!({"inputs": {"zones": ["nobody"]}})),
        ("check", json!({"inputs": {"plan": "nowhere", "keep": false}})),
        ("what-if", json!({"inputs": {"zone": "z1", "geometry": place}})),
        ("plan-difference", json!({"inputs": {"older": "nowhere", "newer": "plan"}})),
    ];
    for (process, body) in executions {
        let answer = post(router, &format!("/processes/{process}/execution"), body.to_string()).await;
        answers.push((format!("{process} {body}"), answer.bytes));
    }
    answers
}

fn without_echo(mut problem: Value) -> Vec<u8> {
    problem.as_object_mut().unwrap().remove("instance");
    problem.to_string().into_bytes()
}

fn seen(answers: &[(String, Vec<u8>)]) -> Vec<(&str, &'static str)> {
    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    let pairs = answers.iter().flat_map(|answer| SECRETS.map(|word| (answer, word)));
    let found = pairs.filter(|((_, bytes), word)| holds(bytes, word));
    found.map(|((path, _), word)| (path.as_str(), word)).collect()
}

#[tokio::test]
async fn nothing_internal_is_in_any_answer_to_the_public() {
    let memory = memory();
    let staff = everything(&router(memory.clone())).await;
    let shown = seen(&staff);
    for word in SECRETS {
        assert!(shown.iter().any(|(_, seen)| *seen == word), "{word}: the staff sees everything");
    }
    let (_, router) = public(&memory);
    let answers = everything(&router).await;
    assert_eq!(seen(&answers), []);
    let collections = get(&router, "/collections").await.json();
    let ids: Vec<&str> = collections["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["zones", "plan", "communes", "land", "findings", "slivers"]);
    let land = get(&router, "/collections/land/items").await.json();
    assert_eq!((&land["numberMatched"], &land["features"][0]["id"]), (&1.into(), &"field-9".into()));
    assert_eq!(collections["ranh"]["check"]["plan"], "plan", "the internal plan was approved later");
    assert_eq!(collections["ranh"]["check"]["zones_total"], 1);
    let rules = |list: &Value| {
        let all = list["findings"].as_array().unwrap().iter();
        all.map(|one| one["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let found = rules(&get(&router, "/findings?zone=z1").await.json());
    assert!(found.contains(&"LUP-01".into()) && found.contains(&"LUP-03".into()), "{found:?}");
    assert!(!found.contains(&"LUP-08".into()) && !found.contains(&"ZON-01".into()), "{found:?}");
}

#[tokio::test]
async fn the_public_keeps_nothing() {
    let memory = memory();
    let (_, router) = public(&memory);
    let before = get(&router, "/findings").await.json()["check"].clone();
    for (path, body) in [("/check", "{}"), ("/processes/check/execution", "{\"inputs\": {\"keep\": true}}")] {
        let answer = post(&router, path, body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text());
    }
    let list = get(&router, "/findings?limit=1").await.json();
    let decision = json!({"findings": [list["findings"][0]["id"]], "to": "reviewing", "by": "A visitor"});
    let refused = post(&router, "/decisions", decision.to_string()).await;
    assert!(refused.status.is_client_error(), "{}", refused.text());
    let dry = post(&router, "/processes/check/execution", "{}").await;
    assert_eq!(dry.json()["check"]["run"], "0", "nothing is kept where nothing is asked for");
    assert_eq!(get(&router, "/findings").await.json()["check"], before);
    assert_eq!(get(&router, "/jobs").await.json()["jobs"], json!([]), "others' jobs are nobody's business");
    assert_eq!(
        memory.content.lock().unwrap().check.as_ref().unwrap().id,
        1,
        "the store's check is the staff's"
    );
}

#[tokio::test]
async fn what_becomes_internal_is_gone_at_once() {
    let memory = memory();
    let (public, router) = public(&memory);
    assert!(get(&router, "/findings?rule=LUP-03").await.json()["numberMatched"].as_u64().unwrap() > 0);
    let first = public.read().unwrap().check.unwrap().id;
    {
        let mut held = memory.content.lock().unwrap();
        let land = held.collections.iter_mut().find(|(one, _)| one.info.id == "land").unwrap();
        (land.0.info.visibility, land.1) = (Visibility::Internal, 7);
        held.revision = 7;
    }
    // The server follows the source when it reads it anew: here because somebody asks for the check to be renewed.
    let content = public.read().unwrap();
    assert!(content.collections.iter().all(|(one, _)| one.info.id != "land"));
    assert!(content.check.is_none(), "a check that saw the land is not shown any more");
    assert!(public.renew(&|| false).unwrap());
    let check = public.read().unwrap().check.unwrap();
    assert_eq!((check.id, check.revision), (first + 1, 7));
    assert!(check.outcome.findings.iter().all(|finding| finding.rule != "LUP-03"));
}
