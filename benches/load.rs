//! Measures the running product from outside: each page at 1, 8 and 32 visitors at once, on SQLite and PostgreSQL, beside a bare handler on the same machine.
//!
//! `scripts/bench` builds and calls it. It seeds a data folder through the product (`subgrant seed`), starts the release
//! binary, asks over loopback only, and prints one table. It never asserts a time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a measuring tool: it stops where it stands and prints")]
use serde::Deserialize;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What the seeding prepared: which requests make up which page's measurement.
#[derive(Deserialize)]
struct Plan {
    scenarios: Vec<Scenario>,
}

#[derive(Deserialize, Clone)]
struct Scenario {
    name: String,
    method: String,
    /// Asked in turn; when `once`, each only once.
    requests: Vec<Request>,
    #[serde(default)]
    once: bool,
}

#[derive(Deserialize, Clone)]
struct Request {
    path: String,
    #[serde(default)]
    cookie: String,
    #[serde(default)]
    body: String,
}

struct Row {
    page: String,
    database: &'static str,
    size: usize,
    statements: u64,
    bytes: usize,
    at: Vec<Timing>,
    cpu: f64,
}

#[derive(Clone)]
struct Timing {
    visitors: usize,
    p50: f64,
    p95: f64,
    p99: f64,
    rate: f64,
    failed: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|place| arguments.get(place + 1)).cloned();
    if arguments.iter().any(|a| a == "--hello") {
        return hello();
    }
    // `cargo bench` and `cargo test --benches` call it without a binary: nothing to measure then.
    let Some(binary) = value("--binary") else { return println!("load: call scripts/bench") };
    let sizes: Vec<usize> = value("--sizes").unwrap_or_else(|| "100,1000,10000".into()).split(',').map(|size| size.parse().unwrap()).collect();
    let seconds: f64 = value("--seconds").map_or(2.0, |text| text.parse().unwrap());
    let postgres = value("--postgres");
    let mut rows = vec![];
    let limit = measure_hello(seconds);
    let mut notes = vec![];
    for size in sizes {
        rows.extend(measure(&binary, "SQLite", None, size, seconds, &mut notes));
        if let Some(address) = &postgres {
            rows.extend(measure(&binary, "PostgreSQL", Some(address), size, seconds, &mut notes));
        }
    }
    print(&limit, &rows, &notes);
}

fn measure(binary: &str, database: &'static str, postgres: Option<&str>, size: usize, seconds: f64, notes: &mut Vec<String>) -> Vec<Row> {
    let folder = std::env::temp_dir().join(format!("subgrant-bench-{}-{database}-{size}", std::process::id()));
    let data = folder.to_str().unwrap().to_owned();
    let schema = format!("bench_{size}");
    let environment = |command: &mut Command| {
        command.env("SUBGRANT_DATA", &data).env("SUBGRANT_BIND", "127.0.0.1:0").env("RUST_LOG", "warn,subgrant=info").env_remove("DATABASE_URL");
        if let Some(address) = postgres {
            command.env("DATABASE_URL", format!("{address}?options=-csearch_path%3D{schema}"));
        }
    };
    if let Some(address) = postgres {
        let sql = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        assert!(Command::new("psql").args([address, "-qc", &sql]).stderr(Stdio::null()).status().unwrap().success());
    }
    let mut seed = Command::new(binary);
    environment(&mut seed);
    let begun = Instant::now();
    assert!(seed.args(["seed", "--applications", &size.to_string()]).status().unwrap().success(), "seeding failed");
    eprintln!("{database}, {size} applications seeded in {:.0} s", begun.elapsed().as_secs_f64());
    let plan: Plan = serde_json::from_str(&std::fs::read_to_string(folder.join("plan.json")).unwrap()).unwrap();
    // Without the worker: the seeding's letters would be posted while the pages are measured.
    let mut command = Command::new(binary);
    environment(&mut command);
    let server = Server::start(command.args(["serve", "--no-worker"]));
    notes.push(format!("{database}, {size} applications: ready after {:.0} ms", server.started.as_secs_f64() * 1e3));
    let rows = plan.scenarios.iter().map(|scenario| measure_page(&server, scenario, database, size, seconds)).collect();
    notes.push(format!("{database}, {size} applications: {:.0} MB resident at the end of all this", server.resident()));
    drop(server);
    let _ = std::fs::remove_dir_all(&folder);
    rows
}

fn measure_page(server: &Server, scenario: &Scenario, database: &'static str, size: usize, seconds: f64) -> Row {
    let next = AtomicUsize::new(0);
    let mut line = Line::open(&server.address);
    let before = server.statements();
    let (status, bytes) = line.ask(&scenario.method, &scenario.requests[next.fetch_add(1, Ordering::Relaxed)]);
    // Asking for the count costs none itself beyond what /healthz does, which the second asking shows.
    let after = server.statements();
    let idle = server.statements() - after;
    let statements = (after - before).saturating_sub(idle);
    assert!(status < 400, "{} answered {status}", scenario.name);
    let cpu = server.cpu();
    let mut asked = 0;
    let mut at = vec![];
    for visitors in [1, 8, 32] {
        let left = scenario.requests.len().saturating_sub(next.load(Ordering::Relaxed));
        let most = if scenario.once { left / if visitors == 32 { 1 } else { 4 } } else { usize::MAX };
        let (timing, count) = run(&server.address, scenario, visitors, seconds, most, &next);
        asked += count;
        at.push(timing);
    }
    let cpu = (server.cpu() - cpu) * 1e3 / f64::from(u32::try_from(asked.max(1)).unwrap());
    eprintln!("{database} {size} {}: {:.2} ms", scenario.name, at[0].p50);
    Row { page: scenario.name.clone(), database, size, statements, bytes, at, cpu }
}

fn run(address: &str, scenario: &Scenario, visitors: usize, seconds: f64, most: usize, next: &AtomicUsize) -> (Timing, usize) {
    let begun = Instant::now();
    let failed = AtomicUsize::new(0);
    let asked = AtomicUsize::new(0);
    let mut times: Vec<f64> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..visitors)
            .map(|_| {
                scope.spawn(|| {
                    let mut line = Line::open(address);
                    let mut times = vec![];
                    while begun.elapsed().as_secs_f64() < seconds && asked.fetch_add(1, Ordering::Relaxed) < most {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let request = if scenario.once {
                            match scenario.requests.get(place) {
                                Some(request) => request,
                                None => break,
                            }
                        } else {
                            &scenario.requests[place % scenario.requests.len()]
                        };
                        let sent = Instant::now();
                        let (status, _) = line.ask(&scenario.method, request);
                        times.push(sent.elapsed().as_secs_f64() * 1e3);
                        if status >= 400 {
                            failed.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    times
                })
            })
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    let elapsed = begun.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let count = times.len();
    let part = |percent: usize| times.get((count * percent / 100).min(count.saturating_sub(1))).copied().unwrap_or(f64::NAN);
    let rate = f64::from(u32::try_from(count).unwrap()) / elapsed;
    (Timing { visitors, p50: part(50), p95: part(95), p99: part(99), rate, failed: failed.into_inner() }, count)
}

/// A connection that is kept: just enough HTTP to be cheaper than what it measures.
struct Line {
    address: String,
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Line {
    fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        Self { address: address.to_owned(), stream: BufReader::with_capacity(65_536, stream), body: vec![] }
    }

    /// The status and the bytes of the body as they came over the wire.
    fn ask(&mut self, method: &str, request: &Request) -> (u16, usize) {
        let mut head = format!("{method} {} HTTP/1.1\r\nHost: {}\r\nAccept-Language: sq\r\n", request.path, self.address);
        if !["/hello", "/healthz"].contains(&request.path.as_str()) {
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
        let mut whole = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let size = usize::from_str_radix(line.trim(), 16).unwrap();
            self.body.resize(size + 2, 0);
            self.stream.read_exact(&mut self.body).unwrap();
            whole += size;
            if size == 0 {
                return (status, whole);
            }
        }
    }
}

struct Server {
    child: Child,
    address: String,
    started: Duration,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let begun = Instant::now();
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = lines.by_ref().find_map(|line| line.unwrap().split("ready http://").nth(1).map(|address| address.trim().to_owned())).unwrap();
        let started = begun.elapsed();
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, started }
    }
    fn statements(&self) -> u64 {
        let mut line = Line::open(&self.address);
        line.ask("GET", &Request { path: "/healthz".into(), cookie: String::new(), body: String::new() });
        let plain: serde_json::Value = serde_json::from_slice(&line.body).unwrap_or_default();
        plain["statements"].as_u64().unwrap_or(0)
    }
    /// Seconds of processor time so far.
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        let fields: Vec<f64> = stat.rsplit(')').next().unwrap().split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
        (fields[11] + fields[12]) / 100.0
    }
    /// Megabytes in memory now.
    fn resident(&self) -> f64 {
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

/// The machine's limit: the same server with a handler that does nothing.
fn hello() {
    let system = actix_web::rt::System::new();
    system.block_on(async {
        let server = actix_web::HttpServer::new(|| {
            actix_web::App::new().route("/hello", actix_web::web::get().to(|| async { "hello" })).route("/healthz", actix_web::web::get().to(|| async { "{}" }))
        })
        .workers(std::thread::available_parallelism().map_or(2, usize::from))
        .tcp_nodelay(true)
        .bind("127.0.0.1:0")
        .unwrap();
        eprintln!("ready http://{}", server.addrs()[0]);
        server.run().await.unwrap();
    });
}

fn measure_hello(seconds: f64) -> Row {
    let server = Server::start(Command::new(std::env::current_exe().unwrap()).arg("--hello"));
    let request = Request { path: "/hello".into(), cookie: String::new(), body: String::new() };
    let scenario = Scenario { name: "bare `hello` handler".into(), method: "GET".into(), requests: vec![request], once: false };
    measure_page(&server, &scenario, "none", 0, seconds)
}

fn print(limit: &Row, rows: &[Row], notes: &[String]) {
    println!(
        "| page | applications | database | statements | bytes (gzip) | 1 visitor p50 / p95 / p99 ms | 8 visitors | 32 visitors | per second at 1 / 8 / 32 | CPU ms | failed |"
    );
    println!("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for row in std::iter::once(limit).chain(rows) {
        let times: Vec<String> = row.at.iter().map(|t| format!("{:.2} / {:.2} / {:.2}", t.p50, t.p95, t.p99)).collect();
        let rates: Vec<String> = row.at.iter().map(|t| format!("{:.0}", t.rate)).collect();
        let failed: usize = row.at.iter().map(|t| t.failed).sum();
        debug_assert!(row.at.iter().map(|t| t.visitors).eq([1, 8, 32]));
        println!(
            "| {} | {} | {} | {} | {} | {} | {} | {:.3} | {} |",
            row.page,
            row.size,
            row.database,
            row.statements,
            row.bytes,
            times.join(" | "),
            rates.join(" / "),
            row.cpu,
            failed
        );
    }
    println!();
    for note in notes {
        println!("- {note}");
    }
}
