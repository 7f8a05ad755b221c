//! What each role puts into its tiles.

use std::collections::HashMap;
use std::sync::OnceLock;

use planning::Role;
use rayon::{ThreadPool, ThreadPoolBuilder};
use spatial::crs::{CrsError, Transformation};
use spatial::{Crs, Feature, Layer};
use tiles::{Key, LayerSettings, Small, TileFeature, TileLayer, Value};

use super::LayerRole;
use super::grid::Grid;
use super::identity::Identities;
use super::plane::Measure;

/// An attribute in the tiles, and whether labels need it.
struct Column {
    name: &'static str,
    on_labels: bool,
}

const fn column(name: &'static str, on_labels: bool) -> Column {
    Column { name, on_labels }
}

const FID: Column = column("fid", true);
const AREA_HA: Column = column("area_ha", true);

/// The first of several codes (`ONT+CLN`), by which such a parcel is coloured; other parcels do not have it.
const MAIN: &str = "main";

/// Attributes per role; `area_ha` and `fid` are computed, the others are properties.
fn columns(role: LayerRole) -> &'static [Column] {
    match role {
        LayerRole::Data(Role::Zone) => {
            const { &[FID, column("name", true), column("kind", true), column("state", true), AREA_HA] }
        }
        LayerRole::Data(Role::LandUsePlan | Role::LandUse) => {
            const { &[FID, column("code", true), column(MAIN, false), AREA_HA] }
        }
        LayerRole::Data(Role::Admin) => {
            const { &[FID, column("name", true), column("code", false), AREA_HA] }
        }
        LayerRole::Data(Role::Constraint) => const { &[FID, column("name", true), AREA_HA] },
        LayerRole::Finding => {
            const {
                &[
                    FID,
                    column("rule", true),
                    column("severity", true),
                    column("zone", false),
                    column("code", true),
                    AREA_HA,
                ]
            }
        }
        LayerRole::Sliver => {
            const { &[FID, column("rule", false), column("zone", false), column("code", false), AREA_HA] }
        }
    }
}

/// Names and JSON types of the attributes, for TileJSON.
pub(crate) fn fields(role: LayerRole, labels: bool) -> serde_json::Map<String, serde_json::Value> {
    let kind = |name: &str| if name == AREA_HA.name { "Number" } else { "String" };
    columns(role)
        .iter()
        .filter(|column| !labels || column.on_labels)
        .map(|column| (column.name.to_owned(), kind(column.name).into()))
        .collect()
}

/// What tiles are made of.
#[derive(Clone, Copy)]
pub(super) struct Shapes<'a> {
    pub(super) layer: &'a Layer,
    pub(super) identities: &'a Identities,
    /// What the plane says of the feature at a position.
    pub(super) measured: &'a (dyn Fn(usize) -> Measure + Sync),
}

/// How nice threads are that prepare tiles behind answers and checks: where nobody asks it makes no difference.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Whether somebody waits for the tiles of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgency {
    /// Nothing is shown of it yet.
    Awaited,
    /// It is shown as it was before: answers and checks come first.
    Behind,
}

/// Makes the thread that calls it give way to others. On Linux the priority is a thread's own, elsewhere the process's,
/// which must not be touched.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // A server that was started to give way even more must not be asked to give way less.
        let given = getpriority_process(None).unwrap_or_default();
        if let Err(error) = setpriority_process(None, NICE.max(given)) {
            tracing::warn!(%error, "tiles are prepared at full priority");
        }
    }
}

/// The threads that prepare tiles, apart from those of checks: neither must wait for the other.
fn threads(urgency: Urgency) -> Option<&'static ThreadPool> {
    static AWAITED: OnceLock<Option<ThreadPool>> = OnceLock::new();
    static BEHIND: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let threads = match urgency {
        Urgency::Awaited => &AWAITED,
        Urgency::Behind => &BEHIND,
    };
    let make = || {
        let threads = ThreadPoolBuilder::new().thread_name(|k| format!("tiles-{k}"));
        let threads = threads.start_handler(move |_| {
            if urgency == Urgency::Behind {
                give_way();
            }
        });
        threads.build().inspect_err(|error| tracing::warn!(%error, "tiles share the threads of checks")).ok()
    };
    threads.get_or_init(make).as_ref()
}

/// Builds the tiles of a layer; `progress` is told each zoom that is there, the deepest first.
/// # Errors
/// What `go_on` says, which is asked between pieces of the work.
pub(super) fn build<E: Send>(
    role: LayerRole,
    shapes: Shapes<'_>,
    grid: Grid,
    settings: LayerSettings,
    urgency: Urgency,
    progress: impl FnMut(u8) + Send,
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<TileLayer, E> {
    on_threads(urgency, || {
        let all = 0..shapes.layer.features.len();
        TileLayer::unless(settings, features(role, shapes, grid, all, go_on)?, progress, go_on)
    })
}

/// Does work on the threads for it.
pub(super) fn on_threads<T: Send>(urgency: Urgency, work: impl FnOnce() -> T + Send) -> T {
    match threads(urgency) {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

/// From the layer's coordinates, and from longitude and latitude, to a grid's.
fn to_grid(layer: &Layer, grid: Grid) -> Result<[Transformation; 2], CrsError> {
    let crs = grid.crs()?;
    Ok([Transformation::new(&layer.crs, &crs)?, Transformation::new(&Crs::wgs84(), &crs)?])
}

/// How a layer's tiles are.
pub(super) fn settings(role: LayerRole, id: &str, grid: Grid, tile_bytes: usize) -> LayerSettings {
    // What a check is about must be seen, however small it is; of what surrounds it, the least may go far away.
    let many = role.has_codes() || role == LayerRole::Data(Role::Admin);
    let small = if many { Small::Count } else { Small::Keep };
    let keys = columns(role)
        .iter()
        .map(|c| Key { name: c.name.into(), on_labels: c.on_labels, from_zoom: from_zoom(role, c.name) })
        .collect();
    let mut settings = LayerSettings::new(id, keys, small);
    settings.max_bytes = tile_bytes;
    settings.world = grid.world();
    if small == Small::Keep {
        // Wide casings and bands must not show where a tile ends.
        settings.buffer = 256;
    }
    settings.coarser_by = coarser_by(role);
    settings
}

/// The features at some positions of a layer, as its tiles have them.
/// # Errors
/// What `go_on` says.
pub(super) fn features<E>(
    role: LayerRole,
    shapes: Shapes<'_>,
    grid: Grid,
    positions: impl Iterator<Item = usize>,
    go_on: &impl Fn() -> Result<(), E>,
) -> Result<Vec<TileFeature>, E> {
    let Shapes { layer, identities, measured } = shapes;
    // The collection is told of a CRS that leads nowhere where it was read.
    let Ok([to_grid, from_degrees]) = to_grid(layer, grid) else { return Ok(Vec::new()) };
    let mut classes = HashMap::new();
    let mut feature = |i: usize, feature: &Feature| {
        let geometry = to_grid.geometry(feature.geometry.as_ref()?)?;
        let own_area = || number(feature, "area_m2");
        let Measure { area_m2, inner_point } = measured(i);
        let area_m2 = area_m2.or_else(own_area);
        let label = inner_point.or_else(|| own_point(feature));
        Some(TileFeature {
            id: feature.position,
            geometry,
            label: label.and_then(|at| from_degrees.point(at)),
            values: columns(role)
                .iter()
                .map(|c| value(c.name, identities.id(i), area_m2, feature, role))
                .collect(),
            weight: area_m2.unwrap_or(0.0),
            class: class(role, feature, &mut classes),
            min_zoom: 0,
            label_min_zoom: label_min_zoom(role, area_m2),
        })
    };
    let mut features = Vec::with_capacity(positions.size_hint().0);
    for i in positions {
        go_on()?;
        features.extend(layer.features.get(i).and_then(|one| feature(i, one)));
    }
    Ok(features)
}

/// How many zooms coarser the borders are along which the band inside an economic zone is drawn.
pub(crate) fn coarser_by(role: LayerRole) -> Option<u8> {
    (role == LayerRole::Data(Role::Zone)).then_some(3)
}

/// The number of a parcel's code: small parcels go into neighbours that have the same.
fn class(role: LayerRole, feature: &Feature, known: &mut HashMap<String, u32>) -> u32 {
    let code = feature.text("code").filter(|_| role.has_codes()).unwrap_or_default();
    let next = known.len() as u32;
    *known.entry(code).or_insert(next)
}

fn value(name: &str, id: &str, area_m2: Option<f64>, feature: &Feature, role: LayerRole) -> Option<Value> {
    match name {
        "fid" => Some(Value::Text(id.into())),
        // Hundredths are what people read; more digits would only make tiles larger.
        "area_ha" => area_m2.map(|area| Value::Number((area / 100.0).round() / 100.0)),
        MAIN => {
            let LayerRole::Data(role) = role else { return None };
            let codes = planning::parcel_codes(feature, role);
            (codes.len() > 1).then(|| Value::Text(codes[0].as_str().into()))
        }
        name => feature.text(name).map(|text| Value::Text(text.into())),
    }
}

/// The point that a finding brings with it.
fn own_point(feature: &Feature) -> Option<[f64; 2]> {
    Some([number(feature, "point_lon")?, number(feature, "point_lat")?])
}

fn number(feature: &Feature, name: &str) -> Option<f64> {
    feature.properties.get(name)?.as_f64()
}

/// Of parcels a few pixels wide, only the colour counts.
fn from_zoom(role: LayerRole, column: &str) -> u8 {
    if role.has_codes() && !matches!(column, "code" | MAIN) { 8 } else { 0 }
}

/// Communes are named from zoom 8 on; parcel labels begin where some could fit: a code takes about 30 pixels.
fn label_min_zoom(role: LayerRole, area_m2: Option<f64>) -> u8 {
    if role == LayerRole::Data(Role::Admin) {
        return 8;
    }
    if !role.has_codes() {
        return 0;
    }
    let side_m = area_m2.unwrap_or(0.0).sqrt();
    // Ground size of 16 pixels at zoom 10 and 17° north, halved with every zoom.
    let mut needed_m = 16.0 * 73.0;
    let mut zoom = 10;
    while zoom < 16 && side_m < needed_m {
        needed_m /= 2.0;
        zoom += 1;
    }
    zoom
}
