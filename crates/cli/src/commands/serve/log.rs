//! The log, on standard error.

use std::io::IsTerminal;
use std::panic;

use server::LogForm;
use tracing_subscriber::EnvFilter;

/// Begins to log. `RUST_LOG` chooses what is logged, `RUST_LOG=info` a line per request.
pub(super) fn begin(form: LogForm) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,server::answer=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match form {
        LogForm::Text => log.with_ansi(std::io::stderr().is_terminal()).init(),
        LogForm::Json => log.json().flatten_event(true).init(),
    }
    // A panic goes to the log like everything else, within the span of its request, which has the id.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let message = info.payload_as_str().unwrap_or("no message");
        tracing::error!(%place, message, "panic");
    }));
}
