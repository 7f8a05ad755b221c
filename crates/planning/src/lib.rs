//! What planners know: roles, land-use codes, zone kinds and states, rules with their dated packs, findings and
//! their messages. Parses the tables it is handed (defaults from `data/` are compiled in); does no I/O.

mod check;
mod collection;
mod finding;
mod role;
mod text;
mod zone;

pub use check::{
    CheckInput, CheckOptions, CheckOutcome, CodeLine, CommuneLine, Coverage, Skipped, ZoneSummary, check,
};
pub use collection::{Collection, CollectionInfo};
pub use finding::{Finding, OtherFeature, Severity, Sliver, TableLine, ZoneRef};
pub use role::Role;
pub use text::Text;
pub use zone::{ZoneKind, ZoneState};
