//! Search by name, code or land-use code, without diacritics.

use std::collections::HashMap;
use std::sync::Arc;

use planning::{Role, ZoneKind, search_key};
use spatial::Envelope;

use super::served::envelope;
use super::{LayerRole, Served};
use crate::wire::{SearchResult, Text};

/// What can be found.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Words that find it, as search keys: names first, then codes.
    keys: Vec<String>,
    result: SearchResult,
}

impl SearchIndex {
    /// Indexes zones, administrative units and the land-use codes that occur in the plan in force.
    pub(crate) fn new(layers: &[Arc<Served>], plan: Option<&str>) -> Self {
        let mut layers: Vec<&Arc<Served>> = layers.iter().collect();
        layers.sort_by_key(|served| served.role.rank());
        let mut entries = Vec::new();
        for served in layers {
            match served.role {
                LayerRole::Data(Role::LandUsePlan) if is_searched(served, plan) => {
                    codes(served, &mut entries);
                }
                _ if is_searched(served, plan) => features(served, &mut entries),
                _ => {}
            }
        }
        Self { entries }
    }

    /// The best matches: a whole name, then the beginning of one, then of a word in it, then anywhere.
    pub(crate) fn find(&self, text: &str, limit: usize) -> Vec<SearchResult> {
        let wanted = search_key(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(i, entry)| Some((entry.keys.iter().filter_map(|key| rank(key, &wanted)).min()?, i)))
            .collect();
        found.sort_unstable();
        found.truncate(limit);
        found.into_iter().filter_map(|(_, i)| Some(self.entries.get(i)?.result.clone())).collect()
    }
}

/// Whether anything of a layer can be found.
pub(super) fn is_searched(served: &Served, plan: Option<&str>) -> bool {
    match served.role {
        LayerRole::Data(Role::Zone | Role::Admin | Role::Constraint) => true,
        LayerRole::Data(Role::LandUsePlan) => Some(served.info.id.as_str()) == plan,
        _ => false,
    }
}

/// How well a key matches; the least is best.
fn rank(key: &str, wanted: &str) -> Option<u8> {
    let place = key.find(wanted)?;
    Some(match place {
        0 if key.len() == wanted.len() => 0,
        0 => 1,
        _ if key.as_bytes().get(place - 1) == Some(&b' ') => 2,
        _ => 3,
    })
}

fn features(served: &Served, into: &mut Vec<Entry>) {
    for (i, feature) in served.layer.features.iter().enumerate() {
        let id = served.identities.id(i);
        let name = feature.text("fullName").or_else(|| feature.text("name")).unwrap_or_else(|| id.to_owned());
        let others = [feature.text("name"), feature.text("code"), Some(id.to_owned())];
        let mut keys = vec![search_key(&name)];
        keys.extend(others.into_iter().flatten().map(|word| search_key(&word)));
        let kind = feature.text("kind").and_then(|kind| ZoneKind::from_code(&kind));
        let result = SearchResult {
            collection: served.info.id.clone(),
            role: served.role.name().into(),
            id: id.to_owned(),
            name,
            detail: detail(served, kind),
            bbox: served.bbox(i),
        };
        into.push(Entry { keys, result });
    }
}

/// The kind of a zone, else the title of the collection.
fn detail(served: &Served, kind: Option<ZoneKind>) -> Text {
    let name = kind.and_then(|kind| planning::kinds().ok()?.kind(kind));
    Text::from(name.unwrap_or(&served.info.title))
}

/// The codes that occur in a plan, each with the box of all its parcels.
fn codes(served: &Served, into: &mut Vec<Entry>) {
    let Ok(table) = planning::codes() else { return };
    let mut boxes: HashMap<String, Option<Envelope>> = HashMap::new();
    for (i, feature) in served.layer.features.iter().enumerate() {
        let Some(code) = feature.text("code") else { continue };
        let all = boxes.entry(code).or_default();
        let both = |own: Envelope| all.map_or(own, |all| all.merged(&own));
        *all = served.bbox(i).map(envelope).map(both).or(*all);
    }
    for code in &table.codes {
        let Some(place) = boxes.get(&code.code) else { continue };
        let result = SearchResult {
            collection: served.info.id.clone(),
            role: served.role.name().into(),
            id: code.code.clone(),
            name: format!("{} {}", code.code, code.name.vi),
            detail: Text::from(&served.info.title),
            bbox: place.map(|place| [place.min[0], place.min[1], place.max[0], place.max[1]]),
        };
        let keys = vec![search_key(&code.code), search_key(&code.name.vi), search_key(&code.name.en)];
        into.push(Entry { keys, result });
    }
}
