//! What planners know: roles, land-use codes, zone kinds and states, rules with their dated packs, findings and
//! their messages. Parses the tables it is handed (defaults from `data/` are compiled in); does no I/O.
//!
//! Reading order: [`Collection`] is what is given, [`check()`] judges it by a [`RulePack`], a [`CheckOutcome`] comes
//! back. Tables: [`codes()`], [`kinds()`], [`provinces()`], [`pack()`], [`messages()`].

mod check;
mod collection;
mod finding;
mod number;
mod pack;
mod register;
mod role;
mod rules;
mod search;
mod tables;
mod text;
mod units;
mod zone;

pub use check::{
    CheckInput, CheckOptions, CheckOutcome, CodeLine, CommuneLine, Coverage, Skipped, ZoneSummary, check,
    check_with_pack, plan_in_force,
};
pub use collection::{Collection, CollectionInfo};
pub use finding::{Finding, OtherFeature, Severity, Sliver, TableLine, ZoneRef};
pub use number::{format_number, format_plain, read_number};
pub use pack::{
    AbolishedRule, AreaStep, AuthorityTier, DeadlineRule, DeclaredAreaRule, DeclaredCommuneRule,
    EstablishmentRule, ExpansionRule, FillRule, ForestRule, Grouping, KindsRule, LegalBasis, MapArea,
    PackRules, PlainRule, PlanRule, RelocationRule, RiceRule, RuleInfo, RulePack, SectorsRule, Significance,
    StatesRule, SumRule, describe as describe_rules,
};
pub use register::{
    Aggregate, AggregatePart, AreaStatement, AreaSum, Cell, Citation, ClearanceStatement, Counted,
    DocumentKind, DocumentRecord, EstablishedShare, Expansion, FillFormula, FillRate, FillStatement,
    Indicator, KindStatistics, ListLevel, Listing, NamedRegion, NotADate, PartialDate, Period, PlanList,
    ProjectPlace, ProjectRecord, ProjectStatus, Qualifier, Quantity, Register, RegisterError,
    RegisterProblem, ReportedTotal, StateEntry, Statistics, TableCounts, Tally, UnitRef, Unread,
    WastewaterWorks, ZONE_COLUMNS, Zone, ZoneRecord, built_in as built_in_registers, commune_code,
    feature_id, parcel_codes, scale as feature_scale, statistics, zone_rows,
};
pub use role::Role;
pub use search::search_key;
pub use tables::{
    CodeGroup, DataError, KindName, LandUseCode, LandUseCodes, Messages, Parameter, Parameters, Province,
    Provinces, StateName, ZoneNames, codes, kinds, messages, pack, provinces, rules,
};
pub use text::{Language, Text};
pub use units::{
    Extent, FormerCommune, FormerDistrict, Resolved, Successor, Transfer, Unit, UnitFiles, UnitHistory,
    UnitLevel, UnitsError, UnitsNote,
};
pub use zone::{ZoneKind, ZoneState};
