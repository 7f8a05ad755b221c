//! Formats that GDAL writes: features go to the worker as frames, made to fit the format before, with a note for whatever
//! had to change.

mod ability;
mod crs;
mod names;
mod note;
mod schema;
mod shape;
mod survey;

use geo_types::Geometry;
use spatial::{Crs, Feature};

use crate::worker::{Frame, Job, Mode, NewLayer, RawFeature, RawGeometry, Request, Worker, WorkerError};
use crate::{Foreign, WriteError};
use ability::Ability;
pub use note::WriteNote;
use schema::Schema;
use shape::{Kind, each_position, parts_and_holes, wkb};
pub use survey::Survey;

/// What is to be written through the worker.
#[derive(Clone, Debug)]
pub struct ForeignTarget {
    /// Its format.
    pub format: Foreign,
    /// The empty folder that it is made in, absolute.
    pub folder: Vec<u8>,
    /// What the names of its files begin with: no `/` in it.
    pub stem: String,
    /// Name of the layer, where the format has one.
    pub layer: String,
    /// The CRS of the coordinates.
    pub crs: Crs,
}

/// What was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Features that the file has, as this side counts.
    pub features: u64,
    /// What a person should know.
    pub notes: Vec<WriteNote>,
}

/// Writes one source through the worker: [`begin`](Self::begin), [`feature`](Self::feature) for each, then
/// [`finish`](Self::finish), before which nothing in the folder is whole.
pub struct ForeignWriter {
    format: Foreign,
    job: Job<'static>,
    schema: Schema,
    ability: Ability,
    /// The kinds that have layers of their own; none where one layer takes all.
    kinds: Vec<Kind>,
    /// The layer that the worker has before it.
    current: Option<u32>,
    features: u64,
    parts: u64,
    holes: u64,
    collections: u64,
    left_out: u64,
    notes: Vec<WriteNote>,
}

impl ForeignWriter {
    /// Starts the worker and has it make the layers. `survey` has seen every feature that will be written.
    /// # Errors
    /// [`WriteError::Worker`], [`WriteError::TooManyColumns`].
    pub fn begin(worker: &Worker, target: &ForeignTarget, survey: &Survey) -> Result<Self, WriteError> {
        let format = target.format;
        let (ability, mut notes) = (Ability::of(format), Vec::new());
        let schema = Schema::of(format, survey, &mut notes)?;
        let (options, layer_options) = crs::grid(format, &target.crs, survey.extent, &mut notes);
        if !ability.crs {
            notes.push(WriteNote::CrsNotNamed { crs: target.crs.name().to_owned() });
        }
        let kinds = kinds(&ability, survey);
        let job = worker.start(&Request {
            mode: Mode::Write,
            folder: target.folder.clone(),
            name: format.written_name(&target.stem).into_bytes(),
            drivers: vec![format.writer().to_owned()],
            options,
            ..Request::default()
        });
        let job = job.map_err(|source| WriteError::Worker { format, source })?;
        let mut writer = Self {
            format,
            job,
            schema,
            ability,
            kinds,
            current: None,
            features: 0,
            parts: 0,
            holes: 0,
            collections: 0,
            left_out: 0,
            notes,
        };
        writer.layers(target, &layer_options)?;
        Ok(writer)
    }

    fn layers(&mut self, target: &ForeignTarget, options: &[String]) -> Result<(), WriteError> {
        let name = names::layer(
            self.format,
            if self.format.is_named_by_file() { &target.stem } else { &target.layer },
        );
        let layer = NewLayer {
            name: name.clone(),
            crs: if self.ability.crs { crs::definition(self.format, &target.crs) } else { String::new() },
            geometry: self.kinds.first().map_or(0, |kind| kind.code()),
            options: options.to_vec(),
            fields: self.schema.fields(),
        };
        if self.kinds.len() < 2 {
            return self.send(&Frame::NewLayer(layer));
        }
        self.kinds.clone().into_iter().try_for_each(|kind| {
            let name = format!("{name}{}", kind.suffix());
            self.send(&Frame::NewLayer(NewLayer { name, geometry: kind.code(), ..layer.clone() }))
        })
    }

    /// Takes one feature. Its coordinates must be in the target's CRS.
    /// # Errors
    /// [`WriteError::NotFinite`], [`WriteError::Column`] when the survey has not seen it, [`WriteError::Worker`].
    pub fn feature(&mut self, feature: &Feature) -> Result<(), WriteError> {
        let (geometry, kind) = self.geometry(feature)?;
        if geometry == RawGeometry::None && !self.ability.attributes {
            self.left_out += 1;
            return Ok(());
        }
        let values = self.schema.values(feature)?;
        let layer = kind.and_then(|kind| self.kinds.iter().position(|known| *known == kind));
        let layer = layer.and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        if self.current != Some(layer) {
            self.send(&Frame::Begin { layer })?;
            self.current = Some(layer);
        }
        self.features += 1;
        self.send(&Frame::Feature(RawFeature { fid: None, geometry, values }))
    }

    /// The geometry as it goes to the worker, and its kind; none where it is empty or cannot be held.
    fn geometry(&mut self, feature: &Feature) -> Result<(RawGeometry, Option<Kind>), WriteError> {
        let Some((geometry, kind)) = feature.geometry.as_ref().and_then(|all| Some((all, Kind::of(all)?)))
        else {
            return Ok((RawGeometry::None, None));
        };
        if kind == Kind::Collection && !self.ability.collections {
            self.collections += 1;
            return Ok((RawGeometry::None, None));
        }
        let mut finite = true;
        each_position(geometry, &mut |at| finite &= at.x.is_finite() && at.y.is_finite());
        if !finite {
            return Err(WriteError::NotFinite { label: feature.label() });
        }
        self.count(geometry);
        let mut bytes = Vec::new();
        wkb(geometry, &mut bytes);
        Ok((RawGeometry::Wkb(bytes), Some(kind)))
    }

    /// Counts what the format takes apart.
    fn count(&mut self, geometry: &Geometry<f64>) {
        let (parts, holes) = parts_and_holes(geometry);
        if !self.ability.parts {
            self.parts += u64::from(parts > 1);
        }
        if !self.ability.holes {
            self.holes += holes;
        }
    }

    /// Has the worker write what is left, and waits for that.
    /// # Errors
    /// [`WriteError::Worker`].
    pub fn finish(mut self) -> Result<Written, WriteError> {
        let format = self.format;
        if self.current.is_none() {
            self.send(&Frame::Begin { layer: 0 })?;
        }
        let failed = |source: WorkerError| WriteError::Worker { format, source };
        self.job.sent().map_err(failed)?;
        self.schema.notes(&mut self.notes);
        for (count, note) in [
            (self.parts, WriteNote::PartsApart { features: self.parts }),
            (self.holes, WriteNote::HolesApart { holes: self.holes }),
            (self.collections, WriteNote::CollectionsLeftOut { features: self.collections }),
            (self.left_out, WriteNote::FeaturesLeftOut { features: self.left_out }),
        ] {
            self.notes.extend((count > 0).then_some(note));
        }
        while let Some(frame) = self.job.next_frame().map_err(failed)? {
            if let Frame::Warning(message) = frame {
                self.notes.push(WriteNote::GdalSaid(message));
            }
        }
        Ok(Written { features: self.features, notes: self.notes })
    }

    fn send(&mut self, frame: &Frame) -> Result<(), WriteError> {
        let format = self.format;
        self.job.send(frame).map_err(|source| WriteError::Worker { format, source })
    }
}

/// The kinds that need layers of their own. Polygons, where nothing has a geometry.
fn kinds(ability: &Ability, survey: &Survey) -> Vec<Kind> {
    if !ability.one_kind {
        return Vec::new();
    }
    let kept = |kind: &&Kind| ability.collections || **kind != Kind::Collection;
    let kinds: Vec<Kind> = survey.kinds.iter().filter(kept).copied().collect();
    if kinds.is_empty() { vec![Kind::Polygons] } else { kinds }
}
