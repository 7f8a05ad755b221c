//! Sums over a list of zones, such that no land counts twice.

use std::collections::{BTreeMap, HashMap};

use super::Entry;
use crate::wire::{AreaSum, Quantity, ZoneGroup, ZoneRow, ZoneSums};

/// Figures of a zone that are added up, each at its place.
type Figures = [Option<(f64, bool)>; FIGURES];
const FIGURES: usize = 5;
const DECLARED: usize = 0;
const MEASURED: usize = 1;
const INDUSTRIAL: usize = 2;
const LEASED: usize = 3;
const FREE: usize = 4;

fn figures(row: &ZoneRow) -> Figures {
    let stated =
        |area: &Option<Quantity>| area.as_ref().map(|area| (area.value, area.qualifier != "exactly"));
    let exact = |area: Option<f64>| area.map(|ha| (ha, false));
    [
        stated(&row.declared_ha),
        exact(row.area_ha),
        stated(&row.industrial_ha),
        stated(&row.leased_ha),
        exact(row.free_ha),
    ]
}

/// What a zone adds to sums: a figure is left out where a zone of the list that holds it has the figure too.
struct Share<'a> {
    entry: &'a Entry,
    figures: Figures,
    /// Which of the figures are in another's.
    within: [bool; FIGURES],
    is_nested: bool,
}

/// Sums of a list of zones; `all` are those that parents are looked up in.
pub(crate) fn sums<'a>(all: &[Entry], list: impl IntoIterator<Item = &'a Entry>) -> ZoneSums {
    total(&shares(all, list))
}

/// The sums of the parts of a list that have the same code, with the name of it. With `apart`, each part is a list by
/// itself; else the parts add up to the whole.
pub(crate) fn groups<'a>(
    all: &[Entry],
    list: &'a [Entry],
    apart: bool,
    of: impl Fn(&'a ZoneRow) -> (Option<String>, Option<String>),
) -> Vec<ZoneGroup> {
    let mut parts: BTreeMap<Option<String>, (Option<String>, Vec<Share<'a>>)> = BTreeMap::new();
    for share in shares(all, list) {
        let (code, name) = of(&share.entry.row);
        let (_, part) = parts.entry(code).or_insert_with(|| (name, Vec::new()));
        part.push(share);
    }
    let group = |(code, (name, part)): (Option<String>, (Option<String>, Vec<Share<'a>>))| {
        let sums = if apart { sums(all, part.iter().map(|share| share.entry)) } else { total(&part) };
        ZoneGroup { code, name, sums }
    };
    parts.into_iter().map(group).collect()
}

fn shares<'a>(all: &[Entry], list: impl IntoIterator<Item = &'a Entry>) -> Vec<Share<'a>> {
    let list: Vec<&Entry> = list.into_iter().collect();
    let listed: HashMap<_, Figures> = list.iter().map(|entry| (key(entry), figures(&entry.row))).collect();
    let share = |entry: &&'a Entry| {
        let (mut within, mut is_nested) = ([false; FIGURES], false);
        let mut parent = entry.parent;
        // A chain of parents that runs in a circle has an end as well.
        for _ in 0..MOST_PARENTS {
            let Some(holder) = parent.and_then(|at| all.get(at)) else { break };
            if let Some(figures) = listed.get(&key(holder)) {
                is_nested = true;
                within.iter_mut().zip(figures).for_each(|(within, figure)| *within |= figure.is_some());
            }
            parent = holder.parent;
        }
        Share { entry, figures: figures(&entry.row), within, is_nested }
    };
    list.iter().map(share).collect()
}

/// What tells a zone from all others: its collection, or the register that alone knows it, and its identifier there.
fn key(entry: &Entry) -> (Option<&str>, &str) {
    let row = &entry.row;
    let register = || row.records.first().map(|record| record.register.as_str());
    (row.collection.as_deref().or_else(register), &row.id)
}

/// The deepest that zones lie in each other: economic zone, functional area, park, and what is not thought of.
const MOST_PARENTS: usize = 8;

fn total(shares: &[Share<'_>]) -> ZoneSums {
    let mut sums = ZoneSums { zones: shares.len(), ..ZoneSums::default() };
    let (mut leased_ha, mut industrial_ha) = (0.0, 0.0);
    for share in shares {
        let row = &share.entry.row;
        sums.nested += usize::from(share.is_nested);
        for (at, sum) in [
            (DECLARED, &mut sums.declared),
            (MEASURED, &mut sums.measured),
            (INDUSTRIAL, &mut sums.industrial),
            (LEASED, &mut sums.leased),
            (FREE, &mut sums.free),
        ] {
            if !share.within[at] {
                add(sum, share.figures[at]);
            }
        }
        let both = share.figures[LEASED].zip(share.figures[INDUSTRIAL]);
        if let Some(((leased, _), (industrial, _))) = both.filter(|_| !share.within[INDUSTRIAL]) {
            leased_ha += leased;
            industrial_ha += industrial;
        }
        sums.findings.B += row.findings.B;
        sums.findings.E += row.findings.E;
        sums.findings.W += row.findings.W;
        sums.findings.I += row.findings.I;
        sums.in_conflict += usize::from(row.is_in_conflict());
        sums.conflict_ha += row.conflict_ha;
    }
    sums.fill_percent = (industrial_ha > 0.0).then(|| leased_ha / industrial_ha * 100.0);
    sums
}

fn add(sum: &mut AreaSum, figure: Option<(f64, bool)>) {
    match figure {
        None => sum.unknown += 1,
        Some((ha, approximate)) => {
            sum.ha += ha;
            sum.zones += 1;
            sum.approximate |= approximate;
        }
    }
}
