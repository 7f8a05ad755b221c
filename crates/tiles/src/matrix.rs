//! The OGC tile matrix set WebMercatorQuad.

/// Half the width of the world in Web Mercator metres (π × 6,378,137).
pub const WORLD_HALF_M: f64 = 20_037_508.342_789_244;
/// The square that zoom 0 shows, in the plane of the coordinates given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct World {
    /// Its left edge.
    pub west: f64,
    /// Its upper edge.
    pub north: f64,
    /// Its side.
    pub side: f64,
}

impl World {
    /// Web Mercator, metres.
    pub const WEB_MERCATOR: Self =
        Self { west: -WORLD_HALF_M, north: WORLD_HALF_M, side: 2.0 * WORLD_HALF_M };
}

/// Grid units along a tile's side.
pub const EXTENT: i64 = 4096;
/// The deepest zoom that can be asked for; there a grid unit is 9.3 mm at the equator.
pub const MAX_ZOOM: u8 = 20;

/// A tile of the matrix set; one outside the matrix cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

impl TileCoord {
    /// The tile in column `x` and row `y` (from the north) of zoom `z`; `None` outside the matrix.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        let side = 1_u32.checked_shl(u32::from(z))?;
        (z <= MAX_ZOOM && x < side && y < side).then_some(Self { z, x, y })
    }

    /// Zoom, which is the tile matrix identifier.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column, from the west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row, from the north.
    pub fn y(self) -> u32 {
        self.y
    }
}

/// Web Mercator metres of a longitude and latitude (WGS 84, degrees). Latitudes past the edge of the square world
/// are moved to the edge.
pub fn mercator([longitude, latitude]: [f64; 2]) -> [f64; 2] {
    let radius = WORLD_HALF_M / std::f64::consts::PI;
    let y = radius * latitude.clamp(-90.0, 90.0).to_radians().sin().atanh();
    [radius * longitude.to_radians(), y.clamp(-WORLD_HALF_M, WORLD_HALF_M)]
}
