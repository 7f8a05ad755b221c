//! `cargo xtask test`: every check there is. All run, whatever fails; the summary says how each ended.

mod browser;
mod python;
mod rust;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;

use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, dist, npm, tools, web};

/// One of the checks, in the order in which they run: the bundle comes before what embeds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The tools that the other steps need, installed from Debian where they are missing.
    Tools,
    /// Rust's formatting.
    Fmt,
    /// The web map's packages and bundle.
    Web,
    /// The web map's types and style.
    WebCheck,
    /// The web map's unit tests.
    WebTest,
    /// Rust's lints, warnings being errors.
    Clippy,
    /// Rust's tests, the architecture test among them.
    Rust,
    /// The examples in Rust's documentation.
    Doc,
    /// Comparisons with GEOS, PROJ and GDAL.
    Python,
    /// The map in a real browser.
    Browser,
    /// The Debian package in a bare system.
    Package,
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn perform(self, tree: &Tree) -> Result<(), Problem> {
        match self {
            Self::Tools => tools(),
            Self::Fmt => rust::fmt(tree),
            Self::Web => web::build(tree),
            Self::WebCheck => web_script(tree, "check"),
            Self::WebTest => web_script(tree, "test"),
            Self::Clippy => rust::clippy(tree),
            Self::Rust => rust::tests(tree),
            Self::Doc => rust::doc(tree),
            Self::Python => python::compare(tree),
            Self::Browser => browser::tests(tree),
            Self::Package => dist::try_out(tree, &rust::binary(tree)?),
        }
    }
}

/// Runs the steps asked for, prints how they ended, and fails when one of them did.
pub(crate) fn run(tree: &Tree, only: &[Step], skip: &[Step]) -> ExitCode {
    let steps = Step::value_variants().iter().copied();
    let wanted = steps.filter(|step| (only.is_empty() || only.contains(step)) && !skip.contains(step));
    let mut endings = Vec::new();
    for step in wanted {
        println!("\n=== {} ===", step.name());
        let start = Instant::now();
        let problem = step.perform(tree).err();
        let ending = summary::Ending { step: step.name(), time: start.elapsed(), problem };
        println!("=== {ending}");
        endings.push(ending);
    }
    print!("{}", summary::table(&endings));
    if endings.iter().all(|ending| ending.problem.is_none()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tools() -> Result<(), Problem> {
    let packages = debian::ensure(&[
        tools::COMPILER,
        tools::PYTHON,
        tools::GDAL,
        tools::GDAL_CHECKER,
        tools::LIBGDAL,
        tools::QGIS,
        tools::BROWSER,
    ]);
    let problems: Vec<Problem> = [packages, tools::node()].into_iter().filter_map(Result::err).collect();
    if problems.is_empty() { Ok(()) } else { Err(Problem::Several { problems }) }
}

fn web_script(tree: &Tree, name: &str) -> Result<(), Problem> {
    npm::install(&tree.web())?;
    npm::script(&tree.web(), name)
}
