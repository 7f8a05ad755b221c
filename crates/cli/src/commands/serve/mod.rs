//! `ranh serve`: the map, the features and the tiles of a store.

mod log;
mod settings;

use std::net::SocketAddr;
use std::process::ExitCode;

use crate::{args::Serve, failure::Failure, output};

pub(crate) fn run(args: &Serve) -> Result<ExitCode, Failure> {
    let layers = settings::read(args)?;
    if args.print_settings {
        settings::print(&layers)?;
        return Ok(ExitCode::SUCCESS);
    }
    let settings = settings::complete(layers)?;
    log::begin(settings.log);
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("the server's threads could not be started: {e}")))?
        .block_on(server::serve(settings, announce))
        .map_err(|e| Failure::new(e.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// The one line on standard output: scripts and people read the address from it.
fn announce(address: SocketAddr) {
    // A closed standard output is no reason not to serve.
    let _ = output::to_stdout(|out| Ok(writeln!(out, "Ranh: http://{address}/")?));
}
