//! What one job of the worker may use.

/// Limits of the worker, apart from those of reading ([`Limits`](crate::Limits)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerLimits {
    /// Address space, bytes.
    pub memory_bytes: u64,
    /// Processor time, s.
    pub cpu_s: u64,
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
            wall_s: 1_200,
            output_bytes: 8 << 30,
            frame_bytes: 64 << 20,
            file_bytes: 8 << 30,
        }
    }
}
