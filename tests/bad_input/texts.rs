//! What is wrong with the text of one feature among sound ones: its grammar, its letters, its size.

use super::{Case, between, geometry, noted, properties, sound};

pub(super) fn cases() -> Vec<Case> {
    [broken_text(), values(), sizes()].into_iter().flatten().collect()
}

fn broken_text() -> Vec<Case> {
    let good = sound(3);
    vec![
        noted(
            "comma before a brace",
            between(&good.replace("\"Khu 3\"}", "\"Khu 3\",}")),
            2,
            "syntax",
            "a comma before a closing bracket",
        ),
        noted(
            "comment",
            between(&good.replacen('{', "{/* KCN */", 1)),
            2,
            "syntax",
            "a comment: JSON has none",
        ),
        noted(
            "name without quotes",
            between(&good.replace("\"name\"", "name")),
            2,
            "syntax",
            "the word name stands where",
        ),
        noted(
            "single quotes in a feature",
            between(&good.replace("\"Khu 3\"", "'Khu 3'")),
            2,
            "syntax",
            "single quotes",
        ),
        noted(
            "Python's None",
            between(&good.replace("\"Khu 3\"", "None")),
            2,
            "syntax",
            "the Python word None",
        ),
        noted(
            "bracket missing",
            between(&good.replace("]]]}", "]]}")),
            2,
            "syntax",
            "this closing bracket does not fit",
        ),
        noted(
            "quote missing",
            between(&good.replace("Khu 3\"", "Khu 3")),
            2,
            "syntax",
            "a comma or a double quote is missing",
        ),
        noted(
            "bad escape",
            properties(r#"{"path":"C:\data"}"#),
            2,
            "syntax",
            "\\d is not an escape that JSON has",
        ),
        noted(
            "half a character",
            properties(r#"{"mark":"\ud83d"}"#),
            2,
            "syntax",
            "is one half of a character",
        ),
        noted("feature not UTF-8", tcvn3(), 2, "invalid_utf8", "byte 0xAB is not UTF-8"),
    ]
}

/// A name in TCVN3, as older Vietnamese programs write it.
fn tcvn3() -> Vec<u8> {
    let text = properties(r#"{"name":"C~ng nghi~p"}"#).into_bytes();
    text.into_iter().map(|byte| if byte == b'~' { 0xab } else { byte }).collect()
}

fn values() -> Vec<Case> {
    vec![
        noted("NaN as a property", properties(r#"{"area":NaN}"#), 3, "property_not_finite", "taken as null"),
        noted(
            "properties a list",
            properties("[1,2]"),
            3,
            "bad_properties",
            "should be an object ({…}) or null",
        ),
        noted(
            "same member twice",
            properties(r#"{"code":"A","code":"B"}"#),
            3,
            "duplicate_key",
            "\"code\" comes twice in one object",
        ),
        noted(
            "raw line break in a text",
            properties("{\"name\":\"Khu\ncông nghiệp\"}"),
            3,
            "control_character",
            "raw control characters in texts, such as tabs or line breaks (1)",
        ),
        noted(
            "decomposed letters",
            properties("{\"name\":\"Ho\u{300}a Phu\u{301}\"}"),
            3,
            "text_normalised",
            "composed letters (1)",
        ),
    ]
}

fn sizes() -> Vec<Case> {
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(200), "]".repeat(200));
    let bomb = format!("{{\"x\":{}}}", "[".repeat(100_000));
    let many: Vec<_> = (0..10_001).map(|n| format!("\"p{n}\":0")).collect();
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat((4 << 20) + 1));
    let vertices = vec!["[0,0]"; 4_000_001].join(",");
    let vertices = geometry(&format!("{{\"type\":\"MultiPoint\",\"coordinates\":[{vertices}]}}"));
    vec![
        noted("deep nesting", properties(&deep), 2, "too_deep", "brackets nest deeper than 64 levels"),
        noted(
            "brackets without end",
            properties(&bomb),
            2,
            "syntax",
            "brackets nest deeper than any real data",
        ),
        noted(
            "too many properties",
            properties(&format!("{{{}}}", many.join(","))),
            2,
            "too_many_properties",
            "more than 10000 properties",
        ),
        noted("too long a text", properties(&long), 2, "text_too_long", "a text of 4194305 bytes"),
        noted("too many positions", vertices, 2, "too_many_vertices", "more than 4000000 positions"),
    ]
}
