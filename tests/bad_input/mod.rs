//! Malformed GeoJSON, no two inputs of one kind, each with what must come of it. The table is read twice: through
//! `formats` in its own tests, and through the program.

mod documents;
mod features;
mod texts;

/// One malformed input.
pub struct Case {
    /// What is wrong with it, in a few words.
    pub name: &'static str,
    /// The input.
    pub bytes: Vec<u8>,
    /// The program's exit code: 2 when nothing could be read, else 0.
    pub exit: u8,
    /// The code of the error or of the note.
    pub code: &'static str,
    /// What the message must say.
    pub says: &'static str,
    /// How many features are read all the same.
    pub features: usize,
}

/// All cases, whole documents first.
pub fn cases() -> Vec<Case> {
    documents::cases().into_iter().chain(features::cases()).chain(texts::cases()).collect()
}

/// A case of which nothing can be read.
fn refused(name: &'static str, bytes: impl Into<Vec<u8>>, code: &'static str, says: &'static str) -> Case {
    Case { name, bytes: bytes.into(), exit: 2, code, says, features: 0 }
}

/// A case that is read with a note.
fn noted(
    name: &'static str,
    bytes: impl Into<Vec<u8>>,
    features: usize,
    code: &'static str,
    says: &'static str,
) -> Case {
    Case { name, bytes: bytes.into(), exit: 0, code, says, features }
}

/// A collection around the text of features.
fn collection(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n")
}

/// A sound square of 0.01 degrees near Hanoi, `n` of them side by side.
fn sound(n: u8) -> String {
    let (west, east) = (105.0 + f64::from(n) / 50.0, 105.01 + f64::from(n) / 50.0);
    format!(
        r#"{{"type":"Feature","id":"{n}","properties":{{"name":"Khu {n}"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},21],[{east},21],[{east},21.01],[{west},21.01],[{west},21]]]}}}}"#
    )
}

/// A collection in which the broken feature stands between two sound ones, on line 3.
fn between(broken: &str) -> String {
    collection(&format!("{},\n{broken},\n{}", sound(1), sound(2)))
}

/// The same with a feature that has this geometry.
fn geometry(geometry: &str) -> String {
    between(&format!(r#"{{"type":"Feature","id":"bad","properties":{{}},"geometry":{geometry}}}"#))
}

/// The same with a feature that has these properties.
fn properties(properties: &str) -> String {
    let sound = r#"{"type":"Point","coordinates":[105.5,21.5]}"#;
    between(&format!(r#"{{"type":"Feature","id":"bad","properties":{properties},"geometry":{sound}}}"#))
}

/// A collection of one sound feature that names a CRS.
fn with_crs(member: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"crs\":{member},\"features\":[\n{}\n]}}\n", sound(1))
}
