//! XML, written as it is made.

use crate::html::escaped;

/// An element with what is in it, which is XML already.
pub(super) fn element(name: &str, attributes: &[(&str, &str)], inner: &str) -> String {
    let attributes: String =
        attributes.iter().map(|(key, value)| format!(" {key}=\"{}\"", escaped(&printable(value)))).collect();
    if inner.is_empty() {
        format!("<{name}{attributes}/>")
    } else {
        format!("<{name}{attributes}>{inner}</{name}>")
    }
}

/// An element with a text in it.
pub(super) fn leaf(name: &str, text: &str) -> String {
    element(name, &[], &escaped(&printable(text)))
}

/// Without the characters that XML cannot have (XML 1.0, 2.2).
fn printable(text: &str) -> String {
    let kept =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::{element, leaf};

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        let evil = "<a b=\"c\">'&\u{0}";
        assert_eq!(leaf("t", evil), "<t>&lt;a b=&quot;c&quot;&gt;&#39;&amp;</t>");
        assert_eq!(element("e", &[("k", evil)], ""), "<e k=\"&lt;a b=&quot;c&quot;&gt;&#39;&amp;\"/>");
    }
}
