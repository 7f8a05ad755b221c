//! What a filter is evaluated on.

use std::borrow::Cow;

use serde_json::Value;
use spatial::relation::Related;

/// One feature as a filter sees it.
pub trait Record {
    /// The value of a property; `None` when it has none.
    fn property(&self, name: &str) -> Option<Cow<'_, Value>>;

    /// The geometry in the CRS of the filter; `None` when it has none that lies there.
    fn geometry(&self) -> Option<&Related>;
}
