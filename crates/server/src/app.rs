//! What all requests share: the current catalog, the source behind it and the limits.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use project::Uploads;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::catalog::{Catalog, Grid, Keep, Served};
use crate::jobs::Jobs;
use crate::metrics::{Metrics, ProcessUse};
use crate::settings::{Limits, Settings};
use crate::source::{Source, SourceError};
use crate::tile_cache::TileCache;
use crate::turns::Turns;

/// How long it is believed that the GDAL worker is there, or is not.
const LOOKED_FOR: Duration = Duration::from_secs(60);

/// Shared state; cheap to clone.
#[derive(Clone)]
pub(crate) struct App {
    shared: Arc<Shared>,
}

struct Shared {
    source: Arc<dyn Source>,
    limits: Limits,
    catalog: RwLock<Arc<Catalog>>,
    /// One refresh at a time: two would read the same revision twice.
    refreshing: std::sync::Mutex<()>,
    /// One layer's tiles at a time.
    preparing: std::sync::Mutex<()>,
    /// One check at a time.
    checking: Arc<Semaphore>,
    jobs: Arc<Jobs>,
    /// Exports under way: each holds a thread for as long as its client takes.
    exporting: Arc<Semaphore>,
    tiles: TileCache,
    /// Where prepared tiles are kept from one start to the next.
    keep: Option<Keep>,
    turns: Turns,
    /// Files on their way in, where some are taken.
    uploads: Option<Arc<Uploads>>,
    /// What was missing for the GDAL worker when it was last looked for.
    worker: std::sync::Mutex<Option<(Instant, Option<planning::Text>)>>,
    metrics: Arc<Metrics>,
    process_use: Option<fn() -> Option<ProcessUse>>,
    /// Whether the source could be read when it was asked last.
    readable: AtomicBool,
}

impl App {
    /// Reads the source for the first time. `threads` are those for costly requests.
    pub(crate) fn new(
        source: Arc<dyn Source>,
        settings: &Settings,
        threads: Option<Handle>,
    ) -> Result<Self, SourceError> {
        let limits = settings.limits;
        let keep = Keep::new(source.derived(), limits.kept_tiles_bytes);
        let uploads = source.uploads(limits.uploads()).map(Arc::new);
        let app = Self {
            shared: Arc::new(Shared {
                source,
                limits,
                catalog: RwLock::default(),
                refreshing: std::sync::Mutex::default(),
                preparing: std::sync::Mutex::default(),
                checking: Arc::new(Semaphore::new(1)),
                jobs: Arc::new(Jobs::new(limits)),
                exporting: Arc::new(Semaphore::new(limits.exports)),
                tiles: TileCache::new(limits.tile_cache_bytes),
                keep,
                turns: Turns::new(&limits, threads),
                uploads,
                worker: std::sync::Mutex::default(),
                metrics: Arc::default(),
                process_use: settings.process_use,
                readable: AtomicBool::new(true),
            }),
        };
        let content = app.shared.source.read()?;
        app.swap(Catalog::build(&content, &app.catalog(), limits.tile_bytes));
        Ok(app)
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    pub(crate) fn source(&self) -> &Arc<dyn Source> {
        &self.shared.source
    }

    pub(crate) fn checking(&self) -> Arc<Semaphore> {
        Arc::clone(&self.shared.checking)
    }

    pub(crate) fn jobs(&self) -> &Arc<Jobs> {
        &self.shared.jobs
    }

    pub(crate) fn exporting(&self) -> Arc<Semaphore> {
        Arc::clone(&self.shared.exporting)
    }

    /// Tiles that were made before.
    pub(crate) fn tiles(&self) -> &TileCache {
        &self.shared.tiles
    }

    /// Where prepared tiles are kept from one start to the next, if they are.
    pub(crate) fn keep(&self) -> Option<&Keep> {
        self.shared.keep.as_ref()
    }

    /// Files on their way in; none where none are taken.
    pub(crate) fn uploads(&self) -> Option<&Arc<Uploads>> {
        self.shared.uploads.as_ref()
    }

    /// What is missing for the GDAL worker; none where it works. Looked for once in a while: that takes a process. Blocks.
    pub(crate) fn worker_missing(&self) -> Option<planning::Text> {
        let mut known = self.shared.worker.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref() {
            Some((at, missing)) if at.elapsed() < LOOKED_FOR => missing.clone(),
            _ => known.insert((Instant::now(), project::worker_missing())).1.clone(),
        }
    }

    pub(crate) fn turns(&self) -> &Turns {
        &self.shared.turns
    }

    pub(crate) fn metrics(&self) -> &Arc<Metrics> {
        &self.shared.metrics
    }

    /// What the process uses of the machine, where that can be told.
    pub(crate) fn process_use(&self) -> Option<ProcessUse> {
        self.shared.process_use.and_then(|tell| tell())
    }

    /// Whether the source could be read when it was asked last.
    pub(crate) fn is_store_readable(&self) -> bool {
        self.shared.readable.load(Ordering::Relaxed)
    }

    /// The current catalog. A poisoned lock holds a whole catalog all the same: it is swapped in one step.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.shared.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Swaps in what the source holds now, if it has changed. Blocks.
    pub(crate) fn refresh(&self) -> Result<(), SourceError> {
        let refreshed = self.read_changes();
        self.shared.readable.store(refreshed.is_ok(), Ordering::Relaxed);
        refreshed
    }

    fn read_changes(&self) -> Result<(), SourceError> {
        let _one = self.shared.refreshing.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.catalog();
        if self.shared.source.version()? == current.version {
            return Ok(());
        }
        let content = self.shared.source.read()?;
        let catalog = Catalog::build(&content, &current, self.shared.limits.tile_bytes);
        tracing::info!(revision = catalog.version.revision, check = catalog.version.check, "new revision");
        self.swap(catalog);
        Ok(())
    }

    fn swap(&self, catalog: Catalog) {
        let catalog = Arc::new(catalog);
        let before = {
            let mut current = self.shared.catalog.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, Arc::clone(&catalog))
        };
        catalog.supersede(&before);
        self.start_preparing();
    }

    /// Keeps the tiles of a layer that were made for an answer, on a thread of its own.
    pub(crate) fn keep_tiles_of(&self, served: &Served) {
        if served.unkept().is_some() && self.keep().is_some() && self.shared.preparing.try_lock().is_ok() {
            self.start_preparing();
        }
    }

    fn start_preparing(&self) {
        let app = self.clone();
        // Without such a thread, tiles are prepared when they are asked for.
        let started = std::thread::Builder::new().name("tiles".into()).spawn(move || app.prepare());
        started.inspect_err(|error| tracing::warn!(%error, "tiles are not prepared ahead")).ok();
    }

    /// Prepares the tiles of the current catalog, layer by layer, and reads those that were kept, then what legends need;
    /// when all is there, keeps the tiles that are new.
    fn prepare(&self) {
        let _one = self.shared.preparing.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let catalog = self.catalog();
            if let Some(served) = catalog.unprepared() {
                // Maps that were open before the server was started know it already.
                served.token();
                served.prepare_patch();
                served.prepare_tiles(Grid::WebMercator, self.keep());
            } else if catalog.layers.iter().any(|served| served.read_ahead(Grid::WebMercator)) {
                // On to the next level, or to what could not be read.
            } else if let Some(served) = catalog.without_plane() {
                served.plane();
            } else if let Some((keep, (served, grid))) = self.keep().zip(catalog.unkept()) {
                served.keep_tiles(grid, keep);
            } else {
                return;
            }
        }
    }
}

/// The catalog that a request sees from its beginning to its end.
pub(crate) struct Current(pub(crate) Arc<Catalog>);

impl FromRequestParts<App> for Current {
    type Rejection = Infallible;

    async fn from_request_parts(_parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self(app.catalog()))
    }
}
