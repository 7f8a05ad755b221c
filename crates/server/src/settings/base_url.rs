//! The address that clients know the server by.

use std::fmt;

/// `http` or `https` with a host name, perhaps a port, and the path that a reverse proxy takes away before it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    scheme: usize,
    /// Where the path begins.
    path: usize,
}

impl BaseUrl {
    /// Reads an address; a `/` at its end is left out.
    /// # Errors
    /// What is wrong with it, for the person who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |what: &str| Err(format!("{what}; it looks like https://maps.example"));
        let text = text.trim().trim_end_matches('/');
        let Some((scheme, rest)) = text.split_once("://") else {
            return wrong("it has no scheme");
        };
        let scheme = scheme.to_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return wrong("its scheme is not http or https");
        }
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
        if !path.chars().all(is_plain) || path.split('/').skip(1).any(|part| matches!(part, "" | "." | ".."))
        {
            return wrong("its path may have letters, digits and -._~ between single slashes");
        }
        let authority = authority.to_lowercase();
        let known = |c: char| c.is_ascii_alphanumeric() || ".-_:[]".contains(c);
        if authority.is_empty() || authority.starts_with(':') || !authority.chars().all(known) {
            return wrong("its host name is not one");
        }
        let port = host_and_port(&authority).1;
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return wrong("its port is not one");
        }
        let (scheme, origin) = (scheme.len(), format!("{scheme}://{authority}"));
        Ok(Self { text: format!("{origin}{path}"), scheme, path: origin.len() })
    }

    /// All of it, without a `/` at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port, as an `Origin` header has them.
    pub fn origin(&self) -> &str {
        self.text.get(..self.path).unwrap_or_default()
    }

    /// The host name, without port.
    pub fn host(&self) -> &str {
        host_and_port(self.text.get(self.scheme + 3..self.path).unwrap_or_default()).0
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
    fn hosts_perhaps_with_a_path_and_nothing_else() {
        let url = BaseUrl::parse("HTTPS://Maps.Example:8443/").unwrap();
        assert_eq!((url.as_str(), url.host()), ("https://maps.example:8443", "maps.example"));
        let url = BaseUrl::parse("HTTPS://Maps.Example:8443/QH/Ranh/").unwrap();
        assert_eq!((url.as_str(), url.host()), ("https://maps.example:8443/QH/Ranh", "maps.example"));
        assert_eq!(url.origin(), "https://maps.example:8443");
        assert_eq!(BaseUrl::parse("http://[2001:db8::1]").unwrap().host(), "[2001:db8::1]");
        assert_eq!(BaseUrl::parse("http://[2001:db8::1]:80").unwrap().host(), "[2001:db8::1]");
        for wrong in [
            "maps.example",
            "ftp://maps.example",
            "https://",
            "https://:80",
            "https://maps.example/a//b",
            "https://maps.example/../b",
            "https://maps.example/a b",
            "https://maps.example/a?x",
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
