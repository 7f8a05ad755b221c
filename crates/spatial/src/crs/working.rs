//! The choice of the working CRS: the plane on which areas are measured.

use std::fmt;

use geo::CoordsIter;
use serde::{Deserialize, Serialize};

use super::{Crs, CrsError, Transformation, transformation::projection};
use crate::{Envelope, Layer};

/// Longitudes and latitudes for which a VN-2000 TM-3 zone is the first choice (mainland and near islands).
const VIET_NAM: Envelope = Envelope { min: [102.0, 8.0], max: [110.0, 24.0] };

/// How far from its meridian a transverse Mercator plane is taken where nothing else speaks for it, in degrees.
/// Beyond it lengths are more than 0.5 % too long at the equator, and areas more than 1 % too large.
const REACH_DEG: f64 = 6.0;

/// Why a working CRS was taken, so that it can be printed beside every result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkingReason {
    /// The person named it.
    Given,
    /// The data are in this VN-2000 TM-3 zone already.
    OfTheData,
    /// The zone that serves the data's province.
    Province,
    /// A guess: the province has several TM-3 zones, and this one's meridian is nearest to the data's middle.
    NearestOfProvince,
    /// A guess: the TM-3 zone with the meridian nearest to the data's middle. Law assigns zones by province.
    NearestMeridian,
    /// The UTM zone of the data's middle, as the data lie outside Viet Nam.
    Utm,
    /// An equal-area plane around the data's middle, as they reach too far for a TM-3 or UTM zone.
    EqualArea,
    /// There is no coordinate to go by.
    NoExtent,
}

impl WorkingReason {
    /// Whether a person should confirm the choice.
    pub fn is_guess(self) -> bool {
        matches!(self, Self::NearestOfProvince | Self::NearestMeridian | Self::NoExtent)
    }
}

impl fmt::Display for WorkingReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Given => "given",
            Self::OfTheData => "the data's own TM-3 zone",
            Self::Province => "the TM-3 zone of the province",
            Self::NearestOfProvince => {
                "a guess: of the province's TM-3 zones the one with the nearest meridian; name it to be sure"
            }
            Self::NearestMeridian => "a guess: the TM-3 zone with the nearest meridian; name it to be sure",
            Self::Utm => "the UTM zone of the data's middle",
            Self::EqualArea => {
                "the data reach too far for one zone, so an equal-area plane around their middle: areas are true, \
                 widths and distances off by up to 0.4 % at 1,100 km from it, 1.5 % at 2,200 km"
            }
            Self::NoExtent => "no coordinates to go by",
        })
    }
}

impl Crs {
    /// Whether areas may be measured on it: projected, in metres, not Web Mercator.
    /// # Errors
    /// [`CrsError::NotWorking`] when not, or the error of a PROJ string that cannot be computed with.
    pub fn check_working(&self) -> Result<(), CrsError> {
        let fits = !self.is_geographic()
            && self.epsg() != Some(3857)
            && (projection(self)?.to_meter() - 1.0).abs() < f64::EPSILON;
        if fits { Ok(()) } else { Err(CrsError::NotWorking(self.name().into())) }
    }
}

/// Chooses the working CRS for layers that are compared with each other: `given`; else the first layer's that is
/// a VN-2000 TM-3 zone; else, in Viet Nam, the one of `province` (the zones that serve the data's province, where
/// the caller knows them: a province merged in 2025 may have two) whose meridian is nearest, or the nearest of all;
/// else the UTM zone of the data's middle. Data that reach too far from the meridian of a zone that nobody named get
/// the Lambert azimuthal equal-area plane around their middle.
/// # Errors
/// [`CrsError`] when the given one yields no areas or a layer's CRS cannot be computed with.
pub fn working(
    layers: &[&Layer],
    given: Option<&Crs>,
    province: &[Crs],
) -> Result<(Crs, WorkingReason), CrsError> {
    if let Some(crs) = given {
        crs.check_working()?;
        return Ok((crs.clone(), WorkingReason::Given));
    }
    if let Some(layer) = layers.iter().find(|layer| layer.crs.tm3_meridian().is_some()) {
        return Ok((layer.crs.clone(), WorkingReason::OfTheData));
    }
    let mut extent: Option<Envelope> = None;
    for layer in layers {
        let geographic = extent_wgs84(layer)?;
        extent = match (extent, geographic) {
            (Some(a), Some(b)) => Some(a.merged(&b)),
            (a, b) => a.or(b),
        };
    }
    let Some(extent) = extent else {
        return Ok((Crs::nearest_tm3(105.0), WorkingReason::NoExtent));
    };
    let [longitude, latitude] = [0, 1].map(|k| f64::midpoint(extent.min[k], extent.max[k]));
    let middle = Envelope { min: [longitude, latitude], max: [longitude, latitude] };
    let in_reach = |meridian: f64| {
        [extent.min[0], extent.max[0]].iter().all(|border| (border - meridian).abs() <= REACH_DEG)
    };
    let or_equal_area = |zone: Crs, meridian: Option<f64>, reason| {
        if meridian.is_some_and(in_reach) {
            (zone, reason)
        } else {
            (Crs::equal_area_at(longitude, latitude), WorkingReason::EqualArea)
        }
    };
    Ok(match province {
        _ if !VIET_NAM.intersects(&middle) => {
            let meridian = (longitude / 6.0).floor() * 6.0 + 3.0;
            or_equal_area(Crs::utm_at(longitude, latitude), Some(meridian), WorkingReason::Utm)
        }
        [] => {
            let zone = Crs::nearest_tm3(longitude);
            let meridian = zone.tm3_meridian();
            or_equal_area(zone, meridian, WorkingReason::NearestMeridian)
        }
        [zone] => (zone.clone(), WorkingReason::Province),
        [first, others @ ..] => {
            let away = |zone: &Crs| zone.tm3_meridian().map_or(f64::INFINITY, |m| (m - longitude).abs());
            let nearer = |a, b| if away(b) < away(a) { b } else { a };
            (others.iter().fold(first, nearer).clone(), WorkingReason::NearestOfProvince)
        }
    })
}

/// The layer's extent in longitude and latitude; vertices that cannot be transformed are left out.
fn extent_wgs84(layer: &Layer) -> Result<Option<Envelope>, CrsError> {
    let transformation = Transformation::new(&layer.crs, &Crs::wgs84())?;
    let finite = |xy: &[f64; 2]| xy.iter().all(|v| v.is_finite());
    let own = Envelope::of(
        layer
            .features
            .iter()
            .filter_map(|feature| feature.geometry.as_ref())
            .flat_map(|geometry| geometry.coords_iter().map(|c| [c.x, c.y]))
            .filter(finite),
    );
    Ok(own.and_then(|own| {
        transformation.envelope(&own).or_else(|| {
            // A stray vertex outside what the projection takes must not hide the rest.
            Envelope::of(
                layer
                    .features
                    .iter()
                    .filter_map(|feature| feature.geometry.as_ref())
                    .flat_map(CoordsIter::coords_iter)
                    .filter_map(|c| transformation.point([c.x, c.y])),
            )
        })
    }))
}
