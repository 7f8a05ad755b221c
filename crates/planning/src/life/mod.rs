//! The life of a finding: what people decide on it, and what the next check makes of that.
//!
//! ```text
//!            ┌────────────── reopened ──────────────┐
//!            ▼                                      │
//! found ─▶ new ─▶ reviewing ─▶ waived ──────────────┤
//!            │        │          │                  │
//!            └────────┴──────────┴─▶ resolved ──────┤
//!                     no longer found ─▶ closed ────┘
//! ```
//!
//! A finding's id is a hash of its rule and features, so the same conflict is the same finding in every run. Its life
//! is a list of [`Event`]s that only grows; where it stands ([`Standing`]) follows from them. People decide
//! ([`Decision`]): any state but closed may follow any. A check finds, closes and reopens ([`settle`]): it closes what it
//! judged and no longer found, and it reopens
//! - what was waived, when the shape strays from the one decided on by more than max(W_min, [`CARRY_OVER_M`]) (how that is
//!   measured: `compare.rs`), when it has become graver, or when the waiver has ended;
//! - what was said to be resolved, when newer data still have it;
//! - what was closed, when it is there again.
//!
//! The shape is always compared with the one that was decided on, never with that of the run before: many small moves
//! cannot carry a waiver away from what it was given for.

mod about;
mod compare;
mod decision;
mod event;
mod settle;
mod standing;
mod state;
mod words;

pub use about::About;
pub use compare::CARRY_OVER_M;
pub use decision::{Decision, DecisionError};
pub use event::{Change, Event, Reopening};
pub use settle::{Decided, Settling, settle};
pub use standing::{Standing, Standings};
pub use state::FindingState;
