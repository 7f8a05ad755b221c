//! The drivers that GDAL keeps: nothing that follows links, draws on other sources or reaches the network.

use gdal::DriverManager;

/// Every driver that may be asked for, by its short name.
const KNOWN: [&str; 13] = [
    "GPKG",
    "ESRI Shapefile",
    "FlatGeobuf",
    "GeoJSON",
    "GeoJSONSeq",
    "KML",
    "LIBKML",
    "GML",
    "MapInfo File",
    "DGN",
    "DXF",
    "OpenFileGDB",
    "CSV",
];

/// Settings of GDAL for files that nobody vouches for.
const OPTIONS: [(&str, &str); 9] = [
    // No drivers from elsewhere.
    ("GDAL_DRIVER_PATH", "disable"),
    ("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"),
    // GML may point to other documents; they are not fetched.
    ("GML_SKIP_RESOLVE_ELEMS", "ALL"),
    // Text leaves as it stands: this is DXF's word for "do not decode".
    ("DXF_ENCODING", "UTF-8"),
    // A few bytes must not become a great many.
    ("DXF_FEATURE_LIMIT_PER_BLOCK", "10000"),
    ("OGR_GEOJSON_MAX_OBJ_SIZE", "64"),
    ("SHAPE_RESTORE_SHX", "NO"),
    ("GDAL_NUM_THREADS", "1"),
    // What is written counts only when it is whole; a crash leaves nothing that anybody looks at.
    ("OGR_SQLITE_SYNCHRONOUS", "OFF"),
];

/// Registers GDAL's drivers and takes all out again but those that are wanted and known; which these are.
pub(crate) fn keep(wanted: &[String]) -> Result<Vec<&'static str>, gdal::errors::GdalError> {
    for (key, value) in OPTIONS {
        gdal::config::set_config_option(key, value)?;
    }
    DriverManager::prevent_auto_registration();
    DriverManager::register_all();
    let kept: Vec<&str> = KNOWN.into_iter().filter(|known| wanted.iter().any(|name| name == known)).collect();
    let all: Vec<_> = DriverManager::all().collect();
    for driver in all.iter().filter(|driver| !kept.contains(&driver.short_name().as_str())) {
        DriverManager::deregister_driver(driver);
    }
    Ok(kept)
}
