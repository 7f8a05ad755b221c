//! The zone register: what planners know of zones beside their boundaries. [`Register`] is one file of it;
//! `feature.rs` reads what features say of themselves.

mod aggregate;
mod book;
mod built_in;
mod date;
mod document;
mod error;
mod feature;
mod figures;
mod indicator;
mod list;
mod locate;
mod project_record;
mod quantity;
mod read;
mod statistics;
mod table;
mod tables;
mod validate;
mod zone_record;

pub use aggregate::{Aggregate, AggregatePart, Counted};
pub use book::Register;
pub use built_in::built_in;
pub use date::{NotADate, PartialDate};
pub use document::{Citation, DocumentKind, DocumentRecord};
pub use error::{RegisterError, RegisterProblem};
pub use feature::{CLOSING_GAP, Unread, Zone, commune_code, feature_id, parcel_codes, scale};
pub(crate) use feature::{closing_gap_m, commune_key, commune_province, full_name, mountainous};
pub use figures::{AreaStatement, ClearanceStatement, Expansion, FillFormula, FillRate, FillStatement};
pub use indicator::{Indicator, NamedRegion, UnitRef};
pub use list::{ListLevel, Listing, Period, PlanList};
pub use project_record::{ProjectPlace, ProjectRecord, ProjectStatus};
pub use quantity::{Qualifier, Quantity};
pub use statistics::{
    AreaSum, EstablishedShare, KindStatistics, ReportedTotal, Statistics, Tally, statistics,
};
pub use table::{Cell, TableCounts, ZONE_COLUMNS, zone_rows};
pub use tables::{FilledTable, RegisterTable, register_tables};
pub use zone_record::{StateEntry, WastewaterWorks, ZoneRecord};
