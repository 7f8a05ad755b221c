//! Jobs: their way from accepted to their end, and stopping them.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use project::{CheckRequest, CheckRun, Version};
use serde_json::json;
use server::{Content, Limits, Source, SourceError};

use super::{begin, delete, ended, execute, place, polygon, router, router_with, until};
use crate::support::{Answer, get};

const NO_SUCH_JOB: &str = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/no-such-job";
const NOT_READY: &str = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/result-not-ready";

/// A source whose check runs until it is stopped, and tells of its beginning and of its end.
struct Endless {
    told: Mutex<Sender<&'static str>>,
}

impl Endless {
    fn new() -> (Arc<Self>, Receiver<&'static str>) {
        let (told, heard) = channel();
        (Arc::new(Self { told: Mutex::new(told) }), heard)
    }
}

impl Source for Endless {
    fn version(&self) -> Result<Version, SourceError> {
        Ok(Version::default())
    }

    fn read(&self) -> Result<Content, SourceError> {
        Ok(Content::default())
    }

    fn check(&self, request: &CheckRequest<'_>) -> Result<CheckRun, SourceError> {
        let told = self.told.lock().unwrap().clone();
        // Before the word, so that whoever has heard it can ask how far it is.
        if let Some(progress) = request.progress {
            progress(2, 4);
        }
        told.send("begun").unwrap();
        while !request.cancelled.is_some_and(|cancelled| cancelled()) {
            std::thread::yield_now();
        }
        told.send("stopped").unwrap();
        Err(SourceError::Busy("it was stopped".into()))
    }
}

/// Waits for the next word of the source on a thread of its own.
async fn hear(heard: Receiver<&'static str>, expected: &'static str) -> Receiver<&'static str> {
    let wait = move || {
        assert_eq!(heard.recv_timeout(Duration::from_secs(30)).unwrap(), expected);
        heard
    };
    tokio::task::spawn_blocking(wait).await.unwrap()
}

const HERE: &str = "http://localhost:8080";

/// The path of a job that was taken on.
fn path(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(answer.header("preference-applied"), "respond-async");
    let (address, status) = (answer.header("location"), answer.json());
    let path = format!("/jobs/{}", status["jobID"].as_str().unwrap());
    assert_eq!(address, format!("{HERE}{path}"));
    assert_eq!((&status["type"], &status["processID"]), (&"process".into(), &"check".into()));
    path
}

async fn begun(router: &Router) -> String {
    path(&begin(router, "check", &json!({})).await)
}

#[tokio::test]
async fn a_job_runs_to_its_end_and_is_forgotten_when_asked() {
    let router = router();
    let job = begun(&router).await;
    let status = ended(&router, &job).await;
    assert_eq!((&status["status"], &status["progress"]), (&"successful".into(), &100.into()), "{status}");
    for time in ["created", "started", "finished", "updated"] {
        assert!(status[time].as_str().unwrap().ends_with('Z'), "{time}: {status}");
    }
    let results = "http://www.opengis.net/def/rel/ogc/1.0/results";
    let link = status["links"].as_array().unwrap().iter().find(|link| link["rel"] == results).unwrap();
    let answer = get(&router, link["href"].as_str().unwrap()).await.json();
    let kept = get(&router, "/findings").await.json();
    assert_eq!((&answer["check"]["run"], &answer["numberMatched"]), (&"1".into(), &kept["numberMatched"]));
    let list =
        get(&router, "/jobs?status=successful&processID=check&type=process&minDuration=0").await.json();
    assert_eq!(list["jobs"][0]["jobID"], status["jobID"]);
    assert_eq!(get(&router, "/jobs?datetime=../2001-01-01").await.json()["jobs"], json!([]));
    assert_eq!(get(&router, "/jobs?status=failed,dismissed").await.json()["jobs"], json!([]));
    assert_eq!(delete(&router, &job).await.json()["status"], "dismissed");
    for path in [job.clone(), format!("{job}/results")] {
        let gone = get(&router, &path).await;
        assert_eq!((gone.status, &gone.json()["type"]), (StatusCode::NOT_FOUND, &NO_SUCH_JOB.into()));
    }
    assert_eq!(delete(&router, &job).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_job_that_fails_keeps_the_reason() {
    let router = router();
    let job = path(&begin(&router, "check", &json!({"inputs": {"plan": "nowhere"}})).await);
    let status = ended(&router, &job).await;
    assert_eq!(status["status"], "failed");
    assert!(status["message"].as_str().unwrap().contains("nowhere"), "{status}");
    let results = get(&router, &format!("{job}/results")).await;
    assert_eq!(results.status, StatusCode::BAD_REQUEST);
    assert!(results.json()["detail"].as_str().unwrap().contains("plan-next"), "it says what there is");
}

#[tokio::test]
async fn a_running_job_that_is_dismissed_stops() {
    let (source, heard) = Endless::new();
    let router = router_with(source, Limits::default());
    let job = begun(&router).await;
    let heard = hear(heard, "begun").await;
    let status = until(&router, &job, |status| status == "running").await;
    assert!(status.get("finished").is_none(), "{status}");
    let early = get(&router, &format!("{job}/results")).await;
    assert_eq!((early.status, &early.json()["type"]), (StatusCode::NOT_FOUND, &NOT_READY.into()));
    // A second one that writes waits for its turn, and never begins when it is dismissed before.
    let waiting = begun(&router).await;
    assert_eq!(get(&router, &waiting).await.json()["status"], "accepted");
    assert_eq!(execute(&router, "check", &json!({})).await.status, StatusCode::CONFLICT);
    assert_eq!(delete(&router, &waiting).await.json()["status"], "dismissed");
    assert_eq!(delete(&router, &job).await.json()["status"], "dismissed");
    let heard = hear(heard, "stopped").await;
    assert_eq!(get(&router, &job).await.json()["status"], "dismissed", "it stays what it was made");
    assert_eq!(get(&router, &format!("{job}/results")).await.status, StatusCode::CONFLICT);
    let third = begun(&router).await;
    let heard = hear(heard, "begun").await;
    assert_eq!(until(&router, &third, |status| status == "running").await["progress"], 50);
    delete(&router, &third).await;
    hear(heard, "stopped").await;
}

#[tokio::test]
async fn a_client_that_leaves_stops_what_it_waited_for() {
    let (source, heard) = Endless::new();
    let router = router_with(source, Limits::default());
    let client = tokio::spawn({
        let router = router.clone();
        async move { execute(&router, "check", &json!({})).await }
    });
    let heard = hear(heard, "begun").await;
    client.abort();
    hear(heard, "stopped").await;
    let list = get(&router, "/jobs").await.json();
    assert_eq!(list["jobs"][0]["status"], "dismissed", "{list}");
}

#[tokio::test]
async fn a_check_that_takes_too_long_fails_and_says_so() {
    let (source, heard) = Endless::new();
    let router = router_with(source, Limits { check: Duration::ZERO, ..Limits::default() });
    let answer = execute(&router, "check", &json!({})).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
    let heard = hear(heard, "begun").await;
    hear(heard, "stopped").await;
}

#[tokio::test]
async fn more_jobs_than_may_wait_are_refused_for_a_while() {
    let (source, heard) = Endless::new();
    let router = router_with(source, Limits { jobs: 1, ..Limits::default() });
    let job = begun(&router).await;
    let heard = hear(heard, "begun").await;
    let refused = begin(&router, "check", &json!({})).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.header("retry-after"), "10");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    delete(&router, &job).await;
    hear(heard, "stopped").await;
}

/// Where three jobs can be asked for that were done one after the other.
async fn three(router: &Router) -> Vec<String> {
    let growth = polygon(4000.0, 0.0, 100.0, 600.0);
    let body = json!({"inputs": {"zone": "c1", "geometry": growth, "crs": "EPSG:9215"}});
    let mut monitors = Vec::new();
    for _ in 0..3 {
        let answer = execute(router, "what-if", &body).await;
        let link = answer.header("link").to_owned();
        monitors.push(link.split(['<', '>']).nth(1).unwrap().to_owned());
    }
    monitors
}

#[tokio::test]
async fn results_are_kept_as_long_as_there_is_room_for_them_and_the_newest_always() {
    let router = router_with(place(), Limits { jobs_bytes: 1, ..Limits::default() });
    let monitors = three(&router).await;
    for (k, monitor) in monitors.iter().enumerate() {
        let status = get(&router, &format!("{monitor}/results")).await.status;
        assert_eq!(status, if k == 2 { StatusCode::OK } else { StatusCode::NOT_FOUND });
    }
}

#[tokio::test]
async fn of_jobs_that_ended_the_newest_are_kept() {
    let router = router_with(place(), Limits { jobs_kept: 2, ..Limits::default() });
    let monitors = three(&router).await;
    let list = get(&router, "/jobs?limit=1").await.json();
    assert_eq!(monitors[2], format!("{HERE}/jobs/{}", list["jobs"][0]["jobID"].as_str().unwrap()));
    let next = list["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").unwrap();
    let next = get(&router, next["href"].as_str().unwrap()).await.json();
    assert_eq!(monitors[1], format!("{HERE}/jobs/{}", next["jobs"][0]["jobID"].as_str().unwrap()));
    assert_eq!(next["jobs"].as_array().unwrap().len(), 1, "the oldest is gone");
    assert_eq!(get(&router, &monitors[0]).await.status, StatusCode::NOT_FOUND);
}
