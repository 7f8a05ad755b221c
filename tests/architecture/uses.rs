//! Who may touch files, processes, the network, SQL and the terminal.

use std::fs;
use std::path::Path;

use crate::manifest::Purpose;
use crate::reach;
use crate::tokens::{Mentions, Tests, mentions};
use crate::tree::Violation;

/// Places where files are read and written.
const FILES: &[&str] = &[
    "crates/store/",
    "crates/project/",
    "crates/cli/",
    "crates/gdal-worker/",
    "crates/sample/",
    "crates/bench/",
    "crates/xtask/",
];

/// Programs: only they have a terminal.
const PROGRAMS: &[&str] = &["crates/cli/", "crates/gdal-worker/", "crates/bench/", "crates/xtask/"];

/// A path that stands for something, and the places that may mention it.
struct Place {
    path: &'static [&'static str],
    /// What below that path is harmless.
    except: &'static [&'static str],
    homes: &'static [&'static str],
}

const PLACES: [Place; 6] = [
    Place { path: &["std", "fs"], except: &[], homes: FILES },
    Place { path: &["tokio", "fs"], except: &[], homes: FILES },
    Place {
        path: &["std", "process"],
        except: &["ExitCode", "Termination"],
        homes: &[
            "crates/xtask/",
            "crates/cli/",
            "crates/formats/src/worker.rs",
            "crates/bench/src/process.rs",
            "crates/bench/src/served.rs",
            "crates/bench/src/findings/",
            "crates/bench/src/tile_engine/data.rs",
            "crates/bench/src/tile_engine/http/layers.rs",
        ],
    },
    Place {
        path: &["tokio"],
        except: &["fs"],
        homes: &["crates/server/", "crates/cli/", "crates/store/src/postgis"],
    },
    Place { path: &["axum"], except: &[], homes: &["crates/server/"] },
    Place { path: &["rusqlite"], except: &[], homes: &["crates/store/"] },
];

const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// How a text begins that is SQL.
const SQL: [&str; 10] = [
    "SELECT ",
    "INSERT INTO ",
    "INSERT OR ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE VIRTUAL ",
    "DROP TABLE ",
    "ALTER TABLE ",
    "PRAGMA ",
];

/// Everything in the product's own code that stands where it may not. Tests and build scripts are free.
pub(crate) fn misplaced(root: &Path) -> Vec<Violation> {
    let files = reach::reached(root).into_iter().filter(|(_, purpose)| *purpose == Purpose::Product);
    files.flat_map(|(file, _)| judge(root, &file)).collect()
}

fn judge(root: &Path, file: &str) -> Vec<Violation> {
    let text = fs::read_to_string(root.join(file)).expect("a file that was reached");
    let mentions = match mentions(&text, Tests::LeftOut) {
        Ok(mentions) => mentions,
        Err(error) => return vec![Violation::new(file, 1, error)],
    };
    let mut found = paths(file, &mentions);
    let at_home = |homes: &[&str]| homes.iter().any(|home| file.starts_with(home));
    if !at_home(PROGRAMS) {
        let calls = mentions.macros.iter().filter(|call| PRINTING.contains(&call.what.as_str()));
        found.extend(
            calls.map(|call| Violation::new(file, call.line, format!("a library prints ({}!)", call.what))),
        );
    }
    if !at_home(&["crates/store/"]) {
        let texts = mentions.literals.iter().filter(|literal| is_sql(&literal.what));
        found.extend(texts.map(|literal| Violation::new(file, literal.line, "SQL outside store")));
    }
    found.sort();
    found.dedup();
    found
}

fn paths(file: &str, mentions: &Mentions) -> Vec<Violation> {
    let mut found = Vec::new();
    for mention in mentions.paths.iter().filter(|mention| mention.what.len() > 1) {
        for place in &PLACES {
            let Some(rest) = below(&mention.what, place.path) else { continue };
            let harmless = rest.first().is_some_and(|word| place.except.contains(&word.as_str()));
            if !harmless && !place.homes.iter().any(|home| file.starts_with(home)) {
                let what = format!("{} must not be used here", place.path.join("::"));
                found.push(Violation::new(file, mention.line, what));
            }
        }
    }
    found
}

fn below<'a>(path: &'a [String], start: &[&str]) -> Option<&'a [String]> {
    let (head, rest) = path.split_at_checked(start.len())?;
    head.iter().eq(start).then_some(rest)
}

fn is_sql(literal: &str) -> bool {
    let text = literal.trim_start_matches(['r', 'b', 'c', '#', '"', ' ', '\n']);
    SQL.iter().any(|start| text.starts_with(start)) || (text.starts_with("UPDATE ") && text.contains(" SET "))
}

#[cfg(test)]
mod proof {
    use super::misplaced;
    use crate::tree::{lines, plant};

    fn tree(name: &str, text: &str) -> tempfile::TempDir {
        let manifest = format!("[package]\nname = \"{name}\"\n");
        plant(&[
            (&format!("crates/{name}/Cargo.toml"), &manifest),
            (&format!("crates/{name}/src/lib.rs"), text),
        ])
    }

    const ALL: &str = "use std::{fs::File, io};\nuse tokio::sync::Mutex;\nuse axum::Router;\n\
        fn f() { std::process::Command::new(\"a\"); }\nfn g() { rusqlite::Connection::open(\"b\"); }\n\
        const Q: &str = \"SELECT 1\";\nfn h() { println!(\"{}\", std::fs::read(\"c\")); }\n\
        fn main() -> std::process::ExitCode { tokio::fs::read(\"d\") }\n\
        #[cfg(test)]\nmod tests { fn t() { println!(\"SELECT 1\"); std::fs::read(\"e\"); } }\n";

    #[test]
    fn a_library_may_do_none_of_it() {
        let root = tree("spatial", ALL);
        let expected = [
            "1: std::fs must not be used here",
            "2: tokio must not be used here",
            "3: axum must not be used here",
            "4: std::process must not be used here",
            "5: rusqlite must not be used here",
            "6: SQL outside store",
            "7: a library prints (println!)",
            "7: std::fs must not be used here",
            "8: tokio::fs must not be used here",
        ];
        let expected = expected.map(|line| format!("crates/spatial/src/lib.rs:{line}"));
        assert_eq!(lines(&misplaced(root.path())), expected);
    }

    #[test]
    fn each_thing_is_allowed_at_home() {
        let store =
            tree("store", "use rusqlite::Row; use std::fs; const Q: &str = r#\"UPDATE t SET a = 1\"#;");
        assert_eq!(lines(&misplaced(store.path())), [""; 0]);
        let server =
            tree("server", "use axum::Router;\nuse tokio::net;\nconst Q: &str = \"UPDATE t SET a\";");
        assert_eq!(lines(&misplaced(server.path())), ["crates/server/src/lib.rs:3: SQL outside store"]);
        let cli = tree("cli", "fn f() { println!(); std::process::exit(2); std::fs::read(\"a\"); }");
        assert_eq!(lines(&misplaced(cli.path())), [""; 0]);
        let worker = plant(&[
            ("crates/formats/Cargo.toml", "[package]\nname = \"formats\"\n"),
            ("crates/formats/build.rs", "use std::fs; fn main() { println!(\"a\") }"),
            ("crates/formats/src/lib.rs", "mod worker;\nmod reader;"),
            ("crates/formats/src/worker.rs", "use std::process::Command;"),
            ("crates/formats/src/reader.rs", "\nuse std::process::Command;"),
            ("crates/formats/tests/read.rs", "use std::fs;"),
        ]);
        assert_eq!(
            lines(&misplaced(worker.path())),
            ["crates/formats/src/reader.rs:2: std::process must not be used here"]
        );
    }
}
