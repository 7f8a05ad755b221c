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
    /// The store's revision that brought the data, and when (RFC 3339, UTC).
    pub revision: (u64, &'a str),
    /// SHA-256 in hexadecimal digits.
    pub sha256: &'a str,
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
        put("revision", Some(Text::same(facts.revision.0.to_string())));
        put("revision_at", Some(Text::same(facts.revision.1.to_owned())));
        put("sha256", Some(Text::same(facts.sha256.to_owned())));
        let parameters = Parameters::new().name("collection", &*info.id).name("crs", facts.crs.name());
        put("sha256_of", Some(messages.text("metadata.sha256_of_text", &parameters)));
        put("program", Some(Text::same(format!("Ranh {}", env!("CARGO_PKG_VERSION")))));
        Ok(Self { lines })
    }

    /// Writes them as CSV with the columns key, name and value, for programs that read no workbooks.
    /// # Errors
    /// What the output says.
    pub fn write_csv(&self, language: Language, mut out: impl Write) -> std::io::Result<()> {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        // Marks the text as UTF-8 for spreadsheets, which else spoil Vietnamese letters.
        out.write_all("\u{feff}key,name,value\r\n".as_bytes())?;
        for MetadataLine { key, name, value } in &self.lines {
            let (name, value) = (name.in_language(language), value.in_language(language));
            write!(out, "{key},{},{}\r\n", cell(name), cell(value))?;
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
            revision: (3, "2026-01-01T00:00:00Z"),
            sha256: "ab",
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
        let mut csv = Vec::new();
        metadata.write_csv(Language::En, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.starts_with("\u{feff}key,name,value\r\ntitle,\"Title\",\"KCN \"\"A\"\"\"\r\n"), "{csv}");
    }
}
