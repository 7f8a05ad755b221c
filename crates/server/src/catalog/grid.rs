//! The grids that tiles are cut on: squares of the plane or of the graticule, halved with every zoom.
//!
//! VN-2000 is served as longitude and latitude (EPSG:4756), in quarters of 180 degrees like WorldCRS84Quad. A set in
//! the metres of one TM-3 zone would suit one province; collections reach over many, each with a meridian of its own,
//! and in this one every province is where it is. Longitude and latitude of VN-2000 differ from those of WGS 84 by some
//! 190 m, so the tiles of one are not those of the other.

use std::f64::consts::PI;

use spatial::crs::{CrsError, Transformation};
use spatial::{Crs, Envelope};
use tiles::{World, mercator};

/// EPSG code of VN-2000 longitude and latitude.
const VN2000: u32 = 4756;

/// A tile matrix set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Grid {
    /// WebMercatorQuad.
    WebMercator,
    /// VN-2000 longitude and latitude.
    Vn2000,
}

impl Grid {
    pub(crate) const ALL: [Self; 2] = [Self::WebMercator, Self::Vn2000];

    /// The set's identifier.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::WebMercator => "WebMercatorQuad",
            Self::Vn2000 => "VN2000Quad",
        }
    }

    /// How many zooms of the square lie above the set's first: the graticule is half a square, so the first matrix of
    /// its set is the upper half of zoom 1.
    pub(crate) fn zooms_above(self) -> u8 {
        match self {
            Self::WebMercator => 0,
            Self::Vn2000 => 1,
        }
    }

    /// The square, in the coordinates of [`Self::crs`].
    pub(super) fn world(self) -> World {
        match self {
            Self::WebMercator => World::WEB_MERCATOR,
            Self::Vn2000 => World { west: -180.0, north: 90.0, side: 360.0 },
        }
    }

    /// The CRS of the square.
    pub(super) fn crs(self) -> Result<Crs, CrsError> {
        match self {
            Self::WebMercator => Ok(Crs::web_mercator()),
            Self::Vn2000 => Crs::from_epsg(VN2000),
        }
    }

    /// Where a box in degrees of WGS 84 lies, in shares of the square: left, top, right, bottom.
    pub(crate) fn shares(self, [west, south, east, north]: [f64; 4]) -> Option<[f64; 4]> {
        let to_crs = Transformation::new(&Crs::wgs84(), &self.crs().ok()?).ok()?;
        let world = self.world();
        let share = |at: [f64; 2]| {
            let [x, y] = if self == Self::WebMercator { mercator(at) } else { to_crs.point(at)? };
            Some([(x - world.west) / world.side, (world.north - y) / world.side])
        };
        let ([left, top], [right, bottom]) = (share([west, north])?, share([east, south])?);
        Some([left, top, right, bottom])
    }

    /// The box in degrees of shares of the WebMercatorQuad square (left, top, right, bottom), the way back from
    /// [`Self::shares`].
    pub(super) fn mercator_degrees([left, top, right, bottom]: [f64; 4]) -> Envelope {
        let longitude = |share: f64| 360.0 * share - 180.0;
        let latitude = |share: f64| (PI * (1.0 - 2.0 * share)).sinh().atan().to_degrees();
        Envelope { min: [longitude(left), latitude(bottom)], max: [longitude(right), latitude(top)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_come_back_from_shares() {
        // The corners of tile 6/50/28, as every map has them: 101.25 to 106.875 east, 16.636 to 21.943 north.
        let tile = [50.0, 28.0, 51.0, 29.0].map(|corner| corner / 64.0);
        let Envelope { min, max } = Grid::mercator_degrees(tile);
        let expected = [101.25, 16.636_191_878, 106.875, 21.943_045_533];
        let found = [min[0], min[1], max[0], max[1]];
        assert!(
            found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-9),
            "{found:?}"
        );
        let shares = Grid::WebMercator.shares(found).unwrap();
        assert!(shares.iter().zip(tile).all(|(share, tile)| (share - tile).abs() < 1e-12), "{shares:?}");
    }
}
