//! All tiles of a collection in one file.

use std::io::{self, Seek, Write};

use planning::Collection;
use tiles::{Archive, Archived};

use crate::catalog::{Grid, LayerRole, Served};
use crate::coding::Coding;
use crate::routes::vector_layers;

/// Writes the tiles of a collection down to a zoom as PMTiles: the same bytes as the server's, compressed by gzip.
/// # Errors
/// When writing fails.
pub fn write_pmtiles(
    collection: &Collection,
    max_zoom: u8,
    tile_bytes: usize,
    out: &mut (impl Write + Seek),
) -> io::Result<Archived> {
    let served = Served::new(LayerRole::Data(collection.info.role), collection, 0, tile_bytes, None);
    let metadata = serde_json::json!({
        "name": served.info.title.vi,
        "attribution": served.info.source.vi,
        "type": "overlay",
        "generator": concat!("ranh ", env!("CARGO_PKG_VERSION")),
        "vector_layers": vector_layers(&served),
    });
    let archive = Archive {
        min_zoom: 0,
        max_zoom,
        bounds: served.extent().unwrap_or([-180.0, -90.0, 180.0, 90.0]),
        metadata: &metadata.to_string(),
    };
    served.tiles(Grid::WebMercator).write_pmtiles(&archive, |bytes| Coding::Gzip.encode(bytes), out)
}
