//! A progress bar that shows itself only on a terminal, and only when the work takes more than a second.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// Work shorter than this needs no bar.
const QUIET: Duration = Duration::from_secs(1);

/// The progress of one piece of work; shared between threads.
pub(crate) struct Progress {
    what: &'static str,
    started: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// Starts the clock of `what`.
    pub(crate) fn new(what: &'static str) -> Self {
        Self { what, started: Instant::now(), bar: OnceLock::new() }
    }

    /// Tells how far the work is.
    pub(crate) fn update(&self, done: usize, total: usize) {
        if self.started.elapsed() < QUIET {
            return;
        }
        let bar = self.bar.get_or_init(|| bar(self.what, total));
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// A sign of life for work that cannot tell how far it is; nothing where there is no terminal.
pub(crate) fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}

fn bar(what: &'static str, total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:32} {percent} % {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style).with_message(what)
}
