//! `ranh serve`: the map, the features and the tiles of a store.

use std::{io::IsTerminal, process::ExitCode};

use server::Settings;
use tracing_subscriber::EnvFilter;

use crate::{args::Serve, failure::Failure, output};

pub(crate) fn run(args: Serve) -> Result<ExitCode, Failure> {
    // Logs go to standard error; RUST_LOG chooses what is logged, `RUST_LOG=info` a line per request.
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,server::answer=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let mut settings = Settings::new(args.store, args.listen);
    settings.allow_hosts = args.allow_hosts;
    settings.public = args.public;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("the server's threads could not be started: {e}")))?
        .block_on(server::serve(settings, announce))
        .map_err(|e| Failure::new(e.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// The one line on standard output: scripts and people read the address from it.
fn announce(address: std::net::SocketAddr) {
    // A closed standard output is no reason not to serve.
    let _ = output::to_stdout(|out| Ok(writeln!(out, "Ranh: http://{address}/")?));
}
