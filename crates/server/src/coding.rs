//! Content codings (RFC 9110, 8.4 and 12.5.3): which of them a client takes, and bytes in them.

use std::io::{self, Write};

use axum::http::{HeaderMap, header};
use flate2::write::GzEncoder;

/// Fewer bytes than this gain nothing.
const LEAST_BYTES: usize = 256;
/// Enough for tiles: the next levels cost twice the time for 2 % of the bytes.
const GZIP_LEVEL: u32 = 4;
const BROTLI_QUALITY: i32 = 4;
const ZSTD_LEVEL: i32 = 3;
/// Window of brotli, as a power of two.
const BROTLI_WINDOW: i32 = 22;
const BROTLI_BUFFER: usize = 4096;

/// How the bytes of an answer are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Coding {
    Identity,
    Gzip,
    Brotli,
    Zstd,
}

/// What is offered, in the order in which it is preferred where the client does not care: the least work for the most
/// that is saved first.
const OFFERED: [Coding; 4] = [Coding::Zstd, Coding::Brotli, Coding::Gzip, Coding::Identity];

impl Coding {
    /// The name in headers; none of bytes as they are.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
        }
    }

    /// The one that suits the client best. A client that says nothing gets the bytes as they are, and so does one that
    /// takes nothing we have.
    pub(crate) fn wanted(request: &HeaderMap) -> Self {
        let Some(accepted) = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok())
        else {
            return Self::Identity;
        };
        let mut best = (0.0, Self::Identity);
        for coding in OFFERED {
            let quality = quality(accepted, coding.name().unwrap_or("identity"), coding == Self::Identity);
            if quality > best.0 {
                best = (quality, coding);
            }
        }
        best.1
    }

    /// The coding for so many bytes.
    pub(crate) fn for_bytes(self, bytes: usize) -> Self {
        if bytes < LEAST_BYTES { Self::Identity } else { self }
    }

    /// Bytes in this coding.
    pub(crate) fn encode(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(bytes.to_vec()),
            Self::Gzip => {
                let mut out = GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP_LEVEL));
                out.write_all(bytes)?;
                out.finish()
            }
            Self::Brotli => {
                let mut out = Vec::new();
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    lgwin: BROTLI_WINDOW,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                let mut coder = brotli::CompressorWriter::with_params(&mut out, BROTLI_BUFFER, &params);
                coder.write_all(bytes)?;
                drop(coder);
                Ok(out)
            }
            Self::Zstd => zstd::bulk::compress(bytes, ZSTD_LEVEL),
        }
    }
}

/// How gladly a coding is taken, 0 to 1. What is not named is not taken, but for the bytes as they are, which are taken
/// less gladly than anything that is named.
fn quality(accepted: &str, name: &str, is_identity: bool) -> f64 {
    let mut others = if is_identity { f64::MIN_POSITIVE } else { 0.0 };
    for item in accepted.split(',') {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let quality =
            parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse::<f64>().ok());
        let quality = quality.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(0.0);
        if coding.eq_ignore_ascii_case(name) || name == "gzip" && coding.eq_ignore_ascii_case("x-gzip") {
            return quality;
        }
        if coding == "*" && !is_identity {
            others = quality;
        }
    }
    others
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use axum::http::HeaderValue;

    use super::*;

    fn wanted(accepted: &'static str) -> Coding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        Coding::wanted(&headers)
    }

    #[test]
    fn the_client_chooses_and_we_break_ties() {
        assert_eq!(Coding::wanted(&HeaderMap::new()), Coding::Identity);
        assert_eq!(wanted(""), Coding::Identity);
        assert_eq!(wanted("gzip, deflate, br, zstd"), Coding::Zstd);
        assert_eq!(wanted("gzip, deflate, br"), Coding::Brotli);
        assert_eq!(wanted("gzip;q=1.0, br;q=0.5"), Coding::Gzip);
        assert_eq!(wanted("zstd;q=0, br;q=0, *"), Coding::Gzip);
        assert_eq!(wanted("identity, gzip;q=0.5"), Coding::Identity);
        assert_eq!(wanted("deflate, compress"), Coding::Identity);
        assert_eq!(wanted("GZIP ; q=0.3"), Coding::Gzip);
        assert_eq!(wanted("gzip;q=nan"), Coding::Identity);
    }

    #[test]
    fn what_is_coded_is_read_back_by_the_decoders() {
        let bytes: Vec<u8> = (0..5000_u32).flat_map(|k| (k * k % 251).to_le_bytes()).collect();
        let mut read = Vec::new();
        let gzip = Coding::Gzip.encode(&bytes).unwrap();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
        let mut read = Vec::new();
        let brotli = Coding::Brotli.encode(&bytes).unwrap();
        brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
        let zstd = Coding::Zstd.encode(&bytes).unwrap();
        assert_eq!(zstd::bulk::decompress(&zstd, bytes.len()).unwrap(), bytes);
        assert!(zstd.len() < bytes.len() && brotli.len() < bytes.len() && gzip.len() < bytes.len());
    }
}
