//! Where things lie in the work tree.

use std::env;
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// The folders that the tasks work in.
pub(crate) struct Tree {
    /// The workspace's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, which may lie elsewhere (`CARGO_TARGET_DIR`).
    pub(crate) target: PathBuf,
}

impl Tree {
    /// Found from this crate's own place and from where its binary was put.
    pub(crate) fn find() -> Result<Self, Problem> {
        // Cargo sets the variable at run time too: a tree that was moved after the build is still found.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.ancestors().nth(2).unwrap_or(&package).to_path_buf();
        let binary = env::current_exe().map_err(Problem::file(Path::new("xtask")))?;
        let target = binary.ancestors().nth(2).map_or_else(|| root.join("target"), Path::to_path_buf);
        Ok(Self { root, target })
    }

    /// The `ranh` binary of a profile folder, `release` or `debug`.
    pub(crate) fn binary(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("ranh")
    }

    /// The `ranh-gdal` binary of a profile folder, where it was built.
    pub(crate) fn worker(&self, profile: &str) -> Option<PathBuf> {
        Some(self.target.join(profile).join("ranh-gdal")).filter(|worker| worker.is_file())
    }

    /// The web map's sources.
    pub(crate) fn web(&self) -> PathBuf {
        self.root.join("web")
    }

    /// Whether the web map has been built, so that the server can embed it.
    pub(crate) fn has_bundle(&self) -> bool {
        self.web().join("dist/index.html").is_file()
    }
}
