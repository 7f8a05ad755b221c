//! GeoPackageBinary: a short header with the envelope, then OGC WKB (GeoPackage 1.3, clause 2.1.3).

use geo_types::Geometry;
use spatial::Envelope;

use super::{wkb_read, wkb_write};

const MAGIC: [u8; 3] = [b'G', b'P', 0];
const LITTLE_ENDIAN: u8 = 1;
const ENVELOPE_XY: u8 = 1 << 1;
const EMPTY: u8 = 1 << 4;
/// Bytes of header before the envelope.
const FIXED: usize = 8;

/// A geometry ready to be stored.
pub(crate) struct Blob {
    /// The bytes for the geometry column.
    pub(crate) bytes: Vec<u8>,
    /// Box around its finite coordinates, for the index; `None` when there are none.
    pub(crate) envelope: Option<Envelope>,
}

/// Encodes a geometry. Coordinates keep every bit.
pub(crate) fn encode(geometry: &Geometry<f64>, srs_id: i32) -> Blob {
    let mut wkb = Vec::new();
    wkb_write::write(geometry, &mut wkb);
    let (envelope, empty) = extent(geometry);
    let mut bytes = Vec::with_capacity(FIXED + 32 + wkb.len());
    bytes.extend(MAGIC);
    bytes.push(
        LITTLE_ENDIAN | if empty { EMPTY } else { 0 } | if envelope.is_some() { ENVELOPE_XY } else { 0 },
    );
    bytes.extend(srs_id.to_le_bytes());
    if let Some(Envelope { min, max }) = envelope {
        for bound in [min[0], max[0], min[1], max[1]] {
            bytes.extend(bound.to_le_bytes());
        }
    }
    bytes.extend(wkb);
    Blob { bytes, envelope }
}

/// The box around the finite coordinates, and whether the geometry is empty (an empty point is written as NaN).
fn extent(geometry: &Geometry<f64>) -> (Option<Envelope>, bool) {
    let (mut envelope, mut empty) = (None::<Envelope>, true);
    wkb_write::visit(geometry, &mut |x, y| {
        empty &= x.is_nan() && y.is_nan();
        if x.is_finite() && y.is_finite() {
            let point = Envelope { min: [x, y], max: [x, y] };
            envelope = Some(envelope.map_or(point, |all| all.merged(&point)));
        }
    });
    (envelope, empty)
}

/// Decodes what [`encode`] wrote, and blobs of other programs as far as they are two-dimensional.
/// Errors say what is wrong with the bytes.
pub(crate) fn decode(bytes: &[u8]) -> Result<Geometry<f64>, String> {
    let flags = match bytes {
        [b'G', b'P', 0, flags, ..] => *flags,
        _ => return Err("it does not begin as a GeoPackage geometry".into()),
    };
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err("unknown kind of envelope".into()),
    };
    let wkb = bytes.get(FIXED + envelope..).ok_or("it ends within its header")?;
    wkb_read::read(wkb)
}
