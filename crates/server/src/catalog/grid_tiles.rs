//! The tiles of a layer on one grid, made once by whoever comes first.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use tiles::TileLayer;

/// Work that nobody wants any more: another layer has taken the place of the one it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Superseded;

/// Tiles that are made, being made or not begun.
#[derive(Debug, Default)]
pub(super) struct GridTiles {
    made: OnceLock<TileLayer>,
    /// Held by the one who makes them.
    making: Mutex<()>,
    /// Whether an answer waits for them: then they are made, whatever has taken the layer's place.
    wanted: AtomicBool,
}

impl GridTiles {
    /// The tiles, if they are made.
    pub(super) fn get(&self) -> Option<&TileLayer> {
        self.made.get()
    }

    /// Whether somebody who makes them should go on, for a layer of which is told whether it is superseded.
    /// # Errors
    /// [`Superseded`] when neither the map nor an answer needs them.
    pub(super) fn go_on(&self, is_superseded: &AtomicBool) -> Result<(), Superseded> {
        let needed = !is_superseded.load(Ordering::Relaxed) || self.wanted.load(Ordering::Relaxed);
        if needed { Ok(()) } else { Err(Superseded) }
    }

    /// The tiles, made now unless somebody else does that; waits for them.
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
}

#[cfg(test)]
mod tests {
    use tiles::{LayerSettings, Small};

    use super::*;

    fn layer() -> TileLayer {
        TileLayer::new(LayerSettings::new("empty", vec![], Small::Keep), vec![])
    }

    #[test]
    fn an_answer_that_waits_keeps_the_work_for_a_superseded_layer_going() {
        let (tiles, is_superseded) = (GridTiles::default(), AtomicBool::new(false));
        let made = tiles.or_made(|| {
            tiles.go_on(&is_superseded)?;
            is_superseded.store(true, Ordering::Relaxed);
            assert_eq!(tiles.go_on(&is_superseded), Err(Superseded));
            tiles.want();
            tiles.go_on(&is_superseded)?;
            Ok(layer())
        });
        assert!(made.is_ok());
    }

    #[test]
    fn who_comes_after_work_was_broken_off_begins_anew_and_it_is_done_once() {
        let tiles = GridTiles::default();
        assert_eq!(tiles.or_made(|| Err(Superseded)).err(), Some(Superseded));
        assert!(tiles.get().is_none());
        assert!(tiles.or_made(|| Ok(layer())).is_ok());
        assert!(tiles.or_made(|| Err(Superseded)).is_ok());
    }
}
