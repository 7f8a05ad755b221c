//! Taking in the tables of what became of administrative units. None is shipped.

use std::path::PathBuf;

use planning::{UnitFiles, UnitHistory, UnitsNote};

use super::read_text;
use crate::{Project, ProjectError};

/// The files.
#[derive(Clone, Debug)]
pub struct UnitsRequest {
    /// Present units and the former ones that they were made of, JSON.
    pub merges: PathBuf,
    /// Former units and the present ones that they became; compared with the other direction.
    pub splits: Option<PathBuf>,
    /// The communes before 1 July 2025 with their districts and provinces, CSV.
    pub before: PathBuf,
}

/// What the files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitsReport {
    /// The revision that they are since.
    pub revision: u64,
    /// Provinces before and now.
    pub provinces: (usize, usize),
    /// Districts before.
    pub districts: usize,
    /// Communes before and now; those that had ended earlier are among the former.
    pub communes: (usize, usize),
    /// What a person should know.
    pub notes: Vec<UnitsNote>,
}

impl Project {
    /// Takes in the tables, in place of those that there were.
    /// # Errors
    /// [`ProjectError::Units`] with file and place, or those of opening and of the store; nothing is changed then.
    pub fn import_units(&self, request: &UnitsRequest) -> Result<UnitsReport, ProjectError> {
        let merges = read_text(&request.merges)?;
        let splits = request.splits.as_deref().map(read_text).transpose()?;
        let before = read_text(&request.before)?;
        let files = UnitFiles { merges: &merges, splits: splits.as_deref(), communes_before: &before };
        let (units, notes) = UnitHistory::parse(files)?;
        let source = request.merges.file_name().map(|name| name.to_string_lossy().into_owned());
        let revision = self.store().keep_units(&units, source.as_deref())?;
        Ok(UnitsReport {
            revision: revision.number,
            provinces: units.province_counts(),
            districts: units.district_count(),
            communes: units.commune_counts(),
            notes,
        })
    }
}
