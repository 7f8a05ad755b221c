//! `cargo xtask run`: from a clone to the address, in one command.

use std::io;
use std::net::{TcpListener, ToSocketAddrs};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::command::{cargo, program, run as run_program, shown};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{debian, store, tools, web};

/// Builds what has changed, fills the store on first start and becomes `ranh serve`.
pub(crate) fn run(tree: &Tree, listen: &str, store: &Path) -> Result<ExitCode, Problem> {
    // Asked first too: nobody should wait for a build only to hear that the port is taken.
    free(listen)?;
    debian::ensure(&[tools::COMPILER])?;
    tools::node()?;
    web::build(tree)?;
    run_program(&mut cargo(&["build", "--release", "-p", "cli", "--bin", "ranh"], &tree.root))?;
    let ranh = tree.binary("release");
    let store = tree.root.join(store);
    store::fill_once(tree, &ranh, &store)?;
    free(listen)?;
    let arguments = ["serve", "--store", &store.to_string_lossy(), "--listen", listen];
    let serve = program(&ranh.to_string_lossy(), &arguments, &tree.root);
    println!("The map: http://{}/ (Ctrl-C stops)", listen.replace("0.0.0.0", "localhost"));
    Err(become_program(serve))
}

/// Gives this process to the program, so that whoever stops `cargo xtask run` stops the server.
fn become_program(mut command: Command) -> Problem {
    let source = command.exec();
    Problem::NotStarted { line: shown(&command), source }
}

/// Whether the address can be listened on now; the answer is clear where the server's would come late.
fn free(listen: &str) -> Result<(), Problem> {
    let refused = |reason: String| Problem::Address {
        listen: listen.to_owned(),
        reason,
        other: "127.0.0.1:8081".to_owned(),
    };
    let mut addresses = listen
        .to_socket_addrs()
        .map_err(|error| refused(format!("it is no address with a port ({error})")))?;
    let bound = addresses.try_for_each(|address| TcpListener::bind(address).map(drop));
    bound.map_err(|error| refused(reason(&error)))
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "another program listens there already".to_owned(),
        io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
        io::ErrorKind::PermissionDenied => "that port is reserved for the system".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::free;

    #[test]
    fn says_what_is_wrong_with_an_address() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let problem = free(&address).unwrap_err().to_string();
        assert!(problem.contains("another program listens there already"), "{problem}");
        assert!(problem.contains("cargo xtask run --listen 127.0.0.1:8081"), "{problem}");
        drop(taken);
        assert!(free(&address).is_ok());
        let problem = free("8080").unwrap_err().to_string();
        assert!(problem.contains("no address with a port"), "{problem}");
    }
}
