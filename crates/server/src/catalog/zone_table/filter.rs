//! Which zones are wanted.

use planning::{ZoneKind, ZoneState, search_key};

use super::Entry;
use crate::params::Params;
use crate::problem::Problem;

/// What picks zones. A figure that is not known lies in no range.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    words: Vec<String>,
    kinds: Vec<String>,
    states: Vec<String>,
    province: Option<String>,
    commune: Option<String>,
    register: Option<String>,
    area_ha: Range,
    fill_percent: Range,
    free_ha: Range,
    /// Whether only zones with an open conflict are wanted.
    in_conflict: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Range {
    least: Option<f64>,
    most: Option<f64>,
}

impl Range {
    fn of(params: &Params, least: &str, most: &str) -> Result<Self, Problem> {
        Ok(Self { least: params.number(least)?, most: params.number(most)? })
    }

    fn holds(self, value: Option<f64>) -> bool {
        let inside = |value: f64| {
            self.least.is_none_or(|least| value >= least) && self.most.is_none_or(|most| value <= most)
        };
        (self.least.is_none() && self.most.is_none()) || value.is_some_and(inside)
    }
}

impl Filter {
    /// The parameters that it reads.
    pub(crate) const PARAMETERS: [&str; 13] = [
        "q",
        "kind",
        "state",
        "province",
        "commune",
        "register",
        "min_ha",
        "max_ha",
        "min_fill",
        "max_fill",
        "min_free_ha",
        "max_free_ha",
        "conflict",
    ];

    /// Reads the parameters.
    /// # Errors
    /// A problem that names the parameter that makes no sense.
    pub(crate) fn of(params: &Params) -> Result<Self, Problem> {
        let owned = |name: &str| params.value(name).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Self {
            words: search_key(params.value("q").unwrap_or_default()).split(' ').map(str::to_owned).collect(),
            kinds: codes(params, "kind", |text| ZoneKind::from_code(text).map(ZoneKind::code))?,
            states: codes(params, "state", |text| ZoneState::from_code(text).map(ZoneState::code))?,
            province: owned("province").map(|name| search_key(&name)),
            commune: owned("commune"),
            register: owned("register"),
            area_ha: Range::of(params, "min_ha", "max_ha")?,
            fill_percent: Range::of(params, "min_fill", "max_fill")?,
            free_ha: Range::of(params, "min_free_ha", "max_free_ha")?,
            in_conflict: params.flag("conflict")?,
        })
    }

    /// Whether a zone is wanted.
    pub(crate) fn passes(&self, entry: &Entry) -> bool {
        let row = &entry.row;
        let one_of = |wanted: &[String], own: &Option<String>| {
            wanted.is_empty() || own.as_ref().is_some_and(|own| wanted.contains(own))
        };
        let declared = row.declared_ha.as_ref().map(|area| area.value);
        let stated = row.fill.stated_percent.as_ref().map(|fill| fill.value);
        self.words.iter().all(|word| entry.words.contains(word.as_str()))
            && one_of(&self.kinds, &row.kind)
            && one_of(&self.states, &row.state)
            && self.province.as_ref().is_none_or(|wanted| {
                row.province.as_ref().is_some_and(|province| search_key(province) == *wanted)
            })
            && self.commune.as_ref().is_none_or(|code| row.communes.iter().any(|one| one.code == *code))
            && self.register.as_ref().is_none_or(|id| row.records.iter().any(|one| one.register == *id))
            && self.area_ha.holds(row.area_ha.or(declared))
            && self.fill_percent.holds(row.fill.computed_percent.or(stated))
            && self.free_ha.holds(row.free_ha)
            && (!self.in_conflict || row.is_in_conflict())
    }
}

/// The codes of a list, separated by commas.
fn codes(
    params: &Params,
    name: &str,
    read: impl Fn(&str) -> Option<&'static str>,
) -> Result<Vec<String>, Problem> {
    let texts =
        params.value(name).unwrap_or_default().split(',').map(str::trim).filter(|text| !text.is_empty());
    let unknown = |text: &str| Problem::bad(format!("\"{name}\": there is no \"{text}\"; see /kinds."));
    texts.map(|text| read(text).map(str::to_owned).ok_or_else(|| unknown(text))).collect()
}
