//! `cargo xtask run`: from a clone to the address, in one command.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::command::{program, shown};
use crate::problem::Problem;
use crate::tree::Tree;
use crate::{programs, store};

/// Builds what has changed, fills the store on first start and becomes `ranh serve`.
pub(crate) fn run(tree: &Tree, listen: SocketAddr, store: &Path) -> Result<ExitCode, Problem> {
    // Asked first too: nobody should wait for a build only to hear that the port is taken.
    free(listen)?;
    let ranh = programs::release(tree)?;
    let store = tree.root.join(store);
    store::fill_once(tree, &ranh, &store)?;
    free(listen)?;
    let arguments = ["serve", "--store", &store.to_string_lossy(), "--listen", &listen.to_string()];
    let serve = program(&ranh.to_string_lossy(), &arguments, &tree.root);
    println!("The map: http://{}/ (Ctrl-C stops)", browsed(listen));
    Err(become_program(serve))
}

/// The address to type into a browser here: one that stands for all of the machine's is not for that.
fn browsed(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() { format!("localhost:{}", listen.port()) } else { listen.to_string() }
}

/// Gives this process to the program, so that whoever stops `cargo xtask run` stops the server.
fn become_program(mut command: Command) -> Problem {
    let source = command.exec();
    Problem::NotStarted { line: shown(&command), source }
}

/// Whether the address can be listened on now; said here, before a build that takes minutes.
fn free(listen: SocketAddr) -> Result<(), Problem> {
    TcpListener::bind(listen).map(drop).map_err(|error| Problem::Address {
        listen,
        reason: reason(&error),
        other: SocketAddr::from((Ipv4Addr::LOCALHOST, if listen.port() == 8081 { 8082 } else { 8081 })),
    })
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

    use super::{browsed, free};

    #[test]
    fn says_what_is_wrong_with_an_address() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let problem = free(address).unwrap_err().to_string();
        assert!(problem.contains("another program listens there already"), "{problem}");
        assert!(problem.contains("cargo xtask run --listen 127.0.0.1:8081"), "{problem}");
        drop(taken);
        assert!(free(address).is_ok());
        let problem = free("192.0.2.1:8081".parse().unwrap()).unwrap_err().to_string();
        assert!(problem.contains("this machine has no such address"), "{problem}");
        assert!(problem.contains("--listen 127.0.0.1:8082"), "{problem}");
    }

    #[test]
    fn the_address_printed_is_one_to_type() {
        assert_eq!(browsed("0.0.0.0:80".parse().unwrap()), "localhost:80");
        assert_eq!(browsed("[::]:80".parse().unwrap()), "localhost:80");
        assert_eq!(browsed("127.0.0.1:8080".parse().unwrap()), "127.0.0.1:8080");
    }
}
