//! The words of coordinate lists, compared without marks, case and punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text that heads a column.
const HEADING: usize = 60;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of the row.
    Row,
    /// The number or name of the point.
    Point,
    X,
    Y,
    /// The length of a side.
    Side,
    /// The part of the zone that the point is of.
    Part,
    /// The zone's name.
    Zone,
    /// The zone's area.
    Area,
}

/// The direction that a heading names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    North,
    East,
}

/// `Số hiệu điểm (mốc)` → `so`, `hieu`, `diem`, `moc`.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn any(words: &[&str], of: &[&str]) -> bool {
    words.iter().any(|word| of.contains(word))
}

/// Whether words stand in this order, one behind the other.
pub(super) fn phrase(words: &[&str], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    words.windows(wanted.len()).any(|some| some == wanted)
}

/// What a heading says its column holds, and along which axis where it says so.
pub(super) fn heading(text: &str) -> Option<(Role, Option<Axis>)> {
    if text.chars().count() > HEADING {
        return None;
    }
    let words = tokens(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let plain = |role| Some((role, None));
    let (x, y) = (any(&words, &["x"]), any(&words, &["y"]));
    if let Some(axis) = axis(&words) {
        match (x, y, axis) {
            (true, true, _) => return None,
            (true, false, axis) => return Some((Role::X, Some(axis))),
            (false, true, axis) => return Some((Role::Y, Some(axis))),
            (false, false, Axis::North) => return Some((Role::X, Some(axis))),
            (false, false, Axis::East) => return Some((Role::Y, Some(axis))),
        }
    }
    match words.as_slice() {
        _ if x && y => None,
        _ if x => plain(Role::X),
        _ if y => plain(Role::Y),
        ["stt" | "tt" | "no"] | ["so", "tt" | "thu"] | ["so", "thu", "tu"] => plain(Role::Row),
        _ if any(&words, &["canh", "length", "distance", "side"]) => plain(Role::Side),
        _ if phrase(&words, "chieu dai") || phrase(&words, "khoang cach") => plain(Role::Side),
        _ if phrase(&words, "dien tich") || any(&words, &["area"]) => plain(Role::Area),
        _ if phrase(&words, "toa do") => None,
        _ if any(&words, &["diem", "moc", "dinh", "point", "vertex"]) => plain(Role::Point),
        ["so" | "ky" | "ki", "hieu"] => plain(Role::Point),
        _ if is_part(&words) => plain(Role::Part),
        _ if any(&words, &["khu", "kcn", "ccn", "cum", "zone", "name"]) => plain(Role::Zone),
        ["ten"] | ["du", "an"] | ["ten", "du", "an"] => plain(Role::Zone),
        _ => None,
    }
}

fn axis(words: &[&str]) -> Option<Axis> {
    match words {
        ["n"] | ["n", "m"] => Some(Axis::North),
        ["e"] | ["e", "m"] => Some(Axis::East),
        _ if any(words, &["northing", "north", "bac"]) => Some(Axis::North),
        _ if any(words, &["easting", "east", "dong"]) => Some(Axis::East),
        _ => None,
    }
}

/// Whether words begin as the name of a part of a zone does.
pub(super) fn is_part(words: &[&str]) -> bool {
    let parts = ["vung", "lo", "thua", "vong", "phan", "manh", "khoanh", "ring", "part", "polygon", "dao"];
    words.first().is_some_and(|first| parts.contains(first)) || phrase(words, "ranh trong")
}

/// Whether a text between points names nothing: heads and feet of pages, remarks, units.
pub(super) fn is_neutral(words: &[&str]) -> bool {
    let begins = |wanted: &str| {
        let wanted: Vec<&str> = wanted.split(' ').collect();
        words.starts_with(&wanted)
    };
    let starts = [
        "he toa do",
        "he toa",
        "kinh tuyen",
        "mui chieu",
        "ghi chu",
        "nguoi",
        "ngay",
        "don vi",
        "ty le",
        "ti le",
        "nguon",
        "trang",
        "tiep",
        "stt",
        "toa do",
        "vn",
        "epsg",
        "tong",
        "cong",
        "page",
        "note",
        "crs",
    ];
    let is_short = |word: &&str| word.len() <= 2 || word.bytes().all(|byte| byte.is_ascii_digit());
    words.iter().all(is_short) || starts.iter().any(|start| begins(start)) || phrase(words, "kinh tuyen truc")
}

#[cfg(test)]
mod tests {
    use super::{Axis, Role, heading};

    #[test]
    fn headings_are_known_in_their_spellings() {
        for (text, role) in [
            ("STT", Role::Row),
            ("Số TT", Role::Row),
            ("Số hiệu điểm", Role::Point),
            ("Tên mốc", Role::Point),
            ("X (m)", Role::X),
            ("Tọa độ X", Role::X),
            ("Toạ độ Y(m)", Role::Y),
            ("Cạnh (m)", Role::Side),
            ("Chiều dài cạnh", Role::Side),
            ("Lô", Role::Part),
            ("Tên khu", Role::Zone),
            ("Diện tích (ha)", Role::Area),
        ] {
            assert_eq!(heading(text), Some((role, None)), "{text}");
        }
        assert_eq!(heading("X (Bắc)"), Some((Role::X, Some(Axis::North))));
        assert_eq!(heading("Easting (m)"), Some((Role::Y, Some(Axis::East))));
        assert_eq!(heading("X - Đông"), Some((Role::X, Some(Axis::East))));
        for text in ["Tọa độ", "Tọa độ (X, Y)", "Ghi chú", ""] {
            assert_eq!(heading(text), None, "{text}");
        }
    }
}
