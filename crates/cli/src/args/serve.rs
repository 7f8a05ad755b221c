//! `ranh serve`: what can be set by flags; everything else by `--set`, the environment or a file.

use std::path::PathBuf;

use clap::Args;

/// Serve the map, the features and the tiles of a store.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  ranh serve --store province.gpkg --listen 127.0.0.1:8080
  ranh serve --store new.gpkg --create
  ranh serve --settings /etc/ranh/ranh.toml
  ranh serve --store province.gpkg --set limits.page=1000 --print-settings

Settings come from the file, then from the environment (limits.page is RANH_SERVE_LIMITS_PAGE, the file itself
RANH_SERVE_SETTINGS), then from flags; what comes later wins. --print-settings lists all of them, with their sources.")]
pub(crate) struct Serve {
    /// The settings file (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,
    /// The store (a GeoPackage made by `ranh import`).
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<String>,
    /// Make an empty store where there is none: files are then dropped on the map.
    #[arg(long)]
    pub(crate) create: bool,
    /// Address and port to listen on (default: 127.0.0.1:8080).
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) listen: Option<String>,
    /// Host names to answer to besides this machine's own (repeatable).
    #[arg(long = "allow-host", value_name = "HOST")]
    pub(crate) allow_hosts: Vec<String>,
    /// Answer from public data alone: no internal collection, no defence or security land, and no check that saw any.
    #[arg(long)]
    pub(crate) public: bool,
    /// Where clients find the server behind a reverse proxy, such as https://maps.example.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Tokens of those who may write: a name and a token on each line, the file readable by its owner alone.
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<String>,
    /// Any setting (repeatable).
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// Print every setting with its value and where it comes from, and serve nothing.
    #[arg(long)]
    pub(crate) print_settings: bool,
}
