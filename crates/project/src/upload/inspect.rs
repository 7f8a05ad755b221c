//! What is in an upload: every source with its layers, so that a person can choose; and of every other file why it is none.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use formats::worker::WorkerLimits;
use formats::{Foreign, ForeignLayer, Format, ListError, Outcome, ReadError};
use planning::{Role, Text};
use serde::Serialize;
use spatial::{Crs, Feature, Layer};
use walkdir::WalkDir;

use super::{Preview, UploadLimits, drawn, preview};
use crate::document::list::{self, ListFile};
use crate::document::sources::Kind;
use crate::document::{Reading, open, sources, staging};
use crate::error::shortened;
use crate::import::foreseen;
use crate::{Document, ProjectError, coordinates, vietnamese};

/// Files that are no source and are told one by one.
const MOST_OTHERS: usize = 100;
/// Sources that are looked into.
const MOST_SOURCES: usize = 100;
/// Features by which coordinates and the role are judged.
const SAMPLE: usize = 1_000;
/// Fields that are named.
const MOST_FIELDS: usize = 200;
/// A longitude in Viet Nam: on some plane metres must be read to be counted.
const SOMEWHERE: f64 = 105.0;

/// A file of an upload, or a folder that is a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FoundSource {
    /// Its path from the upload on, parted by `/`.
    pub path: String,
    /// Its format; none for what is not read.
    pub format: Option<String>,
    /// Its layers; none where there is a problem.
    pub layers: Vec<FoundLayer>,
    /// Why it cannot be imported, and what to do.
    pub problem: Option<Text>,
}

/// A layer of a source.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FoundLayer {
    /// Its name, where the format has names of layers.
    pub name: Option<String>,
    /// How many features it has, where that is known.
    pub features: Option<u64>,
    /// Names of fields.
    pub fields: Vec<String>,
    /// The CRS that it declares, or that its format prescribes; none where the person has to name it.
    pub crs: Option<String>,
    /// Why the CRS that it declares cannot be used, or its coordinates not be in it.
    pub doubt: Option<Text>,
    /// The encoding that it declares, or that its format prescribes; none where nothing says it.
    pub encoding: Option<String>,
    /// Id that its collection would have.
    pub collection: Option<String>,
    /// Title that its collection would have.
    pub title: Option<Text>,
    /// What it is for, where the file says it or looks like it.
    pub role: Option<Role>,
    /// Why that role.
    pub role_reason: Option<String>,
    /// Of a drawing: its levels and colours, as far as they could be looked at.
    pub levels: Vec<DrawnLevel>,
    /// Its first polygons, in its own numbers.
    pub preview: Preview,
}

/// Features of a drawing on one level and of one colour, as a table of codes names them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DrawnLevel {
    /// The level.
    pub level: Option<String>,
    /// The colour: DGN's number, or `#rrggbb`.
    pub colour: Option<String>,
    /// How many features.
    pub features: u64,
}

/// Everything in a folder.
pub(super) fn look_into(
    folder: &Path,
    limits: &UploadLimits,
    until: Instant,
    left: &dyn Fn() -> bool,
) -> Vec<FoundSource> {
    let stop = || left() || Instant::now() > until;
    let found = sources::inside(folder);
    let others = others(folder, &found);
    let all = found.iter().take(MOST_SOURCES).cloned();
    let all = all.chain(others.into_iter().map(|path| (path, None)));
    let look = |(path, kind): (PathBuf, Option<Kind>)| {
        let (looked, name) = match kind {
            Some(Kind::Foreign(format)) => (foreign(&path, format, limits, &stop), format.to_string()),
            Some(Kind::List(file)) => {
                (own(&path, Some(file), limits, &stop), Format::CoordinateList.to_string())
            }
            None => (own(&path, None, limits, &stop), "GeoJSON".to_owned()),
        };
        let shown = shortened(&path, folder).to_string_lossy().into_owned();
        match looked {
            Ok((format, layers)) => {
                FoundSource { path: shown, format: Some(format.unwrap_or(name)), layers, problem: None }
            }
            Err(problem) => FoundSource { path: shown, problem: Some(problem), ..FoundSource::default() },
        }
    };
    all.map(look).collect()
}

/// Files that belong to no source.
fn others(folder: &Path, found: &[(PathBuf, Option<Kind>)]) -> Vec<PathBuf> {
    let belongs = |path: &Path| {
        found.iter().any(|(source, kind)| {
            let has_companions =
                matches!(kind, Some(Kind::Foreign(format)) if !format.companions().is_empty());
            let beside = has_companions
                && source.parent() == path.parent()
                && source.file_stem().is_some_and(|stem| {
                    path.file_name().is_some_and(|name| {
                        name.as_encoded_bytes().starts_with(&[stem.as_encoded_bytes(), b"."].concat())
                    })
                });
            path.starts_with(source) || beside
        })
    };
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| !belongs(path)).take(MOST_OTHERS).collect()
}

type Looked = Result<(Option<String>, Vec<FoundLayer>), Text>;

fn too_long() -> Text {
    Text {
        vi: "xem trong tệp mất quá lâu: hãy chia nhỏ, hoặc nhập bằng lệnh ranh import".to_owned(),
        en: "it takes too long to look into it: divide it, or import it with ranh import".to_owned(),
    }
}

fn unplaced(error: &std::io::Error) -> Text {
    Text::same(error.to_string())
}

/// What the worker reads.
fn foreign(path: &Path, format: Foreign, limits: &UploadLimits, stop: &dyn Fn() -> bool) -> Looked {
    if stop() {
        return Err(too_long());
    }
    let staged = staging::stage(path, format, limits.reading.bytes, &limits.sources);
    let staged =
        staged.map_err(|error| Text { vi: vietnamese::of_staging(&error), en: error.to_string() })?;
    let look_s = limits.look.as_secs().max(1);
    let of_worker = limits.sources.worker.for_bytes(staged.bytes);
    let of_worker = WorkerLimits {
        cpu_s: of_worker.cpu_s.min(look_s),
        wall_s: of_worker.wall_s.min(look_s),
        silence_s: of_worker.silence_s.min(look_s),
        ..of_worker
    };
    let worker = sources::worker(of_worker).map_err(|error| unplaced(&error))?;
    let source = staged.source(format, None);
    let layers = formats::foreign_layers(&worker, &source, stop).map_err(|error| of_reading(&error))?;
    if layers.is_empty() {
        return Err(Text {
            vi: format!("tệp {format} này không có lớp nào: hãy xem các phần của nó có đủ không"),
            en: format!("this {format} file has no layers: check that all parts of it are there"),
        });
    }
    let (single, stem) = (layers.len() == 1, stem(path));
    let levels = if single { drawn::levels(&worker, &source, &limits.reading, stop) } else { Vec::new() };
    let found = |layer: ForeignLayer| {
        let (crs, doubt) = match layer.crs {
            Some(Ok(crs)) => (Some(crs.name().to_owned()), None),
            Some(Err(error)) => (None, Some(of_reading(&error))),
            None => (None, None),
        };
        let title = if single { stem.clone() } else { layer.name.clone() };
        FoundLayer {
            crs,
            doubt,
            features: layer.features,
            fields: layer.fields.into_iter().take(MOST_FIELDS).collect(),
            encoding: layer.encoding,
            collection: crate::import::slug(&title),
            title: Some(Text::same(title)),
            preview: preview::of_foreign(
                &worker,
                &staged.source(format, Some(layer.name.as_str())),
                &limits.reading,
                stop,
            ),
            name: Some(layer.name),
            levels: levels.clone(),
            ..FoundLayer::default()
        }
    };
    Ok((None, layers.into_iter().map(found).collect()))
}

/// Why a source could not be read, in both languages.
fn of_reading(error: &ReadError) -> Text {
    match error {
        ReadError::Stopped => too_long(),
        error => Text { vi: vietnamese::of_reading(error), en: error.to_string() },
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What is known of a file that is read by `formats` itself.
struct Seen {
    outcome: Outcome,
    features: u64,
    sample: Vec<Feature>,
    fields: Vec<String>,
}

/// What `formats` reads by itself is read whole, and thrown away.
fn own(path: &Path, list: Option<ListFile>, limits: &UploadLimits, stop: &dyn Fn() -> bool) -> Looked {
    let (seen, declared) = match see(path, list, limits, None, stop) {
        Err(ProjectError::Read {
            source: ReadError::NotDegrees { .. } | ReadError::List(ListError::NoCrs),
            ..
        }) => (see(path, list, limits, Some(&Crs::nearest_tm3(SOMEWHERE)), stop), false),
        seen => (seen, true),
    };
    let Seen { outcome, features, sample, fields } = seen.map_err(|error| match error {
        ProjectError::Cancelled => too_long(),
        ProjectError::Read { source, .. } => of_reading(&source),
        other => other.named_from(path.parent().unwrap_or(Path::new(""))).text(),
    })?;
    let Outcome { header, crs, crs_assumed, open_rings, notes, .. } = outcome;
    let named = declared && !(header.crs.is_none() && crs_assumed);
    let name = crs.name().to_owned();
    let layer = Layer { crs, features: sample };
    let doubt = coordinates::doubt(&layer).filter(|_| named);
    let format = match list {
        Some(_) => Format::CoordinateList,
        None if is_flatgeobuf(path) => Format::FlatGeobuf,
        None => Format::GeoJson,
    };
    let all = u64::try_from(layer.features.len()).is_ok_and(|shown| shown == features);
    let preview = Preview::of(&layer.features, all);
    let document = Document { path: path.to_owned(), layer, header, crs_assumed, open_rings, notes };
    let found = FoundLayer {
        features: Some(features),
        fields,
        crs: Some(name).filter(|_| named && doubt.is_none()),
        doubt: doubt.map(|doubt| Text::same(format!("{}: {}", doubt.found, doubt.advice))),
        encoding: Some("UTF-8".to_owned()),
        preview,
        ..foreseen(&document)
    };
    Ok((Some(format.to_string()), vec![found]))
}

fn is_flatgeobuf(path: &Path) -> bool {
    sources::told(path).is_ok_and(|(_, beginning)| beginning.starts_with(b"fgb"))
}

fn see(
    path: &Path,
    list: Option<ListFile>,
    limits: &UploadLimits,
    crs: Option<&Crs>,
    stop: &dyn Fn() -> bool,
) -> Result<Seen, ProjectError> {
    let (mut count, mut sample, mut fields) = (0_u64, Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    let mut sink = |feature: Feature| {
        count += 1;
        if count.is_multiple_of(256) && stop() {
            return ControlFlow::Break(());
        }
        for name in feature.properties.keys() {
            if fields.len() < MOST_FIELDS && known.insert(name.clone()) {
                fields.push(name.clone());
            }
        }
        if sample.len() < SAMPLE {
            sample.push(feature);
        }
        ControlFlow::Continue(())
    };
    let read = match list {
        Some(file) => {
            let sources = limits.sources;
            list::each(path, file, &Reading { crs, sources, ..Reading::new(&limits.reading) }, &mut sink)
        }
        None => {
            let (input, text) = open(path, &|_| ())?;
            formats::read(input, text, &limits.reading, crs, &mut sink)
        }
    };
    let outcome = read.map_err(|source| ProjectError::of_reading(path, source))?;
    Ok(Seen { outcome, features: count, sample, fields })
}

/// Why nothing of an upload can be imported; none where something can.
pub(super) fn hopeless(name: &str, sources: &[FoundSource]) -> Option<Text> {
    if sources.iter().any(|source| source.problem.is_none()) {
        return None;
    }
    let told = |source: &FoundSource| {
        let Text { vi, en } = source.problem.clone().unwrap_or_default();
        Text { vi: format!("{}: {vi}", source.path), en: format!("{}: {en}", source.path) }
    };
    Some(match sources {
        [] => Text {
            vi: format!("{name}: gói tệp rỗng: hãy xem gói đã được lưu hay tải về đủ chưa"),
            en: format!("{name}: the archive is empty: check that it was saved or downloaded whole"),
        },
        [one] => told(one),
        several => {
            let shown: Vec<Text> = several.iter().take(3).map(told).collect();
            let joined = |of: fn(&Text) -> &str| shown.iter().map(of).collect::<Vec<_>>().join(". ");
            Text {
                vi: format!("{name}: không đọc được gì trong gói. {}", joined(|text| &text.vi)),
                en: format!("{name}: nothing in it can be read. {}", joined(|text| &text.en)),
            }
        }
    })
}
