//! Every setting by its name: how it is read and how it is shown.

use std::path::PathBuf;
use std::time::Duration;

use super::value::Written;
use super::{BaseUrl, Limits, LogForm, Settings};

/// Longest time that can be set: a week, seconds.
const MOST_S: f64 = 604_800.0;
/// Longest distance that can be set, metres.
const MOST_M: f64 = 1_000_000.0;
/// Largest count that can be set: what it bounds is held in memory.
const MOST: usize = 1 << 30;
/// Largest number of bytes on a disk, or of another process, that can be set.
const MOST_BYTES: u64 = 1 << 44;

/// A setting. Names of numbers end with their unit.
pub(super) struct Setting {
    pub(super) key: &'static str,
    kind: Kind,
}

enum Kind {
    Text { set: fn(&mut Settings, &str) -> Result<(), String>, show: fn(&Settings) -> Option<String> },
    List { of: fn(&mut Settings) -> &mut Vec<String>, check: fn(&str) -> Result<(), String> },
    Flag(fn(&mut Settings) -> &mut bool),
    Count(fn(&mut Limits) -> &mut usize),
    Large(fn(&mut Limits) -> &mut u64),
    Seconds(fn(&mut Limits) -> &mut Duration),
    Metres(fn(&mut Limits) -> &mut f64),
}

impl Setting {
    /// Sets it.
    pub(super) fn set(&self, settings: &mut Settings, written: Written<'_>) -> Result<(), String> {
        match &self.kind {
            Kind::Text { set, .. } => set(settings, written.text()?)?,
            Kind::List { of, check } => {
                let list = written.list()?;
                list.iter().try_for_each(|item| check(item))?;
                *of(settings) = list;
            }
            Kind::Flag(of) => *of(settings) = written.flag()?,
            Kind::Count(of) => {
                let count = written.count()?;
                if count > MOST {
                    return Err(format!("it must be at most {MOST}"));
                }
                *of(&mut settings.limits) = count;
            }
            Kind::Large(of) => {
                let count = written.count()? as u64;
                if count > MOST_BYTES {
                    return Err(format!("it must be at most {MOST_BYTES}"));
                }
                *of(&mut settings.limits) = count;
            }
            Kind::Seconds(of) => {
                *of(&mut settings.limits) = Duration::from_secs_f64(written.number(MOST_S)?);
            }
            Kind::Metres(of) => *of(&mut settings.limits) = written.number(MOST_M)?,
        }
        Ok(())
    }

    /// Its value as the file would have it; none when it is not set.
    pub(super) fn show(&self, settings: &Settings) -> Option<String> {
        let mut settings = settings.clone();
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        match &self.kind {
            Kind::Text { show, .. } => show(&settings).map(|text| quoted(&text)),
            Kind::List { of, .. } => {
                let list: Vec<String> = of(&mut settings).iter().map(|text| quoted(text)).collect();
                Some(format!("[{}]", list.join(", ")))
            }
            Kind::Flag(of) => Some(of(&mut settings).to_string()),
            Kind::Count(of) => Some(of(&mut settings.limits).to_string()),
            Kind::Large(of) => Some(of(&mut settings.limits).to_string()),
            Kind::Seconds(of) => Some(of(&mut settings.limits).as_secs_f64().to_string()),
            Kind::Metres(of) => Some(of(&mut settings.limits).to_string()),
        }
    }
}

/// The setting of a name.
pub(super) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

fn origin(text: &str) -> Result<(), String> {
    match BaseUrl::parse(text) {
        Ok(url) if url.as_str() == text => Ok(()),
        Ok(url) => Err(format!("an origin must be written exactly as browsers send it: {url}")),
        Err(reason) => Err(format!("\"{text}\" is no origin: {reason}")),
    }
}

fn host(text: &str) -> Result<(), String> {
    let good = |c: char| c.is_alphanumeric() || ".-_:[]".contains(c);
    if text.chars().all(good) { Ok(()) } else { Err(format!("\"{text}\" is no host name")) }
}

fn log(settings: &mut Settings, text: &str) -> Result<(), String> {
    settings.log = match text {
        "text" => LogForm::Text,
        "json" => LogForm::Json,
        _ => return Err("it must be text or json".into()),
    };
    Ok(())
}

fn listen(settings: &mut Settings, text: &str) -> Result<(), String> {
    settings.listen =
        text.parse().map_err(|_| "it must be an address with a port, such as 127.0.0.1:8080".to_owned())?;
    Ok(())
}

const fn count(key: &'static str, of: fn(&mut Limits) -> &mut usize) -> Setting {
    Setting { key, kind: Kind::Count(of) }
}

const fn large(key: &'static str, of: fn(&mut Limits) -> &mut u64) -> Setting {
    Setting { key, kind: Kind::Large(of) }
}

const fn seconds(key: &'static str, of: fn(&mut Limits) -> &mut Duration) -> Setting {
    Setting { key, kind: Kind::Seconds(of) }
}

/// All of them, in the order in which they are printed.
pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        key: "store",
        kind: Kind::Text {
            set: |settings, text| {
                settings.store = PathBuf::from(text);
                Ok(())
            },
            show: |settings| Some(settings.store.display().to_string()).filter(|path| !path.is_empty()),
        },
    },
    Setting {
        key: "listen",
        kind: Kind::Text { set: listen, show: |settings| Some(settings.listen.to_string()) },
    },
    Setting { key: "public", kind: Kind::Flag(|settings| &mut settings.public) },
    Setting {
        key: "allow_hosts",
        kind: Kind::List { of: |settings| &mut settings.allow_hosts, check: host },
    },
    Setting {
        key: "base_url",
        kind: Kind::Text {
            set: |settings, text| {
                settings.base_url = Some(BaseUrl::parse(text)?);
                Ok(())
            },
            show: |settings| settings.base_url.as_ref().map(ToString::to_string),
        },
    },
    Setting { key: "trust_forwarded", kind: Kind::Flag(|settings| &mut settings.trust_forwarded) },
    Setting {
        key: "cors_origins",
        kind: Kind::List { of: |settings| &mut settings.cors_origins, check: origin },
    },
    Setting {
        key: "token_file",
        kind: Kind::Text {
            set: |settings, text| {
                settings.token_file = Some(PathBuf::from(text));
                Ok(())
            },
            show: |settings| settings.token_file.as_ref().map(|path| path.display().to_string()),
        },
    },
    Setting {
        key: "log",
        kind: Kind::Text {
            set: log,
            show: |settings| Some(if settings.log == LogForm::Json { "json" } else { "text" }.to_owned()),
        },
    },
    count("limits.connections", |limits| &mut limits.connections),
    count("limits.light_requests", |limits| &mut limits.light_requests),
    count("limits.heavy_requests", |limits| &mut limits.heavy_requests),
    seconds("limits.turn_s", |limits| &mut limits.turn),
    seconds("limits.headers_s", |limits| &mut limits.headers),
    seconds("limits.body_s", |limits| &mut limits.body),
    seconds("limits.answer_s", |limits| &mut limits.answer),
    seconds("limits.filter_s", |limits| &mut limits.filter),
    seconds("limits.stall_s", |limits| &mut limits.stall),
    seconds("limits.check_s", |limits| &mut limits.check),
    seconds("limits.job_s", |limits| &mut limits.job),
    seconds("limits.export_s", |limits| &mut limits.export),
    seconds("limits.retry_after_s", |limits| &mut limits.retry_after),
    seconds("limits.poll_s", |limits| &mut limits.poll),
    seconds("limits.farewell_s", |limits| &mut limits.farewell),
    count("limits.body_bytes", |limits| &mut limits.body_bytes),
    count("limits.execution_bytes", |limits| &mut limits.execution_bytes),
    count("limits.query_bytes", |limits| &mut limits.query_bytes),
    count("limits.tile_bytes", |limits| &mut limits.tile_bytes),
    count("limits.tile_cache_bytes", |limits| &mut limits.tile_cache_bytes),
    count("limits.kept_tiles_bytes", |limits| &mut limits.kept_tiles_bytes),
    count("limits.jobs_running", |limits| &mut limits.jobs_running),
    count("limits.jobs", |limits| &mut limits.jobs),
    count("limits.jobs_kept", |limits| &mut limits.jobs_kept),
    count("limits.jobs_bytes", |limits| &mut limits.jobs_bytes),
    count("limits.exports", |limits| &mut limits.exports),
    count("limits.transaction_features", |limits| &mut limits.transaction_features),
    large("limits.upload_bytes", |limits| &mut limits.upload_bytes),
    count("limits.uploads", |limits| &mut limits.uploads),
    large("limits.uploads_bytes", |limits| &mut limits.uploads_bytes),
    seconds("limits.upload_s", |limits| &mut limits.upload),
    seconds("limits.upload_age_s", |limits| &mut limits.upload_age),
    seconds("limits.look_s", |limits| &mut limits.look),
    large("limits.import_features", |limits| &mut limits.import_features),
    large("limits.import_vertices", |limits| &mut limits.import_vertices),
    large("limits.unpacked_bytes", |limits| &mut limits.unpacked_bytes),
    count("limits.archive_files", |limits| &mut limits.archive_files),
    large("limits.worker_memory_bytes", |limits| &mut limits.worker_memory_bytes),
    seconds("limits.worker_cpu_s", |limits| &mut limits.worker_cpu),
    seconds("limits.worker_start_cpu_s", |limits| &mut limits.worker_start_cpu),
    seconds("limits.worker_per_mb_s", |limits| &mut limits.worker_per_mb),
    seconds("limits.worker_silence_s", |limits| &mut limits.worker_silence),
    seconds("limits.worker_wall_s", |limits| &mut limits.worker_wall),
    large("limits.worker_output_bytes", |limits| &mut limits.worker_output_bytes),
    count("limits.input_items", |limits| &mut limits.input_items),
    count("limits.input_chars", |limits| &mut limits.input_chars),
    count("limits.page", |limits| &mut limits.page),
    count("limits.default_page", |limits| &mut limits.default_page),
    count("limits.default_findings", |limits| &mut limits.default_findings),
    count("limits.default_changes", |limits| &mut limits.default_changes),
    count("limits.search", |limits| &mut limits.search),
    count("limits.search_chars", |limits| &mut limits.search_chars),
    count("limits.legend_clips", |limits| &mut limits.legend_clips),
    count("limits.edge_vertices", |limits| &mut limits.edge_vertices),
    Setting { key: "limits.pick_m", kind: Kind::Metres(|limits| &mut limits.pick_m) },
];
