//! The tiles of a layer on one grid: taken over from an earlier start, or made once by whoever comes first.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tiles::{KeptLayer, Tile, TileCoord, TileFeature, TileLayer, Unreadable};

/// Work that nobody wants any more: another layer has taken the place of the one it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Superseded;

/// How far the tiles of a layer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preparation {
    /// Not begun: other layers come first, or nobody has asked yet.
    Waiting,
    /// Under way, with so many zooms there, the deepest first.
    UnderWay { zooms: u8 },
    /// Tiles can be asked for.
    Ready,
}

impl Preparation {
    /// The names of all states.
    pub(crate) const NAMES: [&str; 3] = ["waiting", "under_way", "ready"];

    /// The name of the state.
    pub(crate) fn name(self) -> &'static str {
        let [waiting, under_way, ready] = Self::NAMES;
        match self {
            Self::Waiting => waiting,
            Self::UnderWay { .. } => under_way,
            Self::Ready => ready,
        }
    }
}

/// Tiles that are there, being made or not begun.
#[derive(Debug, Default)]
pub(super) struct GridTiles {
    made: OnceLock<TileLayer>,
    /// What was prepared before this start.
    kept: OnceLock<KeptLayer>,
    /// Whether a part of what was kept could not be read: then they are made after all.
    is_lost: AtomicBool,
    /// Whether they were made and given to be kept.
    is_given: AtomicBool,
    /// Held by the one who makes them.
    making: Mutex<()>,
    /// Whether an answer waits for them: then they are made, whatever has taken the layer's place.
    wanted: AtomicBool,
    /// One more than the zooms that are there while they are being made; else 0.
    begun: AtomicU8,
}

impl GridTiles {
    /// How far they are.
    pub(super) fn preparation(&self) -> Preparation {
        match self.begun.load(Ordering::Relaxed).checked_sub(1) {
            _ if self.are_there() => Preparation::Ready,
            Some(zooms) => Preparation::UnderWay { zooms },
            None => Preparation::Waiting,
        }
    }

    /// Says how many zooms are there; `None` when nobody makes them any more.
    pub(super) fn tell(&self, zooms: Option<u8>) {
        self.begun.store(zooms.map_or(0, |zooms| zooms.saturating_add(1)), Ordering::Relaxed);
    }

    fn kept(&self) -> Option<&KeptLayer> {
        self.kept.get().filter(|_| !self.is_lost.load(Ordering::Relaxed))
    }

    /// Whether tiles can be asked for without making them.
    pub(super) fn are_there(&self) -> bool {
        self.made.get().is_some() || self.kept().is_some()
    }

    /// Whether a tile can be had without waiting, neither for its layer nor for a disk.
    pub(super) fn is_at_hand(&self, coord: TileCoord) -> bool {
        self.made.get().is_some() || self.kept().is_some_and(|kept| kept.is_read(coord))
    }

    /// A tile, where tiles are there.
    /// # Errors
    /// [`Unreadable`] the first time that what was kept turns out not to be readable.
    pub(super) fn tile(&self, coord: TileCoord) -> Result<Option<Tile>, Unreadable> {
        if let Some(made) = self.made.get() {
            return Ok(Some(made.encode(coord)));
        }
        let tile = self.kept().map(|kept| kept.encode(coord)).transpose();
        tile.inspect_err(|_| self.is_lost.store(true, Ordering::Relaxed))
    }

    /// From which zoom on parts of the layer can be prepared by themselves, where its tiles are there.
    pub(super) fn parts_from(&self) -> Option<u8> {
        self.made.get().map(TileLayer::parts_from).or_else(|| self.kept().map(KeptLayer::parts_from))
    }

    /// A part of the layer after an edit, where its tiles are there.
    pub(super) fn part(&self, features: Vec<TileFeature>, from_zoom: u8) -> Option<TileLayer> {
        match (self.made.get(), self.kept()) {
            (Some(made), _) => Some(made.part(features, from_zoom)),
            (None, Some(kept)) => Some(kept.part(features, from_zoom)),
            (None, None) => None,
        }
    }

    /// Reads more of what was kept before tiles need it; `false` when there is nothing more to be read.
    /// # Errors
    /// As [`GridTiles::tile`].
    pub(super) fn read_ahead(&self) -> Result<bool, Unreadable> {
        let read = self.kept().map_or(Ok(false), KeptLayer::read_ahead);
        read.inspect_err(|_| self.is_lost.store(true, Ordering::Relaxed))
    }

    /// Whether somebody who makes them should go on, for a layer of which is told whether it is superseded.
    /// # Errors
    /// [`Superseded`] when neither the map nor an answer needs them.
    pub(super) fn go_on(&self, is_superseded: &AtomicBool) -> Result<(), Superseded> {
        let needed = !is_superseded.load(Ordering::Relaxed) || self.wanted.load(Ordering::Relaxed);
        if needed { Ok(()) } else { Err(Superseded) }
    }

    /// Has the tiles there: as they were kept, else made, unless somebody else does that; waits for them.
    /// # Errors
    /// When `make` breaks off.
    pub(super) fn obtain(
        &self,
        open: impl FnOnce() -> Option<KeptLayer>,
        make: impl FnOnce() -> Result<TileLayer, Superseded>,
    ) -> Result<(), Superseded> {
        let _one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if self.are_there() {
            return Ok(());
        }
        // What was opened once is not opened again: it has turned out not to be readable.
        if self.kept.get().is_none()
            && let Some(kept) = open()
        {
            self.kept.get_or_init(|| kept);
            return Ok(());
        }
        let made = make()?;
        self.made.get_or_init(|| made);
        Ok(())
    }

    /// The tiles, made now where they are not, even if they were kept.
    /// # Errors
    /// When `make` breaks off.
    pub(super) fn or_made(
        &self,
        make: impl FnOnce() -> Result<TileLayer, Superseded>,
    ) -> Result<&TileLayer, Superseded> {
        let _one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = self.made.get() {
            return Ok(made);
        }
        let made = make()?;
        Ok(self.made.get_or_init(|| made))
    }

    /// Says that an answer waits: from now on nobody breaks off.
    pub(super) fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    /// The tiles that were made and not given away yet to be kept.
    pub(super) fn new_ones(&self) -> Option<&TileLayer> {
        self.made.get().filter(|_| !self.is_given.load(Ordering::Relaxed))
    }

    /// Says that they were given to be kept.
    pub(super) fn given(&self) {
        self.is_given.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use tiles::{LayerSettings, Small};

    use super::*;

    fn settings() -> LayerSettings {
        LayerSettings::new("empty", vec![], Small::Keep)
    }

    fn layer() -> TileLayer {
        TileLayer::new(settings(), vec![])
    }

    #[test]
    fn an_answer_that_waits_keeps_the_work_for_a_superseded_layer_going() {
        let (tiles, is_superseded) = (GridTiles::default(), AtomicBool::new(false));
        let make = || {
            tiles.go_on(&is_superseded)?;
            is_superseded.store(true, Ordering::Relaxed);
            assert_eq!(tiles.go_on(&is_superseded), Err(Superseded));
            tiles.want();
            tiles.go_on(&is_superseded)?;
            Ok(layer())
        };
        assert_eq!(tiles.obtain(|| None, make), Ok(()));
    }

    #[test]
    fn how_far_they_are_is_told_while_they_are_made() {
        let tiles = GridTiles::default();
        assert_eq!(tiles.preparation(), Preparation::Waiting);
        let make = || {
            tiles.tell(Some(0));
            assert_eq!(tiles.preparation(), Preparation::UnderWay { zooms: 0 });
            tiles.tell(Some(17));
            assert_eq!(tiles.preparation(), Preparation::UnderWay { zooms: 17 });
            Ok(layer())
        };
        assert_eq!(tiles.obtain(|| None, make), Ok(()));
        assert_eq!(tiles.preparation(), Preparation::Ready);
    }

    #[test]
    fn who_comes_after_work_was_broken_off_begins_anew_and_it_is_done_once() {
        let tiles = GridTiles::default();
        assert_eq!(tiles.obtain(|| None, || Err(Superseded)), Err(Superseded));
        assert!(!tiles.are_there());
        assert_eq!(tiles.obtain(|| None, || Ok(layer())), Ok(()));
        assert!(tiles.or_made(|| Err(Superseded)).is_ok());
    }

    #[test]
    fn what_was_kept_is_used_until_it_cannot_be_read() {
        let tiles = GridTiles::default();
        let head = layer().parts().next().unwrap();
        let open = || KeptLayer::open(settings(), move |part| (part == 0).then(|| head.clone())).ok();
        let coord = TileCoord::new(3, 1, 2).unwrap();
        assert_eq!(tiles.obtain(open, || Err(Superseded)), Ok(()));
        assert!(tiles.are_there() && !tiles.is_at_hand(coord) && tiles.new_ones().is_none());
        assert!(tiles.tile(coord).is_err());
        assert!(!tiles.are_there());
        assert_eq!(tiles.obtain(|| panic!("it was lost"), || Ok(layer())), Ok(()));
        assert!(tiles.tile(coord).unwrap().is_some() && tiles.new_ones().is_some());
        tiles.given();
        assert!(tiles.new_ones().is_none());
    }
}
