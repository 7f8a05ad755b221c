//! `ranh serve`: the map, the features and the tiles of a store.

mod log;
mod memory;
mod process;
mod settings;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use crate::{args::Serve, failure::Failure, output};

/// How long work under way may take to end after the last connection.
const LAST_WORK: Duration = Duration::from_secs(5);

pub(crate) fn run(args: &Serve) -> Result<ExitCode, Failure> {
    let layers = settings::read(args)?;
    if args.print_settings {
        settings::print(&layers)?;
        return Ok(ExitCode::SUCCESS);
    }
    memory::give_back_at_once();
    let mut settings = settings::complete(layers)?;
    if args.create {
        project::Project::open_or_create(&settings.store)?;
    }
    settings.process_use = Some(process::used);
    log::begin(settings.log);
    let threads = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("the server's threads could not be started: {e}")))?;
    let served = threads.block_on(server::serve(settings, announce));
    // Work that does not hear that it is to stop must not keep the process.
    threads.shutdown_timeout(LAST_WORK);
    served.map_err(|e| Failure::new(e.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// The one line on standard output: scripts and people read the address from it.
fn announce(address: SocketAddr) {
    // A closed standard output is no reason not to serve.
    let _ = output::to_stdout(|out| Ok(writeln!(out, "Ranh: http://{address}/")?));
}
