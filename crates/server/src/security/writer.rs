//! Who may change something.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};

use super::tokens::Tokens;
use crate::problem::Problem;

/// Whether whoever asks may write. Made by the guard, once for each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Somebody at this machine, where no tokens are set.
    Local,
    /// Whose token was shown.
    Named(Arc<str>),
    /// A token is needed, and there was none.
    NoToken,
    /// A token was shown that is nobody's.
    WrongToken,
    /// Nobody may write.
    Off,
}

impl Writer {
    /// Who asks, by the tokens that are set; without any only who is `local` may write.
    pub(super) fn of(tokens: Option<&Tokens>, local: bool, headers: &HeaderMap) -> Self {
        let Some(tokens) = tokens else {
            return if local { Self::Local } else { Self::Off };
        };
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Self::NoToken,
            (Some(value), None) => {
                let holder = bearer(value.as_bytes()).and_then(|token| tokens.holder(token));
                holder.map_or(Self::WrongToken, Self::Named)
            }
            (Some(_), Some(_)) => Self::WrongToken,
        }
    }

    /// Lets through who may write.
    pub(crate) fn permit(&self) -> Result<(), Problem> {
        let unknown = |detail| Problem::new(StatusCode::UNAUTHORIZED, detail);
        match self {
            Self::Local | Self::Named(_) => Ok(()),
            Self::NoToken => Err(unknown("Changes need a token: Authorization: Bearer …")),
            Self::WrongToken => Err(unknown("The token is not one of those that may write here.")),
            Self::Off => Err(Problem::new(
                StatusCode::FORBIDDEN,
                "Changes are off here: without a token file they are taken only from the machine itself, at a \
                 loopback address.",
            )),
        }
    }

    /// What the log calls them.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Local => "local",
            Self::Named(name) => name,
            Self::NoToken | Self::WrongToken | Self::Off => "nobody",
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Writer {
    type Rejection = Infallible;

    /// A request that came past the guard may write nothing.
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Off))
    }
}

/// Whether a request changes something by its method and path. Executing a process does only where the process says
/// so, and asks [`Writer::permit`] itself.
pub(super) fn writes(method: &Method, path: &str) -> bool {
    let executes = *method == Method::POST && path.starts_with("/processes/") && path.ends_with("/execution");
    !is_safe(method) && !executes
}

/// Methods that ask and change nothing (RFC 9110, 9.2.1).
pub(super) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}
