//! The last hour of a call in one minute: 600 applicants who open, write, attach, submit; then more and more of them until
//! something gives way. Applicants arrive by the clock, whether the server keeps up or not, so that a slow server is not spared.
//! Afterwards everything that was acknowledged is looked for in what arrived.
use crate::server::{Line, Request, Seeded, Server};
use hdrhistogram::Histogram;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What an applicant asks for in all: one page, four autosaves, two uploads, one submission.
const REQUESTS: u32 = 8;
const AUTOSAVES: usize = 4;
/// Between two requests of one applicant.
const PAUSE: Duration = Duration::from_millis(1_500);
const UPLOAD: usize = 300_000;
/// A step whose autosaves or submissions take longer than this at p95 is the last.
const TOO_LONG: f64 = 250.0;
/// Applicants a second (ten of them are 600 in a minute, 80 requests a second), and for how many seconds.
const STEPS: &[(u32, u32)] = &[(10, 60), (20, 20), (40, 20), (60, 20), (80, 20), (100, 20), (140, 15)];

/// What the seeding prepared.
#[derive(Deserialize)]
struct Hour {
    applicants: Vec<Applicant>,
    documents: Vec<String>,
    arrived: Request,
}

#[derive(Deserialize, Clone)]
struct Applicant {
    application: String,
    cookie: String,
    csrf: String,
}

const ACTIONS: [&str; 4] = ["page opened", "autosave", "upload of 300 kB", "submission"];

/// One applicant's last minutes: how long each action took, and the text that was acknowledged last.
#[derive(Default)]
struct Journey {
    times: Vec<(usize, Duration)>,
    failures: Vec<String>,
    acknowledged: Option<String>,
    submitted: bool,
}

/// One rate of arrival and what came of it.
struct Step {
    rate: u32,
    applicants: usize,
    times: Vec<Histogram<u64>>,
    failures: Vec<String>,
    cpu: f64,
    disk: f64,
    resident: f64,
}

/// Runs the steps on both databases and prints a table for each.
pub fn measure(binary: &str, postgres: Option<&str>) {
    let needed = STEPS.iter().map(|(rate, seconds)| rate * seconds).sum::<u32>() as usize;
    for (database, address) in [("SQLite", None), ("PostgreSQL", postgres)] {
        if database == "PostgreSQL" && address.is_none() {
            continue;
        }
        let seeded = Seeded::new(binary, address, 100, needed);
        let hour: Hour = serde_json::from_str(&seeded.read("closing_hour.json")).unwrap();
        // With the worker: the receipts are posted (as files) while others still submit.
        let server = Server::start(seeded.command().arg("serve"));
        wait_for_the_post(&seeded);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut left = hour.applicants.iter().cloned();
        let (mut steps, mut journeys) = (vec![], vec![]);
        for (rate, seconds) in STEPS {
            let arriving: Vec<Applicant> = left.by_ref().take((rate * seconds) as usize).collect();
            let (step, done) = run(&runtime, &server, &hour, *rate, arriving);
            let gave_way = [1, 3].iter().any(|action: &usize| milliseconds(&step.times[*action], 95.0) > TOO_LONG);
            steps.push(step);
            journeys.extend(done);
            if gave_way {
                break;
            }
        }
        print(database, &steps, &verified(&server, &hour, &journeys));
    }
}

/// The seeding's own letters go out first.
fn wait_for_the_post(seeded: &Seeded) {
    let posted = || std::fs::read_dir(seeded.folder.join("letters")).map_or(0, Iterator::count);
    let mut before = usize::MAX;
    while before != posted() {
        before = posted();
        std::thread::sleep(Duration::from_secs(5));
    }
}

fn run(runtime: &tokio::runtime::Runtime, server: &Server, hour: &Hour, rate: u32, arriving: Vec<Applicant>) -> (Step, Vec<(String, Journey)>) {
    let (cpu, written, begun) = (server.cpu(), server.written(), Instant::now());
    let applicants = arriving.len();
    let client = reqwest::Client::builder().pool_max_idle_per_host(4_000).redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let (address, documents): (Arc<str>, Arc<[String]>) = (server.address.clone().into(), hour.documents.clone().into());
    let journeys: Vec<(String, Journey)> = runtime.block_on(async {
        let mut running = tokio::task::JoinSet::new();
        for (number, applicant) in arriving.into_iter().enumerate() {
            let arrives = Duration::from_secs(1) * u32::try_from(number).unwrap() / rate;
            let (client, address, documents) = (client.clone(), address.clone(), documents.clone());
            running.spawn(async move {
                tokio::time::sleep_until((begun + arrives).into()).await;
                let journey = apply(&client, &address, &documents, &applicant).await;
                (applicant.application, journey)
            });
        }
        running.join_all().await
    });
    let mut times: Vec<Histogram<u64>> = ACTIONS.iter().map(|_| Histogram::new(3).unwrap()).collect();
    for (action, took) in journeys.iter().flat_map(|(_, journey)| &journey.times) {
        times[*action].record(u64::try_from(took.as_micros()).unwrap()).unwrap();
    }
    let seconds = begun.elapsed().as_secs_f64();
    let failures = journeys.iter().flat_map(|(_, journey)| journey.failures.clone()).collect();
    let (cpu, disk) = ((server.cpu() - cpu) / seconds, (server.written() - written) / seconds);
    eprintln!("{rate} applicants a second: autosave p95 {:.1} ms", milliseconds(&times[1], 95.0));
    (Step { rate, applicants, times, failures, cpu, disk, resident: server.resident() }, journeys)
}

/// Opens the description, writes in it, attaches two papers, submits.
async fn apply(client: &reqwest::Client, address: &str, documents: &[String], who: &Applicant) -> Journey {
    let mut journey = Journey::default();
    let to = |rest: &str| format!("http://{address}/applications/{}/{rest}", who.application);
    let ask = |request: reqwest::RequestBuilder| request.header("cookie", &who.cookie).header("accept", "application/json");
    let page = client.get(to("description")).header("cookie", &who.cookie);
    let Some(page) = journey.ask(0, page).await else { return journey };
    let mut mark = mark_of(&page, "problem");
    for number in 1..=AUTOSAVES {
        tokio::time::sleep(PAUSE).await;
        let text = format!("Të rinjtë e fshatit nuk kanë ku të takohen ({}, {number}).", who.application);
        let typed = [("csrf", who.csrf.as_str()), ("name", "problem"), ("mark", &mark), ("text", &text), ("name", "women"), ("mark", ""), ("text", "12")];
        let typed = if number == 1 { &typed[..] } else { &typed[..4] };
        let Some(answer) = journey.ask(1, ask(client.post(to("description/boxes")).form(typed))).await else { continue };
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap_or_default();
        let marks: Vec<(String, String)> = serde_json::from_value(answer["marks"].clone()).unwrap_or_default();
        match marks.into_iter().find(|(name, _)| name == "problem") {
            Some((_, next)) => (mark, journey.acknowledged) = (next, Some(text)),
            None => journey.failures.push("an autosave was not settled".into()),
        }
    }
    for (number, document) in documents.iter().enumerate() {
        tokio::time::sleep(PAUSE).await;
        let paper = reqwest::multipart::Part::bytes(paper(&who.application, number)).file_name(format!("letra-{number}.pdf"));
        let form = reqwest::multipart::Form::new().text("csrf", who.csrf.clone()).text("document", document.clone()).part(document.clone(), paper);
        journey.ask(2, ask(client.post(to("attachments")).multipart(form))).await;
    }
    tokio::time::sleep(PAUSE).await;
    let handed_in = ask(client.post(to("submission")).form(&[("csrf", who.csrf.as_str())]));
    journey.submitted = journey.ask(3, handed_in).await.is_some();
    journey
}

impl Journey {
    /// The answer's text, timed; nothing when the server did not do what was asked.
    async fn ask(&mut self, action: usize, request: reqwest::RequestBuilder) -> Option<String> {
        let sent = Instant::now();
        let answered = async {
            let answer = request.send().await?;
            let status = answer.status();
            Ok::<_, reqwest::Error>((status, answer.text().await?))
        };
        let (status, text) = match answered.await {
            Ok(answered) => answered,
            Err(error) => {
                self.failures.push(format!("{}: {error}", ACTIONS[action]));
                return None;
            }
        };
        self.times.push((action, sent.elapsed()));
        if status.is_client_error() || status.is_server_error() {
            self.failures.push(format!("{}: {status}", ACTIONS[action]));
            return None;
        }
        Some(text)
    }
}

/// The mark that the page's form carries for a box.
fn mark_of(page: &str, name: &str) -> String {
    let base = page.split("name=\"base\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let words: Vec<&str> = base.split(' ').collect();
    words.chunks_exact(2).find(|pair| pair[0] == name).map(|pair| pair[1].to_owned()).unwrap_or_default()
}

/// A one-page PDF of 300 kB that nobody else hands in.
fn paper(application: &str, number: usize) -> Vec<u8> {
    let filling: String = format!("% {application} {number} ").repeat(UPLOAD / 40);
    let filling = &filling[..UPLOAD - 300];
    format!(
        "%PDF-1.4\n{filling}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\ntrailer\n<< /Size 4 /Root 1 0 R >>\n%%EOF\n"
    )
    .into_bytes()
}

/// What the server acknowledged, held against what arrived: the office's list and each frozen text.
fn verified(server: &Server, hour: &Hour, journeys: &[(String, Journey)]) -> String {
    let codes: Vec<String> = Line::text(&server.address, &hour.arrived).lines().skip(1).filter_map(|row| row.split(',').next().map(str::to_owned)).collect();
    let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
    let submitted: Vec<_> = journeys.iter().filter(|(_, journey)| journey.submitted).collect();
    let cookies: HashMap<&str, &str> = hour.applicants.iter().map(|who| (who.application.as_str(), who.cookie.as_str())).collect();
    let mut lost = 0;
    for (application, journey) in &submitted {
        let request = Request { path: format!("/applications/{application}/read"), cookie: cookies[application.as_str()].to_owned(), body: String::new() };
        let page = Line::text(&server.address, &request);
        let arrived = [journey.acknowledged.as_deref().unwrap_or_default(), "letra-0.pdf", "letra-1.pdf"].iter().all(|wanted| page.contains(wanted));
        lost += usize::from(!arrived);
    }
    format!(
        "{} submissions acknowledged, {} applications arrived under {} codes; texts or papers missing in {lost} of them",
        submitted.len(),
        codes.len(),
        distinct.len()
    )
}

fn milliseconds(times: &Histogram<u64>, percentile: f64) -> f64 {
    Duration::from_micros(times.value_at_percentile(percentile)).as_secs_f64() * 1e3
}

fn print(database: &str, steps: &[Step], verified: &str) {
    println!("\n**{database}**\n");
    println!("| applicants (a second) | requests a second | {} | failed | cores | MB/s to disk | MB resident |", ACTIONS.join(" | "));
    println!("|--:|--:|{}--:|--:|--:|--:|", "--:|".repeat(ACTIONS.len()));
    for step in steps {
        let times: Vec<String> = step
            .times
            .iter()
            .map(|times| format!("{:.1} / {:.1} / {:.1}", milliseconds(times, 50.0), milliseconds(times, 95.0), milliseconds(times, 99.0)))
            .collect();
        println!(
            "| {} ({}) | {} | {} | {} | {:.2} | {:.1} | {:.0} |",
            step.applicants,
            step.rate,
            step.rate * REQUESTS,
            times.join(" | "),
            step.failures.len(),
            step.cpu,
            step.disk,
            step.resident
        );
    }
    println!();
    let mut kinds: std::collections::BTreeMap<&String, usize> = std::collections::BTreeMap::new();
    for failure in steps.iter().flat_map(|step| &step.failures) {
        *kinds.entry(failure).or_default() += 1;
    }
    for (failure, count) in kinds.iter().take(10) {
        println!("- {count} × {failure}");
    }
    println!("- {verified}");
}
