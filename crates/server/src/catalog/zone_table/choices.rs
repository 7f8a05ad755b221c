//! What filters can ask for.

use std::collections::BTreeMap;

use planning::search_key;

use super::super::Catalog;
use super::Entry;
use super::near::references;
use crate::wire::{Text, ZoneChoice, ZoneChoices};

/// The kinds, states, provinces and communes that zones have, and what distances can be measured to.
pub(crate) fn choices(catalog: &Catalog, entries: &[Entry]) -> ZoneChoices {
    let rows = || entries.iter().map(|entry| &entry.row);
    let kinds = counted(rows().filter_map(|row| row.kind.as_deref()).map(|code| (code, None)));
    let near = references(catalog).map(|served| ZoneChoice {
        code: served.info.id.clone(),
        name: Some(Text::from(&served.info.title)),
        count: served.layer.features.len(),
    });
    let placed = rows().filter(|row| row.collection.is_some()).filter_map(|row| row.kind.as_deref());
    let zones = counted(placed.map(|code| (code, None)));
    ZoneChoices {
        states: counted(rows().filter_map(|row| row.state.as_deref()).map(|code| (code, None))),
        provinces: counted(rows().filter_map(|row| row.province.as_deref()).map(|name| (name, Some(name)))),
        communes: counted(
            rows()
                .flat_map(|row| &row.communes)
                .map(|commune| (commune.code.as_str(), Some(commune.name.as_str()))),
        ),
        near: near.chain(zones).collect(),
        kinds,
    }
}

/// Each code with its name and how often it comes, by name.
fn counted<'a>(codes: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> Vec<ZoneChoice> {
    let mut counts: BTreeMap<&str, (Option<&str>, usize)> = BTreeMap::new();
    for (code, name) in codes {
        counts.entry(code).or_insert((name, 0)).1 += 1;
    }
    let text = |name: &str| Text { vi: name.to_owned(), en: name.to_owned() };
    let mut choices: Vec<ZoneChoice> = counts
        .into_iter()
        .map(|(code, (name, count))| ZoneChoice { code: code.to_owned(), name: name.map(text), count })
        .collect();
    choices
        .sort_by_cached_key(|choice| search_key(choice.name.as_ref().map_or(&choice.code, |name| &name.vi)));
    choices
}
