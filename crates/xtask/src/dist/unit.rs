//! The unit, judged without a system that runs it: by systemd's own tools, on the files as they are installed.

use std::path::{Path, PathBuf};

use crate::command::{failed, program, run, run_for_words};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, tools};

/// Where the unit lies, from the root.
const UNIT: &str = "lib/systemd/system/ranh.service";
/// Most that the service may be exposed, in tenths: systemd-analyze(1) gives 0 to what can do nothing and 10 to what can
/// do all. What is left is the network, which a server needs.
const EXPOSED: &str = "12";

/// The unit in a system.
pub(super) fn path(root: &Path) -> PathBuf {
    root.join(UNIT)
}

/// No mistake in it, and no more rights than are known.
pub(super) fn check(tree: &Tree, root: &Path) -> Result<(), Problem> {
    debian::ensure(&[tools::SYSTEMD])?;
    let root = format!("--root={}", root.to_string_lossy());
    // Units that the bare system does not have are none of ours.
    run(&mut analyze(tree, &["verify", "--man=no", "--recursive-errors=no", &root, "ranh.service"]))?;
    let most = format!("--threshold={EXPOSED}");
    let words = ["security", "--no-pager", "--offline=true", &most, &root, "ranh.service"];
    let (code, said) = run_for_words(&mut analyze(tree, &words))?;
    // What is left open, and the sum.
    said.lines().filter(|line| line.starts_with(['✗', '→'])).for_each(|line| println!("{}", line.trim_end()));
    if code == Some(0) { Ok(()) } else { Err(failed(&analyze(tree, &words), code)) }
}

fn analyze(tree: &Tree, words: &[&str]) -> std::process::Command {
    program("systemd-analyze", words, &tree.root)
}
