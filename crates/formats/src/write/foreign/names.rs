//! Names of columns and layers as a format takes them: as they are where it can, else near to that, and never two alike.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::Foreign;

/// Words that geodatabases keep for themselves.
const GEODATABASE: [&str; 32] = [
    "add",
    "alter",
    "and",
    "between",
    "by",
    "column",
    "create",
    "delete",
    "drop",
    "exists",
    "for",
    "from",
    "group",
    "in",
    "insert",
    "into",
    "is",
    "like",
    "not",
    "null",
    "objectid",
    "or",
    "order",
    "select",
    "set",
    "shape",
    "shape_area",
    "shape_length",
    "table",
    "update",
    "values",
    "where",
];
/// What GDAL takes for itself when it reads KML.
const KML: [&str; 9] =
    ["timestamp", "begin", "end", "altitudemode", "tessellate", "extrude", "visibility", "draworder", "icon"];

/// The names that columns get, in their order.
pub(super) fn columns<'n>(format: Foreign, names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let reserved: &[&str] = match format {
        Foreign::GeoPackage => &["fid", "geom"],
        Foreign::Gml => &["fid", "gml_id", "geometryproperty"],
        Foreign::Kml | Foreign::Kmz => &KML,
        Foreign::FileGeodatabase => &GEODATABASE,
        _ => &[],
    };
    let mut taken: HashSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    names.map(|name| free(&fitting(format, name), longest(format), &mut taken)).collect()
}

/// The name that a layer gets.
pub(super) fn layer(format: Foreign, name: &str) -> String {
    match format {
        Foreign::Gml | Foreign::Kml | Foreign::Kmz | Foreign::FileGeodatabase => {
            cut(&fitting(format, name), longest(format)).to_owned()
        }
        _ => name.to_owned(),
    }
}

/// Bytes of a name.
fn longest(format: Foreign) -> usize {
    match format {
        Foreign::Shapefile => 10,
        Foreign::MapInfoTab | Foreign::MapInfoMif => 31,
        Foreign::FileGeodatabase => 64,
        _ => 1 << 10,
    }
}

/// The name in letters that the format has.
fn fitting(format: Foreign, name: &str) -> String {
    let plain = |name: &str| name.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    let fits: String = match format {
        Foreign::MapInfoTab | Foreign::MapInfoMif => {
            let plain = plain(name).replace('đ', "d").replace('Đ', "D");
            plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
        }
        Foreign::Gml | Foreign::Kml | Foreign::Kmz | Foreign::FileGeodatabase => {
            name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
        }
        _ => name.chars().map(|c| if c.is_control() { '_' } else { c }).collect(),
    };
    let needs_letter = !matches!(format, Foreign::GeoPackage | Foreign::Shapefile);
    match fits.chars().next() {
        None => "_".to_owned(),
        Some(first) if needs_letter && !(first.is_alphabetic() || first == '_') => format!("_{fits}"),
        Some('_') if format == Foreign::FileGeodatabase => format!("X{fits}"),
        Some(_) => fits,
    }
}

/// As many bytes of a text as may be, whole letters.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// The name, or with a number behind it what no other has; letters of either case are the same.
fn free(name: &str, longest: usize, taken: &mut HashSet<String>) -> String {
    let numbered = (1_u32..).map(|number| {
        let end = format!("_{number}");
        format!("{}{end}", cut(name, longest.saturating_sub(end.len())))
    });
    let mut names = std::iter::once(cut(name, longest).to_owned()).chain(numbered);
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Foreign, columns};

    #[test]
    fn names_fit_and_stay_apart() {
        let named = |format, names: &[&str]| columns(format, names.iter().copied());
        // Ten bytes: "diện tích" has twelve, "đất" six.
        assert_eq!(
            named(Foreign::Shapefile, &["diện tích", "diện tích 2", "TEN", "ten", "đất"]),
            ["diện tí", "diện t_1", "TEN", "ten_1", "đất"]
        );
        assert_eq!(
            named(Foreign::MapInfoMif, &["diện tích", "Đất ở", "2020", ""]),
            ["dien_tich", "Dat_o", "_2020", "_"]
        );
        assert_eq!(named(Foreign::Gml, &["diện tích (m²)", "fid"]), ["diện_tích__m²_", "fid_1"]);
        assert_eq!(named(Foreign::FileGeodatabase, &["Order", "_a"]), ["Order_1", "X_a"]);
        assert_eq!(named(Foreign::GeoPackage, &["FID", "diện tích"]), ["FID_1", "diện tích"]);
    }
}
