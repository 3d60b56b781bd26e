//! Measures the running product from outside, on SQLite and PostgreSQL: each page alone, or the closing hour of a call.
//!
//! `scripts/bench` builds and calls it. It seeds a data folder through the product (`subgrant seed`), starts the release
//! binary, asks over loopback only, and prints tables. It never asserts a time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a measuring tool: it stops where it stands and prints")]
mod closing_hour;
mod pages;
mod server;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let given = |name: &str| arguments.iter().any(|argument| argument == name);
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|place| arguments.get(place + 1)).cloned();
    if given("--hello") {
        return pages::hello();
    }
    // `cargo bench` and `cargo test --benches` call it without a binary: nothing to measure then.
    let Some(binary) = value("--binary") else { return println!("load: call scripts/bench") };
    let postgres = value("--postgres");
    if given("--closing-hour") {
        return closing_hour::measure(&binary, postgres.as_deref());
    }
    let sizes: Vec<usize> = value("--sizes").unwrap_or_else(|| "100,1000,10000".into()).split(',').map(|size| size.parse().unwrap()).collect();
    let seconds: f64 = value("--seconds").map_or(2.0, |text| text.parse().unwrap());
    pages::measure_all(&binary, postgres.as_deref(), &sizes, seconds);
}
