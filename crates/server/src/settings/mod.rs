//! What can be set, where each setting comes from, and every limit.
//!
//! A setting comes from the settings file, the environment or a flag; what comes later in this list wins. `table` has
//! them all with their names, `layers` reads them, [`Limits`] are the numbers.

mod base_url;
mod layers;
mod limits;
mod nearest;
mod table;
mod value;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub use base_url::BaseUrl;
pub(crate) use base_url::host_and_port;
pub use layers::{ENVIRONMENT_PREFIX, Layers, Origin, SettingsError, Shown};
pub use limits::Limits;

use crate::metrics::ProcessUse;
use crate::security::Tokens;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The store.
    pub store: PathBuf,
    /// Host names to answer to besides this machine's own, the address listened on and the base URL's.
    pub allow_hosts: Vec<String>,
    /// Whether to answer from public data alone: see [`crate::Public`].
    pub public: bool,
    /// Where clients find the server when that is not the address listened on, as behind a reverse proxy.
    pub base_url: Option<BaseUrl>,
    /// Whether `X-Forwarded-Host` and `X-Forwarded-Proto` are believed: only where a proxy sets them always.
    pub trust_forwarded: bool,
    /// Origins whose pages may read answers and, with a token, write; each exactly as browsers send it.
    pub cors_origins: Vec<String>,
    /// File with the tokens of those who may write.
    pub token_file: Option<PathBuf>,
    /// What is in that file. The server reads no files: whoever starts it does.
    pub tokens: Option<Tokens>,
    /// Tells what the process uses of the machine, for the metrics. The server itself looks at no files.
    pub process_use: Option<fn() -> Option<ProcessUse>>,
    /// Form of the log.
    pub log: LogForm,
    /// Limits.
    pub limits: Limits,
}

/// Form of the log on standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogForm {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

impl Settings {
    /// The usual settings for a store and an address.
    pub fn new(store: PathBuf, listen: SocketAddr) -> Self {
        Self {
            listen,
            store,
            allow_hosts: Vec::new(),
            public: false,
            base_url: None,
            trust_forwarded: false,
            cors_origins: Vec::new(),
            token_file: None,
            tokens: None,
            process_use: None,
            log: LogForm::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Settings {
    /// Port 8080 of the loopback address; no store.
    fn default() -> Self {
        Self::new(PathBuf::new(), SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)))
    }
}
