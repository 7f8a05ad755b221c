//! What planners know: roles, land-use codes, zone kinds and states, rules with their dated packs, findings and
//! their messages. Parses the tables it is handed (defaults from `data/` are compiled in); does no I/O.
//!
//! Reading order: [`Collection`] is what is given, [`check()`] judges it by a [`RulePack`], a [`CheckOutcome`] comes
//! back. Tables: [`codes()`], [`kinds()`], [`provinces()`], [`pack()`], [`messages()`].

mod answers;
mod check;
mod collection;
mod finding;
mod fix;
mod forms;
mod life;
mod limits;
mod metadata;
mod number;
mod pack;
mod register;
mod role;
mod rules;
mod search;
mod shares;
mod tables;
mod text;
mod theme;
mod trial;
mod units;
mod versions;
mod visibility;
mod what_if;
mod zone;

pub use answers::{Conversion, conversions};
pub use check::{
    CheckInput, CheckMemory, CheckOptions, CheckOutcome, CodeLine, CommuneLine, Coverage, Skipped,
    ZoneSummary, check, check_with_pack, communes_in_force, explain, plan_in_force,
};
pub use collection::{Collection, CollectionInfo};
pub use finding::{Finding, OtherFeature, Severity, Sliver, TableLine, ZoneRef, is_land_conflict};
pub use fix::{Fix, FixAction};
pub use forms::{DayOfYear, ReportForms, ReportPeriod, ReportTables};
pub use life::{
    About, CARRY_OVER_M, Change, Decided, Decision, DecisionError, Event, FindingState, Reopening, Settling,
    Standing, Standings, settle,
};
pub use limits::{AreaLimit, FillLimit, LeastArea, ZoneLimits};
pub use metadata::{DataFacts, Metadata, MetadataLine, Origin};
pub use number::{format_number, format_plain, read_number};
pub use pack::{
    AbolishedRule, AreaStep, AuthorityTier, AxisRule, BeltRule, Buffer, ClosingRule, DatumRule, DeadlineRule,
    DeclaredAreaRule, DeclaredCommuneRule, DistanceRule, DuplicateRule, EncodingRule, EstablishmentRule,
    ExpansionRule, FillRule, GapRule, Grouping, KindsRule, LandRule, LegalBasis, MapArea, MaxAreaRule,
    MinAreaRule, NearRule, PackRules, PlainRule, PlanRule, PlannedLandRule, RelocationRule, RuleInfo,
    RulePack, SafetyClass, SafetyRule, SectorsRule, Significance, StatesRule, SumRule, VersionRule,
    describe as describe_rules,
};
pub use register::{
    Aggregate, AggregatePart, AreaStatement, AreaSum, CLOSING_GAP, Cell, Citation, ClearanceStatement,
    Counted, DocumentKind, DocumentRecord, EstablishedShare, Expansion, FillFormula, FillRate, FillStatement,
    FilledTable, Indicator, KindStatistics, ListLevel, Listing, NamedRegion, NotADate, PartialDate, Period,
    PlanList, ProjectPlace, ProjectRecord, ProjectStatus, Qualifier, Quantity, Register, RegisterError,
    RegisterProblem, RegisterTable, ReportedTotal, StateEntry, Statistics, TableCounts, Tally, UnitRef,
    Unread, WastewaterWorks, ZONE_COLUMNS, Zone, ZoneRecord, built_in as built_in_registers, commune_code,
    feature_id, parcel_codes, register_tables, scale as feature_scale, statistics, zone_rows,
};
pub use role::Role;
pub use search::search_key;
pub use shares::{
    Contested, SharePart, ShareRequest, UnitArea, UnitChange, UnitTransition, ZoneShare, unit_changes,
    zone_shares,
};
pub use tables::{
    CodeGroup, DataError, KindName, LandUseCode, LandUseCodes, Messages, Parameter, Parameters, Province,
    Provinces, StateName, ZoneNames, codes, kinds, messages, pack, pack_on, packs, provinces, report_forms,
    rules,
};
pub use text::{Language, Text};
pub use theme::Theme;
pub use trial::{Trial, TrialError, Tried, TriedZone, try_out};
pub use units::{
    Extent, FormerCommune, FormerDistrict, Resolved, Successor, Transfer, Unit, UnitFiles, UnitHistory,
    UnitLevel, UnitsError, UnitsNote,
};
pub use versions::{PlanChange, PlanDifference, Transition, newly_in_conflict, plan_difference};
pub use visibility::Visibility;
pub use what_if::{Growth, WhatIf, WhatIfError, what_if};
pub use zone::{ZoneKind, ZoneState};
