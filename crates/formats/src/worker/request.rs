//! What the worker is asked to do.

use std::io::Read;

use super::frame::{FRAME_HEAD, opening, put_frame};
use super::wire::{CutOff, Taking, put_bytes, put_count};

/// Longer requests are none of ours.
const MOST_BYTES: u32 = 1 << 20;

/// Whether the worker reads or writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Read a data source; nothing in the folder can change.
    #[default]
    Read,
    /// Write one that is not there yet; nothing outside the folder can change.
    Write,
}

/// One job: a data source of one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What to do with it.
    pub mode: Mode,
    /// The folder that it may use, absolute; empty where it is to write.
    pub folder: Vec<u8>,
    /// The data source in that folder, a plain name; where it is to write, none at all for the folder itself.
    pub name: Vec<u8>,
    /// Short names of the GDAL drivers that may open it; the first writes it. The worker has a list of its own of those
    /// that it knows.
    pub drivers: Vec<String>,
    /// What the driver is told where it writes, `KEY=value`.
    pub options: Vec<String>,
    /// Name of the layer to read; where there is none, the only one that has features.
    pub layer: Option<Vec<u8>>,
    /// Address space that it may have, bytes.
    pub memory_bytes: u64,
    /// CPU time that it may use, s.
    pub cpu_s: u64,
    /// Bytes of a file that it writes.
    pub file_bytes: u64,
}

impl Request {
    /// The request as it goes over the pipe, with all that stands before it.
    pub fn encoded(&self) -> Vec<u8> {
        let mut payload = vec![u8::from(self.mode == Mode::Write)];
        put_bytes(&mut payload, &self.folder);
        put_bytes(&mut payload, &self.name);
        for texts in [&self.drivers, &self.options] {
            put_count(&mut payload, texts.len());
            texts.iter().for_each(|text| put_bytes(&mut payload, text.as_bytes()));
        }
        payload.push(u8::from(self.layer.is_some()));
        put_bytes(&mut payload, self.layer.as_deref().unwrap_or_default());
        for limit in [self.memory_bytes, self.cpu_s, self.file_bytes] {
            payload.extend(limit.to_le_bytes());
        }
        let mut out = opening();
        put_frame(&mut out, b'R', &payload);
        out
    }

    /// Takes a request in; none when what comes is no request of this version. What follows it is left.
    pub fn read(from: &mut impl Read) -> Option<Self> {
        let expected = opening();
        let mut begin = vec![0; expected.len() + FRAME_HEAD];
        from.read_exact(&mut begin).ok()?;
        let [kind, length @ ..] = *begin.strip_prefix(expected.as_slice())?.first_chunk::<FRAME_HEAD>()?;
        let length = u32::from_le_bytes(length);
        if kind != b'R' || length > MOST_BYTES {
            return None;
        }
        let mut payload = Vec::new();
        from.take(length.into()).read_to_end(&mut payload).ok()?;
        Self::taken(&payload).ok()
    }

    fn taken(payload: &[u8]) -> Result<Self, CutOff> {
        let mut from = Taking::new(payload);
        let mode = if from.u8()? == 0 { Mode::Read } else { Mode::Write };
        let folder = from.bytes()?.to_vec();
        let name = from.bytes()?.to_vec();
        let (drivers, options) = (from.all(Taking::text)?, from.all(Taking::text)?);
        let named = from.u8()? != 0;
        let layer = Some(from.bytes()?.to_vec()).filter(|_| named);
        let (memory_bytes, cpu_s, file_bytes) = (from.u64()?, from.u64()?, from.u64()?);
        from.end()?;
        Ok(Self { mode, folder, name, drivers, options, layer, memory_bytes, cpu_s, file_bytes })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mode, Request};
    use crate::worker::{FieldKind, Frame, NewField, NewLayer};

    #[test]
    fn a_request_and_a_layer_arrive_as_they_were_sent() {
        let request = Request {
            mode: Mode::Write,
            folder: b"/tmp/a".to_vec(),
            drivers: vec!["GPKG".to_owned()],
            options: vec!["A=1".to_owned(), "B=2".to_owned()],
            layer: Some(b"x".to_vec()),
            memory_bytes: 1,
            cpu_s: 2,
            file_bytes: 3,
            ..Request::default()
        };
        let field = NewField { name: "tên".to_owned(), kind: FieldKind::Real, width: 24, decimals: 15 };
        let layer =
            NewLayer { crs: "EPSG:9211".to_owned(), geometry: 6, fields: vec![field], ..NewLayer::default() };
        let mut bytes = request.encoded();
        Frame::NewLayer(layer.clone()).encode(&mut bytes);
        let mut from = bytes.as_slice();
        assert_eq!(Request::read(&mut from), Some(request));
        assert_eq!(Frame::read(&mut from, 1 << 10).ok(), Some(Frame::NewLayer(layer)));
        assert!(from.is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_value_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), kind in prop::sample::select(b"RDLNBFWEX".as_slice())) {
            let begun = [super::opening(), vec![kind], bytes.clone()].concat();
            let _ = Request::read(&mut begun.as_slice());
            let _ = Frame::read(&mut [&[kind], bytes.as_slice()].concat().as_slice(), 1 << 10);
            let _ = Frame::decoded(kind, &bytes);
        }
    }
}
