//! Which Rust files the compiler sees: a file that no module names is dead, however alive it looks.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Expr, Item, ItemMod, Lit, Meta};

use crate::manifest::{self, Purpose};
use crate::tree::{Violation, relative, sources};

/// Files reached from the targets' roots, by path from the workspace's root. A file is part of the product
/// when anything in the product names it.
pub(crate) fn reached(root: &Path) -> BTreeMap<String, Purpose> {
    let mut walk = Walk { root, found: BTreeMap::new() };
    for (file, purpose) in manifest::crates(root).iter().flat_map(manifest::Manifest::roots) {
        let folder = file.parent().expect("a file has a folder").to_path_buf();
        walk.file(&file, &folder, purpose);
    }
    walk.found
}

/// Every Rust file that is not reached.
pub(crate) fn unreached(root: &Path) -> Vec<Violation> {
    let reached = reached(root);
    let files = sources(root, &["rs"]).into_iter();
    let lost = files.filter(|source| !reached.contains_key(&source.file));
    lost.map(|source| Violation::new(&source.file, 1, "no module reaches this file")).collect()
}

/// Whether these attributes leave an item to the tests: `#[cfg(test)]`, `#[cfg(all(test, …))]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string().replace(' ', "");
            condition == "test" || condition.starts_with("all(test,")
        }
        _ => false,
    })
}

struct Walk<'a> {
    root: &'a Path,
    found: BTreeMap<String, Purpose>,
}

impl Walk<'_> {
    /// Follows the modules of a file; those without a path of their own lie in `folder`.
    fn file(&mut self, file: &Path, folder: &Path, purpose: Purpose) {
        let Ok(whole) = file.canonicalize() else { return };
        let known = relative(&self.root.canonicalize().expect("the root exists"), &whole);
        match self.found.get(&known) {
            Some(Purpose::Product) => return,
            Some(Purpose::Test) if purpose == Purpose::Test => return,
            _ => self.found.insert(known.clone(), purpose),
        };
        let text = fs::read_to_string(&whole).unwrap_or_default();
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{known}: {error}"));
        let purpose = if is_for_tests(&parsed.attrs) { Purpose::Test } else { purpose };
        let here = file.parent().expect("a file has a folder");
        self.items(&parsed.items, here, folder, purpose);
    }

    /// `here` is what a `#[path]` counts from, `folder` where modules lie that have none.
    fn items(&mut self, items: &[Item], here: &Path, folder: &Path, purpose: Purpose) {
        for item in items {
            match item {
                Item::Mod(module) => self.module(module, here, folder, purpose),
                Item::Macro(call) if call.mac.path.is_ident("include") => {
                    if let Ok(file) = call.mac.parse_body::<syn::LitStr>() {
                        let file = here.join(file.value());
                        self.file(&file, file.parent().unwrap_or(here), purpose);
                    }
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, module: &ItemMod, here: &Path, folder: &Path, purpose: Purpose) {
        let purpose = if is_for_tests(&module.attrs) { Purpose::Test } else { purpose };
        let name = module.ident.to_string();
        let name = name.trim_start_matches("r#");
        let given = path_attribute(&module.attrs);
        if let Some((_, items)) = &module.content {
            let inner = given.map_or_else(|| folder.join(name), |path| here.join(path));
            self.items(items, &inner, &inner, purpose);
        } else if let Some(path) = given {
            let file = here.join(path);
            let folder = file.parent().unwrap_or(here).to_path_buf();
            self.file(&file, &folder, purpose);
        } else {
            let inner = folder.join(name);
            self.file(&folder.join(format!("{name}.rs")), &inner, purpose);
            self.file(&inner.join("mod.rs"), &inner, purpose);
        }
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<PathBuf> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(value) => match &value.lit {
                Lit::Str(text) => Some(PathBuf::from(text.value())),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod proof {
    use super::{reached, unreached};
    use crate::manifest::Purpose;
    use crate::tree::{lines, plant};

    const MANIFEST: &str = "[package]\nname = \"cli\"\n[[bin]]\nname = \"ranh\"\npath = \"src/start.rs\"\n\
        [[test]]\nname = \"whole\"\npath = \"../../tests/whole.rs\"\n";

    #[test]
    fn a_file_that_no_module_names_is_found() {
        let root = plant(&[
            ("crates/cli/Cargo.toml", MANIFEST),
            ("crates/cli/build.rs", "mod build_part;"),
            ("crates/cli/build_part.rs", ""),
            ("crates/cli/src/lib.rs", "mod a; mod b { mod c; } #[path = \"other/name.rs\"] mod d;"),
            ("crates/cli/src/a.rs", "mod inner; include!(\"table.rs\");"),
            ("crates/cli/src/a/inner.rs", ""),
            ("crates/cli/src/a/lost.rs", "mod lost_too;"),
            ("crates/cli/src/a/lost/lost_too.rs", ""),
            ("crates/cli/src/b/c/mod.rs", "mod deep;"),
            ("crates/cli/src/b/c/deep.rs", ""),
            ("crates/cli/src/other/name.rs", "mod beside;"),
            ("crates/cli/src/other/beside.rs", ""),
            ("crates/cli/src/start.rs", "fn main() {} // mod lost_three;"),
            ("crates/cli/src/lost_three.rs", ""),
            ("crates/cli/src/table.rs", ""),
            ("crates/cli/src/bin/second/main.rs", "fn main() {}"),
            ("crates/cli/tests/found.rs", ""),
            ("tests/whole.rs", "#[path = \"whole/part.rs\"] mod part;"),
            ("tests/whole/part.rs", ""),
            ("tests/lost_four.rs", ""),
        ]);
        let lost = [
            "crates/cli/src/a/lost.rs",
            "crates/cli/src/a/lost/lost_too.rs",
            "crates/cli/src/lost_three.rs",
            "tests/lost_four.rs",
        ];
        let expected = lost.map(|file| format!("{file}:1: no module reaches this file"));
        assert_eq!(lines(&unreached(root.path())), expected);
    }

    #[test]
    fn a_file_belongs_to_the_product_when_anything_there_names_it() {
        let root = plant(&[
            ("crates/cli/Cargo.toml", "[package]\nname = \"cli\"\n"),
            ("crates/cli/src/lib.rs", "#[cfg(test)] mod checks; mod both; #[cfg(not(test))] mod real;"),
            (
                "crates/cli/src/checks.rs",
                "#[path = \"both.rs\"] mod again; #[path = \"shared.rs\"] mod shared;",
            ),
            ("crates/cli/src/both.rs", ""),
            ("crates/cli/src/shared.rs", ""),
            ("crates/cli/src/real.rs", ""),
        ]);
        let found = reached(root.path());
        let product: Vec<&String> =
            found.iter().filter(|(_, purpose)| **purpose == Purpose::Product).map(|(file, _)| file).collect();
        assert_eq!(product, ["crates/cli/src/both.rs", "crates/cli/src/lib.rs", "crates/cli/src/real.rs"]);
        assert_eq!(found.len(), 5);
    }
}
