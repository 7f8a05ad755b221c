//! `ranh serve`: settings as a person gives them, what is printed of them, and tokens in a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn serve(arguments: &[&str], variables: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ranh"));
    command.arg("serve").args(arguments).envs(variables.iter().copied());
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

#[test]
fn every_setting_is_printed_with_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ranh.toml");
    fs::write(&file, "listen = \"127.0.0.1:9000\"\nstore = \"a.gpkg\"\n[limits]\npage = 50\n").unwrap();
    let file = file.to_str().unwrap();
    let variables = [("RANH_SERVE_SETTINGS", file), ("RANH_SERVE_LIMITS_SEARCH", "5")];
    let said =
        serve(&["--print-settings", "--listen", "127.0.0.1:9001", "--set", "limits.jobs=3"], &variables);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let line = |key: &str| {
        let found = said.out.lines().find(|line| line.starts_with(&format!("{key} ")));
        found
            .unwrap_or_else(|| panic!("{key}: {}", said.out))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("listen"), "listen = \"127.0.0.1:9001\" # --listen");
    assert_eq!(line("store"), format!("store = \"a.gpkg\" # {file}"));
    assert_eq!(line("limits.page"), format!("limits.page = 50 # {file}"));
    assert_eq!(line("limits.search"), "limits.search = 5 # RANH_SERVE_LIMITS_SEARCH");
    assert_eq!(line("limits.jobs"), "limits.jobs = 3 # --set");
    assert_eq!(line("limits.body_bytes"), "limits.body_bytes = 65536 # default");
    assert!(said.out.contains("# base_url is not set"));
    let printed = folder.path().join("printed.toml");
    fs::write(&printed, &said.out).unwrap();
    let again = serve(&["--print-settings", "--settings", printed.to_str().unwrap()], &[]);
    let values = |text: &str| {
        text.lines().map(|line| line.split(" #").next().unwrap().trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(&again.out), values(&said.out), "what is printed can be used as it is");
}

#[test]
fn what_cannot_be_used_is_told_and_nothing_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ranh.toml");
    fs::write(&file, "lisen = \"127.0.0.1:9000\"\n").unwrap();
    let said = serve(&["--settings", file.to_str().unwrap()], &[]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("there is no setting \"lisen\"; \"listen\" is the nearest"), "{}", said.err);
    for (arguments, words) in [
        (&["--store", "a.gpkg", "--set", "limits.pages=1"][..], "\"limits.page\" is the nearest"),
        (&["--store", "a.gpkg", "--set", "limits.page"], "--set KEY=VALUE"),
        (&["--store", "a.gpkg", "--listen", "here"], "127.0.0.1:8080"),
        (&["--settings", "/nonexistent/ranh.toml"], "/nonexistent/ranh.toml"),
        (&[], "no store is set"),
    ] {
        let said = serve(arguments, &[]);
        assert_eq!(said.code, Some(2), "{arguments:?}");
        assert!(said.err.contains(words), "{arguments:?}: {}", said.err);
    }
}

fn with_tokens(file: &Path, text: &str, mode: u32) -> Said {
    fs::write(file, text).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    serve(
        &[
            "--store",
            "/nonexistent/a.gpkg",
            "--token-file",
            file.to_str().unwrap(),
            "--listen",
            "127.0.0.1:0",
        ],
        &[],
    )
}

#[test]
fn a_token_file_must_be_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tokens");
    let good = "# staff\nlan 6f1c0e8e6b5a4a53a3b6a2f9d0c7e811\n";
    for mode in [0o640, 0o604, 0o620, 0o666, 0o777] {
        let said = with_tokens(&file, good, mode);
        assert_eq!(said.code, Some(2));
        assert!(said.err.contains("chmod 600"), "{mode:o}: {}", said.err);
    }
    for (text, words) in
        [("", "no token"), ("# none\n", "no token"), ("lan short\n", "line 1: the token is too short")]
    {
        let said = with_tokens(&file, text, 0o600);
        assert!(said.err.contains(words), "{text}: {}", said.err);
    }
    for mode in [0o600, 0o400] {
        let said = with_tokens(&file, good, mode);
        assert!(
            said.err.contains("there is no store") || said.err.contains("does not exist"),
            "the tokens are taken: {}",
            said.err
        );
    }
}
