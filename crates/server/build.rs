//! Embeds the web page: every file of `web/dist`, with its compressed form (`.br`) where there is one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../web/dist");
    // Of a missing folder Cargo knows nothing and asks again at each build, which is what a page to come needs.
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-env-changed=CI");
    println!("cargo::rerun-if-env-changed=RANH_ALLOW_NO_WEB");
    let there = dist.join("index.html").is_file();
    let set = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    if !there && set("CI", "true") && !set("RANH_ALLOW_NO_WEB", "1") {
        return Err("web/dist/index.html is missing: run `cargo xtask web` first".into());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut files = Vec::new();
    if there {
        collect(&dist, &mut files)?;
    }
    files.sort();
    fs::write(out.join("assets.rs"), table(&dist, &out, &files)?)?;
    Ok(())
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// The table as Rust. Files are copied first, since the web may be rebuilt while the compiler reads them.
fn table(dist: &Path, out: &Path, files: &[PathBuf]) -> Result<String, Box<dyn std::error::Error>> {
    let mut text = String::from("/// Every file, by path.\npub(crate) static ASSETS: &[Asset] = &[\n");
    let mut number = 0;
    let mut copy = |file: &Path| -> io::Result<String> {
        number += 1;
        let name = format!("asset-{number}");
        fs::copy(file, out.join(&name))?;
        Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))"))
    };
    for file in files.iter().filter(|file| file.extension().is_none_or(|extension| extension != "br")) {
        let relative = file.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
        let mut packed = file.clone().into_os_string();
        packed.push(".br");
        let brotli = match files.contains(&PathBuf::from(&packed)) {
            true => format!("Some({})", copy(Path::new(&packed))?),
            false => "None".to_owned(),
        };
        writeln!(
            text,
            "    Asset {{ path: {:?}, media_type: {:?}, bytes: {}, brotli: {brotli}, named_by_content: {} }},",
            format!("/{relative}"),
            media_type(file),
            copy(file)?,
            named_by_content(file),
        )?;
    }
    text.push_str("];\n");
    Ok(text)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a file is named `name-XXXXXXXX.ext` as the bundler names what it hashes.
fn named_by_content(file: &Path) -> bool {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let (Some(dash), Some(hash)) = (stem.len().checked_sub(9), stem.len().checked_sub(8)) else {
        return false;
    };
    stem.is_ascii()
        && &stem[dash..hash] == "-"
        && stem[hash..].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        && stem[hash..].bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}
