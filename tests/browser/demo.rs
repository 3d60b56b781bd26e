//! The demo as a newcomer starts it: the real binary, in a folder of its own, ended with the test.
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

pub struct Demo {
    pub address: String,
    server: Child,
    _folder: tempfile::TempDir,
}

impl Demo {
    /// Replays everything until this moment in Tirana and serves it.
    pub fn start(at: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_subgrant"));
        // What is set for the tests, or for somebody's own server, is not meant for the demo.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SUBGRANT_")) {
            command.env_remove(name);
        }
        let mut server =
            command.args(["demo", "--bind", "127.0.0.1:0", "--at", at, "--data"]).arg(folder.path().join("demo")).stdout(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(server.stdout.take().unwrap()).lines();
        let address = said.map_while(Result::ok).find_map(|line| line.strip_prefix("ready ").map(ToOwned::to_owned));
        Self { address: address.expect("the demo says where it answers"), server, _folder: folder }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
