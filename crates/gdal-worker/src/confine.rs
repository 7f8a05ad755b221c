//! Giving everything away that reading or writing one folder does not need, before GDAL opens anything: limits of resources,
//! files by Landlock, system calls by seccomp. Each stands by itself; if one cannot be had, nothing is read or written.

mod calls;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::UdpSocket;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use formats::worker::{Mode, Request};
use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{Resource, Rlimit, Signal, setrlimit};

use crate::ffi;

/// Tables of GDAL and PROJ: what CRSs are, not what anybody made of them.
const TABLES: [&str; 2] = ["/usr/share/gdal", "/usr/share/proj"];
/// File descriptors that may be open at once.
const DESCRIPTORS: u64 = 128;

/// Confines this process for good; the error says what the system cannot do.
pub(crate) fn confine(request: &Request) -> Result<(), String> {
    let folder = Path::new(OsStr::from_bytes(&request.folder));
    ffi::close_inherited();
    resources(request).map_err(|error| format!("limits cannot be set ({error})"))?;
    files(folder, request.mode)?;
    calls::filter(request.mode)?;
    proven(folder)
}

/// Memory, processor time; no file may grow, but where it is to write, no core be dumped, no process be started; and no life
/// without the parent.
fn resources(request: &Request) -> rustix::io::Result<()> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    let hard = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, hard(request.memory_bytes))?;
    // The signal at the soft limit tells the parent why; the hard one ends what ignores it.
    let cpu = Rlimit { current: Some(request.cpu_s), maximum: Some(request.cpu_s.saturating_add(1)) };
    setrlimit(Resource::Cpu, cpu)?;
    let growth = if request.mode == Mode::Write { request.file_bytes } else { 0 };
    setrlimit(Resource::Fsize, hard(growth))?;
    setrlimit(Resource::Core, hard(0))?;
    setrlimit(Resource::Nofile, hard(DESCRIPTORS))?;
    setrlimit(Resource::Nproc, hard(0))
}

/// Only the folder and the tables can be read from here on, and nothing be written anywhere, or in the folder alone.
fn files(folder: &Path, mode: Mode) -> Result<(), String> {
    let refused = |error: &dyn std::fmt::Display| format!("Landlock is refused ({error})");
    let readable = AccessFs::ReadFile | AccessFs::ReadDir;
    let changes = AccessFs::WriteFile | AccessFs::Truncate | AccessFs::MakeReg | AccessFs::MakeDir;
    let changeable = readable | changes | AccessFs::RemoveFile | AccessFs::RemoveDir;
    let usable = if mode == Mode::Write { changeable } else { readable };
    let tables = TABLES.iter().map(Path::new).filter(|table| table.is_dir());
    let ruleset = Ruleset::default()
        // Without these there is no confinement; what later kernels know besides is taken where it can be had.
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V1))
        .map_err(|error| refused(&error))?
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(ABI::V4)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(ABI::V6)))
        .and_then(Ruleset::create)
        .map_err(|error| refused(&error))?;
    let status = ruleset
        .add_rules(path_beneath_rules([folder], usable))
        .and_then(|ruleset| ruleset.add_rules(path_beneath_rules(tables, readable)))
        .map_err(|error| refused(&error))?
        .restrict_self()
        .map_err(|error| refused(&error))?;
    if status.ruleset == RulesetStatus::NotEnforced || !status.no_new_privs {
        return Err("the kernel does not enforce Landlock".to_owned());
    }
    Ok(())
}

/// Tries what must not be possible any more. What a kernel says of itself is not taken for the thing.
fn proven(folder: &Path) -> Result<(), String> {
    let denied = |kind: Option<ErrorKind>| kind == Some(ErrorKind::PermissionDenied);
    if !denied(fs::read_dir("/").err().map(|error| error.kind())) {
        return Err("files outside the folder can still be read".to_owned());
    }
    // Everybody may write to it elsewhere.
    if !denied(File::options().write(true).open("/dev/null").err().map(|error| error.kind())) {
        return Err("files outside the folder can still be written".to_owned());
    }
    let beside = folder.with_file_name(".ranh-gdal-proof");
    let made = fs::create_dir(&beside);
    if made.is_ok() {
        let _ = fs::remove_dir(&beside);
    }
    if !denied(made.err().map(|error| error.kind())) {
        return Err("something can still be made outside the folder".to_owned());
    }
    if !denied(UdpSocket::bind(("127.0.0.1", 0)).err().map(|error| error.kind())) {
        return Err("the network can still be reached".to_owned());
    }
    Ok(())
}
