//! Settings from the file, the environment and the flags, and the tokens from their file.

use std::env;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use server::{ENVIRONMENT_PREFIX, Layers, Settings, Tokens};

use crate::args::Serve;
use crate::failure::Failure;
use crate::output;

/// Reads what is set.
pub(super) fn read(args: &Serve) -> Result<Layers, Failure> {
    let mut layers = Layers::default();
    let failed = |error: server::SettingsError| Failure::new(error.to_string());
    let own = format!("{ENVIRONMENT_PREFIX}SETTINGS");
    if let Some(file) = args.settings.clone().or_else(|| env::var_os(&own).map(PathBuf::from)) {
        let text = fs::read_to_string(&file)
            .map_err(|error| Failure::new(format!("cannot read the settings {}: {error}", file.display())))?;
        layers.file(&file, &text).map_err(failed)?;
    }
    let variables = env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())));
    layers.environment(variables.filter(|(name, _)| *name != own)).map_err(failed)?;
    flags(&mut layers, args)?;
    Ok(layers)
}

fn flags(layers: &mut Layers, args: &Serve) -> Result<(), Failure> {
    let failed = |error: server::SettingsError| Failure::new(error.to_string());
    let given = [
        ("store", &args.store, "--store"),
        ("listen", &args.listen, "--listen"),
        ("base_url", &args.base_url, "--base-url"),
        ("token_file", &args.token_file, "--token-file"),
    ];
    for (key, value, flag) in given {
        if let Some(value) = value {
            layers.flag(key, value, flag).map_err(failed)?;
        }
    }
    if !args.allow_hosts.is_empty() {
        layers.flag("allow_hosts", &args.allow_hosts.join(","), "--allow-host").map_err(failed)?;
    }
    if args.public {
        layers.flag("public", "true", "--public").map_err(failed)?;
    }
    for text in &args.set {
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| Failure::new(format!("--set {text}: write it as --set KEY=VALUE")))?;
        layers.flag(key.trim(), value, "--set").map_err(failed)?;
    }
    Ok(())
}

/// Every setting on a line that the settings file could have, with its source as a comment.
pub(super) fn print(layers: &Layers) -> Result<(), Failure> {
    output::to_stdout(|out| {
        for shown in layers.shown() {
            let line = match &shown.value {
                Some(value) => format!("{} = {value}", shown.key),
                None => format!("# {} is not set", shown.key),
            };
            writeln!(out, "{line:<44} # {}", shown.origin)?;
        }
        Ok(())
    })
}

/// The settings to serve by, with the tokens.
pub(super) fn complete(layers: Layers) -> Result<Settings, Failure> {
    let mut settings = layers.finish().map_err(|error| Failure::new(error.to_string()))?;
    if let Some(file) = &settings.token_file {
        settings.tokens = Some(tokens(file).map_err(|reason| {
            Failure::new(format!("cannot use the token file {}: {reason}", file.display()))
        })?);
    }
    Ok(settings)
}

fn tokens(file: &Path) -> Result<Tokens, String> {
    let mut open = fs::File::open(file).map_err(|error| error.to_string())?;
    // Of the file that was opened, not of its name: it could be another by now.
    private(&open.metadata().map_err(|error| error.to_string())?)?;
    let mut text = String::new();
    open.read_to_string(&mut text).map_err(|error| error.to_string())?;
    Tokens::parse(&text).map_err(|error| error.to_string())
}

#[cfg(unix)]
fn private(file: &fs::Metadata) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    match file.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err("others than its owner can read or change it; type: chmod 600 on it".to_owned()),
    }
}

#[cfg(not(unix))]
fn private(_file: &fs::Metadata) -> Result<(), String> {
    Ok(())
}
