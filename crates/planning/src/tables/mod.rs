//! The tables that are compiled in from `data/`. Each is parsed once, when first asked for.

mod codes;
mod error;
mod kinds;
mod messages;
mod parameters;
mod provinces;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

pub use codes::{CodeGroup, LandUseCode, LandUseCodes};
pub use error::DataError;
pub use kinds::{KindName, StateName, ZoneNames};
pub use messages::Messages;
pub(crate) use parameters::M2_PER_HA;
pub use parameters::{Parameter, Parameters};
pub(crate) use provinces::name_key as province_key;
pub use provinces::{Province, Provinces};

use crate::forms::ReportForms;
use crate::{PartialDate, RuleInfo, RulePack, describe_rules};

type Table<T> = LazyLock<Result<T, DataError>>;

static CODES: Table<LandUseCodes> = LazyLock::new(|| {
    LandUseCodes::parse(
        include_str!("../../../../data/codes/land_use_codes.csv"),
        include_str!("../../../../data/codes/land_use_codes.source.toml"),
    )
});
static KINDS: Table<ZoneNames> =
    LazyLock::new(|| ZoneNames::parse(include_str!("../../../../data/codes/zone_kinds.toml")));
static PROVINCES: Table<Provinces> =
    LazyLock::new(|| Provinces::parse(include_str!("../../../../data/vn2000_zones.csv")));
static MESSAGES: Table<Messages> = LazyLock::new(|| {
    Messages::parse(
        include_str!("../../../../data/messages.vi.toml"),
        include_str!("../../../../data/messages.en.toml"),
    )
});
static PACKS: Table<[RulePack; 2]> = LazyLock::new(|| {
    Ok([
        RulePack::parse(include_str!("../../../../data/rules/pack-2024-05-01.toml"))?,
        RulePack::parse(include_str!("../../../../data/rules/pack-2017-07-15.toml"))?,
    ])
});

static FORMS: Table<ReportForms> =
    LazyLock::new(|| ReportForms::parse(include_str!("../../../../data/forms/cluster-report.toml")));

fn parsed<T>(table: &'static Table<T>) -> Result<&'static T, DataError> {
    table.as_ref().map_err(Clone::clone)
}

/// The land-use codes with names, groups and prescribed colours.
/// # Errors
/// [`DataError`] when the compiled-in table cannot be read.
pub fn codes() -> Result<&'static LandUseCodes, DataError> {
    parsed(&CODES)
}

/// Names of zone kinds and states.
/// # Errors
/// [`DataError`] when the compiled-in table cannot be read.
pub fn kinds() -> Result<&'static ZoneNames, DataError> {
    parsed(&KINDS)
}

/// Which VN-2000 TM-3 zone serves which province.
/// # Errors
/// [`DataError`] when the compiled-in table cannot be read.
pub fn provinces() -> Result<&'static Provinces, DataError> {
    parsed(&PROVINCES)
}

/// The periodic report on clusters.
/// # Errors
/// [`DataError`] when the compiled-in table cannot be read.
pub fn report_forms() -> Result<&'static ReportForms, DataError> {
    parsed(&FORMS)
}

/// The texts of rules and findings.
/// # Errors
/// [`DataError`] when the two languages cannot be read or do not match.
pub fn messages() -> Result<&'static Messages, DataError> {
    parsed(&MESSAGES)
}

/// The default rule pack: the one in force.
/// # Errors
/// [`DataError`] when a compiled-in pack cannot be read.
pub fn pack() -> Result<&'static RulePack, DataError> {
    let [newest, _] = parsed(&PACKS)?;
    Ok(newest)
}

/// All rule packs, the newest first.
/// # Errors
/// [`DataError`] when a compiled-in pack cannot be read.
pub fn packs() -> Result<&'static [RulePack], DataError> {
    Ok(parsed(&PACKS)?.as_slice())
}

/// The pack that holds on a day (of a month or a year: on its last); `None` before the first pack.
/// # Errors
/// [`DataError`] when a compiled-in pack cannot be read.
pub fn pack_on(day: PartialDate) -> Result<Option<&'static RulePack>, DataError> {
    let holds = |pack: &&RulePack| {
        let begins: Option<PartialDate> = pack.valid_from.parse().ok();
        begins.is_some_and(|begins| begins <= day.last_day())
    };
    Ok(packs()?.iter().find(holds))
}

/// The rules of the default pack with their names, in the pack's order.
/// # Errors
/// [`DataError`] when the pack or the messages cannot be read.
pub fn rules() -> Result<Vec<RuleInfo>, DataError> {
    Ok(describe_rules(pack()?, messages()?))
}
