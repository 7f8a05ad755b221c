//! Which crate may depend on which, and which outside crates have a fixed place.

use std::path::Path;

use crate::manifest::{self, Manifest, Purpose};
use crate::tree::Violation;

/// Every crate there may be, with the crates of ours it may use.
const ALLOWED: [(&str, &[&str]); 14] = [
    ("spatial", &[]),
    ("cql2", &["spatial"]),
    ("planning", &["spatial"]),
    ("tiles", &["spatial"]),
    ("formats", &["spatial"]),
    ("gdal-worker", &["formats", "spatial"]),
    ("store", &["planning", "spatial"]),
    ("project", &["store", "planning", "formats", "spatial"]),
    ("report", &["planning", "spatial"]),
    ("sample", &["planning", "spatial"]),
    ("server", &["project", "report", "planning", "tiles", "cql2", "spatial"]),
    ("cli", &["server", "project", "report", "sample", "planning", "tiles", "spatial"]),
    ("bench", &["spatial", "planning", "tiles", "formats", "sample"]),
    ("xtask", &[]),
];

/// Outside crates that decide where a thing is done, with the crates that do it. Tests may use them.
const PLACED: [(&str, &[&str]); 10] = [
    ("tokio", &["server", "cli", "store"]),
    ("axum", &["server"]),
    ("tower-http", &["server"]),
    ("utoipa", &["server"]),
    ("utoipa-axum", &["server"]),
    ("rusqlite", &["store"]),
    ("gdal", &["gdal-worker"]),
    ("gdal-sys", &["gdal-worker"]),
    ("geos", &["bench"]),
    ("proj", &["bench"]),
];

/// Every dependency that the tables do not allow, and every crate that they do not know.
pub(crate) fn forbidden(root: &Path) -> Vec<Violation> {
    manifest::crates(root).iter().flat_map(judge).collect()
}

fn judge(manifest: &Manifest) -> Vec<Violation> {
    let found = |what: String| Violation::new(&manifest.file, 1, what);
    let name = manifest.name.as_str();
    let Some((_, may)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        return vec![found(format!("{name} is not in the table of crates"))];
    };
    let mut violations = Vec::new();
    for (used, purpose) in manifest.dependencies() {
        let ours = ALLOWED.iter().any(|(known, _)| *known == used);
        // The whole-system tests belong to cli and look at everything.
        let sees_all = name == "cli" && purpose == Purpose::Test;
        if ours && !sees_all && !may.contains(&used.as_str()) {
            violations.push(found(format!("{name} must not use {used}")));
        }
        let place = PLACED.iter().find(|(outside, _)| *outside == used);
        if let Some((_, homes)) = place
            && purpose == Purpose::Product
            && !homes.contains(&name)
        {
            violations.push(found(format!("{name} must not use {used}: its place is {}", homes.join(", "))));
        }
    }
    violations
}

#[cfg(test)]
mod proof {
    use super::forbidden;
    use crate::tree::{lines, plant};

    fn manifest(name: &str, rest: &str) -> String {
        format!("[package]\nname = \"{name}\"\n{rest}")
    }

    #[test]
    fn forbidden_edges_are_found_wherever_they_are_written() {
        let spatial = manifest("spatial", "[dependencies]\nplanning.workspace = true\ngeo = \"1\"\n");
        let tiles = manifest("tiles", "[dev-dependencies]\nsample = { path = \"../sample\" }\n");
        let store = manifest("store", "[dependencies]\nx = { package = \"server\", path = \"../server\" }\n");
        let project = manifest("project", "[target.'cfg(unix)'.build-dependencies]\ncli.workspace = true\n");
        let server = manifest("server", "[dependencies]\nproject.workspace = true\naxum = \"0\"\n");
        let root = plant(&[
            ("crates/spatial/Cargo.toml", &spatial),
            ("crates/tiles/Cargo.toml", &tiles),
            ("crates/store/Cargo.toml", &store),
            ("crates/project/Cargo.toml", &project),
            ("crates/server/Cargo.toml", &server),
        ]);
        assert_eq!(
            lines(&forbidden(root.path())),
            [
                "crates/project/Cargo.toml:1: project must not use cli",
                "crates/spatial/Cargo.toml:1: spatial must not use planning",
                "crates/store/Cargo.toml:1: store must not use server",
                "crates/tiles/Cargo.toml:1: tiles must not use sample",
            ]
        );
    }

    #[test]
    fn outside_crates_stay_in_their_place() {
        let planning = manifest("planning", "[dependencies]\ntokio.workspace = true\n");
        let formats = manifest("formats", "[dependencies]\ngdal = \"0\"\n[dev-dependencies]\naxum = \"0\"\n");
        let root =
            plant(&[("crates/planning/Cargo.toml", &planning), ("crates/formats/Cargo.toml", &formats)]);
        assert_eq!(
            lines(&forbidden(root.path())),
            [
                "crates/formats/Cargo.toml:1: formats must not use gdal: its place is gdal-worker",
                "crates/planning/Cargo.toml:1: planning must not use tokio: its place is server, cli, store",
            ]
        );
    }

    #[test]
    fn only_the_tests_of_cli_see_everything_and_no_crate_is_unknown() {
        let cli = manifest("cli", "[dev-dependencies]\nformats.workspace = true\nstore.workspace = true\n");
        let root = plant(&[
            ("crates/cli/Cargo.toml", &cli),
            ("crates/helpers/Cargo.toml", &manifest("helpers", "")),
        ]);
        assert_eq!(
            lines(&forbidden(root.path())),
            ["crates/helpers/Cargo.toml:1: helpers is not in the table of crates"]
        );
    }
}
