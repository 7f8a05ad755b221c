//! Projects that somebody enters with the figures of zones.

use planning::{
    Citation, ProjectRecord, ProjectStatus, Quantity, Register, RegisterError, RegisterProblem, search_key,
};

use super::FiguresRequest;
use crate::ProjectError;

/// What is entered of one project. What is not given stays as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectEntry {
    /// Its identifier in the register; made of the name for one that is new.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Identifier of its zone.
    pub zone: String,
    /// Where it stands.
    pub status: ProjectStatus,
    /// Land, ha.
    pub land_ha: Option<Quantity>,
    /// Registered capital, đồng.
    pub capital_vnd: Option<Quantity>,
    /// Sector.
    pub sector: Option<String>,
    /// Why, for a suspended or revoked one.
    pub reason: Option<String>,
}

/// A register with projects as they are entered, and how many of them say something new. A project's record is its
/// newest state: what it was before stands in the register's versions.
pub(super) fn with_projects(
    mut register: Register,
    request: &FiguresRequest<'_>,
) -> Result<(Register, usize), ProjectError> {
    let mut changed = 0;
    for (line, entry) in (1..).zip(request.projects) {
        let wrong = |field: &str, reason: String| {
            let problem = RegisterProblem { line: Some(line), field: field.to_owned(), reason };
            RegisterError { file: request.document.to_owned(), problems: vec![problem] }
        };
        if register.zone(&entry.zone).is_none() {
            return Err(wrong("zone", format!("the register has no zone \"{}\"", entry.zone)).into());
        }
        if entry.name.trim().is_empty() {
            return Err(wrong("name", "is empty".to_owned()).into());
        }
        let id = entry.id.clone().unwrap_or_else(|| free_id(&register, &entry.name));
        let known = register.projects.iter_mut().find(|project| project.id == id);
        let before = known.as_deref();
        if entry.id.is_some() && before.is_none() {
            return Err(wrong("id", format!("the register has no project \"{id}\"")).into());
        }
        if before.is_some_and(|before| request.as_of.is_before(before.as_of)) {
            return Err(wrong("as_of", format!("\"{id}\" is known as of a later day")).into());
        }
        let record = record(id, entry, before, request);
        if before.is_some_and(|before| says_the_same(before, &record)) {
            continue;
        }
        changed += 1;
        match known {
            Some(known) => *known = record,
            None => register.projects.push(record),
        }
    }
    Ok((register.validated(request.document)?, changed))
}

fn record(
    id: String,
    entry: &ProjectEntry,
    before: Option<&ProjectRecord>,
    request: &FiguresRequest<'_>,
) -> ProjectRecord {
    let source = Citation { document: request.document.to_owned(), quote: String::new() };
    ProjectRecord {
        id,
        name: entry.name.trim().to_owned(),
        zone: Some(entry.zone.clone()),
        place: before.and_then(|before| before.place),
        province: before.and_then(|before| before.province.clone()),
        units: before.map(|before| before.units.clone()).unwrap_or_default(),
        status: entry.status,
        as_of: request.as_of,
        reason: entry.reason.clone(),
        sector: entry.sector.clone().or_else(|| before.and_then(|before| before.sector.clone())),
        capital_vnd: entry.capital_vnd.or(before.and_then(|before| before.capital_vnd)),
        land_ha: entry.land_ha.or(before.and_then(|before| before.land_ha)),
        deadline: before.and_then(|before| before.deadline),
        decision: before.and_then(|before| before.decision.clone()),
        source,
    }
}

/// Whether two records differ in nothing but their day and their source.
fn says_the_same(before: &ProjectRecord, after: &ProjectRecord) -> bool {
    let dated = ProjectRecord { as_of: before.as_of, source: before.source.clone(), ..after.clone() };
    *before == dated
}

/// An identifier made of a name, which no project has.
fn free_id(register: &Register, name: &str) -> String {
    let words: Vec<String> = search_key(name)
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let stem = if words.is_empty() { "du-an".to_owned() } else { words.join("-") };
    let is_free = |id: &String| register.projects.iter().all(|project| project.id != *id);
    let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(is_free).unwrap_or(stem)
}
