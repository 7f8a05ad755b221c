//! What a file that is handed on says of itself: where its data come from, in which CRS they are, how many there are, and a
//! hash by which they can be told from others.

use std::io::Write;

use spatial::Crs;

use crate::{CollectionInfo, DataError, Language, Parameters, Text, messages};

/// The published transformation of VN-2000 to WGS 84.
const DATUM_SHIFT: &str = "EPSG 6960, coordinate frame rotation";

/// What is known of data that are written.
#[derive(Clone, Debug, PartialEq)]
pub struct DataFacts<'a> {
    /// The collection.
    pub info: &'a CollectionInfo,
    /// The CRS that is written.
    pub crs: &'a Crs,
    /// Features, and positions in them.
    pub features: usize,
    /// Positions of all geometries.
    pub positions: usize,
    /// Where they were kept or read.
    pub origin: Origin<'a>,
    /// SHA-256 in hexadecimal digits.
    pub sha256: &'a str,
    /// The command that makes what the hash is of.
    pub command: &'a str,
}

/// Where data that are written come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Origin<'a> {
    /// A store.
    Store {
        /// The revision that brought them.
        revision: u64,
        /// When that was (RFC 3339, UTC); empty where it is not known.
        at: &'a str,
    },
    /// A file.
    File {
        /// Its name, and that of the layer.
        name: &'a str,
        /// When it was last changed (RFC 3339, UTC); empty where the system does not say it.
        at: &'a str,
    },
}

/// One line: a stable key, the name of it for people, and what holds.
#[derive(Clone, Debug, PartialEq)]
pub struct MetadataLine {
    /// The key, the same in every language.
    pub key: &'static str,
    /// Its name.
    pub name: Text,
    /// What holds.
    pub value: Text,
}

/// The lines of a file's metadata, in their order; what is not known is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The lines.
    pub lines: Vec<MetadataLine>,
}

impl Metadata {
    /// Puts the lines together.
    /// # Errors
    /// [`DataError`] when the table of texts is broken.
    pub fn of(facts: &DataFacts<'_>) -> Result<Self, DataError> {
        let messages = messages()?;
        let text = |key: &str| messages.text(&format!("metadata.{key}"), &Parameters::new());
        let mut lines = Vec::new();
        let mut put = |key: &'static str, value: Option<Text>| {
            if let Some(value) = value.filter(|value| !value.vi.is_empty()) {
                lines.push(MetadataLine { key, name: text(key), value });
            }
        };
        let info = facts.info;
        let same = |value: &Option<String>| value.clone().map(Text::same);
        put("title", Some(info.title.clone()));
        put("collection", Some(Text::same(info.id.clone())));
        if let Origin::File { name, at } = facts.origin {
            put("file", Some(Text::same(name.to_owned())));
            put("file_at", Some(Text::same(at.to_owned())));
        }
        put("source", Some(info.source.clone()));
        put("as_of", same(&info.as_of));
        put("decision", same(&info.decision));
        put("approved_on", same(&info.approved_on));
        put("period", same(&info.period));
        put("scale", info.scale.map(|scale| Text::same(format!("1:{scale}"))));
        put("generated", info.generated.then(|| text("generated_yes")));
        for (key, value) in crs_lines(facts.crs) {
            put(key, Some(Text::same(value)));
        }
        put("axes", Some(text(if facts.crs.is_geographic() { "axes_degrees" } else { "axes_metres" })));
        put("crs_assumed", info.crs_assumed.then(|| text("crs_assumed_yes")));
        put("features", Some(Text::same(facts.features.to_string())));
        put("positions", Some(Text::same(facts.positions.to_string())));
        if let Origin::Store { revision, at } = facts.origin {
            put("revision", Some(Text::same(revision.to_string())));
            put("revision_at", Some(Text::same(at.to_owned())));
        }
        put("sha256", Some(Text::same(facts.sha256.to_owned())));
        let how = match facts.origin {
            Origin::Store { .. } => "sha256_of_printed",
            Origin::File { .. } => "sha256_of_written",
        };
        let parameters = Parameters::new().name("command", facts.command);
        put("sha256_of", Some(messages.text(&format!("metadata.{how}"), &parameters)));
        put("program", Some(Text::same(format!("Ranh {}", env!("CARGO_PKG_VERSION")))));
        Ok(Self { lines })
    }

    /// Adds what a person should know of the file: what its format could not carry as it was.
    /// # Errors
    /// [`DataError`] when the table of texts is broken.
    pub fn noted(mut self, notes: impl IntoIterator<Item = Text>) -> Result<Self, DataError> {
        let name = messages()?.text("metadata.note", &Parameters::new());
        let line = |value| MetadataLine { key: "note", name: name.clone(), value };
        self.lines.extend(notes.into_iter().map(line));
        Ok(self)
    }

    /// Writes them as a plain text, a line each: readers of data would take a table for data.
    /// # Errors
    /// What the output says.
    pub fn write_text(&self, language: Language, mut out: impl Write) -> std::io::Result<()> {
        // Marks the text as UTF-8 for programs that else spoil Vietnamese letters.
        out.write_all("\u{feff}".as_bytes())?;
        for MetadataLine { name, value, .. } in &self.lines {
            write!(out, "{}: {}\r\n", name.in_language(language), value.in_language(language))?;
        }
        Ok(())
    }
}

/// The CRS by its name, code, definition and the seven parameters to WGS 84.
fn crs_lines(crs: &Crs) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let title = spatial::crs::supported().into_iter().find(|known| Some(known.code) == crs.epsg());
    lines.push(("crs", title.map_or_else(|| crs.name().to_owned(), |known| known.name)));
    lines.extend(crs.epsg().map(|code| ("epsg", format!("EPSG:{code}"))));
    lines.push(("proj", crs.proj_string().to_owned()));
    if let Some([x, y, z, rx, ry, rz, scale]) = to_wgs84(crs.proj_string()) {
        // PROJ turns the other way than the published parameters.
        lines.push((
            "seven_parameters",
            format!(
                "dX = {x} m; dY = {y} m; dZ = {z} m; rX = {}″; rY = {}″; rZ = {}″; dS = {scale} ppm ({DATUM_SHIFT})",
                -rx, -ry, -rz
            ),
        ));
    }
    lines
}

/// The seven parameters of a PROJ string (position vector).
fn to_wgs84(proj: &str) -> Option<[f64; 7]> {
    let numbers = proj.split_whitespace().find_map(|part| part.strip_prefix("+towgs84="))?;
    let numbers: Vec<f64> = numbers.split(',').map_while(|number| number.parse().ok()).collect();
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn vn2000_has_the_seven_parameters_as_they_were_published() {
        let crs = Crs::from_epsg(9215).unwrap();
        let info = CollectionInfo::new("zones", Role::Zone, Text::same("KCN \"A\"".to_owned()));
        let facts = DataFacts {
            info: &info,
            crs: &crs,
            features: 2,
            positions: 9,
            origin: Origin::Store { revision: 3, at: "2026-01-01T00:00:00Z" },
            sha256: "ab",
            command: "ranh export zones",
        };
        let metadata = Metadata::of(&facts).unwrap();
        let value =
            |key: &str| metadata.lines.iter().find(|line| line.key == key).map(|line| line.value.vi.as_str());
        // Circular 973/2001/TT-TCĐC and EPSG 6960 in coordinate-frame signs.
        let published = "dX = -191.90441429 m; dY = -39.30318279 m; dZ = -111.45032835 m; rX = -0.00928836″; rY = 0.01975479″; \
                         rZ = -0.00427372″; dS = 0.252906278 ppm (EPSG 6960, coordinate frame rotation)";
        assert_eq!(value("seven_parameters"), Some(published));
        assert_eq!((value("crs"), value("epsg")), (Some("VN-2000 / TM-3 107-15"), Some("EPSG:9215")));
        assert_eq!(value("decision"), None);
        let noted =
            metadata.noted([Text { vi: "chữ bị cắt".to_owned(), en: "texts were cut".to_owned() }]);
        let mut text = Vec::new();
        noted.unwrap().write_text(Language::En, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with("\u{feff}Title: KCN \"A\"\r\nCollection: zones\r\n"), "{text}");
        assert!(text.contains("\r\nSHA-256 of: what this prints: ranh export zones\r\n"), "{text}");
        assert!(text.ends_with("\r\nNote: texts were cut\r\n"), "{text}");
    }

    #[test]
    fn of_a_file_its_name_and_its_day_are_told() {
        let info = CollectionInfo::new("", Role::Zone, Text::same("Khu".to_owned()));
        let crs = Crs::wgs84();
        let origin = Origin::File { name: "plan.gpkg", at: "2026-01-01T00:00:00Z" };
        let (command, sha256) = ("ranh convert plan.gpkg", "ab");
        let facts = DataFacts { info: &info, crs: &crs, features: 1, positions: 1, origin, sha256, command };
        let told = Metadata::of(&facts).unwrap();
        let of_file: Vec<(&str, &str)> =
            told.lines.iter().map(|line| (line.key, line.value.en.as_str())).collect();
        assert_eq!(
            of_file[..3],
            [("title", "Khu"), ("file", "plan.gpkg"), ("file_at", "2026-01-01T00:00:00Z")]
        );
        assert!(!of_file.iter().any(|(key, _)| key.starts_with("revision") || *key == "collection"));
        let hashed = ("sha256_of", "the file that this writes: ranh convert plan.gpkg");
        assert!(of_file.contains(&hashed), "{of_file:?}");
    }
}
