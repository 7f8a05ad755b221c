//! What a file is for, by traits that are well known. A guess is told with its reason; where two answers fit, there
//! is none.

use planning::{Role, ZoneKind};
use spatial::Feature;

use crate::Document;

/// A role and why.
pub(super) struct Guess {
    pub(super) role: Role,
    pub(super) level: Option<String>,
    pub(super) reason: String,
}

/// Guesses the role of files; the error says why it cannot be told.
pub(super) fn guess(documents: &[Document]) -> Result<Guess, String> {
    let features = || documents.iter().flat_map(|document| &document.layer.features);
    if features().next().is_none() {
        return Err("it has no features".to_owned());
    }
    if let Some(guess) = communes(&features) {
        return Ok(guess);
    }
    if let Some(guess) = zones(&features) {
        return Ok(guess);
    }
    if every(&features, "code", is_land_use_code) {
        return Err("its codes are land-use codes, but whether they are planned (land_use_plan) or present (land_use) \
                    nobody says"
            .to_owned());
    }
    Err("it has no member \"ranh\", and its properties are not of a kind that is known".to_owned())
}

/// The commune and province files of the public data set of Vietnamese provinces.
fn communes<'a, I: Iterator<Item = &'a Feature>>(features: &impl Fn() -> I) -> Option<Guess> {
    let has = |name: &str| every(features, name, |_| true);
    if !(has("code") && has("codeName") && has("fullName")) {
        return None;
    }
    let level = if has("provinceCode") { "commune" } else { "province" };
    let reason = format!(
        "every feature has code, codeName and fullName, as the {level} files of the public data set have"
    );
    Some(Guess { role: Role::Admin, level: Some(level.to_owned()), reason })
}

fn zones<'a, I: Iterator<Item = &'a Feature>>(features: &impl Fn() -> I) -> Option<Guess> {
    let kinds = every(features, "kind", |kind| ZoneKind::from_code(kind).is_some());
    let declared = features().any(|feature| feature.properties.contains_key("declared_area_ha"));
    let reason = "every feature has a zone kind (KCN, CCN …), and areas are declared".to_owned();
    (kinds && declared).then_some(Guess { role: Role::Zone, level: None, reason })
}

fn is_land_use_code(code: &str) -> bool {
    planning::codes().is_ok_and(|codes| codes.entry(code).is_some())
}

/// Whether every feature has the property as a text that fits.
fn every<'a, I: Iterator<Item = &'a Feature>>(
    features: &impl Fn() -> I,
    name: &str,
    fits: impl Fn(&str) -> bool,
) -> bool {
    features().all(|feature| feature.text(name).is_some_and(|text| fits(&text)))
}
