//! The register of zones: what each is, what lies there, and what is planted in it. All names are made up.

use planning::{ZoneKind, ZoneState};

pub(crate) use super::zones::ZONES;

/// What lies in a zone today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Land {
    /// Lots in use.
    Built,
    /// One kind of open land, around it too.
    Open(&'static str),
    /// Whatever the terrain gives.
    Natural,
}

/// The layers that a patch shows in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    Today,
    Plan,
    Both,
}

/// Where a patch lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lies {
    Inside,
    /// Across the outline.
    Across,
    /// Outside, along the outline.
    Outside,
}

/// A patch of one code in or at a zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patch {
    pub(crate) code: &'static str,
    pub(crate) hectares: f64,
    pub(crate) shows: Shows,
    pub(crate) lies: Lies,
}

pub(crate) const fn patch(code: &'static str, hectares: f64, shows: Shows, lies: Lies) -> Patch {
    Patch { code, hectares, shows, lies }
}

/// Something planted after the mesh is drawn, by moving exact pieces between parcels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Plant {
    /// Present area of the code inside the zone brought between two values, m².
    Total(&'static str, [f64; 2]),
    /// A planned parcel of another code reaches into the zone by a strip of this mean width, m.
    PlanStrip(f64),
    /// The same by a compact piece of this area, m².
    PlanPiece(f64),
    /// A present parcel of the code reaches in by a strip of this mean width, m.
    TodayStrip(&'static str, f64),
    /// The same by a compact piece of this area, m².
    TodayPiece(&'static str, f64),
    /// The neighbouring commune reaches in by this share of the zone's area.
    CommuneShare(f64),
    /// The neighbouring commune reaches in by a strip of this mean width, m.
    CommuneStrip(f64),
    /// The zone overlaps its neighbour by a strip of this mean width, m.
    ZoneStrip(&'static str, f64),
    /// The zone overlaps its neighbour by a compact piece of this area, m².
    ZonePiece(&'static str, f64),
    /// A place that no parcel of the newest plan covers, about this many hectares.
    Gap(f64),
    /// A place that two parcels of the newest plan cover, about this many hectares.
    Double(f64),
    /// A midpoint in every third side of the outline, which the neighbours don't have.
    Midpoints,
    /// A vertex twice in a row: worth a note, no finding.
    TwiceVertex,
    /// Declares a commune where the zone is not.
    WrongCommune,
    /// A lot of the zone goes on beyond its border by a strip of this mean width, m.
    LotStrip(f64),
    /// The boundary of another zone once more.
    CopyOf(&'static str),
    /// This share of the zone's area is left out along its border.
    Leave(f64),
    /// The zone goes on beyond its parent by a strip of this mean width, m.
    BeyondStrip(f64),
    /// The same by a slab of this area, m².
    Beyond(f64),
    /// Two communes of the zone claim a slab of this area, m².
    Claimed(f64),
    /// The same by a strip of this mean width, m.
    ClaimedStrip(f64),
    /// A slab of this area, m², between two communes of the zone that is in neither.
    Nobodys(f64),
    /// Gives the class of harm whose distance from homes is the first that it does not keep, or the last that it does.
    Class {
        /// Whether it keeps the distance.
        kept: bool,
    },
}

/// One zone of the register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ZoneSpec {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: ZoneKind,
    pub(crate) state: ZoneState,
    pub(crate) parent: Option<&'static str>,
    pub(crate) hectares: f64,
    pub(crate) land: Land,
    /// Codes of its lots in the newest plan, the usual one first; empty: the plan ignores the zone.
    pub(crate) lots: &'static [&'static str],
    /// Whether the plan of 2016–2020 had it already.
    pub(crate) old: bool,
    /// Declared over measured area, minus one; `None`: nothing declared.
    pub(crate) declared: Option<f64>,
    /// Whether it says that it lies in the mountains.
    pub(crate) mountainous: Option<bool>,
    pub(crate) patches: &'static [Patch],
    pub(crate) plants: &'static [Plant],
}

/// Position of a zone in [`ZONES`].
pub(crate) fn position(id: &str) -> Option<usize> {
    ZONES.iter().position(|zone| zone.id == id)
}
