//! Host names that are answered.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use crate::settings::{Settings, host_and_port};

const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Host names that are answered, lower case, without port.
#[derive(Clone, Debug)]
pub(super) struct Hosts(Arc<[String]>);

impl Hosts {
    /// This machine's own names, the address listened on, the base URL's and the extra ones.
    pub(super) fn new(listen: SocketAddr, settings: &Settings) -> Self {
        let mut hosts = LOOPBACK.map(str::to_owned).to_vec();
        match listen.ip() {
            ip if ip.is_unspecified() => {}
            IpAddr::V4(ip) => hosts.push(ip.to_string()),
            IpAddr::V6(ip) => hosts.push(format!("[{ip}]")),
        }
        hosts.extend(settings.base_url.iter().map(|url| url.host().to_owned()));
        hosts.extend(settings.allow_hosts.iter().map(|host| host.trim().to_lowercase()));
        Self(hosts.into())
    }

    pub(super) fn allow(&self, authority: &str) -> bool {
        self.0.contains(&name(authority))
    }
}

/// Whether the host is this machine as seen from itself.
pub(super) fn is_loopback(authority: &str) -> bool {
    LOOPBACK.contains(&name(authority).as_str())
}

fn name(authority: &str) -> String {
    let lower = authority.to_lowercase();
    match host_and_port(&lower) {
        (host, Some(port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host.to_owned(),
        _ => lower,
    }
}
