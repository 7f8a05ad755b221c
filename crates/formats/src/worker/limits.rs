//! What one job of the worker may use.

/// A million bytes.
const MB: u64 = 1_000_000;

/// Limits of the worker, apart from those of reading ([`Limits`](crate::Limits)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLimits {
    /// Address space, bytes.
    pub memory_bytes: u64,
    /// Processor time of any job, s.
    pub cpu_s: u64,
    /// Processor time for reading a source of no size, s: see [`for_bytes`](Self::for_bytes).
    pub start_cpu_s: u64,
    /// Processor time, and silence, that a source has more for each MB, ms.
    pub ms_per_mb: u64,
    /// How long nothing may come while a source is read, s.
    pub silence_s: u64,
    /// Time on the clock, s.
    pub wall_s: u64,
    /// Bytes that it may send.
    pub output_bytes: u64,
    /// Bytes of one frame.
    pub frame_bytes: u32,
    /// Bytes of a file that it writes.
    pub file_bytes: u64,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        Self {
            memory_bytes: 2 << 30,
            cpu_s: 600,
            start_cpu_s: 30,
            ms_per_mb: 500,
            silence_s: 30,
            wall_s: 1_200,
            output_bytes: 8 << 30,
            frame_bytes: 64 << 20,
            file_bytes: 8 << 30,
        }
    }
}

impl WorkerLimits {
    /// The same for reading a source of so many bytes: a few of them may not have the time that a great many need.
    #[must_use]
    pub fn for_bytes(self, bytes: u64) -> Self {
        let more_s = (bytes / MB).saturating_mul(self.ms_per_mb) / 1_000;
        Self {
            cpu_s: self.cpu_s.min(self.start_cpu_s.saturating_add(more_s)),
            silence_s: self.wall_s.min(self.silence_s.saturating_add(more_s)),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WorkerLimits;

    #[test]
    fn a_small_source_has_little_time_and_a_large_one_what_every_job_has() {
        let of = |bytes: u64| {
            let limits = WorkerLimits::default().for_bytes(bytes);
            (limits.cpu_s, limits.silence_s)
        };
        assert_eq!(of(100_000), (30, 30));
        assert_eq!(of(400 << 20), (239, 239));
        assert_eq!(of(100 << 30), (600, 1_200));
    }
}
