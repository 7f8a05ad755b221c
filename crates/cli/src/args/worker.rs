//! What the GDAL worker may use, as flags; the server has the same as settings.

use clap::Args;
use project::WorkerLimits;

/// What one job of the GDAL worker may use.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits of the GDAL worker")]
pub(crate) struct Worker {
    /// Memory of the worker.
    #[arg(long, value_name = "BYTES", default_value_t = WorkerLimits::default().memory_bytes)]
    worker_memory_bytes: u64,
    /// Processor time of the worker; reading has less, by the size of the source.
    #[arg(long, value_name = "SECONDS", default_value_t = WorkerLimits::default().cpu_s)]
    worker_cpu_s: u64,
    /// How long nothing may come of a source that is read, with 0.5 s more for each MB.
    #[arg(long, value_name = "SECONDS", default_value_t = WorkerLimits::default().silence_s)]
    worker_silence_s: u64,
    /// Time on the clock that the worker has.
    #[arg(long, value_name = "SECONDS", default_value_t = WorkerLimits::default().wall_s)]
    worker_wall_s: u64,
    /// Bytes of a file that the worker writes.
    #[arg(long, value_name = "BYTES", default_value_t = WorkerLimits::default().file_bytes)]
    worker_file_bytes: u64,
}

impl Worker {
    /// With those that no flag sets.
    pub(crate) fn limits(&self) -> WorkerLimits {
        WorkerLimits {
            memory_bytes: self.worker_memory_bytes,
            cpu_s: self.worker_cpu_s,
            silence_s: self.worker_silence_s,
            wall_s: self.worker_wall_s,
            file_bytes: self.worker_file_bytes,
            ..WorkerLimits::default()
        }
    }
}
