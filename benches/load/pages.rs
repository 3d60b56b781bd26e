//! Each page at 1, 8 and 32 visitors at once, beside a bare handler on the same machine.
use crate::server::{Line, Request, Seeded, Server};
use serde::Deserialize;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

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

/// Every page at every size on both databases, beside the bare handler; prints the table.
pub fn measure_all(binary: &str, postgres: Option<&str>, sizes: &[usize], seconds: f64) {
    let mut rows = vec![];
    let limit = measure_hello(seconds);
    let mut notes = vec![];
    for size in sizes {
        rows.extend(measure(binary, None, *size, seconds, &mut notes));
        if postgres.is_some() {
            rows.extend(measure(binary, postgres, *size, seconds, &mut notes));
        }
    }
    print(&limit, &rows, &notes);
}

fn measure(binary: &str, postgres: Option<&str>, size: usize, seconds: f64, notes: &mut Vec<String>) -> Vec<Row> {
    let database = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    let seeded = Seeded::new(binary, postgres, size, 2_000);
    let plan: Plan = serde_json::from_str(&seeded.read("plan.json")).unwrap();
    // Without the worker: the seeding's letters would be posted while the pages are measured.
    let server = Server::start(seeded.command().args(["serve", "--no-worker"]));
    notes.push(format!("{database}, {size} applications: ready after {:.0} ms", server.started.as_secs_f64() * 1e3));
    let rows = plan.scenarios.iter().map(|scenario| measure_page(&server, scenario, database, size, seconds)).collect();
    notes.push(format!("{database}, {size} applications: {:.0} MB resident at the end of all this", server.resident()));
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

/// The machine's limit: the same server with a handler that does nothing.
pub fn hello() {
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
