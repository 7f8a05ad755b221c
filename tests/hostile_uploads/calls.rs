//! The system calls of a server and of every process that it starts, as `strace` writes them: which files were opened, and
//! who was called.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the system's own libraries and tables are read from.
const SYSTEM: [&str; 12] = [
    "/lib/",
    "/lib64/",
    "/usr/lib/",
    "/usr/share/",
    "/etc/ld.so.",
    "/etc/ssl/openssl.cnf",
    "/proc/self/",
    "/proc/",
    "/sys/",
    "/dev/null",
    "/dev/urandom",
    "/usr/lib64/",
];
/// What GDAL may read once a worker is confined.
const TABLES: [&str; 2] = ["/usr/share/gdal/", "/usr/share/proj/"];
/// Calls that open or change files, reach others, or start programs.
const CALLS: &str = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,symlink,\
     symlinkat,mknod,mknodat,chmod,fchmodat,chown,fchownat,truncate,connect,sendto,sendmsg,sendmmsg,bind,execve,execveat";
/// Of these the ones that change what their paths name, which they do not tell in what they return.
const CHANGES: [&str; 20] = [
    "mkdir(",
    "mkdirat(",
    "rename(",
    "renameat(",
    "renameat2(",
    "unlink(",
    "unlinkat(",
    "rmdir(",
    "link(",
    "linkat(",
    "symlink(",
    "symlinkat(",
    "mknod(",
    "mknodat(",
    "chmod(",
    "fchmodat(",
    "chown(",
    "fchownat(",
    "truncate(",
    "creat(",
];
/// Of these the ones that reach others.
const REACHES: [&str; 5] = ["connect(", "sendto(", "sendmsg(", "sendmmsg(", "execveat("];
/// What the system answers to a process that may not; any other failure was still a try that nothing held back.
const HELD_BACK: [&str; 3] = [" = -1 EPERM", " = -1 EACCES", " = -1 ENOSYS"];

/// The words with which a server is started so that its calls are written into a file; none where nothing can be watched.
pub(crate) fn watching(file: &Path) -> Vec<String> {
    let usual = ["strace", "-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf"].map(str::to_owned);
    let tried =
        Command::new("strace").args(["-f", "-qq", "--seccomp-bpf", "-e", "trace=execve", "true"]).output();
    if !tried.is_ok_and(|tried| tried.status.success()) {
        return Vec::new();
    }
    let more = ["-o".to_owned(), file.display().to_string(), "-e".to_owned(), format!("trace={CALLS}")];
    usual.into_iter().chain(more).collect()
}

/// What was done.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    /// Workers that were started.
    pub(crate) workers: usize,
    /// Files opened, in all.
    pub(crate) opened: usize,
    /// What should not have been, in words.
    pub(crate) wrong: Vec<String>,
}

/// Judges what was written: files in the server's folder, the programs and the system's libraries may be opened, nothing else;
/// a worker has one folder; nothing is called and no program but the worker started.
pub(crate) fn judged(log: &Path, folder: &Path, programs: &Path) -> Calls {
    let text = fs::read_to_string(log).unwrap();
    let (folder, programs) = (format!("{}/", folder.display()), format!("{}/", programs.display()));
    let mut calls = Calls::default();
    let mut workers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (process, call) in whole(&text) {
        let call = call.as_str();
        if let Some(rest) = call.strip_prefix("execve(\"") {
            let program = rest.split('"').next().unwrap_or_default();
            if program.ends_with("/ranh-gdal") && program.starts_with(&programs) {
                calls.workers += 1;
                workers.insert(process, BTreeSet::new());
            } else if !program.starts_with(&programs) {
                calls.wrong.push(format!("started a program: {call}"));
            }
            continue;
        }
        let begins = |names: &[&str]| names.iter().any(|name| call.starts_with(name));
        if begins(&REACHES) && !HELD_BACK.iter().any(|held| call.contains(held)) {
            calls.wrong.push(format!("called somebody: {call}"));
        }
        if begins(&CHANGES) && call.ends_with(" = 0") {
            let outside = named(call).into_iter().filter(|path| !path.starts_with(&folder));
            calls.wrong.extend(outside.map(|path| format!("changed {path}: {call}")));
        }
        let Some(path) = opened(call) else { continue };
        calls.opened += 1;
        let ours =
            path.starts_with(&folder) || path.starts_with(&programs) || path == folder.trim_end_matches('/');
        match workers.get_mut(process) {
            Some(folders) if path.starts_with(&folder) => {
                folders.insert(staging(&path, &folder));
            }
            Some(_) if TABLES.iter().any(|table| path.starts_with(table)) => {}
            _ if ours || SYSTEM.iter().any(|begin| path.starts_with(begin)) => {}
            _ => calls.wrong.push(format!("opened {path}: {call}")),
        }
    }
    for (process, folders) in workers {
        if folders.len() > 1 {
            calls.wrong.push(format!("worker {process} was in several folders: {folders:?}"));
        }
    }
    calls
}

/// The calls of each process, each in one piece: where another's came in between, `strace` writes it in two.
fn whole(text: &str) -> Vec<(&str, String)> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((process, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(beginning) = call.strip_suffix(" <unfinished ...>") {
            begun.insert(process, beginning);
        } else if let Some((_, end)) =
            call.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>"))
        {
            calls.push((process, format!("{}{end}", begun.remove(process).unwrap_or_default())));
        } else {
            calls.push((process, call.to_owned()));
        }
    }
    // What never came back has begun all the same.
    calls.extend(begun.into_iter().map(|(process, beginning)| (process, beginning.to_owned())));
    calls
}

/// The paths that a call names, from the root: beside a name stands the folder that it is in. What a link is to lead to is no
/// path that is touched.
fn named(call: &str) -> Vec<String> {
    let mut paths = Vec::new();
    let (mut rest, mut folder) = (call, None);
    while let Some((before, quoted)) = rest.split_once('"') {
        if let Some((_, inside)) = before.rsplit_once('<') {
            folder = inside.split_once('>').map(|(folder, _)| folder.to_owned());
        }
        // Quotes inside have a stroke before them.
        let end = quoted.match_indices('"').map(|(at, _)| at).find(|at| !quoted[..*at].ends_with('\\'));
        let (path, behind) = quoted.split_at(end.unwrap_or(quoted.len()));
        paths.push(match &folder {
            Some(folder) if !path.starts_with('/') => format!("{folder}/{path}"),
            _ => path.to_owned(),
        });
        rest = behind.strip_prefix('"').unwrap_or_default();
    }
    if call.starts_with("symlink") && paths.len() > 1 {
        paths.remove(0);
    }
    paths
}

/// The file that a call has opened: the number that it returns has its path behind it.
fn opened(call: &str) -> Option<String> {
    let (_, result) = call.rsplit_once(") = ").or_else(|| call.rsplit_once(">) = "))?;
    let path = result.split_once('<')?.1.strip_suffix('>')?;
    path.starts_with('/').then(|| path.trim_end_matches(" (deleted)").to_owned())
}

/// The folder of a worker, below that of the server: temporary files have their own, of one part.
fn staging(path: &str, folder: &str) -> String {
    path[folder.len()..].split('/').take(2).collect::<Vec<_>>().join("/")
}
