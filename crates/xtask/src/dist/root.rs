//! A bare Debian 12: what debootstrap makes and nothing else. Made once, copied for every try.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{answer, program, run};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, tools};

const SUITE: &str = "bookworm";

/// A bare system that nothing was done to yet.
pub(super) fn fresh(tree: &Tree) -> Result<PathBuf, Problem> {
    debian::ensure(&[tools::DEBOOTSTRAP])?;
    let folder = tree.target.join("dist");
    let (made, copy) = (folder.join(SUITE), folder.join("bare"));
    if !made.exists() {
        make(&folder, &made)?;
    }
    remove(&copy)?;
    let [from, to] = [&made, &copy].map(|path| path.to_string_lossy());
    run(&mut program("cp", &["--archive", "--reflink=auto", &from, &to], &tree.root))?;
    Ok(copy)
}

/// It gets its name when it is whole.
fn make(folder: &Path, made: &Path) -> Result<(), Problem> {
    let part = folder.join(format!("{SUITE}.part"));
    fs::create_dir_all(folder).map_err(Problem::file(folder))?;
    remove(&part)?;
    let (path, mirror) = (part.to_string_lossy().into_owned(), mirror());
    let mut words = vec!["--variant=minbase", SUITE, &path];
    words.extend(mirror.as_deref());
    run(&mut program("debootstrap", &words, folder))?;
    fs::rename(&part, made).map_err(Problem::file(made))
}

/// Where this machine's own packages come from, if that has the suite; else debootstrap knows a place.
fn mirror() -> Option<String> {
    let policy = answer("apt-cache", &["policy"])?;
    let component = format!("{SUITE}/main");
    policy.lines().find_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let address = words.next()?;
        (words.next()? == component).then(|| address.to_owned())
    })
}

fn remove(folder: &Path) -> Result<(), Problem> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(Problem::file(folder)) } else { Ok(()) }
}
