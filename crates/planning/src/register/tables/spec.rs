//! Which tables a register has, and their columns.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    Aggregate, AggregatePart, AreaStatement, Citation, ClearanceStatement, DocumentRecord, Expansion,
    FillStatement, Indicator, Listing, NamedRegion, PlanList, ProjectRecord, StateEntry, UnitRef,
    WastewaterWorks, ZoneRecord,
};

/// How a column's value stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text; an empty cell says nothing.
    Text,
    /// Text that is always there; an empty cell is an empty text.
    Words,
    /// Several texts, separated by semicolons.
    Texts,
    /// A quantity: a number, or a text with the word that makes it approximate.
    Quantity,
    /// A day, a month or a year.
    Date,
    /// Yes or no.
    Flag,
}

/// A column: the path of its field in the record, and what stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) path: &'static str,
    pub(super) kind: Kind,
}

/// A table: an array of the register, or of each record of another table.
pub(super) struct Spec {
    /// Its name, `zone` or `zone.state`.
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
    /// Whether a row has what its record must have.
    pub(super) fits: fn(Value) -> Result<(), serde_json::Error>,
}

impl Spec {
    /// The table whose records hold this one's, and the field in which they do.
    pub(super) fn parent(&self) -> Option<(&'static str, &'static str)> {
        self.name.split_once('.')
    }
}

fn fits<T: DeserializeOwned>(row: Value) -> Result<(), serde_json::Error> {
    serde_json::from_value::<T>(row).map(drop)
}

const fn text(path: &'static str) -> Column {
    Column { path, kind: Kind::Text }
}

const fn words(path: &'static str) -> Column {
    Column { path, kind: Kind::Words }
}

const fn texts(path: &'static str) -> Column {
    Column { path, kind: Kind::Texts }
}

const fn quantity(path: &'static str) -> Column {
    Column { path, kind: Kind::Quantity }
}

const fn date(path: &'static str) -> Column {
    Column { path, kind: Kind::Date }
}

const DOCUMENT: Column = text("source.document");
const QUOTE: Column = text("source.quote");

/// What the register says of itself: one row.
pub(super) const HEAD: Spec = Spec {
    name: "register",
    columns: &[words("id"), words("title.vi"), words("title.en")],
    fits: fits::<crate::Register>,
};

const UNITS: &[Column] = &[words("name"), text("level"), text("code")];

/// The records, those that others are part of first.
pub(super) const SPECS: &[Spec] = &[
    Spec {
        name: "document",
        columns: &[
            words("id"),
            text("kind"),
            words("title"),
            text("number"),
            text("body"),
            text("file"),
            date("as_of"),
            date("decided"),
            date("published"),
            date("valid_from"),
            date("valid_to"),
            text("remark"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<DocumentRecord>,
    },
    Spec {
        name: "list",
        columns: &[
            words("id"),
            text("level"),
            words("title.vi"),
            words("title.en"),
            text("province"),
            date("period.from"),
            date("period.to"),
            date("period.vision"),
            text("approved_by"),
            text("decision"),
            text("replaced_by"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<PlanList>,
    },
    Spec {
        name: "zone",
        columns: &[
            words("id"),
            words("name"),
            texts("aliases"),
            text("kind"),
            text("parent"),
            text("feature"),
            text("province"),
            texts("sectors"),
        ],
        fits: fits::<ZoneRecord>,
    },
    Spec { name: "zone.unit", columns: UNITS, fits: fits::<UnitRef> },
    Spec {
        name: "zone.state",
        columns: &[
            text("state"),
            date("as_of"),
            date("decided"),
            text("body"),
            text("decision"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<StateEntry>,
    },
    Spec { name: "zone.listing", columns: &[text("list"), DOCUMENT, QUOTE], fits: fits::<Listing> },
    Spec { name: "zone.mention", columns: &[text("document"), text("quote")], fits: fits::<Citation> },
    Spec {
        name: "zone.area",
        columns: &[
            date("as_of"),
            quantity("total_ha"),
            quantity("industrial_ha"),
            quantity("leased_ha"),
            quantity("craft_relocation_ha"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<AreaStatement>,
    },
    Spec {
        name: "zone.fill",
        columns: &[date("as_of"), quantity("stated_percent"), text("formula"), DOCUMENT, QUOTE],
        fits: fits::<FillStatement>,
    },
    Spec {
        name: "zone.clearance",
        columns: &[
            date("as_of"),
            quantity("cleared_ha"),
            quantity("in_progress_ha"),
            quantity("households"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<ClearanceStatement>,
    },
    Spec {
        name: "zone.expansion",
        columns: &[quantity("added_ha"), text("state"), date("as_of"), text("decision"), DOCUMENT, QUOTE],
        fits: fits::<Expansion>,
    },
    Spec {
        name: "zone.wastewater_works",
        columns: &[Column { path: "finished", kind: Kind::Flag }, date("as_of"), DOCUMENT, QUOTE],
        fits: fits::<WastewaterWorks>,
    },
    Spec {
        name: "project",
        columns: &[
            words("id"),
            words("name"),
            text("zone"),
            text("place"),
            text("province"),
            text("status"),
            date("as_of"),
            text("reason"),
            text("sector"),
            quantity("capital_vnd"),
            quantity("land_ha"),
            date("deadline"),
            text("decision"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<ProjectRecord>,
    },
    Spec { name: "project.unit", columns: UNITS, fits: fits::<UnitRef> },
    Spec {
        name: "indicator",
        columns: &[
            words("id"),
            words("name.vi"),
            words("name.en"),
            text("province"),
            date("year"),
            words("unit"),
            quantity("actual"),
            quantity("target"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<Indicator>,
    },
    Spec {
        name: "region",
        columns: &[
            words("id"),
            words("name.vi"),
            words("name.en"),
            words("province"),
            date("as_of"),
            DOCUMENT,
            QUOTE,
        ],
        fits: fits::<NamedRegion>,
    },
    Spec { name: "region.unit", columns: UNITS, fits: fits::<UnitRef> },
    Spec { name: "aggregate", columns: AGGREGATE, fits: fits::<Aggregate> },
    Spec {
        name: "aggregate.part",
        columns: &[
            words("label"),
            quantity("count"),
            quantity("total_ha"),
            quantity("industrial_ha"),
            quantity("leased_ha"),
            quantity("capital_vnd"),
        ],
        fits: fits::<AggregatePart>,
    },
];

const AGGREGATE: &[Column] = &[
    words("id"),
    words("title.vi"),
    words("title.en"),
    text("of"),
    text("kind"),
    text("province"),
    text("state"),
    text("list"),
    text("status"),
    text("zone"),
    date("as_of"),
    quantity("count"),
    quantity("capital_vnd"),
    date("area.as_of"),
    quantity("area.total_ha"),
    quantity("area.industrial_ha"),
    quantity("area.leased_ha"),
    quantity("area.craft_relocation_ha"),
    text("area.source.document"),
    text("area.source.quote"),
    date("fill.as_of"),
    quantity("fill.stated_percent"),
    text("fill.formula"),
    text("fill.source.document"),
    text("fill.source.quote"),
    DOCUMENT,
    QUOTE,
];
