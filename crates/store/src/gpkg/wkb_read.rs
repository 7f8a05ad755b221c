//! OGC well-known binary, little endian, two dimensions: reading.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// Collections nest no deeper than the JSON they come from can.
const MAX_DEPTH: usize = 128;

/// Reads a geometry that fills the bytes. Errors say what is wrong with them.
pub(crate) fn read(bytes: &[u8]) -> Result<Geometry<f64>, String> {
    let mut reader = Reader { rest: bytes };
    let geometry = reader.geometry(0)?;
    if reader.rest.is_empty() { Ok(geometry) } else { Err("bytes are left over after the geometry".into()) }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn geometry(&mut self, depth: usize) -> Result<Geometry<f64>, String> {
        if depth > MAX_DEPTH {
            return Err("geometry collections are nested too deeply".into());
        }
        Ok(match self.head()? {
            1 => Geometry::Point(Point(self.coordinate()?)),
            2 => Geometry::LineString(self.positions()?),
            3 => Geometry::Polygon(self.polygon()?),
            4 => Geometry::MultiPoint(MultiPoint(self.members(1, |reader| reader.coordinate().map(Point))?)),
            5 => Geometry::MultiLineString(MultiLineString(self.members(2, Self::positions)?)),
            6 => Geometry::MultiPolygon(MultiPolygon(self.members(3, Self::polygon)?)),
            7 => {
                let members =
                    (0..self.count()?).map(|_| self.geometry(depth + 1)).collect::<Result<_, _>>()?;
                Geometry::GeometryCollection(GeometryCollection(members))
            }
            kind => {
                return Err(format!(
                    "geometries of type {kind} are not read (only two-dimensional ones, 1 to 7)"
                ));
            }
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or("the geometry ends too early")?;
        self.rest = rest;
        Ok(*head)
    }

    fn head(&mut self) -> Result<u32, String> {
        match self.take()? {
            [1] => Ok(u32::from_le_bytes(self.take()?)),
            _ => Err("the geometry is not little endian".into()),
        }
    }

    fn count(&mut self) -> Result<usize, String> {
        usize::try_from(u32::from_le_bytes(self.take()?)).map_err(|error| error.to_string())
    }

    fn coordinate(&mut self) -> Result<Coord<f64>, String> {
        Ok(Coord { x: f64::from_le_bytes(self.take()?), y: f64::from_le_bytes(self.take()?) })
    }

    fn positions(&mut self) -> Result<LineString<f64>, String> {
        let count = self.count()?;
        let size = count.checked_mul(16).filter(|size| *size <= self.rest.len());
        let (head, rest) = self.rest.split_at(size.ok_or("a line ends too early")?);
        self.rest = rest;
        let (pairs, _) = head.as_chunks::<16>();
        Ok(LineString(pairs.iter().map(position).collect()))
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, String> {
        let mut rings = Vec::new();
        for _ in 0..self.count()? {
            rings.push(reopened(self.positions()?));
        }
        let mut rings = rings.into_iter();
        let shell = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(shell, rings.collect()))
    }

    /// The members of a multi-geometry, each with a head of its own of type `kind`.
    fn members<T>(&mut self, kind: u32, read: fn(&mut Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        let mut members = Vec::new();
        for _ in 0..self.count()? {
            if self.head()? != kind {
                return Err("a member of the geometry is of the wrong type".into());
            }
            members.push(read(self)?);
        }
        Ok(members)
    }
}

fn position(bytes: &[u8; 16]) -> Coord<f64> {
    let (x, y) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>());
    let number = |half: Option<&[u8; 8]>| half.map_or(f64::NAN, |half| f64::from_le_bytes(*half));
    Coord { x: number(x), y: number(y) }
}

/// `Polygon::new` closes a ring whose ends differ, and NaN differs from itself: such a ring would grow with every
/// round trip if its last position were kept.
fn reopened(mut ring: LineString<f64>) -> LineString<f64> {
    let ends_on_nan = ring.0.len() > 1 && ring.0.first() != ring.0.last();
    let bits = |c: &Coord<f64>| [c.x.to_bits(), c.y.to_bits()];
    if ends_on_nan && ring.0.first().map(bits) == ring.0.last().map(bits) {
        ring.0.pop();
    }
    ring
}
