//! Opens the house: database, files, mailer; then answers requests, with the worker beside it.
use crate::config::Settings;
use crate::kernel::{Result, fault};
use crate::web::App;
use crate::worker;
use crate::workflow::mailer::Mailer;
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
    let beside = mailer.map(|mailer| tokio::spawn(worker::run(app.desk.clone(), mailer, async { drop(stopped.await) })));
    ready(&format!("http://{address}"));
    running.await.map_err(fault)?;
    drop(stop);
    if let Some(beside) = beside {
        let _ = beside.await;
    }
    Ok(())
}
