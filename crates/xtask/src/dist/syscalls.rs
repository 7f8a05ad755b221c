//! What the unit's filter of system calls lets through, and what a trace shows.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::command::{failed, program};
use crate::problem::Problem;
use crate::tree::Tree;

/// Sets of system calls by name, as systemd knows them.
type Sets = BTreeMap<String, Vec<String>>;

/// The calls that a unit's text forbids, of all that systemd knows.
pub(super) fn forbidden(tree: &Tree, unit: &str) -> Result<BTreeSet<String>, Problem> {
    let mut command: Command = program("systemd-analyze", &["--no-pager", "syscall-filter"], &tree.root);
    let output = command.output();
    let output = output.map_err(|source| Problem::NotStarted { line: "systemd-analyze".into(), source })?;
    if !output.status.success() {
        return Err(failed(&command, output.status.code()));
    }
    let sets = sets(&String::from_utf8_lossy(&output.stdout));
    let mut all = BTreeSet::new();
    expand(&sets, "@known", &mut all);
    let allowed = allowed(&sets, unit);
    Ok(all.difference(&allowed).cloned().collect())
}

/// Sets, each as its name and indented what is in it; `#` begins a remark.
fn sets(text: &str) -> Sets {
    let mut sets = Sets::new();
    let mut name = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let word = line.trim();
        if word.is_empty() {
            continue;
        }
        if line.starts_with(char::is_whitespace) {
            sets.entry(name.clone()).or_default().push(word.to_owned());
        } else {
            word.clone_into(&mut name);
        }
    }
    sets
}

/// A call, or all calls of a set and of the sets in it.
fn expand(sets: &Sets, word: &str, into: &mut BTreeSet<String>) {
    if word.starts_with('@') {
        sets.get(word).into_iter().flatten().for_each(|inner| expand(sets, inner, into));
    } else {
        into.insert(word.to_owned());
    }
}

/// Lines of `SystemCallFilter=` in their order: they add, those with `~` take away (systemd.exec(5)).
fn allowed(sets: &Sets, unit: &str) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for line in unit.lines().filter_map(|line| line.strip_prefix("SystemCallFilter=")) {
        let taken = line.strip_prefix('~');
        let mut named = BTreeSet::new();
        taken.unwrap_or(line).split_whitespace().for_each(|word| expand(sets, word, &mut named));
        if taken.is_some() {
            allowed.retain(|call| !named.contains(call));
        } else {
            allowed.extend(named);
        }
    }
    allowed
}

/// The lines of a trace from the start of a program on.
pub(super) fn after_start<'a>(trace: &'a str, program: &str) -> Vec<&'a str> {
    let start = format!("execve(\"{program}\"");
    trace.lines().skip_while(|line| !line.contains(&start)).skip(1).collect()
}

/// The lines that the unit does not allow.
pub(super) fn wrong<'a>(lines: &[&'a str], forbidden: &BTreeSet<String>, families: &[&str]) -> Vec<&'a str> {
    let is_wrong = |line: &&&str| {
        // `PID call(arguments) = result`
        let text = line.split_once(' ').map_or("", |(_, text)| text.trim_start());
        let (call, arguments) = text.split_once('(').unwrap_or_default();
        forbidden.contains(call)
            || call == "socket" && !families.iter().any(|family| arguments.starts_with(&format!("{family},")))
            || call == "mmap" && arguments.contains("PROT_WRITE|PROT_EXEC")
            || call.ends_with("mprotect") && arguments.contains("PROT_EXEC")
    };
    lines.iter().filter(is_wrong).copied().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{after_start, allowed, sets, wrong};

    const SETS: &str = "@system-service\n    # General\n    @io\n    uname\n\n@io\n    read\n    write\n\n\
                        @resources\n    # Alter\n    nice\n    setpriority\n";

    #[test]
    fn lines_of_a_filter_add_and_take_away_in_their_order() {
        let unit = "SystemCallFilter=@system-service nice setpriority\nSystemCallFilter=~@resources\n\
                    SystemCallFilter=setpriority\nUser=x\n";
        let allowed = allowed(&sets(SETS), unit);
        assert_eq!(
            allowed.iter().map(String::as_str).collect::<Vec<_>>(),
            ["read", "setpriority", "uname", "write"]
        );
    }

    #[test]
    fn what_happened_before_the_program_does_not_count() {
        let trace = "7  chroot(\"/r\") = 0\n7  execve(\"/usr/bin/x\", [\"x\"], 0x1) = 0\n\
                     7  mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 3, 0) = 0x7f\n\
                     8  setpriority(PRIO_PROCESS, 0, 10) = 0\n8  socket(AF_NETLINK, SOCK_RAW, 0) = 4\n\
                     8  socket(AF_INET, SOCK_STREAM, 0) = 4\n\
                     8  mmap(NULL, 4096, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE, -1, 0) = 0x7f\n\
                     9  mprotect(0x7f, 4096, PROT_READ|PROT_EXEC) = 0\n";
        let forbidden = BTreeSet::from(["chroot".to_owned(), "setpriority".to_owned()]);
        let lines = after_start(trace, "/usr/bin/x");
        let wrong = wrong(&lines, &forbidden, &["AF_INET"]);
        let calls: Vec<&str> = wrong.iter().map(|line| line[3..].split('(').next().unwrap()).collect();
        assert_eq!(calls, ["setpriority", "socket", "mmap", "mprotect"]);
    }
}
