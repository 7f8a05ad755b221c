//! Words that several commands print.

use planning::{Messages, Parameters};

use super::check::pick;
use crate::args::Language;

/// A message in the language asked for.
pub(super) fn line(messages: &Messages, key: &str, parameters: &Parameters, language: Language) -> String {
    pick(&messages.text(key, parameters), language).to_owned()
}
