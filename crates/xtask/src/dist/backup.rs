//! A backup taken while the server is asked and written to, and put back while it runs.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use super::asking::{expect, get, patch};
use super::bare::Bare;
use crate::command::run;
use crate::problem::Problem;

/// The unit's store, in the bare system.
pub(super) const STORE: &str = "/var/lib/ranh/ranh.gpkg";
const BACKUP: &str = "/var/backups/ranh.gpkg";
/// What is written to.
const ZONE: &str = "/collections/zones/items/";
/// What readers ask for, over and over.
const READ: [&str; 4] = [
    "/collections/plan-2021-2030/items?limit=200",
    "/collections/communes/items?limit=40",
    "/style",
    "/collections/zones/items?limit=44",
];
/// Collections that nobody writes to.
const OTHERS: [&str; 3] = ["communes", "plan-2021-2030", "water"];

/// Writes numbers into a zone, one after the other, and takes the backup meanwhile; then goes on writing, and puts the
/// backup back. What is served afterwards must be what was served when the backup was taken, and can be changed again.
pub(super) fn under_load(bare: &Bare<'_>, address: &str) -> Result<(), Problem> {
    let zone = first_zone(address)?;
    let before = OTHERS.map(|collection| items(address, collection));
    let (written, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let (from, to) = thread::scope(|scope| {
        for path in READ {
            let stop = &stop;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    get(address, path).ok();
                }
            });
        }
        let writer = scope.spawn(|| write_on(address, &zone, &written, &stop));
        while written.load(Ordering::Relaxed) < 5 && !writer.is_finished() {
            thread::yield_now();
        }
        let from = written.load(Ordering::Relaxed);
        let taken = run(&mut bare.command(&["ranh", "backup", BACKUP, "--store", STORE]));
        // A number that is being written now may be in it.
        let to = written.load(Ordering::Relaxed) + 1;
        let last = to + 3;
        while written.load(Ordering::Relaxed) < last && !writer.is_finished() && taken.is_ok() {
            thread::yield_now();
        }
        stop.store(true, Ordering::Relaxed);
        let wrote = writer.join().unwrap_or_else(|_| Err(failed("the writer broke down".to_owned())));
        taken.and(wrote).map(|()| (from, to))
    })?;
    println!("{} edits, the backup taken between {from} and {to}", written.into_inner());
    restored(bare, address, &zone, [from, to])?;
    let after = OTHERS.map(|collection| items(address, collection));
    if before != after {
        return Err(failed("a collection that nobody wrote to is not as it was".to_owned()));
    }
    write(address, &zone, 1_000_000)
}

/// Puts the backup back under the running server and holds what it serves against it.
fn restored(bare: &Bare<'_>, address: &str, zone: &str, [from, to]: [u64; 2]) -> Result<(), Problem> {
    run(&mut bare.command(&["ranh", "restore", BACKUP, "--store", STORE]))?;
    for collection in OTHERS.into_iter().chain(["zones"]) {
        let [kept, put_back] = [BACKUP, STORE].map(|store| exported(bare, collection, store));
        if kept? != put_back? {
            return Err(failed(format!("{collection} is not in the restored store as it is in the backup")));
        }
    }
    let kept = exported(bare, "zones", BACKUP)?;
    let number = number(&kept).ok_or_else(|| failed("the backup has no number".to_owned()))?;
    if !(from..=to).contains(&number) {
        return Err(failed(format!("the backup has {number}, which was not there when it was taken")));
    }
    expect(address, &format!("{ZONE}{zone}"), &format!("\"load\":{number},")).map(drop)
}

/// A collection as `ranh export` writes it.
fn exported(bare: &Bare<'_>, collection: &str, store: &str) -> Result<String, Problem> {
    let out = "/tmp/exported.geojson";
    run(&mut bare.command(&[
        "ranh",
        "export",
        collection,
        "--store",
        store,
        "--crs",
        "EPSG:9215",
        "--out",
        out,
    ]))?;
    let path = bare.outside(out);
    let text = fs::read_to_string(&path).map_err(Problem::file(&path))?;
    if text.len() < 100 {
        return Err(failed(format!("{collection} is empty in {store}")));
    }
    Ok(text)
}

/// The number that was written last, in a text of JSON.
fn number(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("\"load\":")?;
    rest.trim_start().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn write_on(address: &str, zone: &str, written: &AtomicU64, stop: &AtomicBool) -> Result<(), Problem> {
    while !stop.load(Ordering::Relaxed) {
        let number = written.load(Ordering::Relaxed) + 1;
        write(address, zone, number)?;
        written.store(number, Ordering::Relaxed);
    }
    Ok(())
}

/// Writes a number into the zone. The name goes last, so that a comma follows the number.
fn write(address: &str, zone: &str, number: u64) -> Result<(), Problem> {
    let body = format!("{{\"properties\":{{\"load\":{number},\"written\":true}}}}");
    let answer =
        patch(address, &format!("{ZONE}{zone}"), &body).map_err(|error| failed(error.to_string()))?;
    if answer.status == 200 { Ok(()) } else { Err(failed(format!("{}: {}", answer.status, answer.body))) }
}

fn first_zone(address: &str) -> Result<String, Problem> {
    let page = expect(address, "/collections/zones/items?limit=1", "\"Feature\"")?;
    let (_, feature) = page.split_once("\"Feature\"").unwrap_or_default();
    let id = feature.split_once("\"id\":\"").and_then(|(_, rest)| rest.split('"').next());
    id.map(str::to_owned).ok_or_else(|| failed(format!("no id in {page}")))
}

/// A collection as it is served, without the time of the answer.
fn items(address: &str, collection: &str) -> String {
    let path = format!("/collections/{collection}/items?limit=10000");
    let body = get(address, &path).map_or_else(|error| error.to_string(), |answer| answer.body);
    body.split("\"timeStamp\"").next().unwrap_or_default().to_owned()
}

fn failed(ending: String) -> Problem {
    Problem::Failed { line: "backup under load".into(), ending }
}
