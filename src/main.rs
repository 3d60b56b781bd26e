//! The one binary: serves the pages, runs the worker, migrates, imports programmes, adds people, and replays the demo.
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use subgrant::config::Settings;
use subgrant::kernel::Result;
use subgrant::workflow::Clock;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "subgrant", version, about = "Runs a fund that passes a donor's money on to civil-society organisations")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the pages, with the worker in the same process
    Serve {
        /// Serve pages only; another process runs the worker
        #[arg(long)]
        no_worker: bool,
    },
    /// Run the worker only: letters and deadlines
    Worker,
    /// Bring the tables of the database up to date
    Migrate,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,subgrant=info".into()))
        .with_writer(std::io::stderr)
        .init();
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let settings = Settings::read()?;
    match command {
        Command::Serve { no_worker } => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            let mailer = if no_worker { None } else { Some(subgrant::serve::mailer(&settings)?) };
            actix_web::rt::System::new().block_on(subgrant::serve::run(settings, app, mailer, |address| tracing::info!("ready {address}")))
        }
        Command::Worker => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            let mailer = subgrant::serve::mailer(&settings)?;
            let stop = async { drop(tokio::signal::ctrl_c().await) };
            actix_web::rt::System::new().block_on(subgrant::worker::run(app.desk, mailer, stop));
            Ok(())
        }
        Command::Migrate => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            tracing::info!("tables are up to date: {}", app.desk.store.is_current()?);
            Ok(())
        }
    }
}
