//! Every limit on what a request may cost, in one place.

use std::time::Duration;

use project::{SourceLimits, UploadLimits, WorkerLimits};

/// Limits on what one request may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Largest request body, bytes.
    pub body_bytes: usize,
    /// Longest query string, bytes.
    pub query_bytes: usize,
    /// Time for an answer to begin.
    pub answer: Duration,
    /// Time for the filter of a request for features.
    pub filter: Duration,
    /// Time for a check.
    pub check: Duration,
    /// Largest body of a request for a process, which may hold geometry, bytes.
    pub execution_bytes: usize,
    /// Jobs that run at a time; the others wait.
    pub jobs_running: usize,
    /// Jobs that may wait or run at a time; more are refused.
    pub jobs: usize,
    /// Jobs that have ended and whose results are kept: the newest.
    pub jobs_kept: usize,
    /// Bytes of results that are kept: of more, the oldest jobs are forgotten, but never the newest.
    pub jobs_bytes: usize,
    /// Time for a job, from its beginning on.
    pub job: Duration,
    /// After how long a refused job is worth asking for again.
    pub retry_after: Duration,
    /// Most features that a transaction may change.
    pub transaction_features: usize,
    /// Most items of a list among a process's inputs.
    pub input_items: usize,
    /// Longest text among a process's inputs, characters.
    pub input_chars: usize,
    /// Changes between two plans that an answer has when no number is asked for.
    pub default_changes: usize,
    /// Largest page of features or findings; a larger `limit` is lowered to it.
    pub page: usize,
    /// Features on a page when none is asked for.
    pub default_page: usize,
    /// Findings on a page when none is asked for.
    pub default_findings: usize,
    /// Most search results.
    pub search: usize,
    /// Longest search text, characters.
    pub search_chars: usize,
    /// Farthest that a pick may reach from its point, metres.
    pub pick_m: f64,
    /// Most parcels across the edge of the view that the legend clips; with more it counts them whole.
    pub legend_clips: usize,
    /// Vertices of edges in an answer, with the rest of the line that reaches it; further lines are left out, and it says so.
    pub edge_vertices: usize,
    /// Exports that may be under way at a time.
    pub exports: usize,
    /// Time for an export, from its beginning to the client's having all of it.
    pub export: Duration,
    /// Size a tile should not exceed, bytes.
    pub tile_bytes: usize,
    /// What tiles that were made are kept in, bytes.
    pub tile_cache_bytes: usize,
    /// What prepared tiles that are kept beside the store for the next start may take there, bytes; with 0 none are.
    pub kept_tiles_bytes: usize,
    /// Connections open at a time; more are answered 503 and closed.
    pub connections: usize,
    /// Cheap requests (tiles, files, documents) under way at a time.
    pub light_requests: usize,
    /// Costly requests (pages of features, lists, exports) under way at a time, on threads of their own.
    pub heavy_requests: usize,
    /// How long a request may wait for its turn before it is answered 503.
    pub turn: Duration,
    /// Time for a request's headers to arrive, and for the next request on a connection to begin.
    pub headers: Duration,
    /// Time for a request's whole body to arrive.
    pub body: Duration,
    /// Time in which a client has to take a part of an answer.
    pub stall: Duration,
    /// Bytes of one upload.
    pub upload_bytes: u64,
    /// Uploads that are received or kept at a time.
    pub uploads: usize,
    /// Bytes of all uploads that are received or kept, unpacked.
    pub uploads_bytes: u64,
    /// Time for the whole of an upload to arrive; each piece of it has the time of a body.
    pub upload: Duration,
    /// How long an upload is kept until it is imported.
    pub upload_age: Duration,
    /// Time for looking into an upload.
    pub look: Duration,
    /// Features that are imported from a file at most.
    pub import_features: u64,
    /// Positions of the geometry of one feature that is imported.
    pub import_vertices: u64,
    /// Bytes that an archive may unpack to.
    pub unpacked_bytes: u64,
    /// Files that an archive may hold.
    pub archive_files: usize,
    /// Address space of the GDAL worker, bytes.
    pub worker_memory_bytes: u64,
    /// Processor time of a job of the GDAL worker.
    pub worker_cpu: Duration,
    /// Processor time that the GDAL worker has for reading the smallest file.
    pub worker_start_cpu: Duration,
    /// Processor time, and silence, that it has more for each MB of the file.
    pub worker_per_mb: Duration,
    /// How long nothing may come from the GDAL worker while it reads.
    pub worker_silence: Duration,
    /// Time for a job of the GDAL worker.
    pub worker_wall: Duration,
    /// Bytes that a job of the GDAL worker may send.
    pub worker_output_bytes: u64,
    /// How often the store is asked for a new revision.
    pub poll: Duration,
    /// How long open requests may take after a signal to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 64 * 1024,
            query_bytes: 8 * 1024,
            answer: Duration::from_secs(30),
            filter: Duration::from_secs(10),
            check: Duration::from_secs(600),
            execution_bytes: 4 * 1024 * 1024,
            jobs_running: 2,
            jobs: 32,
            jobs_kept: 64,
            jobs_bytes: 64 * 1024 * 1024,
            job: Duration::from_secs(3600),
            retry_after: Duration::from_secs(10),
            transaction_features: 10_000,
            input_items: 1_000,
            input_chars: 500,
            default_changes: 1_000,
            page: 10_000,
            default_page: 10,
            default_findings: 500,
            search: 100,
            search_chars: 200,
            pick_m: 5_000.0,
            legend_clips: 2_000,
            edge_vertices: 50_000,
            exports: 8,
            export: Duration::from_secs(3600),
            tile_bytes: 500_000,
            tile_cache_bytes: 128 * 1024 * 1024,
            kept_tiles_bytes: 1024 * 1024 * 1024,
            connections: 1024,
            light_requests: 512,
            heavy_requests: 4,
            turn: Duration::from_secs(5),
            headers: Duration::from_secs(10),
            body: Duration::from_secs(30),
            stall: Duration::from_secs(30),
            upload_bytes: 500_000_000,
            uploads: 16,
            uploads_bytes: 4 << 30,
            upload: Duration::from_secs(1_800),
            upload_age: Duration::from_secs(3_600),
            look: Duration::from_secs(60),
            import_features: 2_000_000,
            import_vertices: 4_000_000,
            unpacked_bytes: 2 << 30,
            archive_files: 2_000,
            worker_memory_bytes: 2 << 30,
            worker_cpu: Duration::from_secs(300),
            worker_start_cpu: Duration::from_secs(30),
            worker_per_mb: Duration::from_millis(500),
            worker_silence: Duration::from_secs(30),
            worker_wall: Duration::from_secs(600),
            worker_output_bytes: 4 << 30,
            poll: Duration::from_secs(2),
            farewell: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// Those of the GDAL worker, reading and writing.
    pub(crate) fn worker(&self) -> WorkerLimits {
        let seconds = |time: Duration| time.as_secs().max(1);
        WorkerLimits {
            memory_bytes: self.worker_memory_bytes,
            cpu_s: seconds(self.worker_cpu),
            start_cpu_s: seconds(self.worker_start_cpu),
            ms_per_mb: u64::try_from(self.worker_per_mb.as_millis()).unwrap_or(u64::MAX),
            silence_s: seconds(self.worker_silence),
            wall_s: seconds(self.worker_wall),
            output_bytes: self.worker_output_bytes,
            ..WorkerLimits::default()
        }
    }

    /// Those of files on their way in.
    pub(crate) fn uploads(&self) -> UploadLimits {
        let usual = project::Limits::default();
        let worker = self.worker();
        UploadLimits {
            bytes: self.upload_bytes,
            kept: self.uploads,
            kept_bytes: self.uploads_bytes,
            age: self.upload_age,
            look: self.look,
            sources: SourceLimits {
                unpacked_bytes: self.unpacked_bytes,
                archive_files: self.archive_files,
                worker,
            },
            reading: project::Limits {
                bytes: self.unpacked_bytes.max(self.upload_bytes),
                features: self.import_features,
                vertices: self.import_vertices,
                ..usual
            },
        }
    }
}
