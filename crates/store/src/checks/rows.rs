//! Rows of findings and slivers: one that a run says again is not written again.

use std::collections::HashMap;

use geo_types::Geometry;
use planning::{Finding, Sliver};
use rusqlite::{Connection, OptionalExtension, params};
use spatial::{Crs, Region};

use super::hash::{Digest, digest};
use super::record::{FindingRecord, SliverRecord};
use crate::checks::json;
use crate::gpkg;

/// A row and what is in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(super) digest: Digest,
}

/// What is kept as a row with a shape.
pub(super) trait Said: PartialEq {
    /// Looks a row up by its digest.
    const FIND: &'static str;
    /// Says that a run says it.
    const LINK: &'static str;

    /// By what it is found again in another run; several may have the same.
    fn key(&self) -> [&str; 3];
    fn record(&self) -> rusqlite::Result<String>;
    fn crs(&self) -> &Crs;
    fn region(&self) -> Option<&Region>;
    /// Writes a row.
    fn insert(&self, change: &Connection, run: i64, row: &Content) -> rusqlite::Result<()>;
}

/// What is in a row.
pub(super) struct Content {
    record: String,
    crs: String,
    shape: Option<Vec<u8>>,
    digest: Digest,
}

impl Said for Finding {
    const FIND: &'static str = "SELECT id FROM ranh_findings WHERE digest = ?1 LIMIT 1";
    const LINK: &'static str = "INSERT INTO ranh_run_findings (run, position, said) VALUES (?1, ?2, ?3)";

    fn key(&self) -> [&str; 3] {
        [&self.id, "", ""]
    }

    fn record(&self) -> rusqlite::Result<String> {
        json(&FindingRecord::of(self))
    }

    fn crs(&self) -> &Crs {
        &self.crs
    }

    fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    fn insert(&self, change: &Connection, run: i64, row: &Content) -> rusqlite::Result<()> {
        let sql = "INSERT INTO ranh_findings (run, finding, crs, geom, digest, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let Content { record, crs, shape, digest } = row;
        let values = params![run, record, crs, shape, digest.as_slice(), self.id];
        change.prepare_cached(sql)?.execute(values).map(|_| ())
    }
}

impl Said for Sliver {
    const FIND: &'static str = "SELECT id FROM ranh_slivers WHERE digest = ?1 LIMIT 1";
    const LINK: &'static str = "INSERT INTO ranh_run_slivers (run, position, said) VALUES (?1, ?2, ?3)";

    fn key(&self) -> [&str; 3] {
        [&self.rule, &self.zone, &self.other]
    }

    fn record(&self) -> rusqlite::Result<String> {
        json(&SliverRecord::of(self))
    }

    fn crs(&self) -> &Crs {
        &self.crs
    }

    fn region(&self) -> Option<&Region> {
        Some(&self.region)
    }

    fn insert(&self, change: &Connection, run: i64, row: &Content) -> rusqlite::Result<()> {
        let sql = "INSERT INTO ranh_slivers (run, sliver, crs, geom, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
        let Content { record, crs, shape, digest } = row;
        let values = params![run, record, crs, shape, digest.as_slice()];
        change.prepare_cached(sql)?.execute(values).map(|_| ())
    }
}

/// Keeps what a run says, in its order: with the rows of the run before where it says the same, with rows that are
/// there already, else with new ones.
pub(super) fn keep<T: Said>(
    change: &Connection,
    run: i64,
    said: &[T],
    before: Option<(&[T], &[Row])>,
) -> rusqlite::Result<Vec<Row>> {
    let (old, rows) = before.unwrap_or_default();
    let mut known: HashMap<[&str; 3], Vec<usize>> = HashMap::with_capacity(old.len());
    for (at, one) in old.iter().enumerate().take(rows.len()) {
        known.entry(one.key()).or_default().push(at);
    }
    let mut link = change.prepare(T::LINK)?;
    let mut kept = Vec::with_capacity(said.len());
    for (position, one) in (0_i64..).zip(said) {
        let same = known.get(&one.key()).and_then(|all| all.iter().find(|&&at| old[at] == *one));
        let row = match same {
            Some(&at) => rows[at],
            None => row(change, run, one)?,
        };
        link.execute(params![run, position, row.id])?;
        kept.push(row);
    }
    Ok(kept)
}

/// The row of this content, written unless it is there.
fn row<T: Said>(change: &Connection, run: i64, one: &T) -> rusqlite::Result<Row> {
    let shape = one.region().map(|region| shape(change, region, one.crs())).transpose()?;
    let (record, crs) = (one.record()?, one.crs().name().to_owned());
    let digest = digest([record.as_bytes(), crs.as_bytes(), shape.as_deref().unwrap_or_default()]);
    let found =
        change.prepare_cached(T::FIND)?.query_row([digest.as_slice()], |row| row.get(0)).optional()?;
    let id = match found {
        Some(id) => id,
        None => {
            one.insert(change, run, &Content { record, crs, shape, digest })?;
            change.last_insert_rowid()
        }
    };
    Ok(Row { id, digest })
}

/// Grid coordinates are exact in `f64`, so the shape comes back as the same region.
fn shape(change: &Connection, region: &Region, crs: &Crs) -> rusqlite::Result<Vec<u8>> {
    let srs_id = gpkg::register(change, crs)?;
    Ok(gpkg::encode(&Geometry::MultiPolygon(region.to_multi_polygon()), srs_id).bytes)
}
