//! What layers a source of GDAL's has, without its features.

use spatial::Crs;

use super::{ForeignSource, decoded, failed, named, request};
use crate::header::Named;
use crate::nfc::nfc;
use crate::worker::{Frame, LayerHead, Worker};
use crate::{Encoding, ReadError};

/// A layer of a source.
#[derive(Debug)]
pub struct ForeignLayer {
    /// Its name.
    pub name: String,
    /// How many features it has, where that is known without counting them.
    pub features: Option<u64>,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// The CRS that it declares; the error says why one that is declared cannot be used.
    pub crs: Option<Result<Crs, ReadError>>,
    /// The encoding that it declares, in its own words.
    pub encoding: Option<String>,
}

/// The layers of a source; `cancelled` is asked while they are waited for.
/// # Errors
/// [`ReadError::Worker`], [`ReadError::Stopped`].
pub fn foreign_layers(
    worker: &Worker,
    source: &ForeignSource,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<ForeignLayer>, ReadError> {
    let broken = |error| failed(source.format, error);
    let mut job = worker.start_until(&request(source), cancelled).map_err(broken)?;
    let (mut layers, mut expected) = (Vec::new(), None);
    while expected.is_none_or(|expected| layers.len() < expected) {
        match job.next_frame().map_err(broken)? {
            Some(Frame::Dataset { layers, .. }) => expected = Some(usize::try_from(layers).unwrap_or(0)),
            Some(Frame::Layer(head)) => layers.push(layer(&head, source)),
            Some(_) => {}
            None => break,
        }
    }
    Ok(layers)
}

fn layer(head: &LayerHead, source: &ForeignSource) -> ForeignLayer {
    let words = source.encoding.as_deref().unwrap_or(&head.encoding);
    let encoding = source.given.or_else(|| Encoding::declared(words));
    let text = |bytes: &[u8]| {
        let text = decoded(bytes, encoding);
        nfc(text.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned()).into(), &mut 0)
    };
    let crs = match named(head, source.format) {
        Ok(Named::Crs(crs) | Named::Unusual(crs, _)) => Some(Ok(crs)),
        Ok(Named::Unknown(_)) => None,
        Err(error) => Some(Err(error)),
    };
    ForeignLayer {
        name: text(&head.name),
        features: head.features,
        fields: head.fields.iter().map(|field| text(&field.name)).collect(),
        crs,
        encoding: Some(words.to_owned()).filter(|words| encoding.is_some() && !words.is_empty()),
    }
}
