//! What lies outside the folders that a server may use: files with a secret that must be in no answer, and an address that nobody
//! may call.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;

use tempfile::TempDir;

/// Words that stand in every file of the trap.
pub(crate) const SECRET: &str = "bi-mat-khong-ai-duoc-doc";

/// Files and an address that no file may lead to.
pub(crate) struct Trap {
    folder: TempDir,
    listener: TcpListener,
}

impl Trap {
    pub(crate) fn set() -> Self {
        let folder = tempfile::Builder::new().prefix("trap-").tempdir().unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let feature = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"name":"{SECRET}"}},"geometry":{{"type":"Point","coordinates":[106,21]}}}}]}}"#
        );
        for (name, text) in [
            ("s.geojson", feature),
            ("s.csv", format!("wkt,name\nPOINT(106 21),{SECRET}\n")),
            ("s.txt", SECRET.to_owned()),
            ("s.xsd", format!("<schema><!-- {SECRET} --></schema>")),
            ("s.tab", format!("!table\n!version 300\n{SECRET}\n")),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder, listener }
    }

    /// The path of a file of the trap.
    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The address that nobody may call.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().unwrap())
    }

    /// Whether nobody has called: a call that was made would wait here.
    pub(crate) fn was_left_alone(&self) -> bool {
        self.listener.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }
}
