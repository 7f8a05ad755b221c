//! What must not be left in the tree: unsafe code, tests switched off, work put off, one machine's paths.
//!
//! The words that are looked for are put together from parts here, or this file would find itself.

use std::path::Path;

use crate::tokens::{Tests, mentions};
use crate::tree::{Source, Violation, sources};

/// Texts that a person writes; lock files and data are not among them.
const TEXTS: [&str; 14] =
    ["rs", "ts", "js", "mjs", "svelte", "css", "html", "py", "sh", "toml", "md", "json", "yml", ""];
const NOT_WRITTEN: [&str; 2] = ["package-lock.json", "LICENSE"];

/// Words that put work off.
const MARKS: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!("), concat!("unimpl", "emented!(")];

/// Calls that switch a test off, or all others.
const SWITCHES: [&str; 8] = [
    concat!("it.sk", "ip("),
    concat!("it.on", "ly("),
    concat!("test.sk", "ip("),
    concat!("test.on", "ly("),
    concat!("test.fix", "me("),
    concat!("describe.sk", "ip("),
    concat!("describe.on", "ly("),
    concat!("pytest.mark.sk", "ip"),
];

/// Where people's and machines' own folders begin.
const MACHINES: [&str; 6] = [
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/tmp/", "bash_jobs"),
];

/// What a merge that was not finished leaves at the beginning of a line.
const MERGES: [&str; 2] = [concat!("<<<<", "<<< "), concat!(">>>>", ">>> ")];

/// Everything of the kinds above.
pub(crate) fn found(root: &Path) -> Vec<Violation> {
    let written = |source: &Source| !NOT_WRITTEN.iter().any(|name| source.file.ends_with(name));
    sources(root, &TEXTS).iter().filter(|source| written(source)).flat_map(judge).collect()
}

fn judge(source: &Source) -> Vec<Violation> {
    let mut found = Vec::new();
    for (line, text) in source.text.lines().enumerate() {
        let mut say = |what: String| found.push(Violation::new(&source.file, line + 1, what));
        let mark = MARKS.iter().find(|mark| stands_alone(text, mark));
        mark.into_iter().for_each(|mark| say(format!("left for later: {mark}")));
        let switch = SWITCHES.iter().find(|switch| stands_alone(text, switch));
        switch.into_iter().for_each(|switch| say(format!("a test is switched off: {switch}")));
        let path = MACHINES.iter().find(|path| starts_a_path(text, path));
        path.into_iter().for_each(|path| say(format!("a path of one machine: {path}")));
        let merge = MERGES.iter().find(|merge| text.starts_with(**merge));
        merge.into_iter().for_each(|merge| say(format!("a merge not finished: {merge}")));
    }
    if source.file.ends_with(".rs") {
        found.extend(in_rust(source));
    }
    found.sort();
    found
}

fn in_rust(source: &Source) -> Vec<Violation> {
    let say = |line: usize, what: &str| Violation::new(&source.file, line, what);
    let mentions = match mentions(&source.text, Tests::Read) {
        Ok(mentions) => mentions,
        Err(error) => return vec![say(1, &error)],
    };
    let walled = source.file.starts_with("crates/gdal-worker/");
    let unsafe_words = mentions.paths.iter().filter(|path| !walled && path.what == ["unsafe"]);
    let ignored = mentions.attributes.iter().filter(|attribute| attribute.what == "ignore");
    let unsafe_words = unsafe_words.map(|path| say(path.line, "unsafe outside gdal-worker"));
    unsafe_words
        .chain(ignored.map(|attribute| say(attribute.line, "a test is switched off: ignore")))
        .collect()
}

/// Whether the word stands there as a word of its own, not inside another.
fn stands_alone(text: &str, word: &str) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let open = word.ends_with('(');
        !joins(text[..at].chars().next_back()) && (open || !joins(text[at + word.len()..].chars().next()))
    })
}

/// Whether the folder stands at the beginning of a path, not inside one (`web/home/`, `example.org/home/`).
fn starts_a_path(text: &str, folder: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || "_.-~}>".contains(letter);
    text.match_indices(folder).any(|(at, _)| !text[..at].chars().next_back().is_some_and(joins))
}

#[cfg(test)]
mod proof {
    use super::{MACHINES, MARKS, MERGES, SWITCHES, found};
    use crate::tree::{lines, plant};

    #[test]
    fn marks_and_machine_paths_are_found_in_every_kind_of_text() {
        let mastodon = format!("// {}N: {}\n// {} later\n", MARKS[0], MARKS[0].to_lowercase(), MARKS[0]);
        let script = format!("cd {}me/ranh\ncd web{}x\n# {}\n", MACHINES[2], MACHINES[2], MARKS[1]);
        let page = format!("<a href=\"https://example.org{}x\">\nsrc=\"{}x\"\n", MACHINES[0], MACHINES[0]);
        let test = format!("{}'draws', f);\nawait{};\n", SWITCHES[3], SWITCHES[0]);
        let root = plant(&[
            ("crates/a/src/lib.rs", &mastodon),
            (".ci/run", &script),
            ("web/index.html", &page),
            ("web/src/a.test.ts", &test),
            ("web/package-lock.json", MARKS[0]),
        ]);
        let expected = [
            format!(".ci/run:1: a path of one machine: {}", MACHINES[2]),
            format!(".ci/run:3: left for later: {}", MARKS[1]),
            format!("crates/a/src/lib.rs:2: left for later: {}", MARKS[0]),
            format!("web/index.html:2: a path of one machine: {}", MACHINES[0]),
            format!("web/src/a.test.ts:1: a test is switched off: {}", SWITCHES[3]),
        ];
        assert_eq!(lines(&found(root.path())), expected);
    }

    #[test]
    fn unsafe_code_and_ignored_tests_are_found_even_in_macros() {
        let attribute = concat!("#[ig", "nore]");
        let reason = concat!("#[ig", "nore = \"slow\"]");
        let text = format!(
            "#![deny(unsafe_code)] // unsafe\nm!(unsafe {{ a() }});\n#[test]\n{attribute}\nfn t() {{}}\n{reason}\nfn u() {{}}"
        );
        let root =
            plant(&[("crates/a/src/lib.rs", &text), ("crates/gdal-worker/src/lib.rs", "unsafe fn f() {}")]);
        assert_eq!(
            lines(&found(root.path())),
            [
                "crates/a/src/lib.rs:2: unsafe outside gdal-worker",
                "crates/a/src/lib.rs:4: a test is switched off: ignore",
                "crates/a/src/lib.rs:6: a test is switched off: ignore",
            ]
        );
    }

    #[test]
    fn a_merge_not_finished_is_found_even_in_a_text_that_compiles() {
        let text = format!("const A: &str = \"\n{}HEAD\n=======\n{}1f2e\n\";\n", MERGES[0], MERGES[1]);
        let root = plant(&[("crates/a/src/lib.rs", &text)]);
        assert_eq!(
            lines(&found(root.path())),
            [
                format!("crates/a/src/lib.rs:2: a merge not finished: {}", MERGES[0]),
                format!("crates/a/src/lib.rs:4: a merge not finished: {}", MERGES[1]),
            ]
        );
    }

    #[test]
    fn every_mark_and_switch_is_known() {
        for word in MARKS.iter().chain(&SWITCHES) {
            let root = plant(&[("a.ts", word)]);
            assert_eq!(found(root.path()).len(), 1, "{word}");
        }
    }
}
