//! The unit's hardening, as far as it can be had without systemd: the user, the rights and the file system are made as
//! the unit says, and strace watches for calls that the unit forbids, for which systemd's kernel filter would end the
//! process or let the call fail.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::syscalls;
use super::unit;
use crate::command::{program, shown};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, tools};

/// The first of the users that systemd hands out to DynamicUser.
pub(super) const USER: &str = "61184";
/// A read-only system with a place of its own to write to, and a /tmp of its own. The process that comes of it is the
/// one that was started, so that a signal reaches it.
const MOUNTS: &str = "root=$1; shift
mount --bind \"$root\" \"$root\"
mount -o remount,bind,ro \"$root\"
mount --bind \"$root/var/lib/ranh\" \"$root/var/lib/ranh\"
mount -o remount,bind,rw \"$root/var/lib/ranh\"
mount -t tmpfs -o size=64m tmpfs \"$root/tmp\"
mount -t proc -o ro proc \"$root/proc\"
exec \"$@\"";
/// Watched whether forbidden or not: memory that is written and run, and sockets.
const LOOKED_AT: [&str; 5] = ["execve", "mmap", "mprotect", "pkey_mprotect", "socket"];
/// Kinds of sockets that the unit lets through.
const FAMILIES: [&str; 3] = ["AF_INET", "AF_INET6", "AF_UNIX"];

/// How the server is started.
pub(super) struct Sandbox<'a> {
    tree: &'a Tree,
    root: &'a Path,
    has_mounts: bool,
    /// Where strace writes, and what the unit forbids; none where nothing can be traced.
    traced: Option<(PathBuf, BTreeSet<String>)>,
}

impl<'a> Sandbox<'a> {
    /// What this machine can do.
    pub(super) fn of(tree: &'a Tree, root: &'a Path) -> Result<Self, Problem> {
        debian::ensure(&[tools::STRACE])?;
        let can = |name: &str, words: &[&str]| {
            program(name, words, &tree.root).output().is_ok_and(|output| output.status.success())
        };
        let has_mounts = can("unshare", &["--mount", "true"]);
        if !has_mounts {
            println!("WITHOUT a read-only system: this environment cannot make a mount namespace");
        }
        let traced = if can("strace", &["-qq", "-f", "--seccomp-bpf", "-e", "trace=execve", "true"]) {
            let path = unit::path(root);
            let text = fs::read_to_string(&path).map_err(Problem::file(&path))?;
            Some((tree.target.join("dist/trace"), syscalls::forbidden(tree, &text)?))
        } else {
            println!("WITHOUT a look at system calls: this environment cannot trace");
            None
        };
        Ok(Self { tree, root, has_mounts, traced })
    }

    /// The server's command line, in the sandbox.
    pub(super) fn command(&self, line: &[String]) -> Command {
        let root = self.root.to_string_lossy().into_owned();
        let mut words: Vec<String> = Vec::new();
        let mut add = |more: &[&str]| words.extend(more.iter().map(|&word| word.to_owned()));
        if self.has_mounts {
            add(&["unshare", "--mount", "--propagation", "private", "sh", "-euc", MOUNTS, "sh", &root]);
        }
        if let Some((file, forbidden)) = &self.traced {
            let calls = forbidden.iter().map(String::as_str).chain(LOOKED_AT);
            let calls: Vec<String> = calls.map(|call| format!("?{call}")).collect();
            let (file, calls) = (file.to_string_lossy(), format!("trace={}", calls.join(",")));
            // The tracer is a grandchild: signals go to the server.
            add(&["strace", "-D", "-f", "-qq", "--seccomp-bpf", "-o", &file, "-e", &calls]);
        }
        add(&["chroot", &root, "setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"]);
        add(&["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"]);
        words.extend(line.iter().cloned());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        program(words[0], &words[1..], &self.tree.root)
    }

    /// Whether the server did anything that the unit forbids.
    pub(super) fn judge(&self, root: &Path) -> Result<(), Problem> {
        let Some((file, forbidden)) = &self.traced else { return Ok(()) };
        let text = fs::read_to_string(file).map_err(Problem::file(file))?;
        let own = syscalls::after_start(&text, "/usr/bin/ranh");
        let wrong = syscalls::wrong(&own, forbidden, &FAMILIES);
        if own.is_empty() {
            let line = shown(&self.command(&[]));
            return Err(Problem::Failed { line, ending: "the trace is empty".to_owned() });
        }
        if wrong.is_empty() {
            println!("no system call that {} forbids, of {} watched", unit::path(root).display(), own.len());
            return Ok(());
        }
        let ending = format!("the unit forbids what the server does:\n{}", wrong.join("\n"));
        Err(Problem::Failed { line: "ranh serve".to_owned(), ending })
    }
}
