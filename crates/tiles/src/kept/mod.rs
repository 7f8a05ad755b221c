//! A prepared layer as bytes, so that it need not be prepared again: a head with what all zooms have in common, then a
//! part for every level. Who reads it back asks for the head and then for each level when a tile first needs it.
//!
//! The bytes are kept and looked after by somebody else, who should know that they are whole. Still nothing here trusts
//! them: whatever comes, reading it gives a layer that can be asked for any tile, or none. What can be computed from the
//! rest (boxes, the tree, stretches of large features) is not kept, so that it cannot be wrong.

pub(crate) mod bytes;

use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

use bytes::{Bytes, put_count};

use crate::head::Head;
use crate::labels::Labels;
use crate::layer::{LayerSettings, TileFeature, TileLayer};
use crate::level::Level;
use crate::matrix::{MAX_ZOOM, TileCoord};
use crate::prepare::GENERALISED_BELOW;
use crate::rows::Rows;
use crate::tile::Tile;
use crate::tile::encode::shown;

/// A part of a kept layer that is not there, or is not what [`TileLayer::parts`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Number of the part.
    pub part: usize,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part {} of the prepared tiles cannot be read", self.part)
    }
}

impl std::error::Error for Unreadable {}

/// Gives the bytes of a part.
type Parts = dyn Fn(usize) -> Option<Vec<u8>> + Send + Sync;

/// A layer that was prepared before. Its levels are read when tiles need them.
pub struct KeptLayer {
    head: Head,
    levels: Vec<OnceLock<Level>>,
    coarse: Vec<OnceLock<Level>>,
    parts: Box<Parts>,
    /// Held while a level is read: whoever needs the same one waits instead of reading it too.
    reading: Mutex<()>,
}

impl fmt::Debug for KeptLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptLayer").field("settings", &self.head.settings).finish_non_exhaustive()
    }
}

impl TileLayer {
    /// The layer as bytes, part by part: [`KeptLayer::open`] makes the same tiles of them.
    pub fn parts(&self) -> impl Iterator<Item = Vec<u8>> + '_ {
        let head = || {
            let mut bytes = Vec::new();
            let Head { skipped, noded, is_scattered, .. } = self.head;
            let mosaic_zooms = usize::from(self.head.parts_from());
            let counts = [self.levels.len(), self.coarse.len(), skipped, noded];
            for count in counts.into_iter().chain([usize::from(is_scattered), mosaic_zooms]) {
                put_count(&mut bytes, count);
            }
            self.head.rows.put(&mut bytes);
            self.head.labels.put(&mut bytes);
            bytes
        };
        let levels = self.levels.iter().chain(&self.coarse);
        std::iter::once_with(head).chain(levels.map(Level::to_part))
    }
}

impl KeptLayer {
    /// Opens a layer of which `parts` gives the bytes of each part. The settings must be those that it was prepared
    /// with.
    /// # Errors
    /// [`Unreadable`] when the head is not there, is not a head, or is not one of a layer with so many attributes.
    pub fn open(
        settings: LayerSettings,
        parts: impl Fn(usize) -> Option<Vec<u8>> + Send + Sync + 'static,
    ) -> Result<Self, Unreadable> {
        let head = parts(0).and_then(|bytes| read_head(settings, &bytes));
        let (head, [levels, coarse]) = head.ok_or(Unreadable { part: 0 })?;
        let [levels, coarse] = [levels, coarse].map(|count| (0..count).map(|_| OnceLock::new()).collect());
        Ok(Self { head, levels, coarse, parts: Box::new(parts), reading: Mutex::new(()) })
    }

    /// Encodes one tile, once the levels that show it are read.
    /// # Errors
    /// [`Unreadable`] when one of them cannot be.
    pub fn encode(&self, tile: TileCoord) -> Result<Tile, Unreadable> {
        let level = self.level(&self.levels, 1, tile)?;
        let coarse = self.level(&self.coarse, 1 + self.levels.len(), tile)?;
        Ok(self.head.encode(level, coarse, tile))
    }

    /// See [`TileLayer::parts_from`].
    pub fn parts_from(&self) -> u8 {
        self.head.parts_from()
    }

    /// See [`TileLayer::part`].
    pub fn part(&self, features: Vec<TileFeature>, from_zoom: u8) -> TileLayer {
        self.head.part(features, from_zoom)
    }

    /// Whether the levels that show a tile are read.
    pub fn is_read(&self, tile: TileCoord) -> bool {
        let is_read = |levels: &[OnceLock<Level>]| {
            shown(levels.len(), tile).is_none_or(|zoom| levels[zoom].get().is_some())
        };
        is_read(&self.levels) && is_read(&self.coarse)
    }

    fn level<'l>(
        &self,
        levels: &'l [OnceLock<Level>],
        first_part: usize,
        tile: TileCoord,
    ) -> Result<Option<(usize, &'l Level)>, Unreadable> {
        let Some(zoom) = shown(levels.len(), tile) else { return Ok(None) };
        Ok(Some((zoom, self.read(&levels[zoom], first_part + zoom)?)))
    }

    /// The level of a part, read now unless it was.
    fn read<'l>(&self, level: &'l OnceLock<Level>, part: usize) -> Result<&'l Level, Unreadable> {
        if let Some(level) = level.get() {
            return Ok(level);
        }
        let _one = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(level) = level.get() {
            return Ok(level);
        }
        let read = (self.parts)(part).and_then(|bytes| Level::of_part(bytes, &self.head.rows));
        let read = read.ok_or(Unreadable { part })?;
        Ok(level.get_or_init(|| read))
    }

    /// Reads one level before a tile needs it; `false` when all are read.
    /// # Errors
    /// [`Unreadable`] when it cannot be.
    pub fn read_ahead(&self) -> Result<bool, Unreadable> {
        let mut parts = (1..).zip(self.levels.iter().chain(&self.coarse));
        let Some((part, level)) = parts.find(|(_, level)| level.get().is_none()) else { return Ok(false) };
        self.read(level, part).map(|_| true)
    }
}

/// What a head says, and how many levels there are.
fn read_head(settings: LayerSettings, bytes: &[u8]) -> Option<(Head, [usize; 2])> {
    let mut bytes = Bytes::new(bytes);
    let [levels, coarse] = [bytes.count()?, bytes.count()?];
    let (skipped, noded, is_scattered) = (bytes.count()?, bytes.count()?, bytes.count()? != 0);
    let mosaic_zooms = u8::try_from(bytes.count()?).ok().filter(|zooms| *zooms <= GENERALISED_BELOW)?;
    let mosaic_zoom = mosaic_zooms.checked_sub(1);
    let rows = Rows::read(&mut bytes)?;
    let labels = Labels::read(&mut bytes, rows.ids.len())?;
    let most = usize::from(MAX_ZOOM) + 1;
    let fits = rows.columns == settings.keys.len() && levels <= most && coarse <= most && bytes.is_done();
    fits.then(|| {
        (
            Head { skipped, noded, is_scattered, mosaic_zoom, ..Head::new(settings, rows, labels) },
            [levels, coarse],
        )
    })
}
