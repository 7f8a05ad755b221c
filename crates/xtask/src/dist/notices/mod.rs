//! What others wrote that is in the program, with the texts of its licences: Debian wants them in one file beside the
//! program's own, and the licences themselves want to go along.

mod crates;
mod npm;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::problem::Problem;
use crate::tree::Tree;

/// A package that is in the program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Package {
    /// Name and version.
    pub(super) name: String,
    /// The licence that it names (SPDX).
    pub(super) licence: String,
    /// Who wrote it, as it says itself; may be empty.
    pub(super) authors: String,
    /// Its sources.
    pub(super) folder: PathBuf,
}

/// What stands between two texts.
const LINE: &str = "===============================================================================";
/// What is in the program beside packages.
const OTHERS: &str = "\
Rust's standard library is under Apache-2.0 OR MIT, by the Rust Project's contributors; both texts stand above. SQLite
is in the public domain.";

/// The licence of Ranh, then those of everything in it: each text once, under the packages that it is for.
pub(crate) fn text(tree: &Tree) -> Result<String, Problem> {
    let own = tree.root.join("LICENSE");
    let mut text = fs::read_to_string(&own).map_err(Problem::file(&own))?;
    let mut packages = crates::packages(tree)?;
    packages.extend(npm::packages(tree)?);
    packages.sort();
    packages.dedup_by(|one, other| one.name == other.name);
    println!("Licences of {} packages", packages.len());
    text.push_str(&format!("\n{LINE}\n\nThe program contains the packages that follow.\n{OTHERS}\n"));
    for (licence, packages) in grouped(tree, &packages)? {
        text.push_str(&format!("\n{LINE}\n"));
        for package in packages {
            text.push_str(&format!("{} ({})\n", package.name, package.licence));
        }
        text.push_str(&format!("\n{}\n", licence.trim_end()));
    }
    Ok(text)
}

/// The texts, each with the packages whose licence it is, in the order of their first package.
fn grouped<'a>(tree: &Tree, packages: &'a [Package]) -> Result<Vec<(String, Vec<&'a Package>)>, Problem> {
    let mut groups: Vec<(String, Vec<&Package>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for package in packages {
        for text in texts::of(tree, package)? {
            // Lines are broken and indented in many ways.
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let at = *known.entry(words).or_insert_with(|| {
                groups.push((text, Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(package);
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Package, grouped};
    use crate::tree::Tree;

    fn package(folder: &Path, name: &str, licence: &str, text: Option<(&str, &str)>) -> Package {
        let folder = folder.join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        if let Some((file, text)) = text {
            fs::write(folder.join(file), text).unwrap();
        }
        Package { name: name.into(), licence: licence.into(), authors: "A. Author".into(), folder }
    }

    #[test]
    fn every_package_has_its_text_and_equal_texts_stand_once() {
        let folder = tempfile::tempdir().unwrap();
        let tree =
            Tree { root: Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), target: "target".into() };
        let here = folder.path();
        let packages = [
            package(here, "a 1", "MIT", Some(("LICENSE-MIT", "Free\nfor all"))),
            package(here, "b 1", "MIT", Some(("licence.md", "Free for  all\n"))),
            package(here, "c 1", "BSD-2-Clause", None),
            package(here, "d 1", "MIT OR Apache-2.0", None),
        ];
        let groups = grouped(&tree, &packages).unwrap();
        let names = |k: usize| groups[k].1.iter().map(|p: &&Package| p.name.as_str()).collect::<Vec<_>>();
        assert_eq!(names(0), ["a 1", "b 1"]);
        assert_eq!(names(1), ["c 1"]);
        assert!(groups[1].0.contains("A. Author") && groups[1].0.contains("Redistributions in binary form"));
        assert!(groups[2].0.contains("above"), "{}", groups[2].0);
        let unknown = [package(here, "e 1", "Secret-1.0", None)];
        let problem = grouped(&tree, &unknown).unwrap_err().to_string();
        assert!(problem.contains("e 1") && problem.contains("Secret-1.0"), "{problem}");
    }
}
