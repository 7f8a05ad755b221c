//! The address that clients know the server by.

use std::fmt;

/// `http` or `https` with a host name and perhaps a port. The map asks for its files at the root of a host, so there
/// is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    scheme: usize,
}

impl BaseUrl {
    /// Reads an address; a `/` at its end is left out.
    /// # Errors
    /// What is wrong with it, for the person who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("{what}; it looks like https://maps.example"));
        let text = text.trim().trim_end_matches('/').to_lowercase();
        let Some((scheme, authority)) = text.split_once("://") else {
            return wrong("it has no scheme");
        };
        if !matches!(scheme, "http" | "https") {
            return wrong("its scheme is not http or https");
        }
        if authority.contains(['/', '?', '#']) {
            return wrong("the map needs a host name of its own, without a path");
        }
        let known = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
        if authority.is_empty() || authority.starts_with(':') || !authority.chars().all(known) {
            return wrong("its host name is not one");
        }
        let port = host_and_port(authority).1;
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return wrong("its port is not one");
        }
        let scheme = scheme.len();
        Ok(Self { text, scheme })
    }

    /// Scheme, host and port, as an `Origin` header has them.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host name, without port.
    pub fn host(&self) -> &str {
        host_and_port(self.text.get(self.scheme + 3..).unwrap_or_default()).0
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Splits `host:port`; an address in brackets keeps its colons.
pub(crate) fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn hosts_of_their_own_and_nothing_else() {
        let url = BaseUrl::parse("HTTPS://Maps.Example:8443/").unwrap();
        assert_eq!((url.as_str(), url.host()), ("https://maps.example:8443", "maps.example"));
        assert_eq!(BaseUrl::parse("http://[2001:db8::1]").unwrap().host(), "[2001:db8::1]");
        assert_eq!(BaseUrl::parse("http://[2001:db8::1]:80").unwrap().host(), "[2001:db8::1]");
        for wrong in [
            "maps.example",
            "ftp://maps.example",
            "https://",
            "https://:80",
            "https://maps.example/ranh",
            "https://maps.example?x",
            "https://maps.example:port",
            "https://maps.example:99999",
            "https://user@maps.example",
            "https://*",
        ] {
            assert!(BaseUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
