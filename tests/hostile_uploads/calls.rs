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
     symlinkat,mknod,mknodat,chmod,fchmodat,chown,fchownat,truncate,connect,sendto,bind,execve,execveat";

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
    for line in text.lines() {
        let Some((process, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
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
        if ["connect(", "sendto(", "execveat("].iter().any(|name| call.starts_with(name))
            && !call.contains(" = -1 ")
        {
            calls.wrong.push(format!("called somebody: {call}"));
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
