//! Opens the house: database, files, mailer; then answers requests, with the worker beside it.
use crate::config::Settings;
use crate::kernel::{Result, fault};
use crate::web::App;
use crate::worker;
use crate::workflow::mailer::Mailer;
use crate::workflow::scanner::Scanner;
use crate::workflow::{Clock, Desk, Files};
use actix_web::HttpServer;

/// Opens database and files as the settings say, and brings the tables up to date.
///
/// # Errors
/// `Fault` when the data folder, the database or a migration fails.
pub fn open(settings: &Settings, clock: Clock) -> Result<App> {
    std::fs::create_dir_all(&settings.data).map_err(fault)?;
    let store = crate::store::Store::open(&settings.database_address())?;
    store.migrate()?;
    let scans = scanner(settings)?.is_some();
    store.note(|conn| crate::workflow::scans::switch(conn, scans, clock.now()))?;
    let address = if settings.address.is_empty() { format!("http://{}", settings.bind) } else { settings.address.trim_end_matches('/').to_owned() };
    Ok(App {
        desk: Desk { store, clock, address: address.into() },
        files: Files::open(&settings.data.join("files"))?,
        secure: settings.secure_cookies,
        behind_proxy: settings.behind_proxy,
        demo_doors: None,
        remembered: crate::web::Remembered::default(),
    })
}

/// The mailer that the settings name.
///
/// # Errors
/// `Fault` when its address cannot be read.
pub fn mailer(settings: &Settings) -> Result<Mailer> {
    Mailer::open(&settings.mail, settings.data.join("letters"))
}

/// The virus scanner that the settings name, if any.
///
/// # Errors
/// `Fault` when its address cannot be read.
pub fn scanner(settings: &Settings) -> Result<Option<Scanner>> {
    Scanner::at(&settings.scan.clamd, std::time::Duration::from_secs(settings.scan.patience))
}

/// Threads of each worker that may wait for the database or a file. There are at most eight connections, so more threads would
/// only queue for them, each with a heap of its own.
const BLOCKING_THREADS: usize = 8;

/// Serves pages until the process is told to stop; with the worker in the same process unless `alone`.
///
/// # Errors
/// `Fault` when the address cannot be listened on.
pub async fn run(settings: Settings, app: App, mailer: Option<Mailer>, ready: impl FnOnce(&str)) -> Result<()> {
    let shared = app.clone();
    let workers = if settings.workers == 0 { std::thread::available_parallelism().map_or(2, usize::from) } else { settings.workers };
    let server = HttpServer::new(move || crate::server_app!(shared.clone()))
        .workers(workers)
        .worker_max_blocking_threads(BLOCKING_THREADS)
        .tcp_nodelay(true)
        .bind(&settings.bind)
        .map_err(fault)?;
    let address = server.addrs().first().map_or_else(|| settings.bind.clone(), ToString::to_string);
    let running = server.run();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let scanner = scanner(&settings)?;
    let work = mailer.map(|mailer| {
        let (desk, files) = (app.desk.clone(), app.files.clone());
        tokio::spawn(worker::run_with_files(desk, files, mailer, scanner, async { drop(stopped.await) }))
    });
    ready(&format!("http://{address}"));
    running.await.map_err(fault)?;
    drop(stop);
    if let Some(work) = work {
        let _ = work.await;
    }
    Ok(())
}
