//! What `build.rs` found in the web's build.

/// A file of the web page.
pub(crate) struct Asset {
    pub(crate) path: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: &'static [u8],
    /// The same, compressed when the page was built.
    pub(crate) brotli: Option<&'static [u8]>,
    /// Whether its name holds a hash of its content, so that it may be kept for good.
    pub(crate) named_by_content: bool,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of a path.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}
