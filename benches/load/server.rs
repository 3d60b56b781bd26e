//! The product as a process of its own, over a seeded data folder, and a plain connection to it.
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[derive(Deserialize, Clone)]
pub struct Request {
    pub path: String,
    #[serde(default)]
    pub cookie: String,
    #[serde(default)]
    pub body: String,
}

/// A data folder (and, for PostgreSQL, a schema) that was filled through the product.
pub struct Seeded {
    binary: String,
    pub folder: PathBuf,
    database: Option<String>,
}

impl Seeded {
    /// `subgrant seed` with so many applications in a closed round and drafts in an open one.
    pub fn new(binary: &str, postgres: Option<&str>, applications: usize, drafts: usize) -> Self {
        let name = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
        let folder = std::env::temp_dir().join(format!("subgrant-bench-{}-{name}-{applications}-{drafts}", std::process::id()));
        let database = postgres.map(|address| {
            let schema = format!("bench_{applications}_{drafts}");
            let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
            assert!(Command::new("psql").args([address, "-qc", &sql]).stderr(Stdio::null()).status().unwrap().success());
            format!("{address}?options=-csearch_path%3D{schema}")
        });
        let seeded = Self { binary: binary.to_owned(), folder, database };
        let begun = Instant::now();
        let (applications, drafts) = (applications.to_string(), drafts.to_string());
        assert!(seeded.command().args(["seed", "--applications", &applications, "--drafts", &drafts]).status().unwrap().success(), "seeding failed");
        eprintln!("{name}: {applications} applications and {drafts} drafts seeded in {:.0} s", begun.elapsed().as_secs_f64());
        seeded
    }

    /// The binary with this folder and database.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.env("SUBGRANT_DATA", &self.folder).env("SUBGRANT_BIND", "127.0.0.1:0").env("RUST_LOG", "warn,subgrant=info").env_remove("DATABASE_URL");
        if let Some(address) = &self.database {
            command.env("DATABASE_URL", address);
        }
        command
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.join(name)).unwrap()
    }
}
impl Drop for Seeded {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A connection that is kept: just enough HTTP to be cheaper than what it measures.
pub struct Line {
    address: String,
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
    /// Asks for gzip, as browsers do.
    packed: bool,
}

impl Line {
    pub fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        Self { address: address.to_owned(), stream: BufReader::with_capacity(65_536, stream), body: vec![], packed: true }
    }

    /// The status and the bytes of the body as they came over the wire.
    pub fn ask(&mut self, method: &str, request: &Request) -> (u16, usize) {
        let mut head = format!("{method} {} HTTP/1.1\r\nHost: {}\r\nAccept-Language: sq\r\n", request.path, self.address);
        if self.packed {
            head.push_str("Accept-Encoding: gzip\r\n");
        }
        if !request.cookie.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", request.cookie));
        }
        if method == "POST" {
            head.push_str(&format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", request.body.len()));
        }
        head.push_str("\r\n");
        head.push_str(&request.body);
        self.stream.get_mut().write_all(head.as_bytes()).unwrap();
        let (mut status, mut length, mut chunked) = (0, 0, false);
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            if status == 0 {
                status = text.split(' ').nth(1).unwrap().parse().unwrap();
            } else if let Some((name, value)) = text.split_once(':') {
                match name.to_ascii_lowercase().as_str() {
                    "content-length" => length = value.trim().parse().unwrap(),
                    "transfer-encoding" => chunked = true,
                    _ => {}
                }
            }
        }
        if !chunked {
            self.body.resize(length, 0);
            self.stream.read_exact(&mut self.body).unwrap();
            return (status, length);
        }
        self.body.clear();
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let (size, before) = (usize::from_str_radix(line.trim(), 16).unwrap(), self.body.len());
            self.body.resize(before + size + 2, 0);
            self.stream.read_exact(&mut self.body[before..]).unwrap();
            self.body.truncate(before + size);
            if size == 0 {
                return (status, before);
            }
        }
    }

    /// A page as text.
    pub fn text(address: &str, request: &Request) -> String {
        let mut line = Self { packed: false, ..Self::open(address) };
        line.ask("GET", request);
        String::from_utf8(line.body).unwrap()
    }
}

pub struct Server {
    child: Child,
    pub address: String,
    pub started: Duration,
}

impl Server {
    pub fn start(command: &mut Command) -> Self {
        let begun = Instant::now();
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().find_map(|line| line.unwrap().split("ready http://").nth(1).map(|address| address.trim().to_owned())).unwrap();
        let started = begun.elapsed();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, started }
    }
    pub fn statements(&self) -> u64 {
        let health = Request { path: "/healthz".into(), cookie: String::new(), body: String::new() };
        let health: serde_json::Value = serde_json::from_str(&Line::text(&self.address, &health)).unwrap_or_default();
        health["statements"].as_u64().unwrap_or(0)
    }
    /// Seconds of processor time so far.
    pub fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<f64> = stat.rsplit(')').next().unwrap().split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
        (fields[11] + fields[12]) / 100.0
    }
    /// Megabytes that it had the disk write so far.
    pub fn written(&self) -> f64 {
        let counters = std::fs::read_to_string(format!("/proc/{}/io", self.child.id())).unwrap();
        let line = counters.lines().find(|line| line.starts_with("write_bytes")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1e6
    }
    /// Megabytes in memory now.
    pub fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1_000.0
    }
}
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
