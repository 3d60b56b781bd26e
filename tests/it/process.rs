//! The real binary as a process of its own, for tests that kill it.
use crate::World;
use std::process::{Child, Command, Stdio};

/// The real binary on this world's database and files.
pub struct Server {
    process: Child,
    pub port: u16,
    pub address: String,
}

impl Server {
    pub fn start(world: &World) -> Self {
        // Let go of before the server wants it.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self::start_at(world, port)
    }
    /// Where the one before it listened.
    pub fn start_at(world: &World, port: u16) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_subgrant"));
        // The tests' own settings are none of the server's, and it refuses what it does not know.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("SUBGRANT_")) {
            command.env_remove(name);
        }
        let process = command
            .arg("serve")
            .env("SUBGRANT_BIND", format!("127.0.0.1:{port}"))
            .env("SUBGRANT_DATA", world.folder())
            .env("DATABASE_URL", world.database.as_str())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, port, address: format!("http://127.0.0.1:{port}") };
        let asking = reqwest::blocking::Client::builder().no_proxy().timeout(std::time::Duration::from_secs(2)).build().unwrap();
        let up = (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            asking.get(format!("{}/healthz", server.address)).send().is_ok_and(|answer| answer.status().is_success())
        });
        assert!(up, "the server does not answer");
        server
    }
    /// As a power cut does: no goodbye.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
