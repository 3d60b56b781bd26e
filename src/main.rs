//! The one binary: serves the pages, runs the worker, migrates, imports programmes, adds people, and replays the demo.
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::process::ExitCode;
use subgrant::config::Settings;
use subgrant::kernel::{Actor, Instant, Result, fault};
use subgrant::workflow::{Clock, perform};

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
    /// Build a fresh demo of PACT's real rounds, serve it, and print a sign-in for each role
    Demo {
        /// Where the server listens
        #[arg(long, default_value = "127.0.0.1:8080")]
        bind: String,
        /// The folder that is made anew
        #[arg(long, default_value = "data-demo")]
        data: std::path::PathBuf,
        /// Where the clock stands, in Tirana: 2017-10-20T11:00 is while Round 3 is open, 2017-10-30T10:00 while it is checked
        #[arg(long, default_value = "2017-10-20T11:00")]
        at: String,
    },
    /// Fill an empty database with a crowd of applications, for scripts/bench
    Seed {
        #[arg(long)]
        applications: usize,
        /// Finished drafts in a round that is open
        #[arg(long, default_value_t = 2_000)]
        drafts: usize,
    },
    /// Funds and their rounds, as files
    Programme {
        #[command(subcommand)]
        what: ProgrammeCommand,
    },
    /// People with accounts
    User {
        #[command(subcommand)]
        what: UserCommand,
    },
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a person, or a role to one who is there; prints a link to sign in with
    Add {
        email: String,
        /// Name and surname; needed for a new person
        #[arg(long, default_value = "")]
        name: String,
        /// `sq` or `en`
        #[arg(long, default_value = "sq")]
        lang: subgrant::kernel::Lang,
        /// The fund of the role; without one an administrator serves the whole installation
        #[arg(long)]
        fund: Option<String>,
        /// For example `administrator`, `grant-manager`, `evaluator`
        #[arg(long)]
        role: Option<subgrant::kernel::Role>,
    },
}

#[derive(Subcommand)]
enum ProgrammeCommand {
    /// Take funds and rounds from these files; all of them or, where one has a fault, none
    Import {
        files: Vec<std::path::PathBuf>,
        /// Why a call that is public changes: then the change is a corrigendum, and everybody concerned reads this
        #[arg(long)]
        reason: Option<String>,
    },
    /// Name every fault in these files, and change nothing
    Check { files: Vec<std::path::PathBuf> },
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
        Command::Demo { bind, data, at } => demo(settings, bind, data, &at),
        Command::Seed { applications, drafts } => {
            let clock = Clock::moved(Clock::real().now());
            let app = subgrant::serve::open(&settings, clock)?;
            subgrant::demo::seed(&app, &settings.data, applications, drafts)
        }
        Command::Serve { no_worker } => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            let mailer = if no_worker { None } else { Some(subgrant::serve::mailer(&settings)?) };
            actix_web::rt::System::new().block_on(subgrant::serve::run(settings, app, mailer, |address| tracing::info!("ready {address}")))
        }
        Command::Worker => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            let mailer = subgrant::serve::mailer(&settings)?;
            let stop = async { drop(tokio::signal::ctrl_c().await) };
            let scanner = subgrant::serve::scanner(&settings)?;
            actix_web::rt::System::new().block_on(subgrant::worker::run_with_files(app.desk, app.files, mailer, scanner, stop));
            Ok(())
        }
        Command::Migrate => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            tracing::info!("tables are up to date: {}", app.desk.store.is_current()?);
            Ok(())
        }
        Command::Programme { what: ProgrammeCommand::Check { files } } => read_programmes(&files).map(|_| ()),
        Command::Programme { what: ProgrammeCommand::Import { files, reason } } => {
            let files = read_programmes(&files)?;
            let app = subgrant::serve::open(&settings, Clock::real())?;
            for file in &files {
                let import = perform(&app.desk, &Actor::system(), |act| subgrant::corrigenda::actions::import(act, file, reason.as_deref()))?;
                let rounds: Vec<String> = import.rounds.iter().map(|round| format!("{} ({})", round.code, round.state)).collect();
                tracing::info!("{}: {}", import.programme.slug, rounds.join(", "));
            }
            Ok(())
        }
        Command::User { what: UserCommand::Add { email, name, lang, fund, role } } => {
            let app = subgrant::serve::open(&settings, Clock::real())?;
            let link = perform(&app.desk, &Actor::system(), |act| subgrant::programmes::actions::add_user(act, &email, &name, lang, fund.as_deref(), role))?;
            writeln!(std::io::stdout(), "{link}").map_err(fault)
        }
    }
}

/// Reads programme files; every fault of all of them goes to the error stream, a line each.
fn read_programmes(files: &[std::path::PathBuf]) -> Result<Vec<subgrant::calls::file::ParsedFile>> {
    let mut faults = 0;
    let mut read = vec![];
    for file in files {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| fault(format!("{name}: {error}")))?;
        match subgrant::calls::file::read(&name, &text) {
            Ok(parsed) => read.push(parsed),
            Err(complaints) => {
                faults += complaints.len();
                for complaint in complaints {
                    writeln!(std::io::stderr(), "{complaint}").map_err(fault)?;
                }
            }
        }
    }
    if faults == 0 { Ok(read) } else { Err(fault(format!("{faults} faults; nothing was imported"))) }
}

/// Replays the real rounds into a fresh folder and serves what has become of them; the moved clock exists here and in tests only.
fn demo(settings: Settings, bind: String, data: std::path::PathBuf, at: &str) -> Result<()> {
    let until = Instant::at_tirane(at).ok_or_else(|| fault(format!("--at wants a time such as 2017-10-20T11:00, not {at:?}")))?;
    subgrant::demo::clear(&data)?;
    let settings = Settings { address: format!("http://{bind}"), bind, data, database: String::new(), secure_cookies: false, ..settings };
    let mut app = subgrant::serve::open(&settings, Clock::moved(until))?;
    app.demo_doors = Some(subgrant::demo::pages::furnish);
    let mailer = subgrant::serve::mailer(&settings)?;
    subgrant::demo::replay(&app, &mailer, until)?;
    let ready = |address: &str| subgrant::demo::announce(address);
    actix_web::rt::System::new().block_on(subgrant::serve::run(settings, app, Some(mailer), ready))
}
