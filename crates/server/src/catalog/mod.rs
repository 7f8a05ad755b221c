//! One immutable view of everything that is served. A request takes the current one and keeps it to its end; a new
//! revision is built beside it and swapped in.

mod check;
mod cluster_report;
mod finding;
mod grid;
mod grid_tiles;
mod hit;
mod identity;
mod keep;
mod output;
mod patch;
mod plane;
mod record;
mod register;
mod role;
mod schema;
mod search;
mod served;
mod shares;
mod tag;
mod tile_layer;
mod waiting;
mod zone;
mod zone_table;

use std::sync::Arc;

use planning::{Collection, FindingState, Register, Role, Standings};

pub(crate) use check::{Checked, conflict_ha, findings_wire, skipped};
pub use check::{check_answer, findings_answer};
pub(crate) use cluster_report::cluster_sheets;
pub(crate) use finding::Places;
pub(crate) use grid::Grid;
pub(crate) use grid_tiles::Preparation;
pub(crate) use keep::Keep;
pub(crate) use output::Output;
pub(crate) use plane::Plane;
pub(crate) use record::FeatureRecord;
pub(crate) use register::{documents, statistics_line};
pub(crate) use role::LayerRole;
pub(crate) use schema::{Property, Schema};
pub(crate) use served::Served;
pub(crate) use shares::{land_in_zones, land_sheets, unit_changes, unit_sheets};
pub(crate) use tile_layer::{coarser_by, fields as tile_fields};
pub(crate) use zone::{communes, conversion, conversions, coverage};
pub(crate) use zone_table::{Entry, Filter, Near, Order, cells, choices, groups, series, sums};

use project::Version;
use spatial::Feature;

use crate::source::Content;
use crate::wire;
use search::{SearchIndex, is_searched};

/// Everything at one revision.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) version: Version,
    /// Collections in the store's order, then findings and slivers.
    pub(crate) layers: Vec<Arc<Served>>,
    pub(crate) check: Option<Arc<Checked>>,
    /// The registers, by identifier.
    pub(crate) registers: Vec<Arc<Register>>,
    /// Where findings stand.
    pub(crate) standings: Arc<Standings>,
    search: Arc<SearchIndex>,
}

impl Catalog {
    /// Builds the view of a content; what has not changed since `older` is shared with it.
    pub(crate) fn build(content: &Content, older: &Self, tile_bytes: usize) -> Self {
        let check_id = content.check.as_ref().map_or(0, |run| run.id);
        let event = content.standings.newest();
        let version = Version { revision: content.revision, check: check_id, event, file: content.file };
        let mut layers: Vec<Arc<Served>> = content
            .collections
            .iter()
            .map(|(collection, revision)| {
                let same = |served: &&Arc<Served>| {
                    served.revision == *revision && Arc::ptr_eq(&served.layer, &collection.layer)
                };
                let before = older.layer(&collection.info.id);
                before.filter(same).cloned().unwrap_or_else(|| {
                    let role = LayerRole::Data(collection.info.role);
                    Arc::new(Served::new(role, collection, *revision, tile_bytes, before))
                })
            })
            .collect();
        let check = content.check.as_ref().map(|run| match &older.check {
            Some(checked) if Arc::ptr_eq(&checked.run, run) => Arc::clone(checked),
            older => Arc::new(Checked::new(run, older.as_deref(), tile_bytes)),
        });
        layers.extend(check.iter().flat_map(|checked| checked.layers.iter().cloned()));
        let (registers, standings) = (content.registers.clone(), Arc::clone(&content.standings));
        let search = Arc::clone(&older.search);
        let mut catalog = Self { version, layers, check, registers, standings, search };
        if !catalog.searches_as(older) {
            catalog.search = Arc::new(SearchIndex::new(&catalog.layers, catalog.plan()));
        }
        catalog
    }

    /// Whether a search finds the same in both.
    fn searches_as(&self, other: &Self) -> bool {
        self.searched().eq(other.searched())
    }

    /// The layers that a search goes through, by their addresses.
    fn searched(&self) -> impl Iterator<Item = *const Served> {
        let plan = self.plan();
        self.layers.iter().filter(move |served| is_searched(served, plan)).map(Arc::as_ptr)
    }

    /// The layer of an id.
    pub(crate) fn layer(&self, id: &str) -> Option<&Arc<Served>> {
        self.layers.iter().find(|served| served.info.id == id)
    }

    /// A layer whose tiles are not prepared yet.
    pub(crate) fn unprepared(&self) -> Option<&Arc<Served>> {
        self.layers.iter().find(|served| !served.has_tiles(Grid::WebMercator))
    }

    /// A layer whose plane will be asked for and is not there.
    pub(crate) fn without_plane(&self) -> Option<&Arc<Served>> {
        self.layers.iter().find(|served| served.needs_plane())
    }

    /// A layer with tiles that were made and are not kept yet.
    pub(crate) fn unkept(&self) -> Option<(&Arc<Served>, Grid)> {
        self.layers.iter().find_map(|served| Some((served, served.unkept()?)))
    }

    /// Tells the layers of the catalog before that have no place in this one.
    pub(crate) fn supersede(&self, before: &Self) {
        let stays = |old: &Arc<Served>| self.layers.iter().any(|served| Arc::ptr_eq(served, old));
        before.layers.iter().filter(|old| !stays(old)).for_each(|old| old.supersede());
    }

    /// The layers of a role.
    pub(crate) fn of_role(&self, role: Role) -> impl Iterator<Item = &Arc<Served>> {
        self.layers.iter().filter(move |served| served.role == LayerRole::Data(role))
    }

    /// The collections of the store at this revision, as those who judge take them.
    pub(crate) fn collections(&self) -> Vec<Collection> {
        let stored = self.layers.iter().filter(|served| matches!(served.role, LayerRole::Data(_)));
        stored.map(|served| served.collection()).collect()
    }

    /// The land-use plan that the check judges against: the last check's, else the one approved last.
    pub(crate) fn plan(&self) -> Option<&str> {
        let judged = self.check.as_ref().and_then(|checked| checked.run.outcome.plan.as_deref());
        judged.filter(|plan| self.layer(plan).is_some()).or_else(|| {
            let infos = self.of_role(Role::LandUsePlan).map(|served| &served.info);
            planning::plan_in_force(infos).map(|info| info.id.as_str())
        })
    }

    /// The features that a search text finds, the best first.
    pub(crate) fn find(&self, text: &str, limit: usize) -> Vec<wire::SearchResult> {
        self.search.find(text, limit)
    }

    /// Where a finding stands.
    pub(crate) fn state(&self, finding: &str) -> FindingState {
        self.standings.get(finding).map_or(FindingState::New, |standing| standing.state)
    }

    /// A feature as GeoJSON; a finding with where it stands.
    pub(crate) fn feature(
        &self,
        served: &Served,
        i: usize,
        feature: &Feature,
        output: &Output,
    ) -> wire::Feature {
        let mut answer = served.wire(i, feature, output);
        if served.role == LayerRole::Finding {
            answer.properties.insert("state".to_owned(), self.state(&answer.id).code().into());
        }
        answer
    }

    /// A finding of the newest check as it stands now, with or without its shape.
    pub(crate) fn answer(&self, finding: &wire::Finding, geometry: bool) -> wire::Finding {
        let standing = wire::FindingStanding::of(self.standings.get(&finding.id));
        let mut answer = finding.standing_at(standing, geometry);
        if geometry && answer.geometry.is_none() {
            answer.geometry = self.check.as_ref().and_then(|checked| checked.geometry(&finding.id));
        }
        answer
    }

    /// Whether the newest check is of an older revision than the data.
    pub(crate) fn check_is_stale(&self) -> bool {
        self.check.as_ref().is_some_and(|checked| checked.run.revision != self.version.revision)
    }
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;
    use planning::{Collection, CollectionInfo};
    use serde_json::json;
    use spatial::{Crs, Layer};
    use tiles::TileCoord;

    use super::*;

    #[test]
    fn the_area_of_one_feature_is_that_on_the_plane_of_all() {
        let served = served();
        let alone = served.area_m2(0);
        assert!(alone.is_some_and(|area_m2| area_m2 > 1e8), "{alone:?}");
        assert_eq!(served.plane().and_then(|plane| plane.area_m2(0)), alone);
        assert_eq!((served.area_m2(0), served.area_m2(1)), (alone, None));
    }

    pub(super) fn served() -> Arc<Served> {
        let square =
            polygon![(x: 106.7, y: 21.5), (x: 106.8, y: 21.5), (x: 106.8, y: 21.6), (x: 106.7, y: 21.6)];
        let feature = Feature {
            position: 0,
            id: None,
            geometry: Some(square.into()),
            properties: serde_json::Map::new(),
        };
        served_of(Layer { crs: Crs::wgs84(), features: vec![feature] })
    }

    pub(super) fn served_of(layer: Layer) -> Arc<Served> {
        let info: CollectionInfo = serde_json::from_value(
            json!({"collection": "zones", "role": "zone", "title": {"vi": "", "en": ""}}),
        )
        .unwrap();
        let collection = Collection { info, layer: Arc::new(layer) };
        Arc::new(Served::new(LayerRole::Data(Role::Zone), &collection, 1, 500_000, None))
    }

    #[test]
    fn of_replaced_layers_tiles_are_made_only_when_an_answer_needs_them() {
        let (stays, goes) = (served(), served());
        let before = Catalog { layers: vec![Arc::clone(&goes), Arc::clone(&stays)], ..Catalog::default() };
        let after = Catalog { layers: vec![Arc::clone(&stays)], ..Catalog::default() };
        after.supersede(&before);
        for served in [&stays, &goes] {
            served.prepare_tiles(Grid::WebMercator, None);
        }
        assert!(!goes.has_tiles(Grid::WebMercator));
        let coord = TileCoord::new(0, 0, 0).unwrap();
        let tile = goes.tile(Grid::WebMercator, coord, None);
        assert!(!tile.bytes.is_empty());
        assert!(stays.has_tiles(Grid::WebMercator));
        assert_eq!(stays.tile(Grid::WebMercator, coord, None), tile);
    }
}
