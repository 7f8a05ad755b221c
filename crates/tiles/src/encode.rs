//! One tile of a layer: what is near, drawn and written, within the size a tile may have.

use crate::draw::{Drawn, Fate};
use crate::layer::{Prepared, Small, TileLayer};
use crate::matrix::TileCoord;

/// An encoded tile and what it does not show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tile {
    /// Mapbox Vector Tile 2.1; no bytes when nothing is there.
    pub bytes: Vec<u8>,
    /// Features drawn, labels not counted.
    pub features: usize,
    /// Features left out because all of them fell on one grid unit or line.
    pub collapsed: usize,
    /// Features left out, lightest first, because the tile would have been too large.
    pub dropped: usize,
    /// Whether the tile is too large all the same, because what is left must not be dropped.
    pub over_budget: bool,
}

impl TileLayer {
    /// Encodes one tile.
    pub fn encode(&self, tile: TileCoord) -> Tile {
        let z = tile.z();
        let nearby = self.index.query(&tile.envelope_m(self.settings.buffer));
        let mut drawn = Vec::new();
        let mut collapsed = 0;
        for feature in nearby.into_iter().filter_map(|i| self.features.get(i)).filter(|f| f.min_zoom <= z) {
            match self.draw(feature, tile) {
                Fate::Drawn(geometry) => drawn.push((feature, Some(geometry))),
                Fate::Collapsed => {
                    collapsed += 1;
                    drawn.push((feature, None));
                }
                Fate::Outside => drawn.push((feature, None)),
            }
        }
        if collapsed > 0 && drawn.iter().all(|(_, geometry)| geometry.is_none()) {
            collapsed -= usize::from(self.keep_one(&mut drawn, tile));
        }
        let mut answer = self.within_budget(drawn, tile);
        answer.collapsed = collapsed;
        answer
    }

    /// Where all features are too small to be drawn, the heaviest stands for them, so that a far view shows where
    /// there is something at all.
    fn keep_one(&self, drawn: &mut [(&Prepared, Option<Drawn>)], tile: TileCoord) -> bool {
        let heaviest = drawn
            .iter_mut()
            .filter(|(feature, _)| matches!(self.draw(feature, tile), Fate::Collapsed))
            .max_by(|(a, _), (b, _)| a.weight.total_cmp(&b.weight).then(b.id.cmp(&a.id)));
        let Some((feature, geometry)) = heaviest else { return false };
        *geometry = self.unit(feature, tile);
        geometry.is_some()
    }

    /// Leaves out the lightest features until the tile is small enough.
    fn within_budget(&self, mut drawn: Vec<(&Prepared, Option<Drawn>)>, tile: TileCoord) -> Tile {
        let all = shown(&drawn);
        loop {
            let bytes = self.write(&drawn, tile);
            let over_budget = bytes.len() > self.settings.max_bytes;
            if !over_budget || self.settings.small == Small::Keep || drawn.is_empty() {
                let features = shown(&drawn);
                return Tile { bytes, features, collapsed: 0, dropped: all - features, over_budget };
            }
            // A tenth below what the sizes suggest: the heavy features that stay are longer than most.
            let share = 0.9 * self.settings.max_bytes as f64 / bytes.len() as f64;
            let keep = (drawn.len() as f64 * share) as usize;
            let mut weights: Vec<f64> = drawn.iter().map(|(feature, _)| feature.weight).collect();
            weights.sort_by(|a, b| b.total_cmp(a));
            let least = if keep == 0 { f64::INFINITY } else { weights[keep - 1] };
            let mut left = keep;
            drawn.retain(|(feature, _)| {
                let stays = left > 0 && feature.weight.total_cmp(&least).is_ge();
                left -= usize::from(stays);
                stays
            });
        }
    }
}

fn shown(drawn: &[(&Prepared, Option<Drawn>)]) -> usize {
    drawn.iter().filter(|(_, geometry)| geometry.is_some()).count()
}
