//! The reader of system calls finds what it is there for: a program that does, under the same `strace`, what no server and no
//! worker may. Each violation is planted alone, beside the same program that keeps to its folder.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::calls;

/// A folder for a server, one for its programs, and a file outside both.
struct Stage {
    folder: TempDir,
    programs: TempDir,
    outside: TempDir,
}

impl Stage {
    /// None where nothing can be watched, or there is no shell that opens connections.
    fn set() -> Option<Self> {
        let bash = Path::new("/bin/bash");
        let temporary = |prefix| tempfile::Builder::new().prefix(prefix).tempdir().unwrap();
        let stage = Self {
            folder: temporary("server-"),
            programs: temporary("programs-"),
            outside: temporary("outside-"),
        };
        if calls::watching(&stage.outside.path().join("log")).is_empty() || !bash.exists() {
            println!("WITHOUT strace or bash: that system calls are understood is not shown.");
            return None;
        }
        for folder in ["up/1", "up/2"] {
            fs::create_dir_all(stage.folder.path().join(folder)).unwrap();
            fs::write(stage.folder.path().join(folder).join("file"), "a\n").unwrap();
        }
        fs::write(stage.outside.path().join("secret"), "s\n").unwrap();
        for (name, from) in [("ranh", "/bin/bash"), ("ranh-gdal", "/bin/bash"), ("mkdir", "/bin/mkdir")] {
            let program = stage.programs.path().join(name);
            fs::copy(from, &program).unwrap();
            fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
        }
        Some(stage)
    }

    /// What is found in the calls of a program that does what a script says.
    fn found(&self, program: &str, script: &str) -> calls::Calls {
        let log = self.outside.path().join("log");
        let watching = calls::watching(&log);
        let mut words = watching.iter().map(PathBuf::from).chain([self.programs.path().join(program)]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words).args(["--norc", "--noprofile", "-c", script]).env_clear();
        command
            .current_dir(self.folder.path())
            .env("OUT", self.outside.path())
            .env("HOME", self.folder.path())
            .env("SHELL", "/bin/sh")
            .env("PROGRAMS", self.programs.path());
        let done = command.output().unwrap();
        assert!(log.exists(), "{done:?}");
        calls::judged(&log, self.folder.path(), self.programs.path())
    }

    /// The one thing that is found, as its first words.
    fn only(&self, program: &str, script: &str) -> String {
        let found = self.found(program, script).wrong;
        // A terminal, where there is one, is the shell's own.
        let found: Vec<&String> = found.iter().filter(|what| !what.contains("/dev/tty")).collect();
        assert_eq!(found.len(), 1, "{script}: {found:?}");
        found[0].replace(&self.outside.path().display().to_string(), "OUT")
    }
}

#[test]
fn a_file_opened_outside_a_program_started_and_a_change_are_found() {
    let Some(stage) = Stage::set() else { return };
    let quiet = stage.found("ranh", "read a < up/1/file; echo b > up/2/new; read a < $OUT/there-is-none");
    assert_eq!(quiet.wrong, Vec::<String>::new(), "what it may do");
    assert!(quiet.opened >= 2 && quiet.workers == 0, "{quiet:?}");
    assert!(stage.only("ranh", "read a < $OUT/secret").starts_with("opened OUT/secret: open"));
    assert!(stage.only("ranh", "echo a > $OUT/made").starts_with("opened OUT/made: open"));
    assert!(stage.only("ranh", "cd ..; read a < /etc/passwd").starts_with("opened /etc/passwd"));
    assert!(stage.only("ranh", "exec /bin/true").starts_with("started a program: execve(\"/bin/true\""));
    assert!(stage.only("ranh", "exec $PROGRAMS/mkdir $OUT/folder").starts_with("changed OUT/folder: mkdir"));
}

#[test]
fn a_call_to_somebody_is_found_whether_anybody_answers_or_not() {
    let Some(stage) = Stage::set() else { return };
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let called = format!("exec 3<>/dev/tcp/127.0.0.1/{port}");
    assert!(stage.only("ranh-gdal", &called).starts_with("called somebody: connect("));
    drop(listener);
    assert!(
        stage.only("ranh-gdal", &called).starts_with("called somebody: connect("),
        "nobody is there any more"
    );
}

#[test]
fn a_worker_that_leaves_its_folder_for_another_is_found() {
    let Some(stage) = Stage::set() else { return };
    let stays = stage.found("ranh-gdal", "read a < up/1/file; read a < up/1/file");
    assert_eq!((stays.workers, stays.wrong), (1, Vec::new()));
    let leaves = stage.only("ranh-gdal", "read a < up/1/file; read a < up/2/file");
    assert!(leaves.contains("was in several folders: {\"up/1\", \"up/2\"}"), "{leaves}");
}
