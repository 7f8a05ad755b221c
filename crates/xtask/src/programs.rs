//! The programs as they ship.

use std::path::PathBuf;

use crate::command::{cargo, run};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, tools, web};

/// `ranh` with the web map in it, and the worker beside it where it can be built; where `ranh` is.
pub(crate) fn release(tree: &Tree) -> Result<PathBuf, Problem> {
    debian::ensure(&[tools::COMPILER])?;
    tools::node()?;
    web::build(tree)?;
    run(&mut cargo(&["build", "--release", "-p", "cli", "--bin", "ranh"], &tree.root))?;
    if tools::has_libgdal() {
        run(&mut cargo(&["build", "--release", "-p", "gdal-worker"], &tree.root))?;
    } else {
        let line = debian::install_line(&tools::LIBGDAL.name.split(' ').collect::<Vec<_>>());
        println!("WITHOUT ranh-gdal: Shapefile, DGN, MapInfo and others are not read. To have them: {line}");
    }
    Ok(tree.binary("release"))
}
