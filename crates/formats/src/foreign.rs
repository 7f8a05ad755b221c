//! Formats that GDAL reads for us, told by their first bytes and, where those say little, by the end of the name.

use std::fmt;

/// A format that the GDAL worker reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// GeoPackage.
    GeoPackage,
    /// Shapefile: `.shp` with `.shx`, `.dbf` and more beside it.
    Shapefile,
    /// KML.
    Kml,
    /// KML in an archive, with what belongs to it.
    Kmz,
    /// GML.
    Gml,
    /// MapInfo TAB, with `.dat`, `.map` and more beside it.
    MapInfoTab,
    /// MapInfo MIF, with `.mid` beside it.
    MapInfoMif,
    /// MicroStation DGN, version 7.
    Dgn,
    /// AutoCAD DXF.
    Dxf,
    /// A folder that is a file geodatabase.
    FileGeodatabase,
    /// A table with WKT or with columns x and y.
    Csv,
}

/// Bytes that tell the format.
pub const FOREIGN_BEGINNING: usize = 2048;
/// The name that the document in a KMZ has.
pub const KMZ_DOCUMENT: &str = "doc.kml";

impl Foreign {
    /// The format of a file that begins with these bytes ([`FOREIGN_BEGINNING`] are enough) and whose name ends with this
    /// extension, in small letters; none when it is not one of these.
    pub fn of_beginning(bytes: &[u8], extension: &str) -> Option<Self> {
        match bytes {
            [b'S', b'Q', b'L', b'i', b't', b'e', b' ', b'f', ..] => return Some(Self::GeoPackage),
            [0, 0, 0x27, 0x0a, ..] if extension == "shp" => return Some(Self::Shapefile),
            // GDAL unpacks it itself: its documents belong together.
            [b'P', b'K', 3, 4, ..] if extension == "kmz" => return Some(Self::Kmz),
            // A drawing of two or three dimensions, a library of cells.
            [0x08 | 0xc8, 0x09, 0xfe, 0x02, ..] | [0x08, 0x05, 0x17, 0x00, ..] => return Some(Self::Dgn),
            _ => {}
        }
        let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        match extension {
            _ if text.starts_with("!table") => Some(Self::MapInfoTab),
            _ if text.starts_with("version ") => Some(Self::MapInfoMif),
            _ if text.starts_with('<') && text.contains("<kml") => Some(Self::Kml),
            _ if text.starts_with('<') && text.contains("gml") => Some(Self::Gml),
            "dxf" if text.starts_with("0\n") || text.starts_with("0\r\n") || text.starts_with("999") => {
                Some(Self::Dxf)
            }
            "csv" if !bytes.is_empty() => Some(Self::Csv),
            _ => None,
        }
    }

    /// Short names of GDAL's drivers that may read it.
    pub fn drivers(self) -> &'static [&'static str] {
        match self {
            Self::GeoPackage => &["GPKG"],
            Self::Shapefile => &["ESRI Shapefile"],
            Self::Kml | Self::Kmz => &["LIBKML"],
            Self::Gml => &["GML"],
            Self::MapInfoTab | Self::MapInfoMif => &["MapInfo File"],
            Self::Dgn => &["DGN"],
            Self::Dxf => &["DXF"],
            Self::FileGeodatabase => &["OpenFileGDB"],
            Self::Csv => &["CSV"],
        }
    }

    /// Short name of GDAL's driver that writes it. That for KML keeps no document in memory, as the one that reads does.
    pub(crate) fn writer(self) -> &'static str {
        match self {
            Self::Kml | Self::Kmz => "KML",
            other => other.drivers().first().copied().unwrap_or_default(),
        }
    }

    /// How the name of its main file, or of its folder, ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::GeoPackage => "gpkg",
            Self::Shapefile => "shp",
            Self::Kml => "kml",
            Self::Kmz => "kmz",
            Self::Gml => "gml",
            Self::MapInfoTab => "tab",
            Self::MapInfoMif => "mif",
            Self::Dgn => "dgn",
            Self::Dxf => "dxf",
            Self::FileGeodatabase => "gdb",
            Self::Csv => "csv",
        }
    }

    /// The name under which the worker makes it: the folder itself where each layer is a file there.
    pub(crate) fn written_name(self, stem: &str) -> String {
        match self {
            Self::Shapefile => String::new(),
            // Packed when it is whole.
            Self::Kmz => KMZ_DOCUMENT.to_owned(),
            _ => format!("{stem}.{}", self.ending()),
        }
    }

    /// Whether all of it is one file, whatever that is called.
    pub fn is_single_file(self) -> bool {
        matches!(self, Self::GeoPackage | Self::Kml | Self::Kmz | Self::Dgn | Self::Dxf | Self::Csv)
    }

    /// Whether it is in longitude and latitude of WGS 84, whatever the data are.
    pub fn is_only_wgs84(self) -> bool {
        matches!(self, Self::Kml | Self::Kmz)
    }

    /// Whether a layer has no other name than its file.
    pub(crate) fn is_named_by_file(self) -> bool {
        matches!(self, Self::Shapefile | Self::MapInfoTab | Self::MapInfoMif)
    }

    /// Ends of the names of what belongs to it and stands beside it under the same name.
    pub fn companions(self) -> &'static [&'static str] {
        match self {
            Self::Shapefile => &["shx", "dbf", "prj", "cpg", "qix", "sbn", "sbx"],
            Self::MapInfoTab => &["dat", "map", "id", "ind"],
            Self::MapInfoMif => &["mid"],
            Self::Gml => &["xsd"],
            Self::Csv => &["csvt", "prj"],
            _ => &[],
        }
    }

    /// What to do where no feature has a geometry.
    pub(crate) fn without_geometry(self) -> &'static str {
        match self {
            Self::Csv => {
                "give its columns the names x and y (easting, northing) with numbers in them, or wkt with well-known text"
            }
            _ => "name the layer that has geometries, or check that all parts of the file are there",
        }
    }

    /// Whether GDAL's number of a feature is its identifier there, and not just its place.
    pub(crate) fn has_ids(self) -> bool {
        matches!(self, Self::GeoPackage | Self::FileGeodatabase)
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GeoPackage => "GeoPackage",
            Self::Shapefile => "Shapefile",
            Self::Kml => "KML",
            Self::Kmz => "KMZ",
            Self::Gml => "GML",
            Self::MapInfoTab => "MapInfo TAB",
            Self::MapInfoMif => "MapInfo MIF",
            Self::Dgn => "DGN V7",
            Self::Dxf => "DXF",
            Self::FileGeodatabase => "File Geodatabase",
            Self::Csv => "CSV",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Foreign;

    #[test]
    fn first_bytes_tell_what_names_do_not() {
        let told = |bytes: &[u8], extension: &str| Foreign::of_beginning(bytes, extension);
        assert_eq!(told(b"SQLite format 3\0", "geojson"), Some(Foreign::GeoPackage));
        assert_eq!(told(&[0, 0, 0x27, 0x0a, 0], "shp"), Some(Foreign::Shapefile));
        assert_eq!(told(&[0, 0, 0x27, 0x0a, 0], "shx"), None);
        assert_eq!(told(b"PK\x03\x04", "kmz"), Some(Foreign::Kmz));
        assert_eq!(told(&[8, 9, 0xfe, 2], "dgn"), Some(Foreign::Dgn));
        assert_eq!(
            told("\u{feff}<?xml version=\"1.0\"?>\n<kml xmlns=".as_bytes(), "xml"),
            Some(Foreign::Kml)
        );
        assert_eq!(told(b"Version   300\r\nCharset \"Neutral\"", "txt"), Some(Foreign::MapInfoMif));
        assert_eq!(told(b"  0\r\nSECTION\r\n", "dxf"), Some(Foreign::Dxf));
        assert_eq!(told(b"{\"type\":\"FeatureCollection\"}", "geojson"), None);
        assert_eq!(told(b"<OGRVRTDataSource>", "vrt"), None);
    }
}
