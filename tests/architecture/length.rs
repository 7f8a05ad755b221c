//! How long a file and a function may be. A reader should see either at a glance.

use std::path::Path;

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Block, ImplItemFn, ItemFn, Signature, TraitItemFn};

use crate::tree::{Source, Violation, sources};

const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 70;

/// What counts as code.
const CODE: [&str; 9] = ["rs", "ts", "js", "mjs", "svelte", "css", "html", "py", "sh"];

/// Code files over 500 lines, and Rust functions over 70 from `fn` to the closing brace.
pub(crate) fn too_long(root: &Path) -> Vec<Violation> {
    sources(root, &CODE).iter().flat_map(judge).collect()
}

fn judge(source: &Source) -> Vec<Violation> {
    let mut found = Vec::new();
    let lines = source.text.lines().count();
    if lines > FILE_LINES {
        found.push(Violation::new(&source.file, 1, format!("{lines} lines, more than {FILE_LINES}")));
    }
    if source.file.ends_with(".rs") {
        match syn::parse_file(&source.text) {
            Ok(file) => {
                let mut functions = Functions { file: &source.file, found };
                functions.visit_file(&file);
                found = functions.found;
            }
            Err(error) => found.push(Violation::new(&source.file, 1, error.to_string())),
        }
    }
    found
}

struct Functions<'a> {
    file: &'a str,
    found: Vec<Violation>,
}

impl Functions<'_> {
    fn measure(&mut self, signature: &Signature, block: &Block) {
        let line = |span: Span| span.start().line;
        let first = line(signature.fn_token.span);
        let lines = line(block.brace_token.span.close()) - first + 1;
        if lines > FUNCTION_LINES {
            let what = format!("fn {}: {lines} lines, more than {FUNCTION_LINES}", signature.ident);
            self.found.push(Violation::new(self.file, first, what));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.measure(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(block) = &function.default {
            self.measure(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod proof {
    use super::too_long;
    use crate::tree::{lines, plant};

    /// A function of so many lines, `fn` and closing brace included.
    fn function(head: &str, lines: usize) -> String {
        format!("{head} {{\n{}}}\n", "    a();\n".repeat(lines - 2))
    }

    #[test]
    fn a_file_one_line_over_is_found() {
        let root = plant(&[
            ("web/src/long.ts", &"a;\n".repeat(501)),
            ("web/src/longest.ts", &"a;\n".repeat(500)),
            ("web/src/Long.svelte", &"a\n".repeat(600)),
            ("tests/figures.json", &"1\n".repeat(600)),
            ("crates/a/src/lib.rs", &"// a\n".repeat(502)),
        ]);
        assert_eq!(
            lines(&too_long(root.path())),
            [
                "crates/a/src/lib.rs:1: 502 lines, more than 500",
                "web/src/Long.svelte:1: 600 lines, more than 500",
                "web/src/long.ts:1: 501 lines, more than 500",
            ]
        );
    }

    #[test]
    fn a_function_one_line_over_is_found_wherever_it_stands() {
        let inner = format!(
            "mod m {{ impl A {{\n{}\n}}\ntrait B {{\n{}\nfn c();\n}} }}",
            function("pub(crate) async fn method", 71),
            function("fn default()", 72)
        );
        let nested = function("fn outer() { fn nested()", 75) + "}\n";
        let text = ["// one\n", &function("/// Doc\nfn fits()", 70), &function("fn over()", 71)].concat();
        let root = plant(&[
            ("crates/a/src/lib.rs", &text),
            ("crates/a/src/inner.rs", &inner.replace("method {", "method() {")),
            ("crates/a/src/nested.rs", &nested),
        ]);
        assert_eq!(
            lines(&too_long(root.path())),
            [
                "crates/a/src/inner.rs:2: fn method: 71 lines, more than 70",
                "crates/a/src/inner.rs:76: fn default: 72 lines, more than 70",
                "crates/a/src/lib.rs:73: fn over: 71 lines, more than 70",
                "crates/a/src/nested.rs:1: fn outer: 76 lines, more than 70",
                "crates/a/src/nested.rs:1: fn nested: 75 lines, more than 70",
            ]
        );
    }

    #[test]
    fn what_does_not_parse_is_said() {
        let root = plant(&[("crates/a/src/lib.rs", "fn (")]);
        let found = lines(&too_long(root.path()));
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("crates/a/src/lib.rs:1: "), "{}", found[0]);
    }
}
