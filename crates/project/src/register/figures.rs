//! Figures of zones that somebody enters for a day, such as those of a half-yearly report.

use planning::{
    DocumentKind, DocumentRecord, Language, PartialDate, Quantity, Register, RegisterError, RegisterProblem,
};

use super::{ProjectEntry, project_entry, register_of};
use crate::{Project, ProjectError};

/// What is entered of one zone. What is not given says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneFigures {
    /// The zone's identifier in the register.
    pub zone: String,
    /// Whole area, ha.
    pub total_ha: Option<Quantity>,
    /// Industrial land, ha.
    pub industrial_ha: Option<Quantity>,
    /// Leased industrial land, ha.
    pub leased_ha: Option<Quantity>,
    /// Fill rate as stated, %.
    pub stated_percent: Option<Quantity>,
}

/// Figures for a day, with the document that states them and a reason for entering them.
#[derive(Clone, Debug)]
pub struct FiguresRequest<'a> {
    /// The register.
    pub register: &'a str,
    /// Day at which the figures held.
    pub as_of: PartialDate,
    /// Identifier of the document that states them; made where the register has none such.
    pub document: &'a str,
    /// Title of a document that is made.
    pub document_title: Option<&'a str>,
    /// Why they are entered, and by whom.
    pub reason: &'a str,
    /// The figures.
    pub zones: &'a [ZoneFigures],
    /// Projects that are new, or stand otherwise than before.
    pub projects: &'a [ProjectEntry],
}

/// What came of entering figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiguresReport {
    /// The revision that they are since.
    pub revision: u64,
    /// Zones that say something new.
    pub changed: usize,
    /// Zones of which the register knew it all.
    pub unchanged: usize,
    /// Projects that are new or stand otherwise.
    pub projects: usize,
}

/// The columns of the table as which figures are taken in.
const COLUMNS: [&str; 10] = [
    "id",
    "name",
    "kind",
    "area_as_of",
    "total_ha",
    "industrial_ha",
    "leased_ha",
    "fill_as_of",
    "stated_fill_percent",
    "source",
];

impl Project {
    /// All versions of a register, the newest first.
    /// # Errors
    /// The store's own.
    pub fn register_versions(&self, register: &str) -> Result<Vec<store::StoredRegister>, ProjectError> {
        Ok(self.store().register_versions(register)?)
    }

    /// Adds figures to a register as further statements; what was stated before stays. `is_read` tells whether a register
    /// is the one that whoever enters them has read.
    /// # Errors
    /// [`ProjectError::UnknownRegister`], [`ProjectError::Register`] for figures that make no sense,
    /// [`ProjectError::WithoutReason`], [`ProjectError::NothingEntered`], [`ProjectError::RegisterRead`] for another
    /// version than the newest; nothing is changed then.
    pub fn enter_figures(
        &self,
        request: &FiguresRequest<'_>,
        is_read: impl Fn(&Register) -> bool,
    ) -> Result<FiguresReport, ProjectError> {
        if request.reason.trim().is_empty() {
            return Err(ProjectError::WithoutReason);
        }
        let snapshot = self.snapshot()?;
        let known = register_of(&snapshot, request.register)?;
        let read = snapshot.register(request.register).map_or(0, |stored| stored.revision);
        if !is_read(known) {
            return Err(ProjectError::RegisterRead { register: request.register.to_owned(), newest: read });
        }
        let (register, counts) = with_figures(known, request)?;
        let (register, projects) = project_entry::with_projects(register, request)?;
        if counts.changed + projects == 0 {
            return Err(ProjectError::NothingEntered);
        }
        let source = Some(request.document);
        let revision = self.store().keep_register_after(&register, source, request.reason.trim(), read)?;
        Ok(FiguresReport {
            revision: revision.number,
            changed: counts.changed,
            unchanged: counts.unchanged,
            projects,
        })
    }
}

fn with_figures(
    known: &Register,
    request: &FiguresRequest<'_>,
) -> Result<(Register, planning::TableCounts), ProjectError> {
    let mut register = known.clone();
    if register.document(request.document).is_none() {
        let title =
            request.document_title.filter(|title| !title.trim().is_empty()).unwrap_or(request.document);
        let mut document = DocumentRecord::named(request.document, DocumentKind::Report, title);
        document.as_of = Some(request.as_of);
        register.documents.push(document);
    }
    let as_of = request.as_of.written();
    let mut rows = Vec::new();
    for (line, figures) in (1..).zip(request.zones) {
        let zone =
            register.zone(&figures.zone).ok_or_else(|| unknown(request.register, line, &figures.zone))?;
        let number = |quantity: Option<Quantity>| {
            quantity.map(|quantity| quantity.written_in_full(Language::Vi)).unwrap_or_default()
        };
        let stated = number(figures.stated_percent);
        let fill_as_of = if stated.is_empty() { String::new() } else { as_of.clone() };
        rows.push((
            line,
            vec![
                zone.id.clone(),
                zone.name.clone(),
                zone.kind.code().to_owned(),
                as_of.clone(),
                number(figures.total_ha),
                number(figures.industrial_ha),
                number(figures.leased_ha),
                fill_as_of,
                stated,
                request.document.to_owned(),
            ],
        ));
    }
    if rows.is_empty() {
        return Ok((register, planning::TableCounts::default()));
    }
    Ok(register.with_table(request.document, &COLUMNS.map(str::to_owned), &rows)?)
}

fn unknown(register: &str, line: usize, zone: &str) -> ProjectError {
    let problem = RegisterProblem {
        line: Some(line),
        field: "zone".to_owned(),
        reason: format!("the register has no zone \"{zone}\""),
    };
    RegisterError { file: register.to_owned(), problems: vec![problem] }.into()
}
