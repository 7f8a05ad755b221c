//! Search without diacritics.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form in which texts are compared when people search: lower case, without marks, `đ` as `d`, runs of white
/// space as one space. Old and new tone-mark placement (`Khánh Hoà`, `Khánh Hòa`) fall together.
pub fn search_key(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::search_key;

    #[test]
    fn marks_and_case_do_not_matter() {
        assert_eq!(search_key("  Khu Công nghiệp  ĐỒNG Bành "), "khu cong nghiep dong banh");
        assert_eq!(search_key("Khánh Hoà"), search_key("KHÁNH HÒA"));
        assert_eq!(search_key("Đường ĐT 242"), "duong dt 242");
    }

    #[test]
    fn composed_and_decomposed_text_are_the_same() {
        assert_eq!(search_key("H\u{1EEF}u L\u{0169}ng"), search_key("Hu\u{031B}\u{0303}u Lu\u{0303}ng"));
    }
}
