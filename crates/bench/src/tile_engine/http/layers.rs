//! Stores of the layers, as `ranh import` makes them, and where the layers lie.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tiles::mercator;

use crate::options;
use crate::problem::Problem;
use crate::served::ranh;
use crate::tile_engine::{Which, data};

/// A store with the layer in it, made once and kept; `None`, said aloud, where there is nothing to make it of.
pub(super) fn store(which: Which, common: &options::Options) -> Result<Option<PathBuf>, Problem> {
    let (file, role) = match which {
        Which::Parcels => (data::parcels_file(common)?, "land_use_plan"),
        Which::Communes => (data::communes_file(), "admin"),
        Which::Cells | Which::Plan => {
            println!("LEFT OUT: {which} is not asked for over HTTP");
            return Ok(None);
        }
    };
    let Some(file) = file else { return Ok(None) };
    fs::create_dir_all(&common.folder).map_err(Problem::file(&common.folder))?;
    let store = common.folder.join(format!("tiles-{which}.gpkg"));
    if store.is_file() {
        return Ok(Some(store));
    }
    eprintln!("making {} …", store.display());
    // Under another name first: what is interrupted must not pass for made.
    let draft = common.folder.join(format!("tiles-{which}.draft.gpkg"));
    if draft.is_file() {
        fs::remove_file(&draft).map_err(Problem::file(&draft))?;
    }
    let failed = |what: String| Problem::Engine { engine: "ranh import".to_owned(), what };
    let mut command = Command::new(ranh()?);
    command.arg("import").arg(&file).arg("--store").arg(&draft);
    command.args(["--role", role, "--collection", &which.to_string()]).stdout(Stdio::null());
    let status = command.status().map_err(|error| failed(error.to_string()))?;
    if !status.success() {
        return Err(failed(status.to_string()));
    }
    fs::rename(&draft, &store).map_err(Problem::file(&store))?;
    Ok(Some(store))
}

/// West, south, east, north of a layer, Web Mercator metres.
pub(super) fn bounds_m(which: Which) -> [f64; 4] {
    let [west, south, east, north] = match which {
        // As the program that makes them says.
        Which::Parcels => [105.5, 10.0, 108.5, 13.0],
        // The land; tiles of the open sea would be asked for in vain.
        Which::Communes => [102.1, 8.3, 109.5, 23.4],
        Which::Cells | Which::Plan => [0.0; 4],
    };
    let [[west_m, south_m], [east_m, north_m]] = [mercator([west, south]), mercator([east, north])];
    [west_m, south_m, east_m, north_m]
}
