//! Changing several features by one request, all of it or none (OGC API Features part 11, draft 26-018).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::Response;

use super::actions::{self, Change, Plan};
use super::{apply, declared, layer, reason};
use crate::app::{App, Current};
use crate::base::Base;
use crate::catalog::Catalog;
use crate::params::{Params, encode};
use crate::problem::Problem;
use crate::respond;
use crate::wire::{Transaction, TransactionResult, TransactionSemantic, TransactionSummary, TransactionVerb};

const TYPES: [&str; 2] = ["application/ogc-tx+json", "application/json"];
/// The preference for an answer without addresses (RFC 7240, 4.2).
const MINIMAL: &str = "return=minimal";

/// Adds, replaces, changes and removes features of a collection: all actions or none, as one revision.
#[utoipa::path(post, path = "/transactions", tag = "Features",
    request_body(content = Transaction, content_type = "application/ogc-tx+json"),
    params(("reason" = Option<String>, Query, description = "Why, kept with the revision; else the transaction's description is"),
        ("Prefer" = Option<String>, Header, description = "return=minimal for the counts alone"),
        ("Content-Crs" = Option<String>, Header, description = "CRS of the coordinates, in angle brackets; usually CRS84")),
    responses((status = 200, description = "All of it is done", body = TransactionResult),
        (status = 400, description = "An action makes no sense; nothing is changed, and errors names each"),
        (status = 403, description = "Nothing may be changed here"), (status = 404, description = "No such collection or feature"),
        (status = 405, description = "Not a collection of features that can be changed"),
        (status = 409, description = "There is a feature of that id, or somebody else changed one just now"),
        (status = 412, description = "A feature is not what was read any more"),
        (status = 413, description = "Too many features"), (status = 415, description = "Not declared as a transaction")))]
pub(crate) async fn transact(
    State(app): State<App>,
    Current(catalog): Current,
    base: Base,
    headers: HeaderMap,
    params: Params,
    body: Bytes,
) -> Result<Response, Problem> {
    params.only(&["reason"])?;
    declared(&headers, &TYPES)?;
    if headers.contains_key(header::IF_MATCH) {
        let detail =
            "If-Match would be of all transactions; give each action the member \"if-match\" instead.";
        return Err(Problem::bad(detail));
    }
    let (reader, asked) = (app.clone(), headers.clone());
    let read = move || {
        let transaction: Transaction = actions::object(&body, "a transaction")?;
        let plan = Plan::new(&reader, &catalog, &asked, &transaction.transaction)?;
        Ok::<_, Problem>((plan, transaction.description))
    };
    let read = tokio::task::spawn_blocking(read).await.map_err(|error| Problem::broken(&error))?;
    let (Plan { collection, edits, changes }, description) = read?;
    let why = reason(&params).or(description);
    let (catalog, edited) = apply(&app, &collection, edits, why).await?;
    let ids = ids(&catalog, &collection, &changes, &edited)?;
    let minimal = respond::prefers(&headers, MINIMAL);
    let address = |id: &str| base.to(&format!("/collections/{collection}/items/{}", encode(id)));
    let of = |verb: TransactionVerb| -> Vec<String> {
        let wanted = ids.iter().filter(|(one, _)| *one == verb && !minimal);
        wanted.map(|(_, id)| address(id)).collect()
    };
    let answer = TransactionResult {
        semantic: TransactionSemantic::Atomic,
        summary: summary(&changes),
        revision: edited.revision.number,
        insert_results: of(TransactionVerb::Insert),
        update_results: of(TransactionVerb::Update),
        replace_results: of(TransactionVerb::Replace),
        delete_results: of(TransactionVerb::Delete),
    };
    let mut response = respond::json(&HeaderMap::new(), &answer)?;
    if minimal {
        respond::insert(&mut response, HeaderName::from_static("preference-applied"), MINIMAL);
    }
    respond::insert(&mut response, header::CACHE_CONTROL, "no-store");
    Ok(response)
}

fn summary(changes: &[Change]) -> TransactionSummary {
    let count = |verb| changes.iter().filter(|change| change.verb == verb).count();
    TransactionSummary {
        total_inserted: count(TransactionVerb::Insert),
        total_updated: count(TransactionVerb::Update),
        total_replaced: count(TransactionVerb::Replace),
        total_deleted: count(TransactionVerb::Delete),
    }
}

/// The features' ids in the order of the changes; those that are new got theirs just now.
fn ids(
    catalog: &Arc<Catalog>,
    collection: &str,
    changes: &[Change],
    edited: &project::Edited,
) -> Result<Vec<(TransactionVerb, String)>, Problem> {
    let served = layer(catalog, collection)?;
    let mut written = edited.features.iter();
    let mut ids = Vec::with_capacity(changes.len());
    for change in changes {
        // What was taken away is not among the features that were written.
        let feature = if change.verb == TransactionVerb::Delete { None } else { written.next() };
        let id = change.id.clone().or_else(|| {
            let (i, _) = served.at_position(feature?.position)?;
            Some(served.identities.id(i).to_owned())
        });
        let gone =
            || Problem::new(StatusCode::CONFLICT, "It was added, and then taken away by somebody else.");
        ids.push((change.verb, id.ok_or_else(gone)?));
    }
    Ok(ids)
}
