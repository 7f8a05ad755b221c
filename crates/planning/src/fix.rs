//! Fixes: what would mend a finding, in words and, where it is geometry, as a shape.

use geo_types::{MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};
use spatial::crs::Transformation;
use spatial::{Crs, FillRule, Region};

use crate::{Finding, Text};

/// What would mend a finding. It is a proposal: nobody's data are changed by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// What to do.
    pub action: FixAction,
    /// The same in words.
    pub text: Text,
}

/// What to do about a finding. Shapes that follow from the finding's own are not kept a second time, see
/// [`Finding::fix_shape`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixAction {
    /// Take the finding's region off the zone.
    CutOff,
    /// Take the finding's region, which is the outline as repaired, for the feature's.
    ReplaceOutline,
    /// Join the last point of the ring to the first.
    CloseRing,
    /// Read each position with its second number first.
    SwapAxes,
    /// Read the coordinates, which were read in one CRS, in another; both by their names.
    ReadAs {
        /// The CRS in which they were read.
        from: String,
        /// The CRS to read them in.
        to: String,
    },
    /// Move the feature on the plane of the finding.
    Shift {
        /// To the east, m.
        easting_m: f64,
        /// To the north, m.
        northing_m: f64,
    },
    /// Add a strip of land to the zone.
    Fill {
        /// The strip, in the finding's CRS.
        #[serde(with = "rings")]
        strip: Region,
    },
    /// Declare this area.
    DeclareArea {
        /// Planar area, m².
        area_m2: f64,
    },
    /// Make the zone smaller by this or more.
    ReduceBy {
        /// Planar area, m².
        area_m2: f64,
    },
    /// Name the units of today.
    RenameUnits,
}

impl FixAction {
    /// Its name, which is also the key of its text below `fixes` and its name on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CutOff => "cut_off",
            Self::ReplaceOutline => "replace_outline",
            Self::CloseRing => "close_ring",
            Self::SwapAxes => "swap_axes",
            Self::ReadAs { .. } => "read_as",
            Self::Shift { .. } => "shift",
            Self::Fill { .. } => "fill",
            Self::DeclareArea { .. } => "declare_area",
            Self::ReduceBy { .. } => "reduce_by",
            Self::RenameUnits => "rename_units",
        }
    }

    /// Whether its shape is the finding's own region.
    pub fn is_own_region(&self) -> bool {
        matches!(self, Self::CutOff | Self::ReplaceOutline)
    }
}

impl Finding {
    /// The shape of its fix in the finding's CRS: what to cut off or to add, or where the feature would lie; `None`
    /// where there is no fix, or none that is a shape.
    pub fn fix_shape(&self) -> Option<Region> {
        match &self.fix.as_ref()?.action {
            FixAction::CutOff | FixAction::ReplaceOutline => self.region.clone(),
            FixAction::Fill { strip } => Some(strip.clone()),
            FixAction::Shift { easting_m, northing_m } => {
                moved(self.region.as_ref()?, |[x, y]| Some([x + easting_m, y + northing_m]))
            }
            FixAction::ReadAs { from, to } => reread(self.region.as_ref()?, &self.crs, from, to),
            FixAction::CloseRing
            | FixAction::SwapAxes
            | FixAction::DeclareArea { .. }
            | FixAction::ReduceBy { .. }
            | FixAction::RenameUnits => None,
        }
    }
}

/// A region whose coordinates were read in one CRS, as it lies when they are read in another.
fn reread(region: &Region, crs: &Crs, from: &str, to: &str) -> Option<Region> {
    let (from, to) = (Crs::parse(from).ok()?, Crs::parse(to).ok()?);
    let as_written = Transformation::new(crs, &from).ok()?;
    let back = Transformation::new(&to, crs).ok()?;
    moved(region, |point| back.point(as_written.point(point)?))
}

/// A region vertex by vertex; `None` where one has no place any more.
fn moved(region: &Region, to: impl Fn([f64; 2]) -> Option<[f64; 2]>) -> Option<Region> {
    let mut rings = rings::of(region);
    for position in rings.iter_mut().flatten().flatten() {
        *position = to(*position)?;
    }
    Some(rings::region(&rings))
}

/// Regions as the coordinates of a GeoJSON MultiPolygon. Those of the grid are exact in `f64`.
mod rings {
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, FillRule, MultiPolygon, Polygon, Region, Serialize};

    type Rings = Vec<Vec<Vec<[f64; 2]>>>;

    pub(super) fn of(region: &Region) -> Rings {
        let ring = |ring: &geo_types::LineString<f64>| ring.0.iter().map(|at| [at.x, at.y]).collect();
        let polygon = |polygon: &Polygon<f64>| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
        };
        region.to_multi_polygon().iter().map(polygon).collect()
    }

    pub(super) fn region(rings: &Rings) -> Region {
        let ring = |ring: &Vec<[f64; 2]>| ring.iter().map(|&[x, y]| (x, y)).collect();
        let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
            let mut rings = rings.iter().map(ring);
            rings.next().map(|shell| Polygon::new(shell, rings.collect()))
        };
        let polygons = MultiPolygon(rings.iter().filter_map(polygon).collect());
        Region::from_multi_polygon(&polygons, FillRule::EvenOdd)
    }

    pub(super) fn serialize<S: Serializer>(strip: &Region, to: S) -> Result<S::Ok, S::Error> {
        of(strip).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Region, D::Error> {
        Rings::deserialize(from).map(|rings| region(&rings))
    }
}
