//! All zones in one table: those with a boundary, with what the check measured and found, joined with what registers
//! know of them, and those that a register alone knows.

mod cells;
mod choices;
mod entry;
mod facts;
mod filter;
mod near;
mod order;
mod series;
mod sums;

use std::collections::HashMap;

use planning::Role;

pub(crate) use cells::cells;
pub(crate) use choices::choices;
pub(crate) use entry::Entry;
pub(crate) use filter::Filter;
pub(crate) use near::Near;
pub(crate) use order::Order;
pub(crate) use series::series;
pub(crate) use sums::{groups, sums};

use super::Catalog;
use facts::Facts;

impl Catalog {
    /// Every zone once, those with a boundary first.
    pub(crate) fn zone_entries(&self) -> Vec<Entry> {
        let facts = Facts::of(self);
        let mut entries = Vec::new();
        let mut positions: HashMap<(String, String), usize> = HashMap::new();
        for served in self.of_role(Role::Zone) {
            for (i, feature) in served.layer.features.iter().enumerate() {
                let entry = Entry::of_feature(&facts, served, i, feature);
                positions.insert((served.info.id.clone(), entry.row.id.clone()), entries.len());
                entries.push(entry);
            }
        }
        let boundaries = self.boundaries();
        for register in &self.registers {
            for zone in &register.zones {
                let boundary = boundaries.of(zone).map(|feature| (feature.collection, feature.id));
                match boundary.and_then(|key| entries.get_mut(*positions.get(&key)?)) {
                    Some(entry) => entry.take(register, zone),
                    None => entries.push(Entry::of_record(register, zone)),
                }
            }
        }
        entry::link_parents(&mut entries);
        entries
    }
}
