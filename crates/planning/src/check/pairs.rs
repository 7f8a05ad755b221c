//! What is to be said of chosen zones together with others: rules on pairs are told by the zone whose id comes first,
//! whether it was chosen or not.

use std::collections::{BTreeMap, BTreeSet};

use super::group::Group;
use super::member::Member;
use super::plane::{around, extent};
use super::run::Run;
use crate::rules::PAIR_RULES;

impl Run<'_> {
    /// Judges the pairs of chosen zones, grouped as they were judged, that the other zone tells.
    pub(super) fn judge_pairs(&mut self, groups: &BTreeMap<(String, bool), Vec<usize>>) {
        let rules: BTreeSet<&'static str> =
            PAIR_RULES.into_iter().filter(|id| self.rules.contains(id)).collect();
        if rules.is_empty() {
            return;
        }
        let chosen: Vec<usize> = groups.values().flatten().copied().collect();
        let tellers: BTreeSet<usize> =
            groups.values().flat_map(|members| self.tellers(members, &chosen)).collect();
        let mut by_crs: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in tellers {
            by_crs.entry(self.scene.zones[at].crs.name()).or_default().push(at);
        }
        for members in by_crs.into_values() {
            if self.stopped() {
                return;
            }
            self.judge_tellers(&members, &chosen, &rules);
        }
    }

    /// Zones near some chosen ones that were not chosen themselves and come before one of them.
    fn tellers(&mut self, members: &[usize], chosen: &[usize]) -> Vec<usize> {
        let Some(first) = members.first() else { return Vec::new() };
        let scene = self.scene;
        let crs = scene.zones[*first].crs.clone();
        let (_, zones) = self.on_plane(&crs, members);
        let place = extent(&zones).map(|place| around(&place, scene.pack.reach_m()));
        let key = |at: usize| scene.pair_key(&scene.zones[at]);
        let last = members.iter().map(|at| key(*at)).max();
        let mut near = self.strangers(&crs, place.as_ref(), members);
        near.retain(|at| Some(key(*at)) < last && !chosen.contains(at));
        near.retain(|at| scene.pack.judges(scene.zones[*at].zone.state));
        near
    }

    fn judge_tellers(&mut self, members: &[usize], chosen: &[usize], rules: &BTreeSet<&'static str>) {
        let crs = self.scene.zones[members[0]].crs.clone();
        let (members, zones) = self.on_plane(&crs, members);
        let (neighbours, near) = self.on_plane(&crs, chosen);
        let group = Group { members, zones, neighbours, near, ..Group::bare(&crs) };
        for at in 0..group.members.len() {
            let (scene, cancelled) = (self.scene, self.options.cancelled);
            let member = Member { scene, rules, cancelled, group: &group, at };
            self.report.append(member.judge_pairs());
        }
    }
}
