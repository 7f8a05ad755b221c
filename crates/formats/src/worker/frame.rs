//! The frames that go over the pipe to and from the worker, version 2.
//!
//! Each way begins with the eight bytes `RANHGDAL` and the version (16 bits). Then come frames: a byte that says the
//! kind, the length of the payload (32 bits), the payload. All numbers are little endian; bytes stand behind their
//! count (32 bits). To the worker goes the [`Request`](super::Request), `R`, and nothing else where it is to read. Back
//! come, in this order, warnings anywhere:
//!
//! | kind | payload |
//! |---|---|
//! | `D` [`Frame::Dataset`] | driver, count of layers |
//! | `L` [`Frame::Layer`] | one for each layer: name, features or 2⁶⁴−1, authority and code, PROJ string, WKT, encoding declared, fields (name, type) |
//! | `B` [`Frame::Begin`] | number of the layer whose features follow |
//! | `F` [`Frame::Feature`] | FID, geometry's mark and ISO WKB, values |
//! | `W` [`Frame::Warning`] | what GDAL said |
//! | `E` [`Frame::End`] | features sent; the worker ends |
//! | `X` [`Frame::Failure`] | why there is nothing more; the worker ends |
//!
//! Where it is to write, `N` [`Frame::NewLayer`] follows the request for each layer, then `B`, `F` and `E` as above, `B`
//! before each feature of another layer than the one before; texts are UTF-8. Back come warnings, when all is written, and
//! `E`; or `X` at any time.
//!
//! Names and texts of a file are its own bytes, undecoded; only the worker's own words are UTF-8.

use std::io::{self, Read};

use super::creation::NewLayer;
use super::wire::{CutOff, Taking, put_bytes, put_count};

/// What each way begins with.
pub(super) const MAGIC: [u8; 8] = *b"RANHGDAL";
/// The version of the frames described here.
pub const VERSION: u16 = 2;
/// Bytes before a payload: the kind and the length.
pub(super) const FRAME_HEAD: usize = 5;

/// A frame from the worker, or to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// The source was opened.
    Dataset {
        /// Short name of the GDAL driver that opened it.
        driver: String,
        /// Its layers.
        layers: u32,
    },
    /// What a layer is.
    Layer(LayerHead),
    /// A layer to write.
    NewLayer(NewLayer),
    /// The features of a layer follow.
    Begin {
        /// Its number, from 0.
        layer: u32,
    },
    /// A feature.
    Feature(RawFeature),
    /// Something that GDAL warned of.
    Warning(String),
    /// All was sent.
    End {
        /// Features that were sent.
        features: u64,
    },
    /// The worker gave up.
    Failure {
        /// In which way.
        kind: FailureKind,
        /// In words.
        message: String,
    },
}

/// Why the worker gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum FailureKind {
    /// It could not be confined, and so touched nothing.
    Unconfined = 1,
    /// The request is not one of its version.
    Request = 2,
    /// GDAL cannot open the source.
    Open = 3,
    /// There is no such layer, or the one to read cannot be told.
    Layer = 4,
    /// GDAL stopped in the middle of the features.
    Read = 5,
    /// GDAL cannot begin the file.
    Create = 6,
    /// GDAL cannot put down a feature, or the end of the file.
    Write = 7,
}

/// What a layer is, before its features.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LayerHead {
    /// Its name.
    pub name: Vec<u8>,
    /// How many features it has, where that is known without counting them.
    pub features: Option<u64>,
    /// Authority and code of its CRS (`EPSG:9215`), or empty.
    pub authority: String,
    /// The CRS as a PROJ string, or empty.
    pub proj: String,
    /// The CRS as well-known text, or empty where none is declared.
    pub wkt: String,
    /// The encoding that the source declares, in its own words, or empty.
    pub encoding: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Vec<u8>,
    /// Whether its values are true or false, though they come as numbers.
    pub boolean: bool,
}

/// A feature as GDAL has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawFeature {
    /// GDAL's number of the feature, where it has one.
    pub fid: Option<i64>,
    /// The geometry.
    pub geometry: RawGeometry,
    /// A value for each field.
    pub values: Vec<RawValue>,
}

/// A geometry as ISO WKB.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RawGeometry {
    /// There is none.
    #[default]
    None,
    /// As it stands in the source.
    Wkb(Vec<u8>),
    /// Curves of the source as straight pieces.
    Straightened(Vec<u8>),
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// There is none.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text in the encoding of the source.
    Text(Vec<u8>),
    /// A date, time or both, in the form of ISO 8601.
    Time(String),
    /// Bytes that are no text.
    Binary(Vec<u8>),
    /// Several texts or numbers, each as text.
    List(Vec<Vec<u8>>),
}

/// What each way begins with, version included.
pub fn opening() -> Vec<u8> {
    [MAGIC.as_slice(), &VERSION.to_le_bytes()].concat()
}

pub(super) fn put_frame(out: &mut Vec<u8>, kind: u8, payload: &[u8]) {
    out.push(kind);
    put_bytes(out, payload);
}

impl Frame {
    /// Appends the frame as it goes over the pipe.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut payload = Vec::new();
        let kind = match self {
            Self::Dataset { driver, layers } => {
                put_bytes(&mut payload, driver.as_bytes());
                payload.extend(layers.to_le_bytes());
                b'D'
            }
            Self::Layer(head) => {
                head.encode(&mut payload);
                b'L'
            }
            Self::NewLayer(layer) => {
                layer.encode(&mut payload);
                b'N'
            }
            Self::Begin { layer } => {
                payload.extend(layer.to_le_bytes());
                b'B'
            }
            Self::Feature(feature) => {
                feature.encode(&mut payload);
                b'F'
            }
            Self::Warning(message) => {
                put_bytes(&mut payload, message.as_bytes());
                b'W'
            }
            Self::End { features } => {
                payload.extend(features.to_le_bytes());
                b'E'
            }
            Self::Failure { kind, message } => {
                payload.push(*kind as u8);
                put_bytes(&mut payload, message.as_bytes());
                b'X'
            }
        };
        put_frame(out, kind, &payload);
    }

    /// The frame of a kind and its payload; none when it is no such frame.
    pub fn decoded(kind: u8, payload: &[u8]) -> Option<Self> {
        let mut from = Taking::new(payload);
        let frame = Self::taken(kind, &mut from).ok()??;
        from.end().ok()?;
        Some(frame)
    }

    /// Takes the next frame in; memory grows with what comes, not with what was announced.
    /// # Errors
    /// What the system says; [`io::ErrorKind::InvalidData`] where it is no frame or has more than `most` bytes.
    pub fn read(from: &mut impl Read, most: u32) -> io::Result<Self> {
        let mut head = [0; FRAME_HEAD];
        from.read_exact(&mut head)?;
        let [kind, length @ ..] = head;
        let length = u32::from_le_bytes(length);
        let mut payload = Vec::new();
        if length <= most {
            from.take(length.into()).read_to_end(&mut payload)?;
        }
        let whole = u32::try_from(payload.len()) == Ok(length);
        let frame = if whole { Self::decoded(kind, &payload) } else { None };
        frame.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    fn taken(kind: u8, from: &mut Taking<'_>) -> Result<Option<Self>, CutOff> {
        Ok(Some(match kind {
            b'D' => Self::Dataset { driver: from.text()?, layers: from.u32()? },
            b'L' => Self::Layer(LayerHead::taken(from)?),
            b'N' => Self::NewLayer(NewLayer::taken(from)?),
            b'B' => Self::Begin { layer: from.u32()? },
            b'F' => Self::Feature(RawFeature::taken(from)?),
            b'W' => Self::Warning(from.text()?),
            b'E' => Self::End { features: from.u64()? },
            b'X' => {
                let Some(kind) = FailureKind::of(from.u8()?) else { return Ok(None) };
                Self::Failure { kind, message: from.text()? }
            }
            _ => return Ok(None),
        }))
    }
}

impl FailureKind {
    fn of(code: u8) -> Option<Self> {
        const ALL: [FailureKind; 7] = [
            FailureKind::Unconfined,
            FailureKind::Request,
            FailureKind::Open,
            FailureKind::Layer,
            FailureKind::Read,
            FailureKind::Create,
            FailureKind::Write,
        ];
        ALL.into_iter().find(|kind| *kind as u8 == code)
    }
}

/// In place of a count of features that nobody knows.
const UNKNOWN: u64 = u64::MAX;

impl LayerHead {
    fn encode(&self, out: &mut Vec<u8>) {
        put_bytes(out, &self.name);
        out.extend(self.features.unwrap_or(UNKNOWN).to_le_bytes());
        for text in [&self.authority, &self.proj, &self.wkt, &self.encoding] {
            put_bytes(out, text.as_bytes());
        }
        put_count(out, self.fields.len());
        for field in &self.fields {
            put_bytes(out, &field.name);
            out.push(u8::from(field.boolean));
        }
    }

    fn taken(from: &mut Taking<'_>) -> Result<Self, CutOff> {
        Ok(Self {
            name: from.bytes()?.to_vec(),
            features: Some(from.u64()?).filter(|count| *count != UNKNOWN),
            authority: from.text()?,
            proj: from.text()?,
            wkt: from.text()?,
            encoding: from.text()?,
            fields: from.all(|from| Ok(Field { name: from.bytes()?.to_vec(), boolean: from.u8()? != 0 }))?,
        })
    }
}

impl RawFeature {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.fid.is_some()));
        out.extend(self.fid.unwrap_or_default().to_le_bytes());
        let (mark, wkb): (u8, &[u8]) = match &self.geometry {
            RawGeometry::None => (0, &[]),
            RawGeometry::Wkb(wkb) => (1, wkb),
            RawGeometry::Straightened(wkb) => (2, wkb),
        };
        out.push(mark);
        put_bytes(out, wkb);
        put_count(out, self.values.len());
        self.values.iter().for_each(|value| value.encode(out));
    }

    fn taken(from: &mut Taking<'_>) -> Result<Self, CutOff> {
        let has_fid = from.u8()? != 0;
        let fid = from.u64()?.cast_signed();
        let mark = from.u8()?;
        let wkb = from.bytes()?.to_vec();
        let geometry = match mark {
            0 => RawGeometry::None,
            1 => RawGeometry::Wkb(wkb),
            2 => RawGeometry::Straightened(wkb),
            _ => return Err(CutOff),
        };
        Ok(Self { fid: has_fid.then_some(fid), geometry, values: from.all(RawValue::taken)? })
    }
}

impl RawValue {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Integer(value) => {
                out.push(1);
                out.extend(value.to_le_bytes());
            }
            Self::Real(value) => {
                out.push(2);
                out.extend(value.to_le_bytes());
            }
            Self::Text(bytes) => {
                out.push(3);
                put_bytes(out, bytes);
            }
            Self::Time(text) => {
                out.push(4);
                put_bytes(out, text.as_bytes());
            }
            Self::Binary(bytes) => {
                out.push(5);
                put_bytes(out, bytes);
            }
            Self::List(items) => {
                out.push(6);
                put_count(out, items.len());
                items.iter().for_each(|item| put_bytes(out, item));
            }
        }
    }

    fn taken(from: &mut Taking<'_>) -> Result<Self, CutOff> {
        Ok(match from.u8()? {
            0 => Self::Null,
            1 => Self::Integer(from.u64()?.cast_signed()),
            2 => Self::Real(f64::from_bits(from.u64()?)),
            3 => Self::Text(from.bytes()?.to_vec()),
            4 => Self::Time(from.text()?),
            5 => Self::Binary(from.bytes()?.to_vec()),
            6 => Self::List(from.all(|from| Ok(from.bytes()?.to_vec()))?),
            _ => return Err(CutOff),
        })
    }
}
