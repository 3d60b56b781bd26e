//! What time does: posts letters, and (as the stages add their clocks) opens, closes and reminds. One loop; every step may fail and is tried again.
use crate::kernel::Result;
use crate::workflow::mailer::Mailer;
use crate::workflow::scanner::{Scanner, Verdict};
use crate::workflow::{Desk, Files, beats, outbox, scans};
use std::time::Duration;

/// Posts every letter that is due; how many were tried.
///
/// # Errors
/// `Fault` when the database does not answer.
pub async fn post_letters(desk: &Desk, mailer: &Mailer) -> Result<usize> {
    let now = desk.clock.now();
    let store = desk.store.clone();
    let due = blocking(move || store.note(|conn| outbox::claim(conn, now, 20))).await?;
    let tried = due.len();
    for letter in due {
        let outcome = mailer.post(&letter).await;
        if let outbox::Outcome::Later(answer) | outbox::Outcome::Refused(answer) = &outcome {
            tracing::warn!(letter = %letter.id, code = %letter.code, %answer, "letter not sent");
        }
        let (store, now) = (desk.store.clone(), desk.clock.now());
        blocking(move || store.note(|conn| outbox::settle(conn, &letter, &outcome, now))).await?;
    }
    Ok(tried)
}

/// What each stage does by the clock, in the order in which a grant lives. (A later stage adds its line here.)
const CLOCKS: &[(&str, fn(&Desk) -> Result<usize>)] = &[
    ("applications", crate::applications::actions::remind_due),
    ("tries of the form", crate::applications::trials::sweep),
    ("administrative evaluation", crate::administrative_check::actions::on_time),
    ("scoring", crate::scoring::actions::remind_all),
    ("awards", crate::awards::actions::on_time),
    ("contracts", crate::contracts::actions::on_time),
    ("reporting", crate::reporting::actions::on_time),
    ("the log", crate::workflow::walk_nightly),
];

/// Looks at every stage's clock; how much was done. A stage that fails holds none of the others up, and is tried again.
///
/// # Errors
/// The first stage's that failed, after all have had their turn.
pub async fn look_at_clocks(desk: &Desk) -> Result<usize> {
    let mut all = Ok(0);
    for (stage, on_time) in CLOCKS {
        let desk = desk.clone();
        match blocking(move || on_time(&desk)).await {
            Ok(count) => all = all.map(|done| done + count),
            Err(error) => {
                tracing::error!(stage, %error, "the worker could not do what was due");
                all = all.and(Err(error));
            }
        }
    }
    all
}

/// So long the worker leaves the clocks alone between two looks.
const CLOCKS_EVERY: Duration = Duration::from_secs(20);

/// Says that the worker is alive, for `/healthz`.
async fn beat(desk: &Desk) {
    let (store, now) = (desk.store.clone(), desk.clock.now());
    if let Err(error) = blocking(move || store.note(|conn| beats::beat(conn, beats::WORKER, now))).await {
        tracing::error!(%error, "the worker could not say that it is alive");
    }
}

/// So long the worker may be silent.
const BEATS_EVERY: Duration = Duration::from_secs(10);

/// Runs until `stop` answers.
pub async fn run(desk: Desk, mailer: Mailer, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let (mut looked, mut beaten): (Option<std::time::Instant>, Option<std::time::Instant>) = (None, None);
    loop {
        if beaten.is_none_or(|at| at.elapsed() >= BEATS_EVERY) {
            beat(&desk).await;
            beaten = Some(std::time::Instant::now());
        }
        if looked.is_none_or(|at| at.elapsed() >= CLOCKS_EVERY) {
            // When much was waiting, there is more: the next round looks again at once.
            looked = if look_at_clocks(&desk).await.is_ok_and(|done| done > 0) { None } else { Some(std::time::Instant::now()) };
        }
        let busy = match post_letters(&desk, &mailer).await {
            Ok(tried) => tried > 0,
            Err(error) => {
                tracing::error!(%error, "the worker could not post letters");
                false
            }
        };
        let pause = if busy || looked.is_none() { Duration::from_millis(50) } else { Duration::from_secs(1) };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = &mut stop => break,
        }
    }
}

/// The same with the care of files beside it, so that a scanner that keeps one waiting holds no letter up.
pub async fn run_with_files(desk: Desk, files: Files, mailer: Mailer, scanner: Option<Scanner>, stop: impl Future<Output = ()>) {
    let (told, hears) = tokio::sync::watch::channel(false);
    let beside = tokio::spawn(tend_files(desk.clone(), files, scanner, hears));
    run(desk, mailer, stop).await;
    let _ = told.send(true);
    let _ = beside.await;
}

/// Between two looks for files that nobody went on sending.
const SWEEPS_EVERY: Duration = Duration::from_mins(10);

/// Looks files through for viruses, and throws away what was begun and left, until it is told to stop.
async fn tend_files(desk: Desk, files: Files, scanner: Option<Scanner>, mut told: tokio::sync::watch::Receiver<bool>) {
    let mut swept: Option<std::time::Instant> = None;
    loop {
        if swept.is_none_or(|at| at.elapsed() >= SWEEPS_EVERY) {
            let (desk, files) = (desk.clone(), files.clone());
            if let Err(error) = blocking(move || crate::applications::sending::sweep(&desk, &files)).await {
                tracing::error!(%error, "the worker could not tidy up what was begun and left");
            }
            swept = Some(std::time::Instant::now());
        }
        let looked = match &scanner {
            Some(scanner) => scan_files(&desk, &files, scanner).await.unwrap_or_else(|error| {
                tracing::error!(%error, "the worker could not look files through");
                0
            }),
            None => 0,
        };
        let pause = if looked > 0 { Duration::from_millis(50) } else { Duration::from_secs(1) };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = told.changed() => break,
        }
    }
}

/// So many files are looked through in one turn.
const SCANNED_AT_ONCE: i64 = 5;

/// Shows the scanner what is due; how many files.
///
/// # Errors
/// `Fault` when the database does not answer. A scanner that does not is no fault: the files wait.
pub async fn scan_files(desk: &Desk, files: &Files, scanner: &Scanner) -> Result<usize> {
    let (store, now) = (desk.store.clone(), desk.clock.now());
    let due = blocking(move || store.note(|conn| scans::claim(conn, now, SCANNED_AT_ONCE))).await?;
    let looked = due.len();
    for file in due {
        let (desk, path, scanner) = (desk.clone(), files.path(&file.sha256), scanner.clone());
        blocking(move || {
            let verdict = scanner.look(&path);
            match &verdict {
                Verdict::Later(why) => tracing::warn!(sha256 = %file.sha256, tries = file.tries, %why, "a file could not be looked through for viruses"),
                Verdict::Infected(found) => tracing::warn!(sha256 = %file.sha256, %found, "a file has a virus"),
                Verdict::Clean => {}
            }
            desk.store.note(|conn| scans::settle(conn, &file, &verdict, desk.clock.now()))
        })
        .await?;
    }
    Ok(looked)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(crate::kernel::fault)?
}
