//! Formats that GDAL reads: frames of the worker becoming features, with the same counts, notes and limits as others.

mod heads;
mod values;
mod wkb;

use serde_json::Map;
use spatial::{Crs, FeatureId};

use super::Outcome;
use super::crs::Said;
use super::draft::Draft;
use super::finish::Around;
use super::intake::Intake;
use super::source::Place;
use crate::encoding::{Encoding, decoded};
use crate::header::Named;
use crate::json::Fault;
use crate::nfc::nfc;
use crate::worker::{Frame, Job, LayerHead, RawFeature, RawGeometry, Request, Worker, WorkerError};
use crate::{Foreign, Format, Limits, NoteKind, ReadError, Sink};
pub use heads::{ForeignLayer, foreign_layers};
use values::Column;

const NO_CRS: &str = "the file names no CRS: the coordinates were taken as longitude and latitude";
const BY_PROJ: &str = "the file describes its CRS without a code that is known; its PROJ string was taken";

const BY_MAPINFO: &str = "the file describes its CRS by MapInfo's CoordSys, which was taken; many programs write VN-2000 there as \
                          WGS 84, 200 m and more away: if it is VN-2000, name its CRS";

fn by_proj(format: Foreign) -> &'static str {
    match format {
        Foreign::MapInfoTab | Foreign::MapInfoMif => BY_MAPINFO,
        _ => BY_PROJ,
    }
}

/// What is to be read through the worker.
#[derive(Clone, Debug)]
pub struct ForeignSource {
    /// Its format.
    pub format: Foreign,
    /// The folder that holds nothing else, absolute.
    pub folder: Vec<u8>,
    /// Its name in the folder.
    pub name: Vec<u8>,
    /// The layer, where there are several.
    pub layer: Option<String>,
    /// The encoding that it declares, where GDAL was kept from seeing that.
    pub encoding: Option<String>,
    /// The encoding of its texts, whatever it declares.
    pub given: Option<Encoding>,
    /// What a person should know of what GDAL does not read of it.
    pub remark: Option<&'static str>,
}

/// How a reading under way is looked after.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Called with features that have come and features that there are, where the source says that.
    pub progress: &'a dyn Fn(u64, u64),
    /// Whether to stop; asked at once and ten times a second while something is waited for.
    pub cancelled: &'a dyn Fn() -> bool,
}

impl Default for Watch<'_> {
    fn default() -> Self {
        Self { progress: &|_, _| (), cancelled: &|| false }
    }
}

/// After so many features it is told how far the reading is.
const TOLD: u64 = 256;

/// Reads a source through the worker, feature by feature; `crs` goes before what the source says.
/// # Errors
/// As [`read()`](super::read()), and [`ReadError::Worker`]; [`ReadError::Stopped`] when the watch says so.
pub fn read_foreign<'s>(
    worker: &Worker,
    source: &ForeignSource,
    limits: &'s Limits,
    crs: Option<&Crs>,
    watch: Watch<'_>,
    sink: &'s mut Sink<'s>,
) -> Result<Outcome, ReadError> {
    let job = worker.start_until(&request(source), watch.cancelled);
    let job = job.map_err(|error| failed(source.format, error))?;
    let mut intake = Intake::new(limits, crs, sink);
    intake.format = Format::Foreign(source.format);
    Reader { job, intake, source, watch, heads: Vec::new(), shapes: false }.read()
}

/// What the worker is asked for.
fn request(source: &ForeignSource) -> Request {
    Request {
        folder: source.folder.clone(),
        name: source.name.clone(),
        drivers: source.format.drivers().iter().map(|driver| (*driver).to_owned()).collect(),
        layer: source.layer.as_ref().map(|layer| layer.as_bytes().to_vec()),
        ..Request::default()
    }
}

struct Reader<'a, 's> {
    job: Job<'a>,
    intake: Intake<'s>,
    source: &'a ForeignSource,
    watch: Watch<'a>,
    heads: Vec<LayerHead>,
    /// Whether any feature had a geometry.
    shapes: bool,
}

/// The layer whose features come, decoded.
struct Current {
    name: Option<String>,
    columns: Vec<Column>,
    encoding: Option<Encoding>,
    crs: Said,
    /// How many features it has, where it says that.
    features: Option<u64>,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Result<Outcome, ReadError> {
        let mut current = None;
        if let Some(remark) = self.source.remark {
            self.intake.note(NoteKind::PassedOver, Place::nowhere(), remark);
        }
        while let Some(frame) = self.next_frame()? {
            match frame {
                Frame::Layer(head) => self.heads.push(head),
                Frame::Begin { layer } => {
                    let head = usize::try_from(layer).ok().and_then(|at| self.heads.get(at)).cloned();
                    current = head.map(|head| self.begin(&head));
                }
                Frame::Feature(feature) => {
                    if let Some(current) = &current {
                        self.feature(feature, current)?;
                        self.tell(current);
                    }
                }
                Frame::Warning(message) => {
                    self.intake.note(NoteKind::GdalSaid, Place::nowhere(), format!("GDAL says: {message}"));
                }
                Frame::Dataset { .. } | Frame::NewLayer(_) | Frame::End { .. } | Frame::Failure { .. } => {}
            }
        }
        let met = self.intake.met;
        if met > 0 && met == self.intake.delivered && !self.shapes {
            return Err(ReadError::NoGeometry { met, advice: self.source.format.without_geometry() });
        }
        let (name, said) = match current {
            Some(Current { name, crs, .. }) => (name, crs),
            None => (None, Ok(Named::Unknown(NO_CRS))),
        };
        let end = Place::nowhere();
        self.intake.outcome(Around { name, crs: (Some(said), end), foreign: Map::new(), end })
    }

    fn next_frame(&mut self) -> Result<Option<Frame>, ReadError> {
        self.job.next_frame().map_err(|error| failed(self.source.format, error))
    }

    /// Says how far the reading is; a source may have more features than it says.
    fn tell(&self, current: &Current) {
        let met = self.intake.met;
        if let Some(all) = current.features.filter(|all| met.is_multiple_of(TOLD) || met == *all) {
            (self.watch.progress)(met.min(all), all);
        }
    }

    fn begin(&mut self, head: &LayerHead) -> Current {
        let words = self.source.encoding.as_deref().unwrap_or(&head.encoding);
        let encoding = self.source.given.or_else(|| Encoding::declared(words));
        if encoding.is_none() && !words.is_empty() {
            let message =
                format!("the file declares the encoding \"{words}\", which is not known: UTF-8 was expected");
            self.intake.note(NoteKind::Encoding, Place::nowhere(), message);
        }
        let mut normalised = 0;
        let mut text = |bytes: &[u8]| {
            // A name has to be something; one that does not decode keeps what is legible.
            let text = decoded(bytes, encoding);
            nfc(text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()).into(), &mut normalised)
        };
        let columns = head.fields.iter();
        let columns =
            columns.map(|field| Column { name: text(&field.name), boolean: field.boolean }).collect();
        let name = Some(text(&head.name)).filter(|name| !name.is_empty());
        self.intake.tally.add(NoteKind::TextNormalised, normalised, None);
        Current { name, columns, encoding, crs: named(head, self.source.format), features: head.features }
    }

    fn feature(&mut self, feature: RawFeature, current: &Current) -> Result<(), ReadError> {
        let position = self.intake.meet()?;
        let mut draft = Draft::default();
        if self.source.format.has_ids() {
            draft.id = feature.fid.map(|fid| FeatureId::Number(fid.into()));
        }
        match fill(&mut draft, feature, current, self.intake.limits) {
            Ok(()) => {
                self.shapes |= draft.geometry.is_some();
                self.intake.accept(position, draft, Place::nowhere())
            }
            Err(fault) => {
                self.intake.skip(position, draft.id, Place::nowhere(), fault);
                Ok(())
            }
        }
    }
}

fn failed(format: Foreign, source: WorkerError) -> ReadError {
    match source {
        WorkerError::Cancelled => ReadError::Stopped,
        source => ReadError::Worker { format, source },
    }
}

fn fill(draft: &mut Draft, feature: RawFeature, current: &Current, limits: &Limits) -> Result<(), Fault> {
    match &feature.geometry {
        RawGeometry::None => draft.remarks.say(NoteKind::NullGeometry, 1, "the geometry is null"),
        RawGeometry::Wkb(bytes) => draft.geometry = wkb::read(bytes, limits, draft)?,
        RawGeometry::Straightened(bytes) => {
            let message = "curves became straight pieces, one for each 4° of an arc";
            draft.remarks.say(NoteKind::Straightened, 1, message);
            draft.geometry = wkb::read(bytes, limits, draft)?;
        }
    }
    draft.properties =
        values::properties(feature.values, &current.columns, current.encoding, limits, &mut draft.remarks)?;
    Ok(())
}

/// What a layer says of its CRS: a code that is known goes before a PROJ string, which cannot be checked by its name.
fn named(head: &LayerHead, format: Foreign) -> Said {
    if head.wkt.is_empty() && head.authority.is_empty() {
        return Ok(Named::Unknown(NO_CRS));
    }
    let by_code = Crs::parse(&head.authority);
    match by_code {
        Ok(crs) => Ok(Named::Crs(crs)),
        Err(unknown) if head.authority.is_empty() => match Crs::parse(&head.proj) {
            Ok(crs) => Ok(Named::Unusual(crs, by_proj(format).into())),
            Err(_) => Err(unknown.into()),
        },
        Err(unknown) => Err(unknown.into()),
    }
}
