//! What the texts above and between points say: the zone's name, a part of it, or nothing.

use super::statement::is_about_crs;
use super::words::{is_neutral, is_part, phrase, tokens};

/// How the names of zones begin.
const ZONE_WORDS: [&str; 12] = [
    "khu cong nghiep",
    "cum cong nghiep",
    "khu kinh te",
    "khu che xuat",
    "kcn",
    "ccn",
    "kkt",
    "kcx",
    "khu",
    "cum",
    "du an",
    "zone",
];
/// What follows a name in a title and is none of it.
const BEHIND: [&str; 8] =
    ["dien tich", "he toa do", "he vn", "theo he", "kinh tuyen", "vn 2000", "vn2000", "area"];

/// What a title begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Title {
    /// A zone, by its name.
    Zone(String),
    /// A part of the zone.
    Part(String),
    /// Nothing: a remark, a unit, the head or foot of a page.
    Neutral,
}

/// What a text between points begins.
pub(super) fn title(text: &str) -> Title {
    let words = tokens(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if is_part(&words) {
        return Title::Part(name(text));
    }
    match zone(text) {
        Some(name) => Title::Zone(name),
        None if is_neutral(&words) || is_list(&words) || words.is_empty() => Title::Neutral,
        None => Title::Zone(name(text)),
    }
}

/// The name of the zone in a text that has a word for one: what follows that word.
pub(super) fn zone(text: &str) -> Option<String> {
    let words = tokens(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // "Khu vực đo: kinh tuyến trục …" is none.
    if !ZONE_WORDS.iter().any(|wanted| phrase(&words, wanted)) {
        return None;
    }
    let from = ZONE_WORDS.iter().filter_map(|wanted| find(text, wanted)).min()?;
    Some(name(text.get(from..)?)).filter(|name| !name.is_empty() && !is_about_crs(&words[..1]))
}

fn is_list(words: &[&str]) -> bool {
    words.first() == Some(&"bang") || phrase(words, "toa do") || phrase(words, "coordinate list")
}

/// A text without what follows a name.
pub(super) fn name(text: &str) -> String {
    let end = BEHIND.iter().filter_map(|wanted| find(text, wanted)).min().unwrap_or(text.len());
    let cut = text.get(..end).unwrap_or(text);
    let cut = cut.trim_end_matches(|c: char| c.is_whitespace() || "(,;:–—-.".contains(c));
    cut.trim().to_owned()
}

/// Where in a text the words stand, by their beginnings.
fn find(text: &str, wanted: &str) -> Option<usize> {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() && !before.is_alphanumeric() {
            // Words of titles are short; more than is looked for need not be taken apart.
            let near: String = text.get(at..)?.chars().take(60).collect();
            let words = tokens(&near);
            if words.iter().zip(&wanted).filter(|(one, other)| one == other).count() == wanted.len() {
                return Some(at);
            }
        }
        before = c;
    }
    None
}

/// Whether a sheet's name was given by the program and not by a person.
pub(super) fn is_generic(sheet: &str) -> bool {
    let plain: String = tokens(sheet).concat();
    let plain = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(plain, "" | "sheet" | "trangtinh" | "trang" | "toado" | "bangketoado" | "bangke")
}

#[cfg(test)]
mod tests {
    use super::{Title, is_generic, title, zone};

    #[test]
    fn titles_are_told_apart() {
        let named = |text: &str| zone(text).unwrap_or_default();
        assert_eq!(
            named("BẢNG KÊ TỌA ĐỘ RANH GIỚI KHU CÔNG NGHIỆP HỮU LŨNG (Hệ tọa độ VN-2000)"),
            "KHU CÔNG NGHIỆP HỮU LŨNG"
        );
        assert_eq!(named("Bảng kê tọa độ KCN Đồng Bành – diện tích 321,5 ha"), "KCN Đồng Bành");
        assert_eq!(title("Lô A2 (3 điểm)"), Title::Part("Lô A2 (3 điểm)".to_owned()));
        assert_eq!(title("Chợ Bãi"), Title::Zone("Chợ Bãi".to_owned()));
        for text in [
            "(m)",
            "Người lập",
            "Hệ tọa độ VN-2000, kinh tuyến trục 107°15'",
            "Bảng kê tọa độ (tiếp theo)",
            "Ghi chú: x",
        ] {
            assert_eq!(title(text), Title::Neutral, "{text}");
        }
        assert!(is_generic("Sheet1") && is_generic("Trang tính 2") && !is_generic("KCN 1"));
    }
}
