//! Reading what became of units: `merges.json` (present unit ← former ones), `splits.json` (former unit → present
//! ones) and a table of the communes before, with their districts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::history::{Extent, FormerCommune, FormerDistrict, Transfer, Unit, UnitHistory};

/// A file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct UnitsError {
    /// Which of the three.
    pub file: &'static str,
    /// Why, with the place.
    pub reason: String,
}

/// Something in the files that a person should know; nothing of it was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitsNote {
    /// Former communes that the table does not have: their district is not known.
    NotInTable(Vec<String>),
    /// Communes of the table of which nobody says what they became: they ended before 1 July 2025.
    EndedEarlier(usize),
    /// Codes that stand in the table more than once; the last row counts.
    Twice(Vec<String>),
    /// Former communes of which `splits.json` says something else than `merges.json`, which counts.
    Disagree(Vec<String>),
}

/// The three files as texts.
#[derive(Clone, Copy, Debug)]
pub struct UnitFiles<'a> {
    /// `{"data": [{level1_id, name, merges: [{old_id}], level2s: [{level2_id, name, merges: [{old_id, name, type}]}]}]}`.
    pub merges: &'a str,
    /// `{"data": [{level1_id, name, level3s: [{level3_id, name, splits: [{new_id}]}]}]}`; only compared.
    pub splits: Option<&'a str>,
    /// CSV: `commune_code,commune,district_code,district,province_code,province`.
    pub communes_before: &'a str,
}

#[derive(Deserialize)]
struct File<T> {
    data: Vec<T>,
}

#[derive(Deserialize)]
struct MergedProvince {
    level1_id: String,
    name: String,
    merges: Vec<OldProvince>,
    level2s: Vec<MergedCommune>,
}

#[derive(Deserialize)]
struct OldProvince {
    old_id: String,
    name: String,
}

#[derive(Deserialize)]
struct MergedCommune {
    level2_id: String,
    name: String,
    merges: Vec<OldCommune>,
}

#[derive(Deserialize)]
struct OldCommune {
    old_id: String,
    name: String,
    #[serde(rename = "type")]
    extent: Extent,
}

#[derive(Deserialize)]
struct SplitProvince {
    #[serde(default)]
    level2s: Vec<SplitDistrict>,
    level3s: Vec<SplitCommune>,
}

/// An island district, which had no communes.
#[derive(Deserialize)]
struct SplitDistrict {
    level2_id: String,
    splits: Vec<NewCommune>,
}

#[derive(Deserialize)]
struct SplitCommune {
    level3_id: String,
    splits: Vec<NewCommune>,
}

#[derive(Deserialize)]
struct NewCommune {
    new_id: String,
}

#[derive(Deserialize)]
struct Row {
    commune_code: String,
    commune: String,
    district_code: String,
    district: String,
    province_code: String,
    province: String,
}

impl UnitHistory {
    /// Reads the files. Units are known by their codes; what the files say twice or not at all comes back as notes.
    /// # Errors
    /// [`UnitsError`] with line and column when a file is not of the expected form, or has nothing in it.
    pub fn parse(files: UnitFiles<'_>) -> Result<(Self, Vec<UnitsNote>), UnitsError> {
        let mut history = Self::default();
        let mut notes = table(&mut history, files.communes_before)?;
        notes.extend(merges(&mut history, files.merges)?);
        if let Some(splits) = files.splits {
            notes.extend(compare(&history, splits)?);
        }
        Ok((history, notes))
    }
}

fn json<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<Vec<T>, UnitsError> {
    let read: File<T> = serde_json::from_str(text).map_err(|error| failed(file, &error))?;
    if read.data.is_empty() { Err(failed(file, &"there is nothing in it")) } else { Ok(read.data) }
}

fn failed(file: &'static str, reason: &impl fmt::Display) -> UnitsError {
    UnitsError { file, reason: reason.to_string() }
}

fn table(history: &mut UnitHistory, text: &str) -> Result<Vec<UnitsNote>, UnitsError> {
    const FILE: &str = "the table of former communes";
    let mut twice = BTreeSet::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize() {
        let row: Row = row.map_err(|error| failed(FILE, &error))?;
        history.former_provinces.insert(row.province_code.clone(), row.province);
        let district = FormerDistrict {
            code: row.district_code.clone(),
            name: row.district,
            province: row.province_code.clone(),
        };
        history.districts.insert(row.district_code.clone(), district);
        let commune = FormerCommune {
            code: row.commune_code.clone(),
            name: row.commune,
            district: row.district_code,
            province: row.province_code,
        };
        if history.former_communes.insert(row.commune_code.clone(), commune).is_some() {
            twice.insert(row.commune_code);
        }
    }
    if history.former_communes.is_empty() {
        return Err(failed(FILE, &"there is nothing in it"));
    }
    Ok(note(twice, UnitsNote::Twice))
}

fn merges(history: &mut UnitHistory, text: &str) -> Result<Vec<UnitsNote>, UnitsError> {
    let (mut unknown, mut became) = (BTreeSet::new(), BTreeSet::new());
    for province in json::<MergedProvince>("merges.json", text)? {
        let code = province.level1_id;
        for old in province.merges {
            history.former_provinces.entry(old.old_id.clone()).or_insert(old.name);
            history.province_transfers.insert(old.old_id, code.clone());
        }
        for new in province.level2s {
            for old in new.merges {
                became.insert(old.old_id.clone());
                history.former_communes.entry(old.old_id.clone()).or_insert_with(|| {
                    unknown.insert(old.old_id.clone());
                    let (district, province) = (String::new(), String::new());
                    FormerCommune { code: old.old_id.clone(), name: old.name, district, province }
                });
                history.transfers.push(Transfer {
                    old: old.old_id,
                    new: new.level2_id.clone(),
                    extent: old.extent,
                });
            }
            let unit = Unit { code: new.level2_id.clone(), name: new.name, province: code.clone() };
            history.communes.insert(new.level2_id, unit);
        }
        let unit = Unit { code: code.clone(), name: province.name, province: code.clone() };
        history.provinces.insert(code, unit);
    }
    history.transfers.sort();
    history.transfers.dedup();
    let ended = history.former_communes.keys().filter(|code| !became.contains(*code)).count();
    let mut notes = note(unknown, UnitsNote::NotInTable);
    notes.extend((ended > 0).then_some(UnitsNote::EndedEarlier(ended)));
    Ok(notes)
}

/// Whether the two directions say the same.
fn compare(history: &UnitHistory, text: &str) -> Result<Vec<UnitsNote>, UnitsError> {
    let mut by_old: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for province in json::<SplitProvince>("splits.json", text)? {
        let districts = province.level2s.into_iter().map(|one| (one.level2_id, one.splits));
        let communes = province.level3s.into_iter().map(|one| (one.level3_id, one.splits));
        for (old, splits) in districts.chain(communes) {
            by_old.entry(old).or_default().extend(splits.into_iter().map(|new| new.new_id));
        }
    }
    let mut merged: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for transfer in &history.transfers {
        merged.entry(transfer.old.clone()).or_default().insert(transfer.new.clone());
    }
    let codes: BTreeSet<&String> = by_old.keys().chain(merged.keys()).collect();
    let differ = codes.into_iter().filter(|code| by_old.get(*code) != merged.get(*code)).cloned().collect();
    Ok(note(differ, UnitsNote::Disagree))
}

fn note(codes: BTreeSet<String>, of: impl Fn(Vec<String>) -> UnitsNote) -> Vec<UnitsNote> {
    if codes.is_empty() { Vec::new() } else { vec![of(codes.into_iter().collect())] }
}

impl fmt::Display for UnitsNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |codes: &[String]| {
            let shown = codes.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            if codes.len() > 5 { format!("{shown}, …") } else { shown }
        };
        match self {
            Self::NotInTable(codes) => write!(
                f,
                "{} former communes are not in the table, so that their district is not known: {}",
                codes.len(),
                list(codes)
            ),
            Self::EndedEarlier(count) => {
                write!(f, "{count} communes of the table have no successor: they ended before 1 July 2025")
            }
            Self::Twice(codes) => {
                write!(
                    f,
                    "{} codes stand in the table more than once, the last row counts: {}",
                    codes.len(),
                    list(codes)
                )
            }
            Self::Disagree(codes) => write!(
                f,
                "{} former units have other successors in splits.json than in merges.json, which counts: {}",
                codes.len(),
                list(codes)
            ),
        }
    }
}
