//! What if a zone grew: judged as if it were so, with nothing kept.

use std::path::Path;

use formats::{Limits, Text};
use geo_types::{Geometry, GeometryCollection};
use planning::{CheckInput, CheckOptions, Growth, PartialDate, WhatIf, WhatIfError, Zone, ZoneRef};
use spatial::{Crs, Layer};

use crate::check::{known_plan, known_zone, pack};
use crate::today::today;
use crate::{Project, ProjectError, coordinates, public_input, read_document};

/// Which zone grows by what, and how it is judged.
#[derive(Clone)]
pub struct WhatIfRequest<'a> {
    /// Feature id of the zone.
    pub zone: String,
    /// What it grows by.
    pub growth: Growth,
    /// Land-use plan to judge against; else the one approved last.
    pub plan: Option<String>,
    /// The day on which it is judged; else today in Viet Nam.
    pub date: Option<PartialDate>,
    /// Version of the rule pack; else the one that holds on the day.
    pub pack: Option<String>,
    /// From public data alone.
    pub public: bool,
    /// Asked between steps; `true` stops the work.
    pub cancelled: Option<&'a (dyn Fn() -> bool + Sync)>,
}

impl WhatIfRequest<'_> {
    /// With everything else as usual.
    pub fn new(zone: String, growth: Growth) -> Self {
        Self { zone, growth, plan: None, date: None, pack: None, public: false, cancelled: None }
    }
}

/// The answer, with what it was judged by.
#[derive(Clone, Debug)]
pub struct WhatIfReport {
    /// The zone.
    pub zone: ZoneRef,
    /// Rule pack, id and version.
    pub pack: String,
    /// The day on which it was judged.
    pub date: Option<PartialDate>,
    /// The answer.
    pub answer: WhatIf,
}

impl Project {
    /// What if a zone of the newest snapshot grew.
    /// # Errors
    /// As [`what_if`], or the store's own.
    pub fn what_if(&self, request: &WhatIfRequest<'_>) -> Result<WhatIfReport, ProjectError> {
        what_if(&self.snapshot()?.check_input(), request)
    }
}

/// What if a zone grew.
/// # Errors
/// [`ProjectError::UnknownZone`], [`ProjectError::UnknownPlan`], [`ProjectError::UnknownPack`],
/// [`ProjectError::WhatIf`] or [`ProjectError::Cancelled`].
pub fn what_if(input: &CheckInput, request: &WhatIfRequest<'_>) -> Result<WhatIfReport, ProjectError> {
    let public = if request.public { Some(public_input(input)?) } else { None };
    let input = public.as_ref().unwrap_or(input);
    let Zone { id, name, kind, .. } = Zone::read(known_zone(input, &request.zone)?);
    if let Some(plan) = &request.plan {
        known_plan(input, plan)?;
    }
    let date = request.date.or_else(today);
    let pack = pack(request.pack.as_deref(), date)?;
    let options = CheckOptions {
        plan: request.plan.clone(),
        date,
        cancelled: request.cancelled,
        ..CheckOptions::default()
    };
    let answer = planning::what_if(pack, input, &request.zone, &request.growth, &options);
    let answer = answer.map_err(|error| match error {
        WhatIfError::Cancelled => ProjectError::Cancelled,
        other => ProjectError::WhatIf(other),
    })?;
    Ok(WhatIfReport { zone: ZoneRef { id, name, kind }, pack: pack.label(), date, answer })
}

/// What a zone grows by, out of a file: all its polygons together. `crs` is the CRS of the coordinates, where the
/// file does not say it or says it wrong.
/// # Errors
/// As [`read_document`].
pub fn growth_of_file(path: &Path, crs: Option<&Crs>) -> Result<Growth, ProjectError> {
    Ok(growth(read_document(path, &Limits::default(), crs)?.layer))
}

/// The same out of GeoJSON text: a geometry, a feature or a collection.
/// # Errors
/// [`ProjectError::Growth`] when nothing usable is in it, or its coordinates cannot be in that CRS.
pub fn growth_of_text(text: &str, crs: Option<&Crs>) -> Result<Growth, ProjectError> {
    let read = formats::read_layer_in(text.as_bytes(), &Limits::default(), Text::Any, crs);
    let read = read.map_err(|error| ProjectError::Growth(error.to_string()))?;
    if let Some(note) = read.notes.list.first().filter(|_| read.notes.skipped() > 0) {
        return Err(ProjectError::Growth(note.to_string()));
    }
    match coordinates::doubt(&read.layer) {
        Some(doubt) => Err(ProjectError::Growth(format!("{}: {}", doubt.found, doubt.advice))),
        None => Ok(growth(read.layer)),
    }
}

fn growth(layer: Layer) -> Growth {
    let geometries = layer.features.into_iter().filter_map(|feature| feature.geometry).collect();
    Growth { geometry: Geometry::GeometryCollection(GeometryCollection(geometries)), crs: layer.crs }
}
