//! The files that ARCHITECTURE.md and README.md name are there.

use std::fs;
use std::path::Path;

use crate::tree::Violation;

const DOCUMENTS: [&str; 2] = ["ARCHITECTURE.md", "README.md"];
const ENDINGS: [&str; 8] = [".rs", ".ts", ".svelte", ".toml", ".py", ".md", ".csv", "/"];

/// Paths between backticks that are neither below the root nor below `crates/`.
pub(crate) fn missing(root: &Path) -> Vec<Violation> {
    DOCUMENTS.iter().flat_map(|document| in_document(root, document)).collect()
}

fn in_document(root: &Path, document: &str) -> Vec<Violation> {
    let Ok(text) = fs::read_to_string(root.join(document)) else {
        return vec![Violation::new(document, 1, "is missing")];
    };
    let there = |path: &str| root.join(path).exists() || root.join("crates").join(path).exists();
    let mut found = Vec::new();
    for (line, text) in text.lines().enumerate() {
        // Every second piece stands between backticks.
        let named = text.split('`').skip(1).step_by(2).filter(|piece| is_path(piece));
        found.extend(
            named
                .filter(|path| !there(path))
                .map(|path| Violation::new(document, line + 1, format!("names {path}, which is not there"))),
        );
    }
    found
}

/// A path has a folder, an ending that files of ours have, and nothing that a pattern or a command would have.
fn is_path(piece: &str) -> bool {
    piece.contains('/')
        && ENDINGS.iter().any(|ending| piece.ends_with(ending))
        && !piece.starts_with(['/', '.'])
        && !piece.contains([' ', '*', '{', '<', ':', ','])
}

#[cfg(test)]
mod tests {
    use super::missing;
    use crate::tree::{lines, plant};

    #[test]
    fn a_file_that_is_not_there_is_found() {
        let root = plant(&[
            ("ARCHITECTURE.md", "`a/src/lib.rs` and `web/map.ts`\nthen `a/src/gone.rs` → `/collections/`"),
            ("README.md", "`data/` is `a/src/*.rs`"),
            ("crates/a/src/lib.rs", ""),
            ("web/map.ts", ""),
        ]);
        assert_eq!(
            lines(&missing(root.path())),
            [
                "ARCHITECTURE.md:2: names a/src/gone.rs, which is not there",
                "README.md:1: names data/, which is not there"
            ]
        );
    }
}
