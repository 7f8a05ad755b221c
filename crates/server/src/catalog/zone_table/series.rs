//! Industrial land and fill, half-year by half-year.

use planning::{AreaStatement, PartialDate, ZoneRecord};

use super::super::Catalog;
use super::super::register::quantity;
use super::{Entry, sums};
use crate::wire::{HalfYear, RegisterFill};

/// The most half-years that are told, the newest.
const MOST: usize = 12;

/// The sums of a list on the last day of each half-year of which registers have areas.
pub(crate) fn series(catalog: &Catalog, all: &[Entry], list: &[Entry]) -> Vec<HalfYear> {
    let records = |entry: &Entry| -> Vec<&ZoneRecord> {
        let records = entry.row.records.iter();
        records.filter_map(|one| catalog.register(&one.register)?.zone(&one.id)).collect()
    };
    let known: Vec<Vec<&ZoneRecord>> = list.iter().map(records).collect();
    let mut days: Vec<(u16, u8)> = known
        .iter()
        .flatten()
        .flat_map(|record| &record.areas)
        .filter(|area| area.industrial_ha.is_some() || area.leased_ha.is_some())
        .filter_map(|area| half_year(area.as_of))
        .collect();
    days.sort_unstable();
    days.dedup();
    let newest = days.split_off(days.len().saturating_sub(MOST));
    let told = |(year, half): (u16, u8)| {
        let day = last_day(year, half)?;
        let then: Vec<Entry> =
            list.iter().zip(&known).map(|(entry, records)| on(entry, records, day)).collect();
        let sums = sums(all, &then);
        Some(HalfYear {
            year,
            half,
            industrial: sums.industrial,
            leased: sums.leased,
            fill_percent: sums.fill_percent,
        })
    };
    newest.into_iter().filter_map(told).collect()
}

/// A zone with the figures that were known on a day.
fn on(entry: &Entry, records: &[&ZoneRecord], day: PartialDate) -> Entry {
    let mut then = entry.clone();
    let areas = records.iter().filter_map(|record| record.area_on(Some(day)));
    let area: Option<&AreaStatement> = areas.max_by_key(|area| area.as_of);
    then.row.industrial_ha = area.and_then(|area| area.industrial_ha).map(quantity);
    then.row.leased_ha = area.and_then(|area| area.leased_ha).map(quantity);
    then.row.fill = RegisterFill::default();
    then.row.free_ha = None;
    then
}

/// The year and the half in which a day lies; a year alone counts to its end.
fn half_year(day: PartialDate) -> Option<(u16, u8)> {
    let year = day.year();
    Some((year, if day.last_day() <= last_day(year, 1)? { 1 } else { 2 }))
}

fn last_day(year: u16, half: u8) -> Option<PartialDate> {
    let (month, day) = if half == 1 { (6, 30) } else { (12, 31) };
    PartialDate::day(year, month, day)
}
