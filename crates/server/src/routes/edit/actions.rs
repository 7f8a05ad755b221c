//! From the actions of a transaction to edits. Every action that cannot be done is named, and nothing is done then.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use axum::http::{HeaderMap, StatusCode};
use project::Edit;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::super::items::chosen;
use super::body::{Body, updated};
use super::target::{Target, has_tag};
use crate::app::App;
use crate::catalog::Catalog;
use crate::params::Params;
use crate::problem::{Fault, Problem};
use crate::settings::Limits;
use crate::wire::{TransactionAction, TransactionVerb};

/// Most faults that are told at once.
const MOST_FAULTS: usize = 20;

/// What a transaction does.
pub(super) struct Plan {
    pub(super) collection: String,
    pub(super) edits: Vec<Edit>,
    /// For each edit.
    pub(super) changes: Vec<Change>,
}

/// What happens to one feature.
pub(super) struct Change {
    pub(super) verb: TransactionVerb,
    /// Its id, unless it gets one only now.
    pub(super) id: Option<String>,
}

impl Plan {
    /// Reads the actions and holds them against the features as they are. Blocks.
    pub(super) fn new(
        app: &App,
        catalog: &Catalog,
        headers: &HeaderMap,
        actions: &[Box<RawValue>],
    ) -> Result<Self, Problem> {
        if actions.is_empty() {
            return Err(Problem::bad("The transaction has no actions."));
        }
        let texts = actions.iter().map(|raw| raw.get().as_bytes());
        let read = |(at, text): (usize, &[u8])| {
            let action = object::<TransactionAction>(text, "an action");
            action.map_err(|problem| Fault::new(format!("/transaction/{at}"), problem))
        };
        let actions = all(texts.enumerate().map(read))?;
        let collection = one_collection(&actions)?;
        let target = Target::new(app, catalog, &collection, headers)?;
        let mut planner = Planner::new(catalog, &target, app.limits());
        all(actions.iter().enumerate().map(|(at, action)| {
            planner.take(at, action).map_err(|fault| Fault {
                pointer: format!("/transaction/{at}{}", fault.pointer),
                detail: named(action, &fault.detail),
                ..fault
            })
        }))?;
        let Planner { edits, changes, .. } = planner;
        Ok(Self { collection, edits, changes })
    }
}

/// A JSON object of a type. A list would do for one whose members may all be left out.
pub(super) fn object<T: DeserializeOwned>(bytes: &[u8], what: &str) -> Result<T, Problem> {
    let wrong = |why: String| Problem::bad(format!("This is not {what}: {why}."));
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(wrong("it must be a JSON object".into()));
    }
    serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))
}

/// All that could be made, or what was wrong with the others.
fn all<T>(made: impl Iterator<Item = Result<T, Fault>>) -> Result<Vec<T>, Problem> {
    let (mut good, mut faults) = (Vec::new(), Vec::new());
    for one in made {
        match one {
            Ok(one) => good.push(one),
            Err(fault) => faults.push(fault),
        }
        if faults.len() == MOST_FAULTS {
            break;
        }
    }
    if faults.is_empty() { Ok(good) } else { Err(Problem::of_faults("Nothing was changed.", faults)) }
}

/// With the words by which the sender knows the action.
fn named(action: &TransactionAction, detail: &str) -> String {
    action
        .id
        .as_ref()
        .or(action.title.as_ref())
        .map_or_else(|| detail.to_owned(), |name| format!("\"{name}\": {detail}"))
}

/// The collection that all actions are about: a revision is of one.
fn one_collection(actions: &[TransactionAction]) -> Result<String, Problem> {
    let first = actions.first().map(|action| action.collection.clone()).unwrap_or_default();
    match actions.iter().position(|action| action.collection != first) {
        None => Ok(first),
        Some(at) => {
            let detail =
                format!("A transaction is about one collection, and the first action names \"{first}\".");
            let fault = Fault::new(format!("/transaction/{at}/collection"), Problem::bad(detail));
            Err(Problem::of_faults("Nothing was changed.", vec![fault]))
        }
    }
}

struct Planner<'a> {
    catalog: &'a Catalog,
    target: &'a Target,
    limits: &'a Limits,
    begun: Instant,
    edits: Vec<Edit>,
    changes: Vec<Change>,
    /// Ids of features that are new.
    new: BTreeSet<String>,
    /// Which action changes the feature at a place of the collection.
    changed: BTreeMap<usize, usize>,
}

impl<'a> Planner<'a> {
    fn new(catalog: &'a Catalog, target: &'a Target, limits: &'a Limits) -> Self {
        Self {
            catalog,
            target,
            limits,
            begun: Instant::now(),
            edits: Vec::new(),
            changes: Vec::new(),
            new: BTreeSet::new(),
            changed: BTreeMap::new(),
        }
    }

    fn take(&mut self, at: usize, action: &TransactionAction) -> Result<(), Fault> {
        fitting(action)?;
        if action.action == TransactionVerb::Insert {
            return self.insert(action.items.as_deref().unwrap_or_default());
        }
        let replacement = match action.action {
            TransactionVerb::Replace => Some(self.replacement(action)?),
            _ => None,
        };
        let own = replacement.as_ref().and_then(|feature| feature.id.as_ref()).map(ToString::to_string);
        let found = self.chosen(action, own).map_err(|problem| Fault::new("/filter", problem))?;
        if replacement.is_some() && found.len() > 1 {
            let detail =
                format!("The filter chooses {} features; one can be replaced at a time.", found.len());
            return Err(Fault::new("/filter", Problem::bad(detail)));
        }
        for i in found {
            self.change(at, action, i, replacement.as_ref())?;
        }
        self.few_enough().map_err(|problem| Fault::new("", problem))
    }

    fn insert(&mut self, items: &[Box<RawValue>]) -> Result<(), Fault> {
        for (k, item) in items.iter().enumerate() {
            let wrong = |problem| Fault::new(format!("/items/{k}"), problem);
            let feature = Body::of(item.get().as_bytes(), self.target).and_then(Body::only).map_err(wrong)?;
            self.target.must_be_new(&feature, &mut self.new).map_err(wrong)?;
            self.edits.push(Edit::Insert(feature));
            self.changes.push(Change { verb: TransactionVerb::Insert, id: None });
        }
        self.few_enough().map_err(|problem| Fault::new("/items", problem))
    }

    fn few_enough(&self) -> Result<(), Problem> {
        let most = self.limits.transaction_features;
        if self.edits.len() <= most {
            return Ok(());
        }
        let detail = format!("A transaction may change {most} features at most; make several.");
        Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail))
    }

    fn replacement(&self, action: &TransactionAction) -> Result<spatial::Feature, Fault> {
        let inner = action.properties.as_ref().and_then(|properties| properties.feature.as_ref());
        let (member, raw) = match (&action.feature, inner) {
            (Some(raw), None) => ("/feature", raw),
            (None, Some(raw)) => ("/properties/feature", raw),
            (None, None) => {
                return Err(Fault::new("/feature", Problem::bad("A replacement needs a feature.")));
            }
            (Some(_), Some(_)) => {
                return Err(Fault::new("/feature", Problem::bad("There is a second feature.")));
            }
        };
        let feature = Body::of(raw.get().as_bytes(), self.target).and_then(Body::only);
        feature.map_err(|problem| Fault::new(member, problem))
    }

    /// Places of the features that an action is about. `own` is the id that its feature has.
    fn chosen(&self, action: &TransactionAction, own: Option<String>) -> Result<Vec<usize>, Problem> {
        let served = &self.target.served;
        let by_id = |id: &str| {
            let found = served.find(id).map(|(i, _)| i);
            found.ok_or_else(|| Problem::missing(format!("There is no feature \"{id}\" in the collection.")))
        };
        let Some(filter) = &action.filter else {
            let detail = "It takes a filter to choose features, such as {\"op\": \"=\", \"args\": [{\"property\": \
                \"id\"}, \"…\"]}.";
            return own.map_or_else(|| Err(Problem::bad(detail)), |id| Ok(vec![by_id(&id)?]));
        };
        if action.filter_lang.as_deref().is_none_or(|language| language == "cql2-json")
            && let Some(ids) = ids(filter, &served.schema().id)
        {
            return ids.into_iter().map(by_id).collect::<Result<BTreeSet<_>, _>>().map(Vec::from_iter);
        }
        let left = self.limits.filter.saturating_sub(self.begun.elapsed());
        let found = chosen(self.catalog, served, &params(action, filter)?, self.limits, left)?;
        if found.is_empty() {
            return Err(Problem::missing("The filter chooses no feature."));
        }
        Ok(found)
    }

    /// Changes the feature at a place of the collection.
    fn change(
        &mut self,
        at: usize,
        action: &TransactionAction,
        i: usize,
        replacement: Option<&spatial::Feature>,
    ) -> Result<(), Fault> {
        let served = &self.target.served;
        let id = served.identities.id(i).to_owned();
        let Some(before) = served.layer.features.get(i) else { return Ok(()) };
        if let Some(other) = self.changed.insert(i, at) {
            let detail = format!("The feature \"{id}\" is changed by /transaction/{other} as well.");
            return Err(Fault::new("", Problem::new(StatusCode::CONFLICT, detail)));
        }
        if let Some(tags) = &action.if_match {
            has_tag(served, i, std::iter::once(tags.as_str()))
                .map_err(|problem| Fault::new("/if-match", problem))?;
        }
        let edit = match (action.action, replacement) {
            (TransactionVerb::Delete, _) => Edit::Remove(before.clone()),
            (_, Some(feature)) => {
                let after = self.target.keeping_id(before, &id, feature.clone());
                let after = after.map_err(|problem| Fault::new("/feature/id", problem))?;
                Edit::Replace { before: before.clone(), after }
            }
            (_, None) => {
                let changes = action.properties.clone().unwrap_or_default();
                let after = updated(before, &changes, self.target);
                let after = after.map_err(|problem| Fault::new("/properties", problem))?;
                Edit::Replace { before: before.clone(), after }
            }
        };
        self.edits.push(edit);
        self.changes.push(Change { verb: action.action, id: Some(id) });
        Ok(())
    }
}

/// Refuses members that say nothing to what the action does, and misses those that it needs.
fn fitting(action: &TransactionAction) -> Result<(), Fault> {
    let has = |member: &str| match member {
        "items" => action.items.is_some(),
        "feature" => action.feature.is_some(),
        "properties" => action.properties.is_some(),
        "filter" => action.filter.is_some(),
        "filter-lang" => action.filter_lang.is_some(),
        "filter-crs" => action.filter_crs.is_some(),
        _ => action.if_match.is_some(),
    };
    let (needed, possible): (&str, &[&str]) = match action.action {
        TransactionVerb::Insert => ("items", &["items"]),
        TransactionVerb::Replace => {
            ("", &["feature", "properties", "filter", "filter-lang", "filter-crs", "if-match"])
        }
        TransactionVerb::Update => {
            ("properties", &["properties", "filter", "filter-lang", "filter-crs", "if-match"])
        }
        TransactionVerb::Delete => ("filter", &["filter", "filter-lang", "filter-crs", "if-match"]),
    };
    let wrong = |member: &str, detail: String| Fault::new(format!("/{member}"), Problem::bad(detail));
    let verb = format!("{:?}", action.action).to_lowercase();
    let members = ["items", "feature", "properties", "filter", "filter-lang", "filter-crs", "if-match"];
    if let Some(member) = members.into_iter().find(|member| has(member) && !possible.contains(member)) {
        return Err(wrong(member, format!("The action \"{verb}\" has no \"{member}\".")));
    }
    if let Some(member) = members.into_iter().find(|member| *member == needed && !has(member)) {
        return Err(wrong(member, format!("The action \"{verb}\" needs \"{member}\".")));
    }
    if action.items.as_ref().is_some_and(Vec::is_empty) {
        return Err(wrong("items", "There are no items.".into()));
    }
    Ok(())
}

/// The ids that a filter names, if that is all that it does.
fn ids<'a>(filter: &'a serde_json::Value, id: &str) -> Option<Vec<&'a str>> {
    let [subject, named] = filter["args"].as_array()?.as_slice() else { return None };
    if subject["property"] != id || filter.as_object()?.len() != 2 {
        return None;
    }
    match filter["op"].as_str()? {
        "=" => Some(vec![named.as_str()?]),
        "in" => named.as_array()?.iter().map(serde_json::Value::as_str).collect(),
        _ => None,
    }
}

/// The filter as a request for features would have it.
fn params(action: &TransactionAction, filter: &serde_json::Value) -> Result<Params, Problem> {
    let (text, usual) = match filter {
        serde_json::Value::String(text) => (text.clone(), "cql2-text"),
        other => (other.to_string(), "cql2-json"),
    };
    let language = action.filter_lang.as_deref().unwrap_or(usual);
    if language != usual {
        let detail = "A filter is a text with filter-lang \"cql2-text\", else an object with \"cql2-json\".";
        return Err(Problem::bad(detail));
    }
    let crs = action.filter_crs.iter().map(|crs| ("filter-crs", crs.as_str()));
    let pairs = [("filter", text.as_str()), ("filter-lang", language)].into_iter().chain(crs);
    Ok(Params::of(pairs))
}
